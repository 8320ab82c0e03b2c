import { createHash } from 'node:crypto';
import type { Embedder } from '../../src/embedding/embedder.js';

const DIMENSION = 64;

/**
 * The embedder port in memory: a text's vector is the sum of its words' pseudo-random vectors, so
 * that texts that share words are near each other. The same text has the same vector always.
 */
export function createWordEmbedder(
  fingerprint = 'words',
  {
    name,
    dimension,
    projection = null,
  }: Pick<Embedder, 'name' | 'dimension'> & Partial<Pick<Embedder, 'projection'>> = {
    name: 'words',
    dimension: DIMENSION,
  },
): Embedder & { readonly embedded: number } {
  let embedded = 0;
  const vectorOf = (text: string): Float32Array => {
    const sum = new Float32Array(dimension);
    for (const word of text.toLowerCase().match(/[a-z0-9]+/g) ?? ['']) {
      const bytes = createHash('sha512').update(word).digest();
      for (const [i, byte] of bytes.entries()) sum[i] = (sum[i] ?? 0) + byte - 127.5;
    }
    const length = Math.hypot(...sum);
    return sum.map((value) => value / length);
  };
  return {
    name,
    fingerprint,
    dimension,
    projection,
    embedQuestion: (question) =>
      Promise.resolve({ vector: vectorOf(question), wordMean: vectorOf(question) }),
    embedPassage: (context, sentences) => {
      embedded++;
      return Promise.resolve({
        windows: [vectorOf(`${context} ${sentences.join(' ')}`)],
        sentences: sentences.map(vectorOf),
      });
    },
    words: () => Promise.resolve(new Set()),
    close: () => Promise.resolve(),
    get embedded() {
      return embedded;
    },
  };
}
