import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { manifestSchema, writeManifest } from '../../src/embedded/manifest.js';
import { spanSchema } from '../../src/cable/types.js';
import { ROOT, SAMPLES, temporaryFolder } from '../support/files.js';
import { AS_IT_COMES, pilcrow } from '../support/pilcrow.js';
import { telegram } from '../support/telegram.js';

/** The values that JSONL output holds. */
function jsonLines(out: string): unknown[] {
  return out
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

const QUESTION = 'Who did Tim Stratford meet about a labor dialogue?';
let folder = '';
let index = '';

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-cli-'));
  index = path.join(folder, 'index');
  const { code, err } = await pilcrow(['ingest', SAMPLES, '--index', index]);
  expect(err).toBe('');
  expect(code).toBe(0);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A copy of the index of the samples, to be damaged. */
function copyOfIndex(): string {
  const copy = path.join(temporaryFolder(), 'index');
  cpSync(index, copy, { recursive: true });
  return copy;
}

const answerSchema = z.strictObject({
  id: z.string().optional(),
  q: z.string(),
  abstained: z.boolean(),
  reason: z.string().nullable(),
  confidence: z.number().min(0).max(1),
  results: z.array(
    z.strictObject({
      cable: z.string(),
      paragraph: z.number().nullable(),
      mark: z.string().nullable(),
      level: z.string().nullable(),
      inherited: z.boolean(),
      classification: z.string().nullable(),
      origin: z.string().nullable(),
      date: z.string().nullable(),
      subject: z.string().nullable(),
      text: z.string(),
      highlights: z.array(z.tuple([z.number(), z.number()])),
      citation: z.string(),
      receipt: z.string(),
      score: z.number(),
      again: z.array(z.string()).optional(),
      voice: z
        .union([
          z.strictObject({ kind: z.enum(['summary', 'comment']) }),
          z.strictObject({ kind: z.literal('said'), who: z.string() }),
        ])
        .optional(),
    }),
  ),
  reading: z.array(z.string()),
  ms: z.number(),
});

describe('pilcrow ask', () => {
  it('quotes the paragraph with mark, classification, post and date', async () => {
    const args = ['ask', QUESTION, '--index', index];
    const { code, out, err } = await pilcrow(args, '', AS_IT_COMES);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain(
      'On March 6 Assistant USTR Tim Stratford met with the Chinese Ministry of Labor',
    );
    expect(out).toContain(
      '07BEIJING1689 ¶1 (SBU), Embassy Beijing, 2007-03-14, UNCLASSIFIED//FOR OFFICIAL USE ONLY',
    );
    expect(out).not.toContain('\u001b[');
  });

  it('--json prints the contract’s Answer, its text an exact slice', async () => {
    const { out } = await pilcrow(['ask', QUESTION, '--json', '--limit', '2', '--index', index]);
    const answer = answerSchema.parse(JSON.parse(out));
    expect(answer).toMatchObject({ q: QUESTION, abstained: false, reason: null });
    expect(answer.results).toHaveLength(2);
    const file = readFileSync(path.join(SAMPLES, '001_f0863c296af1ceca.txt'), 'utf8');
    for (const result of answer.results) {
      expect(result.cable).toBe('07BEIJING1689');
      expect(file).toContain(result.text);
    }
  });

  it('--batch answers lines in order, with their ids, and an error in the place of a bad one', async () => {
    const lines = [
      JSON.stringify({ id: 'a', q: QUESTION }),
      'no json',
      '',
      JSON.stringify({
        id: 'b',
        q: 'and what does it say about fruit?',
        history: ['Xiamen CCPIT?'],
      }),
      JSON.stringify({ id: 'c', q: ' ' }),
    ].join('\n');
    const { code, out, err } = await pilcrow(['ask', '--batch', '-', '--index', index], lines);
    const values = jsonLines(out);
    expect(values).toHaveLength(4);
    expect(answerSchema.parse(values[0])).toMatchObject({ id: 'a', abstained: false });
    expect(values[1]).toMatchObject({
      line: 2,
      error: expect.stringContaining('not JSON') as string,
    });
    expect(answerSchema.parse(values[2])).toMatchObject({ id: 'b' });
    expect(values[3]).toMatchObject({
      line: 5,
      id: 'c',
      error: expect.stringContaining('empty') as string,
    });
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('narrows to filters, given or in words, and states them', async () => {
    const { code, out } = await pilcrow(['ask', QUESTION, '--mark', 'SBU', '--index', index]);
    expect(code).toBe(0);
    expect(out).toMatch(/^\(only paragraphs marked SBU\)\n/);
    const lines = [
      JSON.stringify({ id: 'a', q: QUESTION, filters: { origin: 'Beijing' } }),
      JSON.stringify({ id: 'b', q: `cables from Embassy Beijing: ${QUESTION}` }),
      JSON.stringify({ id: 'c', q: QUESTION, filters: { from: 'soon' } }),
      JSON.stringify({ id: 'd', q: QUESTION, filters: { colour: 'red' } }),
    ].join('\n');
    const batch = await pilcrow(['ask', '--batch', '-', '--index', index], lines);
    const [given, stated, wrong, unknown] = jsonLines(batch.out);
    for (const answer of [given, stated]) {
      const { reading, results } = answerSchema.parse(answer);
      expect(reading).toEqual(['only cables from BEIJING']);
      expect(results.every(({ cable }) => cable === '07BEIJING1689')).toBe(true);
    }
    expect(wrong).toMatchObject({ error: expect.stringContaining('is no date') as string });
    expect(unknown).toMatchObject({ error: expect.stringContaining('colour') as string });
    const none = await pilcrow(['ask', QUESTION, '--origin', 'Mordor', '--index', index]);
    expect(none.code).toBe(2);
    expect(none.err).toMatch(/--origin "Mordor" is no post/);
  });

  it('--explain tells of every candidate why it stands where it does', async () => {
    const { code, out } = await pilcrow(['ask', QUESTION, '--explain', '--index', index]);
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}1 +\d+\.\d\d {2}07BEIJING1689 ¶\d .*cosine 0\.\d\d → [+-]\d/m);
    expect(out).toMatch(/^confidence {2}0\.\d+ \(withheld below /m);
    const json = await pilcrow(['ask', QUESTION, '--explain', '--json', '--index', index]);
    expect(JSON.parse(json.out)).toMatchObject({
      q: QUESTION,
      candidates: expect.any(Array) as [],
    });
  });

  it('withholds an answer with the reason, and exits with 1', async () => {
    const { code, out } = await pilcrow(['ask', 'how do I bake bread at home', '--index', index]);
    expect(code).toBe(1);
    expect(out).toMatch(/^No answer: /);
    expect(out).toContain('Nearest paragraphs');
  });

  it.each([
    [['ask', ''], 'the question is empty'],
    [['ask', 'x'.repeat(10_000)], '10000 characters; at most 2000'],
    [['ask'], 'give a question'],
    [['ask', 'x', '--limit', '0'], 'from 1 to 100'],
    [['ask', 'x', '--nonsense'], 'unknown option'],
    [['nonsense'], 'unknown command'],
  ])('%j is wrong usage: one line, exit 2', async (args, message) => {
    const { code, out, err } = await pilcrow([
      ...args,
      ...(args[0] === 'ask' ? ['--index', index] : []),
    ]);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('pilcrow ingest', () => {
  it('--json prints the report; a second run changes nothing', async () => {
    const { code, out } = await pilcrow(['ingest', SAMPLES, '--json', '--index', index]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      cables: { added: 0, unchanged: 2, replaced: 0, setAside: 0 },
      paragraphs: 11,
      setAside: [],
    });
  });

  it('names what it sets aside, takes the rest in, and exits with 5', async () => {
    const cables = temporaryFolder();
    writeFileSync(path.join(cables, 'binary'), Uint8Array.from([0, 1]));
    writeFileSync(path.join(cables, 'diary.txt'), 'Dear diary');
    writeFileSync(path.join(cables, 'cable.txt'), telegram('07MADRID1', ['One.']));
    const { code, out } = await pilcrow(['ingest', cables, '--index', path.join(cables, '.index')]);
    expect(code).toBe(5);
    expect(out).toContain('1 added');
    expect(out).toMatch(/set aside: .*binary: a binary file/);
    expect(out).toMatch(/set aside: .*diary\.txt: no cable/);
  });

  it.each(['an empty folder', 'a path that is not there', 'a folder without a cable'])(
    'of %s is bad input: one line, exit 2, no index',
    async (what) => {
      const cables = path.join(temporaryFolder(), 'cables');
      if (what !== 'a path that is not there') mkdirSync(cables);
      if (what === 'a folder without a cable') writeFileSync(path.join(cables, 'x'), 'Dear diary');
      const target = path.join(temporaryFolder(), 'index');
      const { code, err } = await pilcrow(['ingest', cables, '--index', target]);
      expect(code).toBe(2);
      expect(err.trim().split('\n')).toHaveLength(1);
      expect(err).toContain(cables);
      expect((await pilcrow(['stats', '--index', target])).code).toBe(3);
    },
  );
});

describe('pilcrow quote', () => {
  it('quotes paragraphs exactly, with a citation in each style', async () => {
    const quote = (...rest: string[]) =>
      pilcrow(['quote', '07 Beijing 1689', ...rest, '--index', index]);
    const { code, out } = await quote('4-5');
    expect(code).toBe(0);
    expect(out).toContain('¶5.  (U)  AUSTR Stratford cleared this message.');
    expect(out).toContain('— 07BEIJING1689 ¶5 (U), Embassy Beijing, 2007-03-14');
    expect((await quote('summary', '--style', 'chicago')).out).toContain(
      '— Embassy Beijing, “USTR Proposes Bilateral Labor Dialogue with China,” cable 07BEIJING1689, March 14, 2007',
    );
    expect((await quote('5', '--style', 'markdown')).out).toContain(
      '— **07BEIJING1689** ¶5 (U), *Embassy Beijing*',
    );
    expect((await quote('5', '--style', 'bibtex')).out).toContain('@misc{07BEIJING1689-s5');
    const item = { type: 'report', issued: { 'date-parts': [[2007, 3, 14]] } };
    const inJson = JSON.parse((await quote('5', '--style', 'csl-json', '--json')).out) as unknown;
    expect(inJson).toMatchObject([{ paragraph: 5, citation: item }]);
    const only = await quote('4-5', '--style', 'ris', '--citation-only');
    expect(only.out.match(/^TY {2}- RPRT$/gm)).toHaveLength(2);
    expect(only.out).not.toContain('Stratford cleared');
    const onlyJson = await quote('5', '--style', 'chicago', '--citation-only', '--json');
    expect(JSON.parse(onlyJson.out)).toEqual([expect.stringContaining('cable 07BEIJING1689')]);
    // By itself it is an array that a program reads.
    const alone = JSON.parse((await quote('4-5', '--style', 'csl-json')).out) as unknown;
    expect(alone).toMatchObject([item, item]);
  });

  it.each([
    [['99'], 1, 'from ¶1 to ¶5'],
    [['x'], 2, 'write 4, 4-6 or summary'],
    [['5', '--style', 'mla'], 2, 'Allowed choices are'],
  ])('of %j exits with %d and says why', async (rest, code, told) => {
    const result = await pilcrow(['quote', '07BEIJING1689', ...rest, '--index', index]);
    expect(result.code).toBe(code);
    expect(result.err).toContain(told);
  });
});

describe('pilcrow cable', () => {
  it.each(['07BEIJING1689', '07 Beijing 1689', 'BEIJING 001689', 'beijing1689'])(
    'finds %j',
    async (id) => {
      const { code, out } = await pilcrow(['cable', id, '--json', '--index', index]);
      expect(code).toBe(0);
      const cable = z
        .looseObject({ id: z.string(), body: z.string(), paragraphs: z.array(spanSchema) })
        .parse(JSON.parse(out));
      expect(cable.id).toBe('07BEIJING1689');
      expect(cable.paragraphs.map(({ start, end }) => cable.body.slice(start, end)).join('')).toBe(
        cable.body,
      );
    },
  );

  it('shows the paragraphs asked for', async () => {
    const { out } = await pilcrow([
      'cable',
      '07BEIJING1689',
      '--paragraph',
      '4-5',
      '--index',
      index,
    ]);
    expect(out).toContain('¶4.  (SBU)  Jiang said');
    expect(out).toContain('¶5.  (U)  AUSTR Stratford cleared this message.');
    expect(out).not.toContain('¶3.');
  });

  it('that is not there names the nearest, and exits with 1', async () => {
    const { code, err } = await pilcrow(['cable', '07BEIJING1698', '--index', index]);
    expect(code).toBe(1);
    expect(err).toContain('no cable 07BEIJING1698 in the index; the nearest are 07BEIJING1689');
    const none = await pilcrow(['cable', '07BEIJING1689', '--paragraph', '40', '--index', index]);
    expect(none.code).toBe(1);
    expect(none.err).toContain('run from ¶1 to ¶5');
    const some = await pilcrow(['cable', '07BEIJING1689', '--paragraph', '4-6', '--index', index]);
    expect(some).toMatchObject({ code: 0, err: '07BEIJING1689 has no ¶6\n' });
    expect((await pilcrow(['cable', '', '--index', index])).code).toBe(2);
  });
});

describe('pilcrow parse', () => {
  it('prints a cable file’s fields, spans, header and body without an index', async () => {
    const { code, out } = await pilcrow(['parse', path.join(SAMPLES, '000_a451d78a1c05f3da.txt')]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      id: '06GUANGZHOU32397',
      canonicalId: '06GUANGZHOU32397',
      subject: 'Guangzhou CCPIT Told by Beijing to Increase U.S. Exports to China',
      tags: ['ETRD', 'ECON', 'BEXP', 'CH'],
      references: ['06GUANGZHOU31300'],
      signedBy: ['GOLDBERG'],
    });
  });

  it('--jsonl prints a line for each, an error in the place of a bad one', async () => {
    const lines = '{"id":"09TEST1","body":"TAGS: something"}\nnope\n{"body":1}\n';
    const { code, out } = await pilcrow(['parse', '--jsonl'], lines);
    const values = jsonLines(out);
    expect(code).toBe(0);
    expect(values).toMatchObject([
      {
        id: '09TEST1',
        canonicalId: '09TEST1',
        tags: ['SOMETHING'],
        subject: null,
        paragraphs: [{ start: 0, end: 15 }],
      },
      { line: 2, error: expect.any(String) as string },
      { line: 3, error: expect.any(String) as string },
    ]);
  });

  it('prints a line for every cable of a file that holds many', async () => {
    const file = path.join(temporaryFolder(), 'two.txt');
    writeFileSync(file, telegram('07MADRID1', ['One.']) + telegram('07MADRID2', ['Two.']));
    const { code, out } = await pilcrow(['parse', file]);
    const values = jsonLines(out);
    expect(code).toBe(0);
    expect(values).toMatchObject([
      { id: '07MADRID1', place: { city: 'Madrid', country: 'Spain' }, captions: [] },
      { id: '07MADRID2', transmissionId: 'VZCZCXYZ0017' },
    ]);
  });

  it('refuses what is no cable with the reason', async () => {
    const { code, err } = await pilcrow(['parse', path.join(ROOT, 'LICENSE')]);
    expect(code).toBe(2);
    expect(err).toContain('no cable');
  });
});

describe('pilcrow export', () => {
  it('writes lines that are read back to the same index', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'cables.jsonl');
    expect((await pilcrow(['export', file, '--index', index])).code).toBe(0);
    const { out } = await pilcrow(['export', '--index', index]);
    expect(out).toBe(readFileSync(file, 'utf8'));
    expect(out.trim().split('\n')).toHaveLength(2);
    // Into the index it came from: nothing is new. Into another: every cable is the same.
    const again = copyOfIndex();
    const { out: report } = await pilcrow(['ingest', file, '--index', again, '--json']);
    expect(JSON.parse(report)).toMatchObject({ cables: { added: 0, unchanged: 2, replaced: 0 } });
    const other = path.join(folder, 'index');
    await pilcrow(['ingest', file, '--index', other]);
    expect((await pilcrow(['export', '--index', other])).out).toBe(out);
    const cable = ['cable', '07BEIJING1689', '--json', '--index'];
    expect((await pilcrow([...cable, other])).out).toBe((await pilcrow([...cable, index])).out);
  });

  it('says what stands in its way', async () => {
    const missing = path.join(temporaryFolder(), 'gone', 'cables.jsonl');
    const { code, err } = await pilcrow(['export', missing, '--index', index]);
    expect(code).toBe(2);
    expect(err).toContain(`cannot write ${missing}`);
  });
});

describe('pilcrow start and chat', () => {
  it('npm start’s command makes the sample index where there is none and answers a question a line', async () => {
    const fresh = path.join(temporaryFolder(), 'index');
    const { code, out, err } = await pilcrow(
      ['start', '--index', fresh],
      `${QUESTION}\n`,
      AS_IT_COMES,
    );
    expect(code).toBe(0);
    expect(err).toContain('sample cables');
    expect(out).toMatch(/07BEIJING1689 ¶[12] \(SBU\), Embassy Beijing, 2007-03-14/);
    expect(readdirSync(fresh)).toContain('manifest.json');
  });

  it('goes on after a question it cannot read, and reads a follow-up with the one before', async () => {
    const lines = `${'x'.repeat(9000)}\n/foo\n${QUESTION}\nand when did they meet?\n/quit\nnever asked\n`;
    const { code, out, err } = await pilcrow(['chat', '--index', index], lines);
    expect(code).toBe(0);
    expect(err).toContain('at most 2000');
    expect(out).toContain(`¶ ${QUESTION}\n`);
    expect(out.match(/— 07BEIJING1689/g)?.length).toBeGreaterThanOrEqual(4);
  });
});

describe('privacy', () => {
  it('onnxruntime’s telemetry is off: it leaves no queue of events in the home folder', async () => {
    const home = temporaryFolder();
    const env = { HOME: home, XDG_CACHE_HOME: '', TMPDIR: home };
    const { code } = await pilcrow(['ask', QUESTION, '--index', index], '', env);
    expect(code).toBe(0);
    const left = readdirSync(home, { recursive: true, encoding: 'utf8' });
    expect(left.filter((name) => /Microsoft|onnxruntime|mat-debug/.test(name))).toEqual([]);
  });
});

describe('an index', () => {
  it('that is missing is exit 3 and says how to make one', async () => {
    for (const args of [
      ['ask', 'x'],
      ['cable', '07BEIJING1689'],
      ['stats'],
      ['reindex'],
      ['chat'],
    ]) {
      const { code, err } = await pilcrow([...args, '--index', '/nowhere/at/all']);
      expect(code, args[0]).toBe(3);
      expect(err).toContain('pilcrow ingest');
      expect(err.trim().split('\n')).toHaveLength(1);
    }
  });

  it.each([
    ['cables-1.sqlite', 'ingest again'],
    ['vectors-2.hnsw', 'pilcrow reindex'],
    ['manifest.json', 'ingest again'],
  ])('whose %s is damaged is exit 3 and says what to do', async (name, todo) => {
    const copy = copyOfIndex();
    const file = path.join(copy, name);
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 0xff, bytes.length >> 1);
    writeFileSync(file, bytes);
    const { code, err } = await pilcrow(['ask', QUESTION, '--index', copy]);
    expect(code).toBe(3);
    expect(err).toContain(todo);
    expect((await pilcrow(['doctor', '--index', copy])).code).toBe(3);
    expect((await pilcrow(['ingest', SAMPLES, '--index', copy])).code).toBe(3);
  });

  it('whose manifest is lost is not taken for none: nothing is overwritten', async () => {
    const copy = copyOfIndex();
    const files = ['cables-4.sqlite', 'vectors-4.hnsw'].map((name) => path.join(copy, name));
    cpSync(path.join(copy, 'cables-1.sqlite'), files[0] ?? '');
    cpSync(path.join(copy, 'vectors-2.hnsw'), files[1] ?? '');
    for (const name of ['manifest.json', 'cables-1.sqlite', 'vectors-2.hnsw'])
      rmSync(path.join(copy, name));
    for (const args of [['ingest', SAMPLES], ['ask', QUESTION], ['start']]) {
      const { code, err } = await pilcrow([...args, '--index', copy]);
      expect(code, args[0]).toBe(3);
      expect(err).toContain('its manifest.json is gone');
    }
    expect(files.every((file) => existsSync(file))).toBe(true);
  });

  it('is mended by reindex where its vectors are lost', async () => {
    const copy = copyOfIndex();
    rmSync(path.join(copy, 'vectors-2.hnsw'));
    expect((await pilcrow(['ask', QUESTION, '--index', copy])).code).toBe(3);
    expect(await pilcrow(['reindex', '--index', copy])).toMatchObject({ code: 0 });
    expect((await pilcrow(['ask', QUESTION, '--index', copy])).code).toBe(0);
  });

  it.each([
    ['schema', { schema: 999 }, 'has schema 999'],
    ['model', { model: { name: 'other', fingerprint: 'x', dimension: 384 } }, 'another model'],
    ['dimension', { model: { name: 'other', fingerprint: 'x', dimension: 12 } }, '12 components'],
  ])('of another %s is exit 3', async (_, change, message) => {
    const copy = copyOfIndex();
    const file = path.join(copy, 'manifest.json');
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    await writeManifest(copy, { ...manifest, ...change });
    const { code, err } = await pilcrow(['ask', QUESTION, '--index', copy]);
    expect(code).toBe(3);
    expect(err).toContain(message);
  });
});

describe('pilcrow doctor, stats and eval', () => {
  it('doctor finds a sound index sound', async () => {
    const { code, out } = await pilcrow(['doctor', '--json', '--index', index], '', AS_IT_COMES);
    expect(code).toBe(0);
    const { ok, checks } = z
      .object({ ok: z.boolean(), checks: z.array(z.object({ name: z.string(), ok: z.boolean() })) })
      .parse(JSON.parse(out));
    expect(ok).toBe(true);
    expect(checks.map((check) => check.name)).toEqual([
      'node',
      'discord token',
      'model',
      'second reader',
      'manifest',
      'store',
      'quotes',
      'vectors',
    ]);
  });

  it('doctor tells a wrong token without printing it', async () => {
    const { code, out } = await pilcrow(['doctor', '--index', index], '', {
      DISCORD_TOKEN: 'not-a-token',
    });
    expect(code).toBe(2);
    expect(out).toMatch(/FAIL discord token/);
    expect(out).not.toContain('not-a-token');
  });

  it('a wrong environment names every bad variable at once', async () => {
    const { code, err } = await pilcrow(['stats'], '', {
      PILCROW_WORKERS: 'many',
      PILCROW_DEVICE: 'abacus',
      PILCROW_PORT: ' ',
    });
    expect(code).toBe(2);
    expect(err).toContain('PILCROW_WORKERS should be a number from 1 to 16');
    expect(err).toContain('PILCROW_DEVICE should be one of cpu, cuda');
    expect(err).not.toContain('PILCROW_PORT');
  });

  it('stats counts', async () => {
    const { out } = await pilcrow(['stats', '--json', '--index', index]);
    expect(JSON.parse(out)).toMatchObject({
      cables: 2,
      paragraphs: 11,
      byOrigin: [
        { name: 'Consulate Guangzhou', count: 1 },
        { name: 'Embassy Beijing', count: 1 },
      ],
    });
  });

  it('eval scores graded questions', async () => {
    const file = path.join(temporaryFolder(), 'questions.jsonl');
    const questions = [
      { id: 1, q: QUESTION, type: 'fact', cable: '07BEIJING1689', paras: [1, 2] },
      {
        id: 2,
        q: 'how do I bake bread at home',
        type: 'none',
        cable: null,
        paras: [],
        near: 'far',
      },
    ];
    writeFileSync(file, questions.map((each) => JSON.stringify(each)).join('\n'));
    const run = path.join(path.dirname(file), 'run.jsonl');
    const { code, out } = await pilcrow(['eval', file, '--json', '--save', run, '--index', index]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      overall: { questions: 1, recallAt1: 1, mrrAt10: 1, intervals: { recallAt1: [1, 1] } },
      abstention: { unanswerable: { withheld: 1 }, answerable: { withheld: 0 } },
      curve: expect.arrayContaining([expect.objectContaining({ chosen: true })]) as [],
    });
    const again = await pilcrow(['eval', file, '--against', run, '--index', index]);
    expect(again.out).toContain('2 questions, 2 alike, 0 better, 0 worse');
    expect(again.out).toMatch(/← chosen/);
  });

  it('every command has --help', async () => {
    const { out } = await pilcrow(['--help']);
    for (const name of [
      'ingest',
      'ask',
      'chat',
      'cable',
      'parse',
      'eval',
      'stats',
      'doctor',
      'reindex',
    ]) {
      expect(out).toContain(name);
    }
    expect((await pilcrow(['ask', '--help'])).code).toBe(0);
  });
});
