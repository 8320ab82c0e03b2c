import { stemsOf } from '../cable/terms.js';
import type { Corpus, StoredSpan } from '../corpus/corpus.js';
import type { ReadSpans } from './read-spans.js';

/** Paragraphs with a phrase's words that are looked at for the phrase itself, at most. */
export const LOOKED_AT = 2000;

/** The passages that hold every phrase exactly, but for capitals and line breaks. */
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
  const wanted = phrases.map(foldedText);
  return all.filter((_, i) => {
    const span = read[i];
    if (span === undefined) return false;
    const text = foldedText(textOf(span));
    return wanted.every((each) => text.includes(each));
  });
}

export function textOf({ cable, span }: StoredSpan): string {
  return cable.body.slice(span.start, span.end);
}

/** A text as it is compared: line breaks and capitals, and the form of an apostrophe, do not count. */
export function foldedText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[’‘]/g, "'").toLowerCase();
}
