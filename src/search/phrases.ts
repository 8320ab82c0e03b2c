import type { PassageFilter } from '../store/filter.js';
import type { Store } from '../store/store.js';

/** Paragraphs with a phrase's words that are looked at for the phrase itself, at most. */
const LOOKED_AT = 2000;

/** The passages among those that pass a filter that hold every phrase exactly, but for capitals and line breaks. */
export function passagesWith(
  store: Store,
  phrases: readonly string[],
  filter: PassageFilter,
): number[] {
  const sets = phrases.map((phrase) => {
    const wanted = foldedText(phrase);
    return store.searchPhrase(phrase, LOOKED_AT, filter).filter((passage) => {
      const { cable, span } = store.spanOfPassage(passage);
      return foldedText(cable.body.slice(span.start, span.end)).includes(wanted);
    });
  });
  const [first = [], ...rest] = sets;
  return first.filter((passage) => rest.every((set) => set.includes(passage)));
}

/** A text as it is compared: line breaks and capitals, and the form of an apostrophe, do not count. */
export function foldedText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[’‘]/g, "'").toLowerCase();
}
