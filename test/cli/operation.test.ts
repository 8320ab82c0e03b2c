import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../src/config.js';
import { openBotData } from '../../src/discord/bot-data.js';
import { DEFAULT_SETTINGS } from '../../src/discord/settings.js';
import { EmbeddedEngine } from '../../src/embedded/engine.js';
import { modelOf } from '../../src/open.js';
import { SAMPLES, temporaryFolder } from '../support/files.js';
import { pilcrow } from '../support/pilcrow.js';
import { telegram } from '../support/telegram.js';

const QUESTION = 'When did Stratford hope the labor dialogue would first meet?';
const answer = z.looseObject({
  abstained: z.boolean(),
  reading: z.array(z.string()),
  results: z.array(z.looseObject({ cable: z.string(), receipt: z.string() })),
});
const stats = z.looseObject({
  cables: z.number(),
  vectors: z.object({ passages: z.number(), embedded: z.number() }),
});

let index: string;
beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-operation-'));
  index = path.join(folder, 'index');
  expect((await pilcrow(['ingest', SAMPLES, '--index', index])).code).toBe(0);
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
});

async function ask(of: string): Promise<z.infer<typeof answer>> {
  const { out } = await pilcrow(['ask', QUESTION, '--json', '--index', of]);
  return answer.parse(JSON.parse(out));
}

describe('pilcrow embed', () => {
  it('makes the vectors that an ingest of words alone has left, and the answers are those of an ingest of both', async () => {
    const target = path.join(temporaryFolder(), 'index');
    const args = ['ingest', SAMPLES, '--words-only', '--json', '--index', target];
    const { out } = await pilcrow(args);
    expect(JSON.parse(out)).toMatchObject({ vectors: { embedded: 0, kept: 0, waiting: 11 } });
    const byWords = await ask(target);
    expect(byWords.reading.join()).toContain('0% of the paragraphs');
    const whole = await ask(index);
    expect(byWords.results[0]?.receipt).toBe(whole.results[0]?.receipt);
    expect(whole.reading).toEqual([]);
    const embedded = await pilcrow(['embed', '--json', '--index', target]);
    expect(JSON.parse(embedded.out)).toEqual({ embedded: 11, kept: 0, waiting: 0 });
    const counted = await pilcrow(['stats', '--json', '--index', target]);
    expect(stats.parse(JSON.parse(counted.out)).vectors).toEqual({ passages: 11, embedded: 11 });
    const { ms: _, ...after } = await ask(target);
    const { ms: __, ...before } = await ask(index);
    expect(after).toEqual(before);
    const anew = await pilcrow(['embed', '--anew', '--json', '--index', target]);
    expect(JSON.parse(anew.out)).toEqual({ embedded: 0, kept: 11, waiting: 0 });
  });

  it('without an index is exit 3', async () => {
    const { code, err } = await pilcrow(['embed', '--index', temporaryFolder()]);
    expect([code, err.trim().split('\n').length]).toEqual([3, 1]);
  });
});

