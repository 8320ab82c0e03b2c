import type { Corpus, SpanPlace } from '../corpus/corpus.js';
import type { Embedder } from '../embedding/embedder.js';
import { quotedSpan, shownRanges, type QuotedSpan } from '../quotes/quote.js';
import type { AnswerResult } from './answer.js';
import { cosinesOf } from './candidates.js';
import { readSpans } from './read-spans.js';
import { highlightsOf } from './answering-sentences.js';
import { voiceOf } from './voice.js';
import type { OwnVectors } from './own-vectors.js';

/** A quote with the sentences that answer a question. */
export type HighlightedSpan = QuotedSpan & Pick<AnswerResult, 'highlights' | 'voice'>;

/** What quotes are marked with. */
export interface HighlightingParts {
  readonly corpus: Corpus;
  readonly embedder: Embedder;
  readonly own: OwnVectors;
}

/**
 * Quotes spans again that were found for a question before, with the sentences that answer it; those
 * that are no longer held or not shown are left out.
 */
export async function quotedAgain(
  { corpus, embedder, own }: HighlightingParts,
  question: string,
  places: readonly SpanPlace[],
): Promise<HighlightedSpan[]> {
  const spans = readSpans(corpus);
  const asked = await embedder.embedQuestion(question);
  const passages = await corpus.passagesOf([...new Set(places.map(({ cable }) => cable))]);
  const found = places.flatMap(({ cable, ordinal }) =>
    passages.filter((each) => each.cable === cable && each.ordinal === ordinal),
  );
  const keys = found.map(({ passage }) => passage);
  const scoring = await corpus.scoring(keys, 'with vectors');
  const lacking = scoring.passages.filter(({ vectors }) => vectors === null);
  const made = await own.of(lacking, spans);
  const scored = new Map(scoring.passages.map((each) => [each.passage, each]));
  return (await spans(keys)).flatMap(({ cable, ordinal, span, sentences }, i) => {
    const key = keys[i] ?? 0;
    const passage = scored.get(key);
    if (passage === undefined) return [];
    const vectors = made.get(key) ?? passage.vectors;
    const quoted = quotedSpan(cable, ordinal, span, corpus.ceiling);
    const marked = highlightsOf(
      sentences,
      vectors === null ? [] : cosinesOf(vectors, asked).sentences,
    );
    const highlights = shownRanges(cable, span, marked, corpus.ceiling);
    const voice = voiceOf(quoted.text, highlights, passage.role);
    return [{ ...quoted, highlights, ...(voice !== null && { voice }) }];
  });
}
