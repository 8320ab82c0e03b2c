import type { VectorProgress } from '../corpus/engine.js';
import { HnswIndex } from './vectors/hnsw.js';

/** Above this share of removed vectors a graph is built anew instead of being changed. */
const MOST_REMOVED = 0.2;
/** Vectors added between two looks at the event loop. */
const ADDED_AT_ONCE = 200;

export interface ChangedGraph {
  readonly graph: HnswIndex;
  readonly removed: readonly number[];
  readonly added: Iterable<readonly [key: number, vector: Float32Array]>;
  /** Vectors that it holds in the end. */
  readonly total: number;
}

/** Changes a graph; null where so much is removed that it is better built anew. */
export async function changedGraph(
  { graph, removed, added, total }: ChangedGraph,
  progress: VectorProgress,
): Promise<HnswIndex | null> {
  if (graph.removed + removed.length > MOST_REMOVED * graph.size) return null;
  for (const key of removed) graph.remove(key);
  await addAll(graph, added, total - graph.size, progress);
  return graph;
}

export async function newGraph(
  dimension: number,
  vectors: Iterable<readonly [key: number, vector: Float32Array]>,
  total: number,
  progress: VectorProgress,
): Promise<HnswIndex> {
  const graph = HnswIndex.create(dimension, total);
  await addAll(graph, vectors, total, progress);
  return graph;
}

async function addAll(
  graph: HnswIndex,
  vectors: Iterable<readonly [number, Float32Array]>,
  total: number,
  progress: VectorProgress,
): Promise<void> {
  let done = 0;
  for (const [key, vector] of vectors) {
    graph.add(key, vector);
    done++;
    if (done % ADDED_AT_ONCE === 0) {
      progress(done, total);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  progress(total, total);
}
