import type { StoredSpan } from '../corpus/corpus.js';
import type { Found } from './found.js';
import type { Ranked } from './ranked.js';
import { added, type Weights } from './linear.js';
import { confidenceOf, THRESHOLD } from './threshold.js';
import { rereadFeaturesOf } from './reread.js';
import { CONFIDENCE, REREAD, REREAD_CONFIDENCE, WEIGHTS } from './weights.js';

/** A number that counts, and what it adds to a score. */
export interface Share {
  readonly name: string;
  readonly value: number;
  readonly adds: number;
}

/** A candidate with all that its place comes from. */
export interface ExplainedCandidate {
  readonly cable: string;
  readonly paragraph: number | null;
  readonly score: number;
  readonly named: boolean;
  /** What each feature adds to the score, the largest first; they sum up to it but for the bonus. */
  readonly shares: readonly Share[];
  /** Of one that was read a second time: what each feature added to the score that it had before. */
  readonly before: readonly Share[] | null;
}

/** Why a question was answered as it was. */
export interface Explanation {
  readonly q: string;
  /** The text that was embedded. */
  readonly embedded: string;
  /** Words searched for, with the passages that hold each and its weight. */
  readonly words: readonly {
    readonly stem: string;
    readonly passages: number;
    readonly weight: number;
  }[];
  readonly filters: readonly string[];
  readonly signals: readonly Share[];
  readonly confidence: number;
  readonly threshold: number;
  readonly candidates: readonly ExplainedCandidate[];
}

/** Tells of every candidate why it stands where it does. */
export async function explain(found: Found): Promise<Explanation> {
  const isRead = found.ranked.some(({ reading }) => reading !== null);
  const spans = await found.spans(found.ranked.map(({ passage }) => passage.passage));
  return {
    q: found.question.own,
    embedded: found.question.text,
    words: found.terms.map(({ stem, passages, weight }) => ({ stem, passages, weight })),
    filters: found.filters.told,
    signals: isRead
      ? sharesOf(REREAD_CONFIDENCE.weights, found.signals)
      : sharesOf(CONFIDENCE.weights, found.signals),
    confidence: confidenceOf(found),
    threshold: THRESHOLD,
    candidates: found.ranked.flatMap((each, i) => {
      const span = spans[i];
      return span === undefined ? [] : [explained(each, span)];
    }),
  };
}

function explained(ranked: Ranked, { cable, span }: StoredSpan): ExplainedCandidate {
  const { score, named, features, behind } = ranked;
  const reread = rereadFeaturesOf(ranked);
  return {
    cable: cable.id,
    paragraph: span.number,
    score,
    named,
    shares:
      reread === null
        ? [...sharesOf(WEIGHTS, features), ...behindOthers(behind)]
        : sharesOf(REREAD, reread),
    before: reread === null ? null : sharesOf(WEIGHTS, features),
  };
}

function behindOthers(behind: number): Share[] {
  return behind === 0 ? [] : [{ name: 'behind', value: behind, adds: -behind }];
}

function sharesOf<Name extends string>(
  weights: Weights<Name>,
  values: Readonly<Record<Name, number>>,
): Share[] {
  return weights
    .map((row) => ({ name: row[0], value: values[row[0]], adds: added(row, values[row[0]]) }))
    .sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds));
}
