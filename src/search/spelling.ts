import { distance } from 'fastest-levenshtein';
import { stemOf } from '../cable/terms.js';
import { byStem, type AskedWords, type Term } from '../corpus/corpus.js';

/** A word of the question that the corpus never has, and the term of the corpus that was meant. */
export interface Correction {
  readonly word: string;
  readonly meant: Term;
}

/** Shorter stems are not mended: one letter makes another word of them (`cocoa`, `coca`). */
const SHORTEST = 7;
/** From this length on two letters may be wrong. */
const LONG = 10;
/** Letters at the beginning that are taken to be right: they keep the terms looked at few. */
const SAME_BEGINNING = 2;
/** A term must stand in so many passages to be what was meant: rarer ones are misprints themselves. */
const LEAST_PASSAGES = 3;

/** What a corpus is asked for to mend the words that it does not hold. */
export function alikeTo(words: readonly string[]): NonNullable<AskedWords['alike']> {
  return {
    stems: [...new Set(words.filter(isMendable).map(stemOf))],
    letters: SAME_BEGINNING,
    passages: LEAST_PASSAGES,
  };
}

/**
 * Finds what was meant by words that no cable holds: the corpus's own term of the same beginning
 * that is one letter away, or two of a long word; the most frequent where several are.
 */
export function corrections(
  words: readonly string[],
  known: ReadonlySet<string>,
  alike: readonly Term[],
): Correction[] {
  return words.flatMap((word) => {
    const stem = stemOf(word);
    if (known.has(stem) || !isMendable(word)) return [];
    const most = stem.length >= LONG ? 2 : 1;
    const near = alike
      .filter((term) => term.stem.startsWith(stem.slice(0, SAME_BEGINNING)))
      .filter((term) => Math.abs(term.stem.length - stem.length) <= most)
      .map((term) => ({ term, far: distance(term.stem, stem) }))
      .filter(({ term, far }) => far <= most && isSlip(stem, term.stem))
      .sort((a, b) => a.far - b.far || b.term.passages - a.term.passages || byStem(a.term, b.term));
    const [meant] = near;
    return meant === undefined ? [] : [{ word, meant: meant.term }];
  });
}

function isMendable(word: string): boolean {
  return stemOf(word).length >= SHORTEST && !/\P{L}/u.test(word);
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
