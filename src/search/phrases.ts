import { showsCable, type Ceiling } from '../cable/ceiling.js';
import { searchText } from '../cable/search-text.js';
import { stemsOf, THOUSANDS } from '../cable/terms.js';
import type { Corpus, StoredSpan } from '../corpus/corpus.js';
import { shownText } from '../quotes/quote.js';
import type { ReadSpans } from './read-spans.js';

/** Paragraphs with a phrase's words that are looked at for the phrase itself, at most. */
export const LOOKED_AT = 2000;

/** The passages that hold every phrase just so, as {@link holdsPhrase} says. */
export async function passagesWith(
  corpus: Corpus,
  phrases: readonly string[],
  spans: ReadSpans,
): Promise<number[]> {
  const matching = await corpus.searchPhrases(
    phrases.map((phrase) => ({ stems: stemsOf(phrase), limit: LOOKED_AT })),
  );
  const [first = [], ...rest] = matching;
  const all = first.filter((passage) => rest.every((set) => set.includes(passage)));
  const read = await spans(all);
  return all.filter((_, i) => {
    const span = read[i];
    if (span === undefined) return false;
    const texts = readingsOf(textOf(span, corpus.ceiling));
    return phrases.every((phrase) => holdsPhrase(texts, phrase));
  });
}

/** A paragraph's exact text, with the names masked that are masked under a ceiling. */
export function textOf({ cable, span }: StoredSpan, ceiling: Ceiling): string {
  return shownText(cable, cable.body.slice(span.start, span.end), ceiling).text;
}

/** The same behind its cable's subject, where the whole cable may be shown. */
export function textWithSubject(stored: StoredSpan, ceiling: Ceiling): string {
  const { cable } = stored;
  const subject = showsCable(ceiling, cable) ? (cable.subject ?? '') : '';
  return `${shownText(cable, subject, ceiling).text}\n${textOf(stored, ceiling)}`;
}

/**
 * A text as it is compared: white space, capitals, accents as signs of their own or not, ligatures, commas between
 * thousands, the forms of quotation marks, apostrophes and dashes do not count.
 */
export function foldedText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/[’‘`´]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(THOUSANDS, '')
    .toLowerCase();
}

/**
 * How a paragraph's text may be read, folded: as it is printed, and without the stamps in it, with words that a
 * line's end breaks in one, or with their hyphen.
 */
export function readingsOf(text: string): string[] {
  const readings = [text, searchText(text, 'joined'), searchText(text, 'hyphened')];
  return [...new Set(readings.map(foldedText))];
}

/** Whether any reading of a text holds a phrase. */
export function holdsPhrase(readings: readonly string[], phrase: string): boolean {
  const wanted = foldedText(phrase);
  return readings.some((each) => each.includes(wanted));
}
