import type { Ceiling } from '../cable/ceiling.js';
import { passageText } from '../cable/passage.js';
import { sentencesOf } from '../cable/sentences.js';
import type { Embedder } from '../embedding/embedder.js';
import { quotedSpan, type QuotedSpan } from '../quotes/quote.js';
import { sentenceCosines } from '../store/sentence-vectors.js';
import type { Store } from '../store/store.js';
import type { AnswerResult } from './answer.js';
import { dot } from '../vectors/exact.js';
import { highlightsOf } from './highlight.js';
import type { OwnVectors } from './own-vectors.js';

/** A span by its cable and its index among the cable's spans. */
export interface SpanPlace {
  readonly cable: string;
  readonly ordinal: number;
}

/** A quote with the sentences that answer a question. */
export type HighlightedSpan = QuotedSpan & Pick<AnswerResult, 'highlights'>;

/** What quotes are marked with. */
export interface HighlightingParts {
  readonly store: Store;
  readonly embedder: Embedder;
  readonly own: OwnVectors;
}

/**
 * Quotes spans that were found for a question before, with the sentences that answer it; those that
 * are no longer held or are above the ceiling are left out.
 */
export async function highlighted(
  { store: all, embedder, own }: HighlightingParts,
  question: string,
  places: readonly SpanPlace[],
  ceiling: Ceiling,
): Promise<HighlightedSpan[]> {
  const store = all.under(ceiling);
  const { wordMean } = await embedder.embedQuestion(question);
  const found: HighlightedSpan[] = [];
  for (const { cable: id, ordinal } of places) {
    const key = store
      .passagesOfCable(id)
      .find((passage) => store.spanOfPassage(passage).ordinal === ordinal);
    const [scoring] = key === undefined ? [] : store.scoringPassages([key]);
    if (key === undefined || scoring === undefined) continue;
    const { cable, span } = store.spanOfPassage(key);
    const quoted = quotedSpan(cable, ordinal, span, ceiling);
    const made = scoring.masked ? (await own.of(store, [key])).get(key) : undefined;
    const cosines =
      made?.sentences.map((each) => dot(each, wordMean)) ??
      sentenceCosines(scoring.sentences, wordMean);
    const sentences = sentencesOf(passageText(cable.body, span));
    found.push({ ...quoted, highlights: highlightsOf(quoted.text, sentences, cosines) });
  }
  return found;
}
