import type { Nearest } from '../corpus/corpus.js';
import { dot } from '../corpus/vector.js';
import type { VectorRows } from './sqlite/vector-rows.js';
import type { VectorIndex } from './vectors/vector-index.js';

/** A long passage has several vectors: so many neighbours are asked for of each passage wanted. */
const NEIGHBOURS = 1.25;
/** Up to so many vectors that conditions leave are all compared: exact, and faster than a filtered graph. */
const EXACT = 4000;

/** What the nearest are looked for in. */
export interface Searched {
  readonly rows: VectorRows;
  readonly graph: VectorIndex;
  /** The vectors that conditions leave; null where nothing narrows. */
  readonly keys: ReadonlySet<number> | null;
}

/** The passages nearest to a vector, best first. */
export function nearestPassages(
  { rows, graph, keys }: Searched,
  vector: Float32Array,
  limit: number,
): Nearest['passages'] {
  const best = new Map<number, number>();
  const meet = (passage: number, cosine: number): void => {
    best.set(passage, Math.max(cosine, best.get(passage) ?? -1));
  };
  if (keys !== null && keys.size <= EXACT) {
    for (const each of rows.byKeys([...keys])) meet(each.passage, dot(vector, each.vector));
  } else {
    const found = graph.search(vector, Math.ceil(NEIGHBOURS * limit), keys ?? undefined);
    const owners = rows.owners(found.map(({ key }) => key));
    for (const [i, { similarity }] of found.entries()) {
      const passage = owners[i];
      if (passage !== undefined) meet(passage, similarity);
    }
  }
  return [...best]
    .map(([passage, cosine]) => ({ passage, cosine }))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, limit);
}