describe('pilcrow backup and restore', () => {
  it('put index, vectors and settings back as they were, and overwrite nothing', async () => {
    const folder = temporaryFolder();
    const data = path.join(folder, 'data');
    const kept = openBotData(data);
    kept.saveSettings('200', { ...DEFAULT_SETTINGS, private: true });
    const file = path.join(folder, 'backup.tar');
    // What a killed process has left: of the day before, and of one that may run.
    const left = ['old', 'new'].map((name) => path.join(folder, `.pilcrow-backup-${name}`));
    for (const each of left) mkdirSync(each);
    utimesSync(left[0] ?? '', 0, 0);
    // The bot has its file open meanwhile.
    const backup = await pilcrow(['backup', file, '--json', '--index', index], '', {
      PILCROW_DATA: data,
    });
    kept.close();
    expect(backup.code).toBe(0);
    expect(JSON.parse(backup.out)).toMatchObject({ file, settings: true });
    expect(readdirSync(folder).sort()).toEqual(['.pilcrow-backup-new', 'backup.tar', 'data']);
    expect((await pilcrow(['backup', file, '--index', index])).code).toBe(2);

    const target = path.join(folder, 'index');
    const env = { PILCROW_DATA: path.join(folder, 'restored') };
    const restored = await pilcrow(['restore', file, '--json', '--index', target], '', env);
    expect(restored.code).toBe(0);
    expect(JSON.parse(restored.out)).toMatchObject({ cables: 2, passages: 11, embedded: 11 });
    // As after a kill: the settings are there, the index is not.
    rmSync(target, { recursive: true });
    expect((await pilcrow(['restore', file, '--index', target], '', env)).code).toBe(0);
    expect(readdirSync(target).sort()).toEqual(
      readdirSync(index)
        .filter((name) => name !== 'embed-lock')
        .sort(),
    );
    expect((await pilcrow(['doctor', '--index', target])).code).toBe(0);
    const settings = openBotData(env.PILCROW_DATA);
    expect(settings.settingsOf('200').private).toBe(true);
    settings.close();
    const changed = openBotData(env.PILCROW_DATA);
    changed.saveSettings('200', { ...DEFAULT_SETTINGS, private: false });
    changed.close();
    const again = await pilcrow(['restore', file, '--index', target], '', env);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('holds an index already')]);
    const other = path.join(folder, 'other');
    const inTheWay = await pilcrow(['restore', file, '--index', other], '', env);
    expect([inTheWay.code, inTheWay.err]).toEqual([2, expect.stringContaining('bot.sqlite')]);
    expect(readdirSync(other)).toEqual([]);
    // What SQLite left of a file that was moved away would be played into the one that is put back.
    const wal = path.join(folder, 'wal');
    mkdirSync(wal);
    writeFileSync(path.join(wal, 'bot.sqlite-wal'), 'x');
    const leftover = await pilcrow(['restore', file, '--index', other], '', { PILCROW_DATA: wal });
    expect([leftover.code, leftover.err]).toEqual([2, expect.stringContaining('bot.sqlite-wal')]);
    expect(readdirSync(other)).toEqual([]);
  });

  it.each(['cut off', 'damaged', 'no archive'])(
    'of a file that is %s changes nothing',
    async (how) => {
      const folder = temporaryFolder();
      const file = path.join(folder, 'backup.tar');
      const env = { PILCROW_DATA: path.join(folder, 'data') };
      const made = await pilcrow(['backup', file, '--index', index], '', env);
      expect(made.err).toMatch(/without settings and dossiers: .* \(PILCROW_DATA\)/);
      if (how === 'cut off') truncateSync(file, 100_000);
      else if (how === 'no archive') writeFileSync(file, 'Dear diary');
      else {
        const bytes = readFileSync(file);
        const at = bytes.indexOf('Embassy Beijing');
        bytes.write('Embassy Xeijing', at);
        writeFileSync(file, bytes);
      }
      const target = path.join(folder, 'index');
      const { code, err } = await pilcrow(['restore', file, '--index', target], '', env);
      expect(code).toBe(how === 'damaged' ? 3 : 2);
      expect(err.trim().split('\n')).toHaveLength(1);
      expect(readdirSync(target)).toEqual([]);
    },
  );
});

describe('pilcrow remove', () => {
  it('takes cables out with all that they said before, and leaves nothing of their words in the files', async () => {
    const cables = temporaryFolder();
    const target = path.join(temporaryFolder(), 'index');
    const put = (id: string, text: string): void => {
      writeFileSync(path.join(cables, `${id}.txt`), telegram(id, [text]));
    };
    put('07MADRID1', 'The quincunx was first.');
    put('07MADRID2', 'Oil prices fell.');
    await pilcrow(['ingest', cables, '--index', target]);
    put('07MADRID1', 'The zymurgy is second.');
    await pilcrow(['ingest', cables, '--index', target]);
    const unknown = await pilcrow(['remove', '07MADRID1', '07PARIS9', '--index', target]);
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('no cable 07PARIS9')]);
    const removed = await pilcrow(['remove', '07 Madrid 1', '--json', '--index', target]);
    expect(JSON.parse(removed.out)).toEqual({ removed: ['07MADRID1'], cables: 1 });
    expect((await pilcrow(['cable', '07MADRID1', '--index', target])).code).toBe(1);
    expect((await pilcrow(['cable', '07MADRID2', '--index', target])).code).toBe(0);
    expect((await pilcrow(['search', 'zymurgy', '--index', target])).code).toBe(1);
    expect((await pilcrow(['doctor', '--index', target])).code).toBe(0);
    const store = readdirSync(target).find((name) => name.startsWith('cables-')) ?? '';
    const database = new Database(path.join(target, store), { readonly: true });
    const words = database
      .prepare("SELECT count(*) FROM term WHERE stem IN ('quincunx', 'zymurgi')")
      .pluck()
      .get();
    expect(words).toBe(0);
    const count = (table: string): unknown =>
      database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect(['cable', 'span', 'former'].map(count)).toEqual([1, expect.any(Number), 0]);
    database.close();
    // A later ingest of their files brings them back.
    const again = await pilcrow(['ingest', cables, '--json', '--index', target]);
    expect(JSON.parse(again.out)).toMatchObject({
      cables: { added: 1, unchanged: 1 },
      vectors: { embedded: 0, kept: 1, waiting: 0 },
    });
  });
});

