import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { timeLeft } from '../../src/cli/progress.js';
import { escapedJson, printable, visible } from '../../src/cli/visible.js';
import { readConfig } from '../../src/config.js';
import { ROOT, SAMPLES, temporaryFolder } from '../support/files.js';
import { pilcrow } from '../support/pilcrow.js';
import { telegram } from '../support/telegram.js';

const ESC = '\u001b';
const ESCAPES = `1. (S) The minister said no.${ESC}[2K${ESC}[1G1. (U) The minister said yes.${ESC}[8m hidden${ESC}[0m\n\n2. (U) Right to left \u202eslleh\u202c, bell\u0007, backspace NO\b\bYES and CSI \u009b2J over.`;

let folder = '';
let index = '';
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-look-ups-'));
  index = path.join(folder, 'index');
  const unmarked = telegram('08OSLO629', ['Wind parks of the north.']).replace('(C) Wind', 'Wind');
  writeFileSync(path.join(folder, 'a.txt'), unmarked);
  writeFileSync(
    path.join(folder, 'b.txt'),
    telegram('08OSLO630', ['The wind parks of the south were built.']),
  );
  const made = [
    {
      id: '09ZAGREB601',
      date: '2009-06-01',
      classification: 'SECRET',
      origin: `Embassy ${ESC}[31mZagreb`,
      body: `UNCLAS ZAGREB 000601\n\nSUBJECT: COAST${ESC}]0;OWNED\u0007\n\n${ESCAPES}\n`,
    },
    {
      id: '09ZAGREB701',
      date: '2010-99-99',
      body: 'UNCLAS ZAGREB 1\n\n1. (U) The season was good.\n',
    },
  ];
  writeFileSync(path.join(folder, 'c.jsonl'), made.map((each) => JSON.stringify(each)).join('\n'));
  const files = ['a.txt', 'b.txt', 'c.jsonl'].map((name) => path.join(folder, name));
  const { code, out } = await pilcrow(['ingest', ...files, SAMPLES, '--index', index]);
  expect(code).toBe(0);
  expect(out).toContain('no such day: ');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => pilcrow([...args, '--index', index]);

/** As the contract has it, and no more. */
const cableListSchema = z.strictObject({
  q: z.string(),
  reading: z.array(z.string()),
  count: z.number(),
  cables: z.array(
    z.strictObject({
      cable: z.string(),
      date: z.string().nullable(),
      origin: z.string().nullable(),
      subject: z.string().nullable(),
      paragraph: z.number().nullable(),
      text: z.string(),
    }),
  ),
});

/** Nothing that a terminal obeys, but for our colours. */
const OBEYED = /(?!\n|\t)[\p{Cc}\p{Cf}]/u;

