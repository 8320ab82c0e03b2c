import { showsSpan, type Ceiling } from '../cable/ceiling.js';
import { passageText } from '../cable/passage.js';
import { sentencesOf } from '../cable/sentences.js';
import type { Embedder } from '../embedding/embedder.js';
import { quotedSpan, type QuotedSpan } from '../quotes/quote.js';
import { sentenceCosines } from '../store/sentence-vectors.js';
import type { Store } from '../store/store.js';
import type { AnswerResult } from './answer.js';
import { highlightsOf } from './highlight.js';

/** A span by its cable and its index among the cable's spans. */
export interface SpanPlace {
  readonly cable: string;
  readonly ordinal: number;
}

/** A quote with the sentences that answer a question. */
export type HighlightedSpan = QuotedSpan & Pick<AnswerResult, 'highlights'>;

/**
 * Quotes spans that were found for a question before, with the sentences that answer it; those that
 * are no longer held or are above the ceiling are left out.
 */
export async function highlighted(
  { store, embedder }: { readonly store: Store; readonly embedder: Embedder },
  question: string,
  places: readonly SpanPlace[],
  ceiling: Ceiling,
): Promise<HighlightedSpan[]> {
  const { wordMean } = await embedder.embedQuestion(question);
  return places.flatMap(({ cable: id, ordinal }) => {
    const key = store
      .passagesOfCable(id)
      .find((passage) => store.spanOfPassage(passage).ordinal === ordinal);
    if (key === undefined) return [];
    const { cable, span } = store.spanOfPassage(key);
    if (!showsSpan(ceiling, cable, span)) return [];
    const quoted = quotedSpan(cable, ordinal, span, ceiling);
    const [scoring] = store.scoringPassages([key]);
    const cosines = scoring === undefined ? [] : sentenceCosines(scoring.sentences, wordMean);
    const sentences = sentencesOf(passageText(cable.body, span));
    return [{ ...quoted, highlights: highlightsOf(quoted.text, sentences, cosines) }];
  });
}
