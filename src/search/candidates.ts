import type { QuestionVectors } from '../embedding/embedder.js';
import type { PassageFilter } from '../store/filter.js';
import type { ScoringCable, ScoringPassage } from '../store/scoring.js';
import { sentenceCosines } from '../store/sentence-vectors.js';
import type { LexicalHit, Store } from '../store/store.js';
import { dot } from '../vectors/exact.js';
import type { VectorIndex } from '../vectors/vector-index.js';
import type { OwnVectors } from './own-vectors.js';

/** A passage that may answer, with what it is scored by. */
export interface Candidate {
  readonly passage: ScoringPassage;
  readonly cable: ScoringCable;
  /** Cosine of the question, read with those before it, with the passage's best window. */
  readonly cosine: number;
  /** The same for the question alone. */
  readonly ownCosine: number;
  /** Cosine of the question's words with each of the passage's sentences. */
  readonly sentences: readonly number[];
  /** The question names its cable. */
  readonly named: boolean;
}

/** A question's vectors: read with the ones before it, and alone. */
export interface AskedVectors {
  readonly whole: QuestionVectors;
  readonly own: QuestionVectors;
}

/** Passages taken from each side: their union holds the answer of every graded question. */
export const CANDIDATES = 80;
/** A long passage has several vectors: more neighbours are asked for than passages wanted. */
const NEIGHBOURS = 100;
/** Up to so many vectors a filter leaves are all compared: exact, and faster than a filtered graph. */
const EXACT = 4000;

/** The passages nearest to a question, and how many vectors were searched for them. */
export interface Nearest {
  /** The best cosine of each passage, best passages first. */
  readonly cosines: ReadonlyMap<number, number>;
  readonly searched: number;
}

/** Finds the passages nearest to a question among those that pass a filter. */
export function nearest(
  store: Store,
  vectors: VectorIndex,
  vector: Float32Array,
  filter: PassageFilter,
): Nearest {
  const best = new Map<number, number>();
  const meet = (passage: number, cosine: number): void => {
    best.set(passage, Math.max(cosine, best.get(passage) ?? -1));
  };
  const narrow = store.isNarrow(filter);
  const keys = narrow ? store.vectorKeys(filter) : new Set<number>();
  if (narrow && keys.size <= EXACT) {
    for (const each of store.vectors([...keys])) meet(each.passage, dot(vector, each.vector));
  } else {
    const found = vectors.search(vector, NEIGHBOURS, narrow ? keys : undefined);
    const owners = store.passagesOfVectors(found.map(({ key }) => key));
    for (const [i, { similarity }] of found.entries()) {
      const passage = owners[i];
      if (passage !== undefined) meet(passage, similarity);
    }
  }
  const sorted = [...best].sort(([, a], [, b]) => b - a).slice(0, CANDIDATES);
  return { cosines: new Map(sorted), searched: narrow ? keys.size : vectors.size };
}

/** Passages that were found for a question, from each side. */
export interface FoundPassages {
  readonly near: ReadonlyMap<number, number>;
  readonly lexical: readonly LexicalHit[];
  readonly named: readonly number[];
}

/**
 * Reads what each of the passages found is scored by. Of those whose own vectors must be made first
 * (masked ones) no more are taken than can be at once.
 */
export async function candidatesOf(
  store: Store,
  own: OwnVectors,
  asked: AskedVectors,
  { near, lexical, named }: FoundPassages,
): Promise<Candidate[]> {
  const keys = [...new Set([...near.keys(), ...named, ...lexical.map(({ passage }) => passage)])];
  const passages = store.scoringPassages(keys);
  const cables = new Map(
    store
      .scoringCables([...new Set(passages.map(({ cable }) => cable))])
      .map((cable) => [cable.cable, cable]),
  );
  const isNamed = new Set(named);
  const stored = storedCosines(store, asked, near, keys);
  const isMasked = new Set(passages.flatMap((each) => (each.masked ? [each.passage] : [])));
  const made = await own.of(
    store,
    keys.filter((key) => isMasked.has(key)),
  );
  return passages.flatMap((passage): Candidate[] => {
    const cable = cables.get(passage.cable);
    if (cable === undefined) return [];
    const found = { passage, cable, named: isNamed.has(passage.passage) };
    if (!passage.masked) {
      const sentences = sentenceCosines(passage.sentences, asked.whole.wordMean);
      return [{ ...found, ...stored(passage.passage), sentences }];
    }
    const vectors = made.get(passage.passage);
    if (vectors === undefined) return [];
    const best = ({ vector }: QuestionVectors): number =>
      vectors.windows.reduce((most, window) => Math.max(most, dot(vector, window)), -1);
    const sentences = vectors.sentences.map((each) => dot(each, asked.whole.wordMean));
    return [{ ...found, cosine: best(asked.whole), ownCosine: best(asked.own), sentences }];
  });
}

/** The cosines of a question with passages, by the vectors that are stored of them. */
function storedCosines(
  store: Store,
  asked: AskedVectors,
  near: ReadonlyMap<number, number>,
  keys: readonly number[],
): (passage: number) => Pick<Candidate, 'cosine' | 'ownCosine'> {
  const alone = asked.own === asked.whole;
  const missing = alone ? keys.filter((key) => !near.has(key)) : keys;
  const whole = new Map<number, number>();
  const own = new Map<number, number>();
  for (const { passage, vector } of store.vectorsOfPassages(missing)) {
    whole.set(passage, Math.max(dot(asked.whole.vector, vector), whole.get(passage) ?? -1));
    if (!alone) own.set(passage, Math.max(dot(asked.own.vector, vector), own.get(passage) ?? -1));
  }
  return (passage) => {
    const cosine = near.get(passage) ?? whole.get(passage) ?? -1;
    return { cosine, ownCosine: own.get(passage) ?? cosine };
  };
}
