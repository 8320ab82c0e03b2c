import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { dot } from '../corpus/vector.js';
import type { Embedder } from './embedder.js';

/** A text with its vector as the 32-bit model has made it (`reference.jsonl` in a model's folder). */
const referenceLine = z.object({
  text: z.string(),
  /** It is a question: the model's prefix stands before it. */
  query: z.boolean(),
  vector: z.array(z.number()),
});

/**
 * How near each vector must be to its reference, and their mean. The reference is the 32-bit model's: rounding to 8 bits
 * leaves 0.993 and more; where a processor saturates sums of 8-bit products it is 0.92 (docs/performance.md).
 */
export const NEAR_ENOUGH = { each: 0.99, mean: 0.995 } as const;

/** The cosines of an embedder's vectors with the reference. */
export interface Agreement {
  readonly texts: number;
  readonly lowest: number;
  readonly mean: number;
}

/** Compares an embedder with its model's reference; null where the folder has none. */
export async function agreementOf(embedder: Embedder, folder: string): Promise<Agreement | null> {
  const text = await readFile(path.join(folder, 'reference.jsonl'), 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const cosines = await Promise.all(
    lines.map(async (line) => {
      const { text: words, query, vector } = referenceLine.parse(JSON.parse(line));
      const own = query
        ? (await embedder.embedQuestion(words)).vector
        : (await embedder.embedPassage('', [words])).windows[0];
      return own === undefined ? 0 : dot(own, Float32Array.from(vector));
    }),
  );
  return {
    texts: cosines.length,
    lowest: cosines.reduce((least, each) => Math.min(least, each), 1),
    mean: cosines.reduce((sum, each) => sum + each, 0) / Math.max(cosines.length, 1),
  };
}

export function isNearEnough({ lowest, mean }: Agreement): boolean {
  return lowest >= NEAR_ENOUGH.each && mean >= NEAR_ENOUGH.mean;
}
