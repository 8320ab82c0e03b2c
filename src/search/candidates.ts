import type { QuestionVectors } from '../embedding/embedder.js';
import { isNarrow, type PassageFilter } from '../store/filter.js';
import type { ScoringCable, ScoringPassage } from '../store/scoring.js';
import { sentenceCosines } from '../store/sentence-vectors.js';
import type { LexicalHit, Store } from '../store/store.js';
import { dot } from '../vectors/exact.js';
import type { VectorIndex } from '../vectors/vector-index.js';

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
  const narrow = isNarrow(filter);
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

/** Reads what each of the passages found is scored by. */
export function candidatesOf(
  store: Store,
  asked: AskedVectors,
  near: ReadonlyMap<number, number>,
  lexical: readonly LexicalHit[],
  named: readonly number[],
): Candidate[] {
  const keys = [...new Set([...near.keys(), ...lexical.map(({ passage }) => passage), ...named])];
  const passages = store.scoringPassages(keys);
  const cables = new Map(
    store
      .scoringCables([...new Set(passages.map(({ cable }) => cable))])
      .map((cable) => [cable.cable, cable]),
  );
  const isNamed = new Set(named);
  const alone = asked.own === asked.whole;
  const missing = alone ? keys.filter((key) => !near.has(key)) : keys;
  const whole = new Map<number, number>();
  const own = new Map<number, number>();
  for (const { passage, vector } of store.vectorsOfPassages(missing)) {
    whole.set(passage, Math.max(dot(asked.whole.vector, vector), whole.get(passage) ?? -1));
    if (!alone) own.set(passage, Math.max(dot(asked.own.vector, vector), own.get(passage) ?? -1));
  }
  return passages.flatMap((passage) => {
    const cable = cables.get(passage.cable);
    if (cable === undefined) return [];
    const cosine = near.get(passage.passage) ?? whole.get(passage.passage) ?? -1;
    return [
      {
        passage,
        cable,
        cosine,
        ownCosine: own.get(passage.passage) ?? cosine,
        sentences: sentenceCosines(passage.sentences, asked.whole.wordMean),
        named: isNamed.has(passage.passage),
      },
    ];
  });
}
