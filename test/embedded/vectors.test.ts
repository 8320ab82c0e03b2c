import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { IndexError } from '../../src/errors.js';
import { ExactIndex } from '../support/exact-index.js';
import { HnswIndex } from '../../src/embedded/vectors/hnsw.js';
import { DIMENSION, vectorIndexContract, vectorOf } from '../contracts/vector-index.js';
import { temporaryFolder } from '../support/files.js';

vectorIndexContract('exact search', () => new ExactIndex(DIMENSION));
vectorIndexContract('HNSW', () => HnswIndex.create(DIMENSION));

describe('HNSW', () => {
  it('finds 99 of 100 of the ten that exact search finds, also after a third was replaced', () => {
    const exact = new ExactIndex(DIMENSION);
    const hnsw = HnswIndex.create(DIMENSION);
    const add = (key: number): void => {
      exact.add(key, vectorOf(key));
      hnsw.add(key, vectorOf(key));
    };
    for (let key = 1; key <= 3000; key++) add(key);
    for (let key = 1; key <= 1000; key++) {
      exact.remove(key);
      hnsw.remove(key);
      add(key + 10_000);
    }
    let met = 0;
    for (let question = 0; question < 100; question++) {
      const vector = vectorOf(question + 50_000);
      const wanted = new Set(exact.search(vector, 10).map((each) => each.key));
      met += hnsw.search(vector, 10).filter((each) => wanted.has(each.key)).length;
    }
    expect(met / 1000).toBeGreaterThanOrEqual(0.99);
  });

  it('is the same after it was saved and loaded', async () => {
    const file = path.join(temporaryFolder(), 'vectors.hnsw');
    const index = HnswIndex.create(DIMENSION);
    for (let key = 1; key <= 2000; key++) index.add(key, vectorOf(key));
    index.remove(5);
    await index.save(file);
    const loaded = await HnswIndex.load(file, DIMENSION, index.size);
    expect(loaded.size).toBe(1999);
    expect(loaded.search(vectorOf(5), 10)).toEqual(index.search(vectorOf(5), 10));
  });

  it('refuses a damaged file with what to do', async () => {
    const file = path.join(temporaryFolder(), 'vectors.hnsw');
    writeFileSync(file, 'not an index at all');
    await expect(HnswIndex.load(file, DIMENSION, 1)).rejects.toThrow(IndexError);
    await expect(HnswIndex.load(file, DIMENSION, 1)).rejects.toThrow(/pilcrow reindex/);
  });
});
