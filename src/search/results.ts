import type { Ceiling } from '../cable/ceiling.js';
import { passageText } from '../cable/passage.js';
import { sentencesOf } from '../cable/sentences.js';
import { stemOf, wordsOf } from '../cable/terms.js';
import { quotedSpan, quoteSpan } from '../quotes/quote.js';
import type { Store, StoredSpan } from '../store/store.js';
import type { AnswerResult } from './answer.js';
import type { Folded } from './fold.js';
import { highlightsOf } from './highlight.js';
import type { Found } from './search.js';

/** How the question was read, in words: filters, what must stand word for word, corrections. */
export function readingOf(found: Found, results: readonly AnswerResult[]): string[] {
  const { question, filters, corrections: corrected, missingPhrases } = found;
  const phrases = missingPhrases.length > 0 ? [] : question.phrases;
  return [
    ...question.told,
    ...filters.told.map((told) => `only ${told}`),
    ...phrases.map((phrase) => `only paragraphs with the words “${phrase}”`),
    ...corrected.map(({ word, stem }) => `“${word}” read as “${formOf(stem, results) ?? stem}”`),
  ];
}

/** A word of the results that has a stem, as it is written there. */
function formOf(stem: string, results: readonly AnswerResult[]): string | null {
  for (const { text } of results) {
    const form = wordsOf(text).find((word) => stemOf(word) === stem);
    if (form !== undefined) return form;
  }
  return null;
}

/** Quotes a ranked paragraph. */
export function resultOf(store: Store, ranked: Folded, ceiling?: Ceiling): AnswerResult {
  const { cable, ordinal, span } = store.spanOfPassage(ranked.passage.passage);
  const quoted = quotedSpan(cable, ordinal, span, ceiling);
  const sentences = sentencesOf(passageText(cable.body, span));
  const again = ranked.again.map((each) => citationOf(store.spanOfPassage(each.passage.passage)));
  return {
    ...quoted,
    highlights: highlightsOf(quoted.text, sentences, ranked.sentences),
    score: round(ranked.score),
    ...(again.length > 0 && { again }),
  };
}

function citationOf({ cable, span }: StoredSpan): string {
  return quoteSpan(cable, span).citation;
}

/** Four digits: more are noise. */
export function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
