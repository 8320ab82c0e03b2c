import type { PassageSet } from './passage-set.js';
import type { HnswIndex } from './vectors/hnsw.js';
import { labelOf, MOST_WINDOWS, passageOf } from './vectors/labels.js';

/** Above this share of removed vectors a graph is built anew instead of being added to. */
const MOST_REMOVED = 0.2;

/** Whether so much of a graph is removed that it is better built anew. */
export function isWorn(graph: HnswIndex): boolean {
  return graph.removed > MOST_REMOVED * graph.size;
}

/** Makes a passage be found by the vectors of its windows; those of a paragraph of chapters, by its first ones. */
export function link(graph: HnswIndex, passage: number, windows: readonly Float32Array[]): void {
  for (const [window, vector] of windows.slice(0, MOST_WINDOWS).entries()) {
    graph.add(labelOf(passage, window), vector);
  }
}

/** Takes passages out of a graph; returns how many of them were in it. */
export function unlink(graph: HnswIndex, passages: PassageSet): number {
  const met = new Set<number>();
  for (const label of graph.keys()) {
    const passage = passageOf(label);
    if (!passages.has(passage)) continue;
    graph.remove(label);
    met.add(passage);
  }
  return met.size;
}
