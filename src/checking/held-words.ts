import { showsSpan, type Ceiling } from '../cable/ceiling.js';
import type { Cable } from '../cable/cable.js';
import { spanWords, type SpanWord } from '../cable/span-words.js';
import { shownText } from '../quotes/quote.js';

/** A word of a cable, with its range in the body and the span that it stands in. */
export interface HeldWord extends SpanWord {
  readonly ordinal: number;
}

/** The words of a cable that a ceiling shows, ready to be compared. */
export interface HeldWords {
  readonly cable: Cable;
  readonly words: readonly HeldWord[];
  /** Where each pair of words begins, and each word. */
  readonly pairs: ReadonlyMap<string, readonly number[]>;
  /** The index of each word that a quotation may not leave out; and of every word, how many of these stand before it. */
  readonly needed: readonly number[];
  readonly neededBefore: readonly number[];
  /** A range of the body as it is shown. */
  readonly shown: (start: number, end: number) => string;
}

/** Stands for a span that is not shown: no word is like it. */
const HIDDEN = '\u0000';

/** Reads the words of all spans that a ceiling shows. */
export function heldWordsOf(cable: Cable, ceiling: Ceiling): HeldWords {
  const names = ceiling.masked === true ? cable.protectedNames : [];
  const words = cable.spans.flatMap((span, ordinal): HeldWord[] => {
    const { start, end } = span;
    if (!showsSpan(ceiling, cable, span)) {
      return [{ folded: HIDDEN, raw: '', start, end, optional: false, masked: false, ordinal }];
    }
    return spanWords(cable.body.slice(start, end), span, names).map((word) => ({
      ...word,
      start: word.start + start,
      end: word.end + start,
      ordinal,
    }));
  });
  const pairs = new Map<string, number[]>();
  const put = (key: string, at: number): void => {
    const known = pairs.get(key);
    if (known === undefined) pairs.set(key, [at]);
    else known.push(at);
  };
  // What a quotation may leave out stands between no two words.
  const needed = [...words.keys()].filter((at) => words[at]?.optional === false);
  for (const [i, at] of needed.entries()) {
    const [word, next] = [words[at], words[needed[i + 1] ?? -1]];
    if (word === undefined) continue;
    put(word.folded, at);
    if (next !== undefined) put(pairOf(word.folded, next.folded), at);
  }
  let count = 0;
  const neededBefore = words.map(({ optional }) => (optional ? count : count++));
  const shown = (start: number, end: number): string =>
    shownText(cable, cable.body.slice(start, end), ceiling).text;
  return { cable, words, pairs, needed, neededBefore, shown };
}

export function pairOf(word: string, next: string): string {
  return `${word} ${next}`;
}
