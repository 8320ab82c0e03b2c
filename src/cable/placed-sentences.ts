import type { TextRange } from './sentences.js';

/** Sentences that are looked for in vain: each costs a walk over the text. */
const MOST_MISSED = 50;
/** Letters that find a sentence's beginning and its end again. */
const ANCHOR = 16;
/** A mask stands for letters. */
const NO_LETTERS = /[^\p{L}\p{N}█]+/gu;
const LETTER = /[\p{L}\p{N}█]/u;

/**
 * Where the sentences of a paragraph's search text stand in its exact text, found by their letters and
 * figures; null for one that is not found again (a page stamp cuts its beginning).
 */
export function placedSentences(text: string, sentences: readonly string[]): (TextRange | null)[] {
  if (sentences.length === 0) return [];
  const { letters, places } = lettersOf(text);
  let from = 0;
  let missed = 0;
  return sentences.map((sentence) => {
    if (missed === MOST_MISSED) return null;
    const wanted = sentence.replace(NO_LETTERS, '');
    const first = letters.indexOf(wanted.slice(0, ANCHOR), from);
    if (wanted === '' || first < 0) {
      missed++;
      return null;
    }
    const end = wanted.slice(-ANCHOR);
    const last = letters.indexOf(end, Math.max(first, first + wanted.length - end.length));
    if (last < 0) {
      missed++;
      return null;
    }
    from = last + end.length;
    const start = places[first] ?? 0;
    const lastLetter = places[from - 1] ?? start;
    return [start, endOfSentence(text, lastLetter)];
  });
}

/** The letters and figures of a text, and the offset in it of each of their code units. */
function lettersOf(text: string): { letters: string; places: Uint32Array } {
  const letters = text.replace(NO_LETTERS, '');
  const places = new Uint32Array(letters.length);
  let unit = 0;
  for (let at = 0; at < text.length && unit < letters.length; at++) {
    const code = text.codePointAt(at) ?? 0;
    const isLetter = code < 128 ? isAsciiLetter(code) : LETTER.test(String.fromCodePoint(code));
    if (isLetter) places[unit++] = at;
    if (code <= 0xffff) continue;
    at++; // a pair of code units
    if (isLetter) places[unit++] = at;
  }
  return { letters, places };
}

function isAsciiLetter(code: number): boolean {
  const letter = code | 32;
  return (code >= 48 && code <= 57) || (letter >= 97 && letter <= 122);
}

/** Behind the last letter, with the signs that close the sentence. */
function endOfSentence(text: string, lastLetter: number): number {
  const closing = /^.[.!?…]*["”’')\]]*/su.exec(text.slice(lastLetter, lastLetter + 12));
  return lastLetter + (closing?.[0].length ?? 1);
}
