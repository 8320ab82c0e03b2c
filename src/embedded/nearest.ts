import type { Nearest } from '../corpus/corpus.js';
import { windowCosines } from '../corpus/packed-vectors.js';
import { largest } from '../largest.js';
import type { PassageSet } from './passage-set.js';
import type { PassageVectorReader } from './sqlite/passage-vectors.js';
import { passageOf } from './vectors/labels.js';
import type { VectorIndex } from './vectors/vector-index.js';

/**
 * So many neighbours are asked for of each passage wanted: a long passage has several vectors, and a graph over a
 * third of their dimensions finds them in nearly the right order. docs/performance.md has the measured recall.
 */
const NEIGHBOURS = 3;
/** Up to so many passages that conditions leave are all compared: exact, and faster than a filtered graph. */
const EXACT = 4000;

/** What the nearest are looked for in. */
export interface Searched {
  readonly vectors: PassageVectorReader;
  readonly graph: VectorIndex;
  /** The passages that conditions leave; null where nothing narrows. */
  readonly among: PassageSet | null;
}

/** The passages nearest to a vector, best first; their cosines are those with the vectors that are kept. */
export function nearestPassages(
  { vectors, graph, among }: Searched,
  vector: Float32Array,
  limit: number,
): Nearest['passages'] {
  const found =
    among !== null && among.size <= EXACT
      ? new Map([...among.keys()].map((passage) => [passage, null]))
      : walked(graph, vector, { among, limit });
  const kept = vectors.of([...found.keys()]);
  return [...found]
    .flatMap(([passage, walkedTo]) => {
      const windows = kept.get(passage)?.windows;
      const cosine = windows === undefined ? walkedTo : largest(-1, windowCosines(windows, vector));
      return cosine === null ? [] : [{ passage, cosine }];
    })
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, limit);
}

/** The passages that a graph leads to, with the best cosine of each. */
function walked(
  graph: VectorIndex,
  vector: Float32Array,
  { among, limit }: { readonly among: PassageSet | null; readonly limit: number },
): Map<number, number> {
  const labels = among && {
    size: among.size,
    has: (label: number): boolean => among.has(passageOf(label)),
  };
  const best = new Map<number, number>();
  const count = Math.ceil(NEIGHBOURS * limit);
  for (const { key, similarity } of graph.search(vector, count, labels ?? undefined)) {
    const passage = passageOf(key);
    best.set(passage, Math.max(similarity, best.get(passage) ?? -1));
  }
  return best;
}
