/** A vector near the one asked for. */
export interface Neighbour {
  readonly key: number;
  /** Inner product of the two vectors, their cosine, as all have length 1; of a graph over fewer dimensions nearly so. */
  readonly similarity: number;
}

/** Keys that a search is narrowed to. */
export interface KeySet {
  readonly size: number;
  has(key: number): boolean;
}

/** Finds the stored vectors nearest to one. Keys are positive integers below 2^32. */
export interface VectorIndex {
  readonly dimension: number;
  /** How many vectors can be found. */
  readonly size: number;
  /**
   * The nearest vectors, nearest first: `count` of them, or all where there are fewer. Where `among`
   * is given, the nearest of these keys.
   */
  search(vector: Float32Array, count: number, among?: KeySet): Neighbour[];
}

/** A vector index that can be changed. */
export interface WritableVectorIndex extends VectorIndex {
  /** Adds a vector under a key that was never used. Throws where its dimension is another. */
  add(key: number, vector: Float32Array): void;
  /** Removes a vector. Throws where the key is not held. */
  remove(key: number): void;
}