describe('a remove that fails', () => {
  it('leaves nothing that the next ingest would go on with', async () => {
    const copy = path.join(temporaryFolder(), 'index');
    cpSync(index, copy, { recursive: true });
    const before = readdirSync(copy).sort();
    mkdirSync(path.join(copy, 'manifest.json.new')); // the manifest cannot be written
    expect((await pilcrow(['remove', '07BEIJING1689', '--index', copy])).code).not.toBe(0);
    rmSync(path.join(copy, 'manifest.json.new'), { recursive: true });
    expect(readdirSync(copy).sort()).toEqual(before);
    const [other = ''] = readdirSync(SAMPLES);
    await pilcrow(['ingest', path.join(SAMPLES, other), '--keep-samples', '--index', copy]);
    expect((await pilcrow(['cable', '07BEIJING1689', '--index', copy])).code).toBe(0);
    expect((await pilcrow(['remove', '07BEIJING1689', '--index', copy])).code).toBe(0);
  });
});

describe('a remove that was killed', () => {
  it('is nothing that waits, and its lock is nobody’s', async () => {
    const copy = path.join(temporaryFolder(), 'index');
    cpSync(index, copy, { recursive: true });
    const editor = await new EmbeddedEngine(copy).lock(await modelOf(readConfig({})));
    await (await editor.begin({ atOnce: true })).remove(['07BEIJING1689']);
    await editor.close();
    writeFileSync(path.join(copy, 'lock'), 'no database '.repeat(200));
    const { code, out } = await pilcrow(['remove', '07BEIJING1689', '--json', '--index', copy]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ removed: ['07BEIJING1689'], cables: 1 });
  });
});

describe('pilcrow reindex', () => {
  it('of which the kept vectors are gone changes nothing and says how they come back', async () => {
    const copy = path.join(temporaryFolder(), 'index');
    cpSync(index, copy, { recursive: true });
    const kept = readdirSync(copy).find((name) => name.startsWith('vectors-of-')) ?? '';
    rmSync(path.join(copy, kept));
    const { code, err } = await pilcrow(['reindex', '--index', copy]);
    expect([code, err.trim().split('\n').at(-1)]).toEqual([
      3,
      expect.stringMatching(/of 11 vectors .* 0 are kept; .*pilcrow embed --anew/),
    ]);
    const { out } = await pilcrow(['stats', '--json', '--index', copy]);
    expect(stats.parse(JSON.parse(out)).vectors.embedded).toBe(11);
  });
});

describe('a folder that may only be read', () => {
  it('answers, and refuses to be changed in a sentence', async () => {
    const copy = path.join(temporaryFolder(), 'index');
    mkdirSync(copy);
    cpSync(index, copy, { recursive: true });
    rmSync(path.join(copy, 'lock'));
    expect(existsSync(path.join(copy, 'lock'))).toBe(false);
    // Root may write everywhere: what stands where the lock should be is no file.
    mkdirSync(path.join(copy, 'lock'));
    expect((await pilcrow(['ask', QUESTION, '--index', copy])).code).toBe(0);
    for (const args of [
      ['ingest', SAMPLES],
      ['remove', '07BEIJING1689'],
    ]) {
      const { code, err } = await pilcrow([...args, '--index', copy]);
      expect(code, args[0]).toBe(3);
      expect(err.trim().split('\n').at(-1)).toMatch(
        /lock cannot be opened .*; check that it is there/,
      );
    }
  });
});
