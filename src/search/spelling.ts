import { distance } from 'fastest-levenshtein';
import { stemOf } from '../cable/terms.js';
import type { Store } from '../store/store.js';

/** A word of the question that the corpus never has, and the term of the corpus that was meant. */
export interface Correction {
  readonly word: string;
  readonly stem: string;
}

/** Shorter stems are not mended: one letter makes another word of them (`cocoa`, `coca`). */
const SHORTEST = 7;
/** From this length on two letters may be wrong. */
const LONG = 10;
/** Letters at the beginning that are taken to be right: they keep the terms looked at few. */
const SAME_BEGINNING = 2;
/** A term must stand in so many passages to be what was meant: rarer ones are misprints themselves. */
const LEAST_PASSAGES = 3;

/**
 * Finds what was meant by words that no cable holds: the corpus's own term of the same beginning
 * that is one letter away, or two of a long word; the most frequent where several are.
 */
export function corrections(
  store: Store,
  words: readonly string[],
  known: ReadonlySet<string>,
): Correction[] {
  return words.flatMap((word) => {
    const stem = stemOf(word);
    if (known.has(stem) || stem.length < SHORTEST || /\P{L}/u.test(word)) return [];
    const most = stem.length >= LONG ? 2 : 1;
    const near = store
      .stemsBeginning(stem.slice(0, SAME_BEGINNING), LEAST_PASSAGES)
      .filter((term) => Math.abs(term.stem.length - stem.length) <= most)
      .map((term) => ({ ...term, far: distance(term.stem, stem) }))
      .filter((term) => term.far <= most && isSlip(stem, term.stem))
      .sort((a, b) => a.far - b.far || b.passages - a.passages || a.key - b.key);
    const [meant] = near;
    return meant === undefined ? [] : [{ word, stem: meant.stem }];
  });
}

/**
 * A letter too many or too few, or another vowel (`ambasador`, `soleiman`), is a slip of who types a
 * name; another consonant makes another name (`Hovland`, `Holland`).
 */
function isSlip(written: string, meant: string): boolean {
  if (written.length !== meant.length) return true;
  return Array.from(written).every((letter, i) => {
    const other = meant.charAt(i);
    return letter === other || (/[aeiouy]/.test(letter) && /[aeiouy]/.test(other));
  });
}
