import type { Corpus, SpanPlace } from '../corpus/corpus.js';
import { unpackWindows } from '../corpus/packed-vectors.js';
import { dot } from '../corpus/vector.js';
import type { Embedder } from '../embedding/embedder.js';
import { quotedSpan } from '../quotes/quote.js';
import type { AnswerResult } from './answer.js';
import { CANDIDATES } from './candidates.js';
import { readSpans } from './read-spans.js';
import type { OwnVectors } from './own-vectors.js';
import { round } from './results.js';

export type RelatedTo = Pick<SpanPlace, 'cable'> & Partial<SpanPlace>;

/**
 * The paragraphs of other cables that are nearest to a paragraph, or to the mean of a cable's
 * paragraphs; one a cable, nearest first. Only what the corpus's ceiling shows is looked at, on both
 * sides: on the other side the paragraphs of cables that it shows whole, of which it has vectors.
 */
export async function relatedTo(
  {
    corpus,
    own,
    embedder,
  }: {
    readonly corpus: Corpus;
    readonly own: OwnVectors;
    readonly embedder: Pick<Embedder, 'dimension'>;
  },
  { cable, ordinal }: RelatedTo,
  limit: number,
): Promise<AnswerResult[]> {
  const spans = readSpans(corpus);
  const passages = (await corpus.passagesOf([cable]))
    .filter((each) => ordinal === undefined || each.ordinal === ordinal)
    .map(({ passage }) => passage);
  const scoring = await corpus.scoring(passages, 'with vectors');
  const lacking = scoring.passages.filter(({ vectors }) => vectors === null);
  const made = await own.of(lacking, spans);
  const mean = meanOf([
    ...scoring.passages.flatMap(({ vectors }) => {
      return vectors === null ? [] : unpackWindows(vectors.windows, embedder.dimension);
    }),
    ...[...made.values()].flatMap(({ windows }) => windows),
  ]);
  if (mean === null) return [];
  const near = (await corpus.nearest(mean, { where: [], limit: CANDIDATES })).passages;
  const read = await spans(near.map(({ passage }) => passage));
  const found: AnswerResult[] = [];
  for (const [i, { cosine }] of near.entries()) {
    const other = read[i];
    if (other === undefined || other.cable.id === cable) continue;
    if (found.some((each) => each.cable === other.cable.id)) continue;
    const quoted = quotedSpan(other.cable, other.ordinal, other.span, corpus.ceiling);
    found.push({ ...quoted, highlights: [], score: round(cosine) });
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
