import type { Ceiling } from '../cable/ceiling.js';
import { stemOf, wordsOf } from '../cable/terms.js';
import { quotedSpan, quoteSpan, shownRanges } from '../quotes/quote.js';
import { percentEmbedded, type Overview, type StoredSpan } from '../corpus/corpus.js';
import type { AnswerResult } from './answer.js';
import type { Exclusion } from './exclusions.js';
import type { Folded } from './fold.js';
import type { Found } from './found.js';
import { highlightsOf } from './answering-sentences.js';
import { voiceOf } from './voice.js';

/** How the question was read, in words: filters, what must stand word for word, corrections. */
export function readingOf(found: Found, results: readonly AnswerResult[]): string[] {
  const { question, filters, corrections: corrected, missingPhrases } = found;
  const phrases = missingPhrases.length > 0 ? [] : question.phrases;
  // As the paragraph that answers best has it.
  const own = found.ranked[0]?.respelled ?? new Map<string, string>();
  return [
    ...question.told,
    ...stillMade(found.corpus.overview),
    ...(question.excludes === null ? [] : [leftOut(question.excludes)]),
    ...filters.told.map((told) => `only ${told}`),
    ...phrases.map((phrase) => `only paragraphs with the words “${phrase}”`),
    ...corrected
      .filter(({ word }) => !own.has(word))
      .map(
        ({ word, meant }) =>
          `“${word}” read as “${meant.map(({ stem }) => formOf(stem, results) ?? stem).join(' ')}”`,
      ),
    ...[...own].map(([word, form]) => `“${word}” read as “${form}”`),
  ];
}

function leftOut({ words, isAsked }: Exclusion): string {
  return isAsked
    ? `nothing is left out: “${words}” is read as part of the question`
    : `left out: “${words}”`;
}

/** Until every paragraph has its vectors an answer may be found less well: that is told. */
function stillMade({ vectors }: Overview): string[] {
  const share = percentEmbedded(vectors);
  if (share === null) return [];
  return [
    `the index is still being made: ${share}% of the paragraphs are found by their meaning, all by their words`,
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

/** Quotes ranked paragraphs. */
export async function resultsOf(
  { corpus, spans }: Pick<Found, 'corpus' | 'spans'>,
  folded: readonly Folded[],
): Promise<AnswerResult[]> {
  const keysOf = ({ passage, again }: Folded): number[] => [
    passage.passage,
    ...again.map((each) => each.passage.passage),
  ];
  await spans(folded.flatMap(keysOf)); // all at once
  return Promise.all(
    folded.map(async (each) => {
      const [span, ...again] = await spans(keysOf(each));
      if (span === undefined) throw new RangeError('a span without a passage');
      return resultOf(each, span, again, corpus.ceiling);
    }),
  );
}

function resultOf(
  ranked: Folded,
  { cable, ordinal, span, sentences }: StoredSpan,
  again: readonly StoredSpan[],
  ceiling: Ceiling,
): AnswerResult {
  const quoted = quotedSpan(cable, ordinal, span, ceiling);
  const marked = highlightsOf(sentences, ranked.reading?.sentences ?? ranked.sentences);
  const highlights = shownRanges(cable, span, marked, ceiling);
  const voice = voiceOf(quoted.text, highlights, ranked.passage.role);
  return {
    ...quoted,
    highlights,
    ...(voice !== null && { voice }),
    score: round(ranked.score),
    ...(again.length > 0 && { again: again.map(citationOf) }),
  };
}

function citationOf({ cable, span }: StoredSpan): string {
  return quoteSpan(cable, span).citation;
}

/** Four digits: more are noise. */
export function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
