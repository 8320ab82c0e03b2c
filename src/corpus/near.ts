import { distance } from 'fastest-levenshtein';

/** Letters by which a word and another that it may be differ in length, at most. */
export const MOST_LONGER = 3;
/** Letters that are others in any word, at most; of a longer one half. */
const MOST_LETTERS = 2;

/** Whether a word may be another by a slip or in another spelling: what is further from it is no candidate for one. */
export function isNear(word: string, other: string): boolean {
  if (Math.abs(word.length - other.length) > MOST_LONGER) return false;
  const far = distance(word, other);
  return far <= MOST_LETTERS || far * 2 <= Math.max(word.length, other.length);
}
