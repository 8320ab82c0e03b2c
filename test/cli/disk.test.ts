import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedEngine } from '../../src/embedded/engine.js';
import { checkModel } from '../../src/embedding/model-files.js';
import { MODEL, SAMPLES, temporaryFolder } from '../support/files.js';
import { pilcrow } from '../support/pilcrow.js';
import { telegram } from '../support/telegram.js';

const QUESTION = 'When did Stratford hope the labor dialogue would first meet?';

/** Whether a disk of a few megabytes can be had: root alone may mount one. */
function mayMount(): boolean {
  const folder = path.join(import.meta.dirname, '.mounted');
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]).status === 0;
  if (mounted) execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return mounted;
}

describe.skipIf(!mayMount())('a disk of eight megabytes (only root may mount one)', () => {
  let disk: string;
  let index: string;
  beforeEach(async () => {
    disk = temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]);
    index = path.join(disk, 'index');
    expect((await run('ingest', SAMPLES)).code).toBe(0);
  });
  afterEach(() => {
    execFileSync('umount', [disk]);
  });

  const run = (...args: string[]) => pilcrow([...args, '--index', index]);
  const filling = (): string => path.join(disk, 'filling');
  function leave(bytes: number): void {
    rmSync(filling(), { force: true });
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(filling(), Buffer.alloc(Math.max(0, bavail * bsize - bytes)));
  }
  function more(): string {
    const folder = temporaryFolder();
    const paragraphs = Array.from(
      { length: 60 },
      (_, i) =>
        `The ${String(i)}th delegate spoke at length of item ${String(i * 7)}, and sat down.`,
    );
    writeFileSync(path.join(folder, '07MADRID1.txt'), telegram('07MADRID1', paragraphs));
    return folder;
  }
  async function expectAnswers(): Promise<void> {
    const { code, out } = await run('ask', QUESTION);
    expect(code).toBe(0);
    expect(out).toContain('07BEIJING1689 ¶');
  }

  it('that is full: what does not fit is told of, the index stands, and the same command goes on', async () => {
    const files = more();
    // So much is left that the store cannot be copied, a page of vectors not written, a graph only in part.
    for (const [bytes, said, ...command] of [
      [40_000, 'no room', 'ingest', files, '--words-only'],
      [4096, 'no room', 'embed'],
      [36_864, 'written to its end', 'reindex'],
      [100_000, 'no room', 'remove', '07MADRID1'],
    ] as const) {
      leave(bytes);
      const { code, err } = await run(...command);
      const last = err.trim().split('\n').at(-1) ?? '';
      expect([code, last], command[0]).toEqual([3, expect.stringMatching(`${said}.*; make room`)]);
      await expectAnswers();
      rmSync(filling());
      expect((await run(...command)).code, command[0]).toBe(0);
    }
    const { out } = await run('stats', '--json');
    expect(JSON.parse(out)).toMatchObject({ cables: 2, vectors: { passages: 11, embedded: 11 } });
  });

  it('that is read-only: it answers, and what would change it is refused in a sentence', async () => {
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    await expectAnswers();
    for (const command of [
      ['ingest', more()],
      ['remove', '07BEIJING1689'],
      ['embed', '--anew'],
    ]) {
      const { code, err } = await run(...command);
      expect(code, command[0]).toBe(3);
      expect(err.trim().split('\n').at(-1)).toMatch(/^pilcrow: .*(?:read-only|may not be written)/);
    }
    expect((await run('doctor')).code).toBe(0);
  });
});

describe('two that would change an index at once', () => {
  it('the second is told to wait, and whoever asks is answered; a lock that nobody holds is none', async () => {
    const index = path.join(temporaryFolder(), 'index');
    const run = (...args: string[]) => pilcrow([...args, '--index', index]);
    expect((await run('ingest', SAMPLES)).code).toBe(0);
    const { description, ...model } = await checkModel(MODEL);
    const first = await new EmbeddedEngine(index).lock({ ...description, ...model });
    for (const command of [
      ['ingest', SAMPLES],
      ['remove', '07BEIJING1689'],
      ['backup', path.join(temporaryFolder(), 'backup.tar')],
    ]) {
      const { code, err } = await run(...command);
      expect(code, command[0]).toBe(3);
      expect(err.trim().split('\n').at(-1)).toMatch(
        /another process is changing the index.*; wait for it/,
      );
    }
    expect((await run('ask', QUESTION)).code).toBe(0);
    await first.close();
    expect(existsSync(path.join(index, 'lock'))).toBe(true);
    expect((await run('ingest', SAMPLES)).code).toBe(0);
  });
});
