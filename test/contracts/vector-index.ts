import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WritableVectorIndex } from '../../src/embedded/vectors/vector-index.js';

export const DIMENSION = 16;

/** A vector of length 1 that is the same for the same seed. */
export function vectorOf(seed: number, dimension = DIMENSION): Float32Array {
  let state = seed * 2_654_435_761 + 1;
  const values = Float32Array.from({ length: dimension }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

/** What every implementation of the VectorIndex port must do. */
export function vectorIndexContract(name: string, create: () => WritableVectorIndex): void {
  describe(`${name}, as a vector index`, () => {
    it('finds nothing where it holds nothing', () => {
      expect(create().search(vectorOf(1), 5)).toEqual([]);
    });

    it('finds a vector itself first, with the cosine', () => {
      const index = create();
      for (let key = 1; key <= 50; key++) index.add(key, vectorOf(key));
      const [first, second] = index.search(vectorOf(7), 2);
      expect(first?.key).toBe(7);
      expect(first?.similarity).toBeCloseTo(1, 4);
      expect(second?.similarity).toBeLessThan(first?.similarity ?? 0);
    });

    it('gives all where more are asked for than it holds', () => {
      const index = create();
      for (const key of [4, 9]) index.add(key, vectorOf(key));
      expect(index.search(vectorOf(1), 100)).toHaveLength(2);
    });

    it('never finds what was removed, and counts what is left', () => {
      const index = create();
      for (let key = 1; key <= 30; key++) index.add(key, vectorOf(key));
      for (let key = 1; key <= 30; key += 2) index.remove(key);
      expect(index.size).toBe(15);
      const found = index.search(vectorOf(1), 30).map((each) => each.key);
      expect(found.sort((a, b) => a - b)).toEqual([
        2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30,
      ]);
    });

    it('finds the nearest among the keys given, all of them where they are few', () => {
      const index = create();
      for (let key = 1; key <= 500; key++) index.add(key, vectorOf(key));
      const among = new Set([3, 77, 401]);
      const found = index.search(vectorOf(900), 10, among).map((each) => each.key);
      expect(found.sort((a, b) => a - b)).toEqual([3, 77, 401]);
      expect(index.search(vectorOf(900), 1, among)).toHaveLength(1);
      expect(index.search(vectorOf(900), 5, new Set())).toEqual([]);
    });

    it('refuses a vector of another dimension, and a key that is not held', () => {
      const index = create();
      expect(() => {
        index.add(1, vectorOf(1, DIMENSION + 1));
      }).toThrow();
      expect(() => {
        index.remove(12);
      }).toThrow();
    });

    it('sorts by similarity', () => {
      const seeds = fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { maxLength: 40 });
      fc.assert(
        fc.property(seeds, fc.nat(), (keys, question) => {
          const index = create();
          for (const key of keys) index.add(key, vectorOf(key));
          const found = index.search(vectorOf(question + 2000), 20).map((each) => each.similarity);
          expect(found).toEqual([...found].sort((a, b) => b - a));
          expect(found).toHaveLength(Math.min(20, keys.length));
        }),
        { numRuns: 30 },
      );
    });
  });
}