describe('what a terminal is given', () => {
  it('holds no control character of a cable, whatever shows it', async () => {
    const shown = [
      await run('ask', 'What did the minister say?', '--limit', '5'),
      await run('cable', '09ZAGREB601'),
      await run('cable', '09ZAGREB601', '--paragraph', '1-2'),
      await run('quote', '09ZAGREB601', '1-2'),
      await run('quote', '09ZAGREB601', '1', '--style', 'bibtex'),
      await run('quote', '09ZAGREB601', '1', '--style', 'csl-json'),
      await run('stats'),
      await run('cable', '09ZAGREB601', '--json'),
      await run('export'),
      await pilcrow(['chat', '--index', index], 'What did the minister say?\n'),
      await pilcrow(['parse', path.join(folder, 'c.jsonl')]),
    ];
    for (const { out, err } of shown) expect(out + err).not.toMatch(OBEYED);
    expect(shown[1]?.out).toContain('The minister said no.␛[2K␛[1G');
    expect(shown[1]?.out).toContain('‹U+202E›slleh');
    // JSON holds the very characters, escaped.
    const { body } = z.looseObject({ body: z.string() }).parse(JSON.parse(shown[7]?.out ?? ''));
    expect(body).toContain(`said no.${ESC}[2K`);
  });

  it('holds none of a file’s name, nor of what was typed', async () => {
    const strange = path.join(temporaryFolder(), `a${ESC}[2Jb.txt`);
    writeFileSync(strange, 'Dear diary');
    const target = path.join(temporaryFolder(), 'index');
    for (const args of [
      ['ingest', strange, '--index', target],
      ['parse', strange],
      ['ask', 'x', '--from', `${ESC}[2J`, '--index', index],
      ['ask', `--${ESC}[2J`],
    ]) {
      const { out, err } = await pilcrow(args);
      expect(out + err).not.toMatch(OBEYED);
      expect(out + err).toMatch(/(?:␛|\\u001b)\[2J/);
    }
  });

  it('keeps our own colours, and every other character', () => {
    expect(printable(`${ESC}[1mbold${ESC}[22m\n`)).toBe(`${ESC}[1mbold${ESC}[22m\n`);
    expect(printable(`${ESC}[8mhidden`)).toBe('␛[8mhidden');
    expect(visible('a\tb\nc é “ü” 漢 😀')).toBe('a\tb\nc é “ü” 漢 😀');
    expect(visible('\r\u007f\u0085\u200b\ufeff')).toBe('␍␡‹U+0085›‹U+200B›‹U+FEFF›');
    const value = { text: '\u202e\u0000\u{e0041}x' };
    expect(JSON.parse(escapedJson(JSON.stringify(value)))).toEqual(value);
    expect(escapedJson(JSON.stringify(value))).not.toMatch(OBEYED);
  });

  it('shows what answers where nothing can be bold', async () => {
    const { out } = await run(
      'ask',
      'When did Stratford hope the labor dialogue would first meet?',
    );
    expect(out).toContain(
      '→ Stratford hoped the first meeting of the dialogue could take place no later than mid-April 2007.',
    );
  });

  it('is told how long the rest takes where that can be known', () => {
    expect(timeLeft(500, 1, 10)).toBeUndefined();
    expect(timeLeft(10_000, 0, 10)).toBeUndefined();
    expect(timeLeft(10_000, 10, 10)).toBeUndefined();
    expect(timeLeft(10_000, 1, 2)).toBe('10s left');
    expect(timeLeft(60_000, 1, 4)).toBe('3m 0s left');
    expect(timeLeft(3_600_000, 1, 3)).toBe('2h 0m left');
    expect(timeLeft(10_000, 999_999, 1_000_000)).toBe('1s left');
  });
});

describe('a look-up', () => {
  it.each(['08-OSLO-629', 'OSLO-629', '08 Oslo 629', '2008 oslo 629'])(
    'finds %s in a question, as cable does',
    async (id) => {
      expect((await run('cable', id)).out).toContain('08OSLO629');
      const { code, out } = await run('ask', `${id}: what of the parks?`);
      expect(out).toContain('— 08OSLO629 ¶1');
      expect(out).not.toContain('No answer');
      expect(code).toBe(0);
    },
  );

  it('says that an id with dashes is not held', async () => {
    const { code, out } = await run('ask', 'What does 08-OSLO-999 say?');
    expect(code).toBe(1);
    expect(out).toContain('the index does not hold 08OSLO999');
  });

  it('by mark gives paragraphs that have it printed', async () => {
    const { out } = await run('ask', 'What of the wind parks?', '--mark', 'C', '--json');
    const { results } = z
      .object({ results: z.array(z.object({ mark: z.string().nullable() })) })
      .parse(JSON.parse(out));
    expect(results.length).toBeGreaterThan(0);
    expect(results.map(({ mark }) => mark)).not.toContain(null);
  });

  it('of two ids says that one is shown at a time', async () => {
    const { code, err } = await run('cable', '08OSLO629', '07BEIJING1689');
    expect(code).toBe(2);
    expect(err).toContain('these are 2 ids (08OSLO629, 07BEIJING1689)');
    expect((await run('cable', '07', 'Beijing', '1689')).code).toBe(0);
  });

  it('of paragraphs names those that are missing as ranges', async () => {
    const { err } = await run('cable', '07BEIJING1689', '--paragraph', '3-9999');
    expect(err).toBe('07BEIJING1689 has no ¶6–¶9999\n');
  });

  it('explains every candidate', async () => {
    const json = await run('ask', 'What of the wind parks?', '--explain', '--json');
    const { candidates } = z
      .object({ candidates: z.array(z.unknown()) })
      .parse(JSON.parse(json.out));
    const { out } = await run('ask', 'What of the wind parks?', '--explain');
    expect(out.match(/^ *\d+ +-?[\d.]+ +\w+ ¶/gm)).toHaveLength(candidates.length);
  });

  it('--list lists cables, in the order asked for, and says how many there are', async () => {
    const json = await run('ask', 'cables on wind parks, newest first', '--list', '--json');
    const list = cableListSchema.parse(JSON.parse(json.out));
    expect(list.count).toBe(list.cables.length);
    expect(list.cables.map(({ cable }) => cable).sort()).toEqual(['08OSLO629', '08OSLO630']);
    expect(list.cables[0]?.text).toContain('ind parks');
    expect(list.reading).toContain('the newest first');
    const one = await run('ask', 'the oldest cable', '--list');
    expect(one.out).toMatch(/\d+ cables, 1 listed\n\n\S+ {2}\d{4}-/);
    const none = await run('ask', 'cables on flibbertigibbets', '--list');
    expect(none.code).toBe(1);
    expect(none.out).toContain('No cables: no cable mentions flibbertigibbets.');
  });

  it('in a batch keeps the id of a line with an unknown filter, and takes a byte-order mark', async () => {
    const lines = [
      '\ufeff{"id":"a","q":"What of the wind parks?"}',
      '{"id":"b","q":"What?","filters":{"colour":"red"}}',
      '{"id":7,"q":3}',
    ];
    const { out } = await pilcrow(['ask', '--batch', '-', '--index', index], lines.join('\n'));
    const answers = out
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(answers).toMatchObject([
      { id: 'a', abstained: false },
      { id: 'b', line: 2, error: expect.stringContaining('colour') as string },
      { id: 7, line: 3 },
    ]);
  });

  it('of a year later than the last cable is withheld for that, an impossible day or none', async () => {
    const { out } = await run('ask', 'What did the minister say in 2015?');
    expect(out).toContain('nothing in the corpus is later than June 2009');
  });

  it('in a chat takes filters', async () => {
    const question = 'What of the wind parks?\n';
    const { out } = await pilcrow(['chat', '--id', '08OSLO630', '--index', index], question);
    expect(out).toContain('only cable 08OSLO630');
    expect(out).not.toContain('08OSLO629');
  });
});

describe('where things are looked for', () => {
  it('does not depend on the folder that it is called from', async () => {
    const elsewhere = temporaryFolder();
    const { err } = await pilcrow(['stats'], '', { PILCROW_LOG: 'loud' }, elsewhere);
    expect(err).toContain('PILCROW_LOG should be one of');
    const config = readConfig({ PILCROW_INDEX: '', PILCROW_WORKERS: '' });
    expect(path.resolve(config.index)).toBe(path.join(ROOT, 'index', 'default'));
    expect(path.resolve(config.discord.data)).toBe(path.join(ROOT, 'data'));
  });

  it.each(['file:///etc/passwd', 'http://discord.example/api', 'http://10.0.0.1/api', 'ftp://x'])(
    'is not %s for Discord: tokens are sent there',
    (address) => {
      expect(() => readConfig({ DISCORD_API_URL: address })).toThrow(/should begin with https/);
    },
  );

  it.each([
    'https://discord.com/api',
    'http://127.0.0.1:99/api',
    'http://localhost:1',
    'http://[::1]:2',
  ])('may be %s', (address) => {
    expect(readConfig({ DISCORD_API_URL: address }).discord.apiUrl).toBe(address);
  });
});

describe('what Discord looks up', () => {
  it('pilcrow search finds words exactly, page by page', async () => {
    const found = await run('search', '"wind parks"', '--limit', '1');
    expect(found.code).toBe(0);
    expect(found.out).toMatch(/^2 paragraphs\n/);
    const second = await run('search', '"wind parks"', '--limit', '1', '--page', '2', '--json');
    expect(JSON.parse(second.out)).toMatchObject({ found: 2, page: [{ paragraph: 1 }] });
    const none = await run('search', 'zeppelin');
    expect(none.code).toBe(1);
    const without = await run('search', 'wind parks -north NOT zeppelin', '--json');
    expect(JSON.parse(without.out)).toMatchObject({
      told: ['paragraphs without “north”', 'paragraphs without “zeppelin”'],
    });
    // What a shell has taken the marks of.
    expect((await run('search', 'wind parks', 'built')).out).toBe(
      (await run('search', '"wind parks"', 'built')).out,
    );
    expect((await run('search', 'parks wind')).code).toBe(1);
    const left = await run('search', 'wind parks', '-north', '--limit', '1', '--json');
    expect(JSON.parse(left.out)).toMatchObject({ told: ['paragraphs without “north”'] });
    const slip = await run('search', 'wind parks', '--pgae', '2');
    expect(slip.code).toBe(2);
    expect(slip.err).toContain("unknown option '--pgae'");
    const filtered = await run('search', '"labor dialogue"', '--origin', 'Beijing');
    expect(filtered.out).toContain('only cables from BEIJING');
    expect((await run('search', 'x', '--page', '0')).code).toBe(2);
  });

  it('pilcrow refs, related and context', async () => {
    const refs = await run('refs', '07BEIJING1689');
    expect(refs.out).toContain('It is cited by');
    expect(JSON.parse((await run('refs', '07BEIJING1689', '--json')).out)).toMatchObject({
      id: '07BEIJING1689',
    });
    const related = await run('related', '08OSLO629', '--json');
    expect(JSON.stringify(JSON.parse(related.out))).toContain('08OSLO630');
    const context = await run('context', '07BEIJING1689', '4');
    expect(context.out).toContain('¶3.  (SBU)  Stratford said he envisioned');
    expect(context.out).toContain('¶5.  (U)  AUSTR Stratford cleared');
    expect((await run('context', '07BEIJING1689', '4-5')).code).toBe(2);
    expect((await run('context', '07BEIJING1689', '99')).code).toBe(1);
  });

  it('shows what a terminal would act on, and does not act on it', async () => {
    for (const args of [
      ['search', 'minister'],
      ['related', '09ZAGREB601'],
      ['context', '09ZAGREB601', '1'],
      ['refs', '09ZAGREB601'],
    ]) {
      expect((await run(...args)).out).not.toContain(ESC);
    }
  });
});

describe('pilcrow check, dossier and the chat’s commands', () => {
  it('grades the quotations of a file, and exits 1 where one is not exact', async () => {
    const file = path.join(folder, 'article.md');
    writeFileSync(file, 'It says “The wind parks of the north were built.” (08OSLO630 ¶1)\n');
    const told = await pilcrow(['check', file, '--index', index]);
    expect(told.code).toBe(1);
    expect(told.out).toContain('1 quotation: 1 altered');
    expect(told.out).toContain('“north” stands for “south”');
    const { code, out } = await pilcrow(
      ['check', '-', '--json', '--index', index],
      'They wrote “The wind parks of the south were built” (08OSLO630).',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      quotations: [
        {
          grade: 'exact',
          claimed: { cable: '08OSLO630' },
          found: { cable: '08OSLO630', paragraph: 1 },
        },
      ],
    });
    const missing = await pilcrow(['check', path.join(folder, 'none.md'), '--index', index]);
    expect(missing.code).toBe(2);
  });

  it('keeps quotes from a chat and hands them out', async () => {
    const env = { PILCROW_DATA: path.join(folder, 'data') };
    const chat = await pilcrow(
      ['chat', '--index', index],
      'What of the wind parks of the south?\n/cite 1 chicago\n/save 1 for the book\n/filter origin Oslo\n/open 08OSLO630 1\n/next\n/nothing\n',
      env,
    );
    expect(chat.code).toBe(0);
    expect(chat.out).toContain('kept: 08OSLO630 ¶1 (C)');
    expect(chat.out).toContain('cables from OSLO');
    expect(chat.err).toContain('unknown command /nothing');
    const wrong = await pilcrow(
      ['chat', '--index', index],
      '/open 08 oslo 630 1\n/cite bogus\n/filter origin Nowhere\nWhat of the wind parks?\nPrevious\n/filter none\n',
      env,
    );
    expect(wrong.out).toMatch(/^¶1\. .*wind parks[\s\S]*08OSLO630 ¶1/);
    expect(wrong.err).toContain('“bogus” is no style; write one of plain, markdown');
    expect(wrong.err).toContain('--origin "Nowhere" is no post');
    expect(wrong.err).toContain('these are the first quotes');
    expect(wrong.err).not.toContain('filters:');
    const file = path.join(folder, 'dossier.md');
    const exported = await pilcrow(['dossier', 'export', file, '--index', index], '', env);
    expect(exported.code).toBe(0);
    const written = readFileSync(file, 'utf8');
    expect(written).toContain('for the book');
    expect(written).toContain('## Bibliography');
    const items = await pilcrow(
      ['dossier', 'export', '--form', 'csl-json', '--index', index],
      '',
      env,
    );
    expect(JSON.parse(items.out)).toMatchObject([
      { note: expect.stringContaining('receipt 08OSLO630/') as string, annote: 'for the book' },
    ]);
    const long = await pilcrow(
      ['dossier', 'note', '1', 'x'.repeat(1001), '--index', index],
      '',
      env,
    );
    expect([long.code, long.err]).toEqual([2, expect.stringContaining('1000 are kept at most')]);
    const nowhere = path.join(folder, 'none', 'x.md');
    const unwritten = await pilcrow(['dossier', 'export', nowhere, '--index', index], '', env);
    expect([unwritten.code, unwritten.err]).toEqual([
      2,
      expect.stringContaining('cannot be written'),
    ]);
    const form = await pilcrow(['dossier', 'export', 'x.pdf', '--index', index], '', env);
    expect([form.code, form.err]).toEqual([
      2,
      expect.stringContaining('no dossier is written as .pdf'),
    ]);
    const bad = await pilcrow(['dossier', 'move', '1', 'x', '--index', index], '', env);
    expect(bad.code).toBe(2);
    const deleted = await pilcrow(['dossier', 'delete', '--json', '--index', index], '', env);
    expect(JSON.parse(deleted.out)).toEqual({ deleted: 1 });
  });
});
