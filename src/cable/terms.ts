import { stemmer } from 'stemmer';
import { remembered } from './remembered.js';

/** No word of a language is longer: what is longer is damage, and is cut. */
const LONGEST_WORD = 40;

/** A comma between thousands: `699,666` is `699666`. */
export const THOUSANDS = /(?<=\d),(?=\d{3}(?!\d))/g;

/**
 * The words of a text as they are searched: lower case, without diacritics, ligatures (`ﬁ`) as their letters, large
 * figures in one, in order.
 */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(THOUSANDS, '');
  const words = plain.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => word.slice(0, LONGEST_WORD));
}

/** A word's stem (Porter's), as the full text has it: `weddings` → `wed`. */
export const stemOf = remembered(200_000, stemmer);

/** The stems of a text's words, in order: what the full text holds of it. */
export function stemsOf(text: string): string[] {
  return wordsOf(text).map(stemOf);
}
