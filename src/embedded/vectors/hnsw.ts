import { open, rm } from 'node:fs/promises';
import hnswlib from 'hnswlib-node';
import type { ModelId } from '../../corpus/engine.js';
import { IndexError, messageOf } from '../../errors.js';
import type { KeySet, Neighbour, WritableVectorIndex } from './vector-index.js';

/** Links of a vector on each layer. docs/performance.md has the measured recall. */
export const LINKS = 16;
/** Candidates weighed while a vector is linked in. */
export const EF_CONSTRUCTION = 200;
/** Candidates weighed in a search, at least; it rises with the count asked for. */
const EF_SEARCH = 200;
const SMALLEST_CAPACITY = 1024;
/** How far a component may be from the one that was linked. */
const NEARLY = 1e-4;
/** A full graph is given room for so many times as much: it is copied then. */
const GROWTH = 1.25;

/** Of a component. */
const BYTES = 4;
/** Where hnswlib writes how far a vector's label, and the vector itself, lie within an element. */
const LABEL_OFFSET = 32;
const VECTOR_OFFSET = 40;
const HEADER = 96;
/** Where it writes how many elements there are, and how long each is. */
const COUNT_OFFSET = 16;
const ELEMENT_OFFSET = 24;
/** Of the length that stands before each element's links on the upper layers. */
const LENGTH_BYTES = 4;

/** How long a vector of a saved graph is: hnswlib reads one of another length without a word. */
async function bytesAVector(file: string): Promise<number> {
  const handle = await open(file);
  try {
    const header = Buffer.alloc(HEADER);
    await handle.read(header, 0, HEADER, 0);
    return Number(header.readBigUInt64LE(LABEL_OFFSET) - header.readBigUInt64LE(VECTOR_OFFSET));
  } finally {
    await handle.close();
  }
}

/** Whether a saved graph has all its bytes: header, elements, and for each element the links of its upper layers. */
async function isWholeGraph(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const header = Buffer.alloc(HEADER);
    await handle.read(header, 0, HEADER, 0);
    const count = Number(header.readBigUInt64LE(COUNT_OFFSET));
    const upper = HEADER + count * Number(header.readBigUInt64LE(ELEMENT_OFFSET));
    if (size < upper + count * LENGTH_BYTES) return false;
    const links = Buffer.alloc(size - upper);
    await handle.read(links, 0, links.length, upper);
    let at = 0;
    for (let element = 0; element < count; element++) {
      if (at + LENGTH_BYTES > links.length) return false;
      at += LENGTH_BYTES + links.readUInt32LE(at);
    }
    return at === links.length;
  } finally {
    await handle.close();
  }
}

/** What vectors are, and the directions that a graph is walked in. */
export type VectorSpace = Pick<ModelId, 'dimension' | 'projection'>;

function dimensionsOf({ dimension, projection }: VectorSpace): number {
  return projection === null ? dimension : projection.length / dimension;
}

/** A vector in the directions of a space. Throws a RangeError for one of another dimension. */
function projected({ dimension, projection }: VectorSpace, vector: Float32Array): number[] {
  if (vector.length !== dimension) {
    throw new RangeError(`a vector of ${vector.length} components, not ${dimension}`);
  }
  if (projection === null) return Array.from(vector);
  return Array.from({ length: projection.length / dimension }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < dimension; i++)
      sum += (projection[row * dimension + i] ?? 0) * (vector[i] ?? 0);
    return sum;
  });
}

/**
 * Hierarchical navigable small worlds over hnswlib-node, which takes plain arrays only, throws when
 * asked for more than it holds, and loads a file of another dimension without a word.
 */
export class HnswIndex implements WritableVectorIndex {
  readonly #index: hnswlib.HierarchicalNSW;
  #held: number;

  private constructor(
    private readonly space: VectorSpace,
    index: hnswlib.HierarchicalNSW,
    held: number,
  ) {
    this.#index = index;
    this.#held = held;
  }

  static create(
    space: VectorSpace,
    capacity = SMALLEST_CAPACITY,
    efConstruction = EF_CONSTRUCTION,
  ): HnswIndex {
    const index = new hnswlib.HierarchicalNSW('ip', dimensionsOf(space));
    index.initIndex({
      maxElements: Math.max(capacity, SMALLEST_CAPACITY),
      m: LINKS,
      efConstruction,
      randomSeed: 100,
    });
    return new HnswIndex(space, index, 0);
  }

  /** Loads a file; `held` is how many of its vectors are not removed. Throws {@link IndexError}. */
  static async load(file: string, space: VectorSpace, held: number): Promise<HnswIndex> {
    const index = new hnswlib.HierarchicalNSW('ip', dimensionsOf(space));
    try {
      const bytes = await bytesAVector(file);
      if (bytes !== BYTES * dimensionsOf(space)) {
        throw new Error(`its vectors have ${bytes / BYTES} components`);
      }
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
    // One that was saved empty has no room, and cannot be given any.
    if (index.getCurrentCount() === 0) return HnswIndex.create(space);
    return new HnswIndex(space, index, held);
  }

  get dimension(): number {
    return this.space.dimension;
  }

  get size(): number {
    return this.#held;
  }

  /** Removed vectors that still take part in the graph. */
  get removed(): number {
    return this.#index.getCurrentCount() - this.#held;
  }

  /** Every key that was ever added, in no order: those of removed vectors too. */
  keys(): number[] {
    return this.#index.getIdsList();
  }

  /** Whether a vector is linked under a key as it should be. Throws where the key is not held. */
  holds(key: number, vector: Float32Array): boolean {
    const linked = this.#index.getPoint(key);
    return projected(this.space, vector).every(
      (value, i) => Math.abs(value - (linked[i] ?? Number.NaN)) < NEARLY,
    );
  }

  add(key: number, vector: Float32Array): void {
    if (this.#index.getCurrentCount() >= this.#index.getMaxElements()) {
      this.#index.resizeIndex(Math.ceil(this.#index.getMaxElements() * GROWTH));
    }
    this.#index.addPoint(projected(this.space, vector), key);
    this.#held++;
  }

  remove(key: number): void {
    this.#index.markDelete(key);
    this.#held--;
  }

  search(vector: Float32Array, count: number, among?: KeySet): Neighbour[] {
    const asked = Math.min(count, this.#held, among?.size ?? count);
    if (asked === 0) return [];
    // The walk meets all vectors; to end with enough of those asked for it must meet more of them.
    const share = among === undefined ? 1 : among.size / this.#held;
    this.#index.setEf(Math.min(this.#held, Math.max(EF_SEARCH, Math.ceil((2 * asked) / share))));
    const passes = among && ((key: number): boolean => among.has(key));
    const { neighbors, distances } = this.#index.searchKnn(
      projected(this.space, vector),
      asked,
      passes,
    );
    return neighbors.map((key, i) => ({ key, similarity: 1 - (distances[i] ?? 1) }));
  }

  /** Throws {@link IndexError} where the disk did not take it: hnswlib does not tell. */
  async save(file: string): Promise<void> {
    await this.#index.writeIndex(file);
    if (await isWholeGraph(file)) return;
    await rm(file, { force: true });
    throw new IndexError('STORE_FULL', {
      what: `${file} could not be written to its end`,
      todo: 'make room on the disk and run the same command again',
      context: { file },
    });
  }
}
