import type { TextRange } from '../cable/sentences.js';
import { largest } from '../largest.js';

/** Sentences marked in a paragraph, at most. */
const MOST = 2;
/** A second sentence is marked where it is nearly as good as the best. */
const NEARLY = 0.03;
/** A paragraph of so many sentences is shown whole: marking one says nothing. */
const FEWEST = 2;
/** Sentences that are looked for in vain: each costs a walk over the text. */
const MOST_MISSED = 50;
/** Letters that find a sentence's beginning and its end again. */
const ANCHOR = 16;

/**
 * Where the sentences that answer stand in a quote, as offsets into its exact text. `sentences` are
 * those of the search text, `scores` their cosines with the question's words (the words that they
 * have in common with it tell nothing more: docs/retrieval.md). A sentence that is not found again in
 * the exact text (a page stamp cuts its beginning) is not marked.
 */
export function highlightsOf(
  text: string,
  sentences: readonly string[],
  scores: readonly number[],
): TextRange[] {
  if (sentences.length < FEWEST) return [];
  const best = largest(-Infinity, scores);
  const ranges = locate(text, sentences);
  return scores
    .map((score, index) => ({ score, index }))
    .filter(({ score }) => score >= best - NEARLY)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, MOST)
    .map(({ index }) => ranges[index] ?? null)
    .filter((range) => range !== null)
    .sort(([a], [b]) => a - b);
}

/** The range of each sentence in the exact text, found by its letters and figures; null for none. */
function locate(text: string, sentences: readonly string[]): (TextRange | null)[] {
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

const NO_LETTERS = /[^\p{L}\p{N}]+/gu;

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

const LETTER = /[\p{L}\p{N}]/u;

function isAsciiLetter(code: number): boolean {
  const letter = code | 32;
  return (code >= 48 && code <= 57) || (letter >= 97 && letter <= 122);
}

/** Behind the last letter, with the signs that close the sentence. */
function endOfSentence(text: string, lastLetter: number): number {
  const closing = /^.[.!?…]*["”’')\]]*/su.exec(text.slice(lastLetter, lastLetter + 12));
  return lastLetter + (closing?.[0].length ?? 1);
}
