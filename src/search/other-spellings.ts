import { distance } from 'fastest-levenshtein';
import { stemOf } from '../cable/terms.js';
import { byStem, type Term } from '../corpus/corpus.js';
import { COMMON, EDIT, isMendable, isSlipOf, soundsAlike, soundsOf } from './alike.js';

/** A word of a question that may be a name, in small letters and without diacritics. */
export interface AskedName {
  readonly word: string;
  /** Some cable has it so. */
  readonly isHeld: boolean;
  /** It is a word of the language, or a name that everybody writes so. */
  readonly isWord: boolean;
}

/** Shorter names differ by a letter from too many others. */
export const SHORTEST_NAME = 4;
/** One that is longer by a letter than a name of so many is the same. */
const LONG_NAME = 6;
/** Of a name that no cable has so, one sound of so many may be another; the letters that may be others, as a share of the longer name's. */
const SOUNDS_FOR_OTHERS = 4;
const MOST_LETTERS = 0.4;
/** Of one that some cable has so; and where the other is a word of the language: `Turgay` is not Turkey. */
const MOST_LETTERS_OF_HELD = 0.3;
const MOST_LETTERS_OF_WORD = 0.25;

/** Other spellings of a name that are searched, at most. */
const MOST_SPELLINGS = 6;

/** The terms that a name may be written as elsewhere: the nearest and most frequent first. */
export function otherSpellings(
  name: AskedName,
  alike: readonly Term[],
  isWord: (word: string) => boolean,
): Term[] {
  if (!isMendable(name.word)) return [];
  const asked = { word: stemOf(name.word), isHeld: name.isHeld };
  return alike
    .flatMap((term) => {
      if (term.stem === asked.word || farBetween(asked, term.stem, false) === null) return [];
      const isOther = isWord(term.stem);
      const far = farBetween(asked, term.stem, isOther);
      if (far === null || COMMON.has(term.stem) || (name.isWord && isOther)) return [];
      return [{ term, score: Math.log(term.passages) - EDIT * far }];
    })
    .sort((a, b) => b.score - a.score || byStem(a.term, b.term))
    .slice(0, MOST_SPELLINGS)
    .map(({ term }) => term);
}

/**
 * How many letters a name is from another word, such a share of them at most, or null where that is another name; a word of the
 * language must be nearer.
 */
export function farBetween(
  { word, isHeld }: Pick<AskedName, 'word' | 'isHeld'>,
  other: string,
  isOtherWord: boolean,
): number | null {
  if (other.length < SHORTEST_NAME || Math.abs(word.length - other.length) > 3) return null;
  // `Yemen` and `Yemeni` are two words.
  if (isHeld && (word.startsWith(other) || other.startsWith(word))) return null;
  const far = distance(word, other);
  const share = far / Math.max(word.length, other.length);
  const most = isOtherWord ? MOST_LETTERS_OF_WORD : isHeld ? MOST_LETTERS_OF_HELD : MOST_LETTERS;
  if (share > most) return null;
  if (soundsAlike(word, other)) return far;
  if (isHeld) return null;
  // `Jinnit`, `Djinnit`
  const isLonger = far === 1 && word.length >= LONG_NAME && word.length !== other.length;
  return isLonger || isSlipOf(stemOf(word), stemOf(other)) || soundsNear(word, other) ? far : null;
}

/** Whether one sound of a long name is another: `Wagadugu`, `Ouagadougou`. */
function soundsNear(word: string, other: string): boolean {
  return soundsOf(word).some((sound) =>
    soundsOf(other).some(
      (their) =>
        sound.length === their.length &&
        sound.length >= SOUNDS_FOR_OTHERS &&
        distance(sound, their) <= 1,
    ),
  );
}
