import { doubleMetaphone } from 'double-metaphone';
import { distance } from 'fastest-levenshtein';
import { eng } from 'stopword';
import { remembered } from '../cable/remembered.js';
import { isSwapped } from '../cable/swapped.js';
import { stemOf } from '../cable/terms.js';

/** The stems of words that tell nothing: no name is one of them. */
export const COMMON = new Set(eng.map(stemOf));

/** Shorter words are not mended: one letter makes another word of them. */
const SHORTEST = 4;
/** From this length on two letters may be wrong. */
const LONG = 8;
/** A slip's neighbours on the keyboard. */
const KEYS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** How much less likely, as a logarithm, a letter that differs makes it that a term is meant. */
export const EDIT = 3.5;

/** How a word may sound (Double Metaphone). */
export const soundsOf = remembered(50_000, doubleMetaphone);

/** Whether two words may sound the same. */
export function soundsAlike(word: string, other: string): boolean {
  const theirs = soundsOf(other);
  return soundsOf(word).some((sound) => sound.length > 1 && theirs.includes(sound));
}

/** Whether it is long enough to be told from others, and has letters alone. */
export function isMendable(word: string): boolean {
  return stemOf(word).length >= SHORTEST && !/\P{L}/u.test(word);
}

/**
 * A letter too many or too few, another vowel (`soleiman`), or a neighbour on the keyboard is a slip of who
 * types a name; another consonant makes another name (`Hovland`, `Holland`).
 */
function isSlip(written: string, meant: string): boolean {
  if (written.length !== meant.length) return true;
  return Array.from(written).every((letter, i) => {
    const other = meant.charAt(i);
    if (letter === other || (/[aeiouy]/.test(letter) && /[aeiouy]/.test(other))) return true;
    return KEYS.some(
      (row) =>
        Math.abs(row.indexOf(letter) - row.indexOf(other)) === 1 &&
        row.includes(letter) &&
        row.includes(other),
    );
  });
}

/** Whether a stem is another one but for the slips of who types it. */
export function isSlipOf(stem: string, other: string): boolean {
  if (isSwapped(stem, other)) return true;
  const most = stem.length >= LONG ? 2 : 1;
  return stem.charAt(0) === other.charAt(0) && distance(stem, other) <= most && isSlip(stem, other);
}
