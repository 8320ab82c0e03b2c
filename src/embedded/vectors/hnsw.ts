import hnswlib from 'hnswlib-node';
import { IndexError, messageOf } from '../../errors.js';
import type { Neighbour, WritableVectorIndex } from './vector-index.js';

/** Links of a vector on each layer. docs/performance.md has the measured recall. */
export const LINKS = 16;
/** Candidates weighed while a vector is linked in. */
export const EF_CONSTRUCTION = 200;
/** Candidates weighed in a search, at least; it rises with the count asked for. */
const EF_SEARCH = 200;
const SMALLEST_CAPACITY = 1024;

/**
 * Hierarchical navigable small worlds over hnswlib-node, which takes plain arrays only, throws when
 * asked for more than it holds, and loads a file of another dimension without a word: the manifest
 * guards the last.
 */
export class HnswIndex implements WritableVectorIndex {
  readonly #index: hnswlib.HierarchicalNSW;
  #held: number;

  private constructor(
    readonly dimension: number,
    index: hnswlib.HierarchicalNSW,
    held: number,
  ) {
    this.#index = index;
    this.#held = held;
  }

  static create(
    dimension: number,
    capacity = SMALLEST_CAPACITY,
    efConstruction = EF_CONSTRUCTION,
  ): HnswIndex {
    const index = new hnswlib.HierarchicalNSW('ip', dimension);
    index.initIndex({
      maxElements: Math.max(capacity, SMALLEST_CAPACITY),
      m: LINKS,
      efConstruction,
      randomSeed: 100,
    });
    return new HnswIndex(dimension, index, 0);
  }

  /** Loads a file; `held` is how many of its vectors are not removed. Throws {@link IndexError}. */
  static async load(file: string, dimension: number, held: number): Promise<HnswIndex> {
    const index = new hnswlib.HierarchicalNSW('ip', dimension);
    try {
      await index.readIndex(file);
      if (index.getCurrentCount() < held) {
        throw new Error(`it holds ${index.getCurrentCount()} vectors, not ${held}`);
      }
    } catch (cause) {
      throw new IndexError('VECTORS_DAMAGED', {
        what: `${file} is damaged (${messageOf(cause)})`,
        todo: 'run pilcrow reindex',
        context: { file },
        cause,
      });
    }
    return new HnswIndex(dimension, index, held);
  }

  get size(): number {
    return this.#held;
  }

  /** Removed vectors that still take part in the graph. */
  get removed(): number {
    return this.#index.getCurrentCount() - this.#held;
  }

  add(key: number, vector: Float32Array): void {
    if (this.#index.getCurrentCount() >= this.#index.getMaxElements()) {
      this.#index.resizeIndex(this.#index.getMaxElements() * 2);
    }
    this.#index.addPoint(Array.from(vector), key);
    this.#held++;
  }

  remove(key: number): void {
    this.#index.markDelete(key);
    this.#held--;
  }

  search(vector: Float32Array, count: number, among?: ReadonlySet<number>): Neighbour[] {
    const asked = Math.min(count, this.#held, among?.size ?? count);
    if (asked === 0) return [];
    // The walk meets all vectors; to end with enough of those asked for it must meet more of them.
    const share = among === undefined ? 1 : among.size / this.#held;
    this.#index.setEf(Math.min(this.#held, Math.max(EF_SEARCH, Math.ceil((2 * asked) / share))));
    const passes = among && ((key: number): boolean => among.has(key));
    const { neighbors, distances } = this.#index.searchKnn(Array.from(vector), asked, passes);
    return neighbors.map((key, i) => ({ key, similarity: 1 - (distances[i] ?? 1) }));
  }

  async save(file: string): Promise<void> {
    await this.#index.writeIndex(file);
  }
}
