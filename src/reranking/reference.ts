import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Reranker } from './reranker.js';

/** A question and a passage with the relevance that the 32-bit model gives (`reference.jsonl` in its folder). */
const referenceLine = z.object({
  question: z.string(),
  context: z.string(),
  sentences: z.array(z.string()),
  relevance: z.number(),
});

/** How far the relevances may be from their reference in the mean, as logarithms of odds: 8 bits round, by 0.4 in this model. */
export const NEAR_ENOUGH = 0.5;

/** How a reranker agrees with its reference. */
export interface ReadingAgreement {
  readonly passages: number;
  /** The mean difference of the relevances, without their signs. */
  readonly off: number;
}

/** Compares a reranker with its model's reference; null where the folder has none. */
export async function readingAgreementOf(
  reranker: Reranker,
  folder: string,
): Promise<ReadingAgreement | null> {
  const text = await readFile(path.join(folder, 'reference.jsonl'), 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const differences = await Promise.all(
    lines.map(async (line) => {
      const { question, context, sentences, relevance } = referenceLine.parse(JSON.parse(line));
      const read = await reranker.read(question, context, sentences);
      return Math.abs(read.relevance - relevance);
    }),
  );
  const sum = differences.reduce((total, each) => total + each, 0);
  return { passages: lines.length, off: sum / Math.max(1, lines.length) };
}
