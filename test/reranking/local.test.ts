import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { openLocalReranker } from '../../src/reranking/local.js';
import { NEAR_ENOUGH, readingAgreementOf } from '../../src/reranking/reference.js';
import type { Reranker } from '../../src/reranking/reranker.js';
import { temporaryFolder } from '../support/files.js';

const FOLDER = readConfig({}).reranker ?? '';
const CONTEXT = 'USTR PROPOSES BILATERAL LABOR DIALOGUE WITH CHINA | Embassy Beijing, 2007-03-14';
const ANSWERS = [
  'He said either side should be free to place topics on the agenda.',
  'Stratford hoped the first meeting of the dialogue could take place no later than mid-April 2007.',
];

describe('the second reader', () => {
  let reranker: Reranker;
  beforeAll(async () => {
    reranker = await openLocalReranker(FOLDER, { workers: 1, device: 'cpu' });
  });
  afterAll(() => reranker.close());

  const read = (sentences: readonly string[]) =>
    reranker.read(
      'When did Stratford hope the labor dialogue would first meet?',
      CONTEXT,
      sentences,
    );

  it('tells what answers from what is about the same, and where it answers', async () => {
    const answer = await read(ANSWERS);
    const topic = await read([
      'The labor dialogue was proposed by Stratford.',
      'China would think.',
    ]);
    expect(answer.relevance).toBeGreaterThan(topic.relevance);
    expect(answer.sentences).toHaveLength(2);
    expect(answer.sentences[1]).toBeGreaterThan(answer.sentences[0] ?? 0);
  });

  it('reads a passage longer than its window to the end, and one of nothing', async () => {
    const filler = Array.from(
      { length: 60 },
      () => 'The delegation drank tea with the vice minister.',
    );
    const long = await read([...filler, ...ANSWERS]);
    expect(long.sentences).toHaveLength(62);
    expect(long.sentences.indexOf(Math.max(...long.sentences))).toBe(61);
    expect(Number.isFinite((await read(['x'])).relevance)).toBe(true);
  });

  it('gives the same for the same, and is near the 32-bit model on this processor', async () => {
    expect(await read(ANSWERS)).toEqual(await read(ANSWERS));
    const agreement = await readingAgreementOf(reranker, FOLDER);
    expect(agreement?.passages).toBeGreaterThan(10);
    expect(agreement?.off).toBeLessThan(NEAR_ENOUGH);
  });

  it('is as near where passages are read together, as on a device of many cores', async () => {
    const together = await openLocalReranker(FOLDER, { workers: 1, device: 'cpu', batch: 8 });
    const agreement = await readingAgreementOf(together, FOLDER);
    await together.close();
    expect(agreement?.off).toBeLessThan(NEAR_ENOUGH);
  });
});

describe('a reranker’s folder', () => {
  it('whose files are not those described is refused', async () => {
    const folder = path.join(temporaryFolder(), 'reader');
    cpSync(FOLDER, folder, { recursive: true });
    writeFileSync(path.join(folder, 'config.json'), '{}');
    await expect(openLocalReranker(folder, { workers: 1, device: 'cpu' })).rejects.toThrow(
      /config\.json is damaged/,
    );
  });
});
