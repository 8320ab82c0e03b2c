import { NO_CEILING, type Ceiling } from '../cable/ceiling.js';
import { quotedSpan } from '../quotes/quote.js';
import type { Store } from '../store/store.js';
import { dot } from '../vectors/exact.js';
import type { VectorIndex } from '../vectors/vector-index.js';
import type { AnswerResult } from './answer.js';
import { nearest } from './candidates.js';
import type { OwnVectors } from './own-vectors.js';
import { round } from './results.js';

/** A cable, or one of its spans. */
export interface RelatedTo {
  readonly cable: string;
  /** Index among the cable's spans; not stated: the whole cable. */
  readonly ordinal?: number;
}

/** What is looked through. */
export interface RelatedParts {
  readonly store: Store;
  readonly vectors: VectorIndex;
  readonly own: OwnVectors;
}

/**
 * The paragraphs of other cables that are nearest to a paragraph, or to the mean of a cable's
 * paragraphs; one a cable, nearest first. Only what a ceiling shows is looked at, on both sides: on the
 * other side the paragraphs of cables that it shows whole, of which it has vectors.
 */
export async function relatedTo(
  { store: all, vectors, own }: RelatedParts,
  { cable, ordinal }: RelatedTo,
  limit: number,
  ceiling: Ceiling = NO_CEILING,
): Promise<AnswerResult[]> {
  const store = all.under(ceiling);
  const passages = store
    .passagesOfCable(cable)
    .filter((passage) => ordinal === undefined || store.spanOfPassage(passage).ordinal === ordinal);
  const masked = store
    .scoringPassages(passages)
    .flatMap((each) => (each.masked ? [each.passage] : []));
  const made = await own.of(store, masked);
  const mean = meanOf([
    ...store.vectorsOfPassages(passages).map(({ vector }) => vector),
    ...[...made.values()].flatMap(({ windows }) => windows),
  ]);
  if (mean === null) return [];
  const found: AnswerResult[] = [];
  for (const [passage, cosine] of nearest(store, vectors, mean, {}).cosines) {
    const { cable: other, ordinal: at, span } = store.spanOfPassage(passage);
    if (other.id === cable || found.some((each) => each.cable === other.id)) continue;
    found.push({ ...quotedSpan(other, at, span, ceiling), highlights: [], score: round(cosine) });
    if (found.length === limit) break;
  }
  return found;
}

/** The mean of vectors, of length 1; null of none. */
function meanOf(vectors: readonly Float32Array[]): Float32Array | null {
  const [first] = vectors;
  if (first === undefined) return null;
  const sum = new Float32Array(first.length);
  for (const vector of vectors) vector.forEach((value, i) => (sum[i] = (sum[i] ?? 0) + value));
  const length = Math.sqrt(dot(sum, sum));
  return sum.map((value) => value / length);
}
