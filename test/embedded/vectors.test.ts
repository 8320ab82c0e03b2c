import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { IndexError } from '../../src/errors.js';
import { ExactIndex } from '../support/exact-index.js';
import { HnswIndex } from '../../src/embedded/vectors/hnsw.js';
import { DIMENSION, vectorIndexContract, vectorOf } from '../contracts/vector-index.js';
import { temporaryFolder } from '../support/files.js';

const SPACE = { dimension: DIMENSION, projection: null };

vectorIndexContract('exact search', () => new ExactIndex(DIMENSION));
vectorIndexContract('HNSW', () => HnswIndex.create(SPACE));

describe('HNSW', () => {
  it('finds 99 of 100 of the ten that exact search finds, also after a third was replaced', () => {
    const exact = new ExactIndex(DIMENSION);
    const hnsw = HnswIndex.create(SPACE);
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

  it('over the leading directions alone leads to those that are nearest in all', () => {
    // Vectors that differ most in the first of their components, as a model's do in its principal ones.
    const dimension = 32;
    const rows = 8;
    const projection = Float32Array.from({ length: rows * dimension }, (_, i) =>
      i % dimension === Math.floor(i / dimension) ? 1 : 0,
    );
    const skewed = (seed: number): Float32Array => {
      const values = vectorOf(seed, dimension).map((value, i) => value / (1 + i));
      const length = Math.hypot(...values);
      return values.map((value) => value / length);
    };
    const hnsw = HnswIndex.create({ dimension, projection });
    const exact = new ExactIndex(dimension);
    for (let key = 1; key <= 2000; key++) {
      hnsw.add(key, skewed(key));
      exact.add(key, skewed(key));
    }
    let met = 0;
    for (let question = 0; question < 50; question++) {
      const vector = skewed(question + 50_000);
      const led = new Set(hnsw.search(vector, 30).map(({ key }) => key));
      met += exact.search(vector, 10).filter(({ key }) => led.has(key)).length;
    }
    expect(met / 500).toBeGreaterThanOrEqual(0.98);
    expect(() => hnsw.search(vectorOf(1, 8), 1)).toThrow(RangeError);
  });

  it('is the same after it was saved and loaded', async () => {
    const file = path.join(temporaryFolder(), 'vectors.hnsw');
    const index = HnswIndex.create(SPACE);
    for (let key = 1; key <= 2000; key++) index.add(key, vectorOf(key));
    index.remove(5);
    await index.save(file);
    const loaded = await HnswIndex.load(file, SPACE, index.size);
    expect(loaded.size).toBe(1999);
    expect(loaded.search(vectorOf(5), 10)).toEqual(index.search(vectorOf(5), 10));
  });

  it('refuses a file of another dimension', async () => {
    const file = path.join(temporaryFolder(), 'vectors.hnsw');
    const index = HnswIndex.create(SPACE);
    index.add(1, vectorOf(1));
    await index.save(file);
    const other = { dimension: DIMENSION, projection: new Float32Array(4 * DIMENSION) };
    await expect(HnswIndex.load(file, other, 1)).rejects.toThrow(/16 components.*pilcrow reindex/);
  });

  it('refuses a damaged file with what to do', async () => {
    const file = path.join(temporaryFolder(), 'vectors.hnsw');
    writeFileSync(file, 'not an index at all');
    await expect(HnswIndex.load(file, SPACE, 1)).rejects.toThrow(IndexError);
    await expect(HnswIndex.load(file, SPACE, 1)).rejects.toThrow(/pilcrow reindex/);
  });
});
