import { dot } from '../../src/corpus/vector.js';
import type { Neighbour, WritableVectorIndex } from '../../src/embedded/vectors/vector-index.js';

/** Compares with every vector: the oracle that HNSW is held against. */
export class ExactIndex implements WritableVectorIndex {
  readonly #vectors = new Map<number, Float32Array>();

  constructor(readonly dimension: number) {}

  get size(): number {
    return this.#vectors.size;
  }

  add(key: number, vector: Float32Array): void {
    if (vector.length !== this.dimension) {
      throw new RangeError(`a vector of ${vector.length} components, not ${this.dimension}`);
    }
    this.#vectors.set(key, vector);
  }

  remove(key: number): void {
    if (!this.#vectors.delete(key)) throw new RangeError(`vector ${key} is not held`);
  }

  search(vector: Float32Array, count: number, among?: ReadonlySet<number>): Neighbour[] {
    return [...this.#vectors]
      .filter(([key]) => among?.has(key) ?? true)
      .map(([key, each]) => ({ key, similarity: dot(vector, each) }))
      .sort((a, b) => b.similarity - a.similarity || a.key - b.key)
      .slice(0, count);
  }
}
