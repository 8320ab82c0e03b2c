import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runIngest } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { EXIT, PilcrowError } from '../../src/errors.js';
import type { Answer } from '../../src/search/answer.js';
import { openLibraryThread } from '../../src/library-thread.js';
import { listFiles } from '../../src/sources/files.js';
import { SAMPLES } from '../support/files.js';

describe('the library’s thread', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-thread-'));
  const config = { ...readConfig(), index: path.join(folder, 'index') };
  beforeAll(async () => {
    await runIngest(config, await listFiles([SAMPLES]), { progress: () => undefined });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('answers 12 questions at once, while this thread is idle for most of the time', async () => {
    const thread = await openLibraryThread(config);
    const search = thread.libraryFor();
    const ask = (n: number): Promise<Answer> =>
      search.ask(`Whom did Stratford meet about a labor dialogue, ${String(n)}?`, { limit: 10 });
    await ask(0);
    // A share, not a time: it holds on a slow machine as well. Were the search here, it would be near 1.
    let busy = 1;
    for (let attempt = 0; attempt < 6 && busy >= 0.5; attempt++) {
      const before = performance.eventLoopUtilization();
      const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => ask(n)));
      busy = performance.eventLoopUtilization(before).utilization;
      expect(answers.every(({ results: [first] }) => first?.cable === '07BEIJING1689')).toBe(true);
    }
    await thread.close();
    expect(busy).toBeLessThan(0.5);
  });

  it('tells why a question cannot be asked, and answers the next', async () => {
    const thread = await openLibraryThread(config);
    const search = thread.libraryFor();
    const refused = search.ask(' ', { limit: 1 });
    await expect(refused).rejects.toThrow(PilcrowError);
    await expect(refused).rejects.toMatchObject({ code: 'QUESTION_EMPTY', exit: EXIT.usage });
    await expect(search.ask('x', { limit: 1, filters: { from: 'soon' } })).rejects.toThrow(
      /is no date/,
    );
    expect((await search.ask('Who met Tim Stratford?', { limit: 1 })).results).toHaveLength(1);
    await thread.close();
  });

  it('says what is wrong with an index that cannot be opened', async () => {
    const missing = { ...config, index: path.join(folder, 'none') };
    await expect(openLibraryThread(missing)).rejects.toMatchObject({ exit: EXIT.index });
  });

  it('explains every candidate: what its features add is its score', async () => {
    const thread = await openLibraryThread(config);
    const search = thread.libraryFor();
    const { candidates, confidence, words } = await search.explain(
      'Whom did Stratford meet about a labor dialogue?',
      {},
    );
    await thread.close();
    expect(words.map(({ stem }) => stem)).toContain('stratford');
    expect(confidence).toBeGreaterThan(0.5);
    expect(candidates.length).toBeGreaterThan(5);
    for (const { score, shares } of candidates) {
      expect(shares.reduce((sum, { adds }) => sum + adds, 0)).toBeCloseTo(score, 6);
    }
  });
});
