import { distance } from 'fastest-levenshtein';
import { showsCable, type Ceiling } from '../cable/ceiling.js';
import { stemOf, wordsOf } from '../cable/terms.js';
import { shownText } from '../quotes/quote.js';
import { changeBest, type BestRanked, type Ranked, type Respelled } from './ranked.js';
import type { ReadSpans } from './read-spans.js';
import { isSlipOf, soundsAlike, soundsOf } from './spelling.js';

/** A word of a question that may be a name, in small letters and without diacritics. */
export interface AskedName {
  readonly word: string;
  /** Some cable has it so. */
  readonly isHeld: boolean;
  /** It is a word of the language, or a name that everybody writes so. */
  readonly isWord: boolean;
}

/** The names of a question, and what tells a word of the language. */
export interface AskedNames {
  readonly names: readonly AskedName[];
  readonly isWord: (word: string) => boolean;
}

/** The best of some ranked passages with the names that each has in another spelling; the others as they are. */
export async function withSpellings(
  asked: AskedNames,
  best: BestRanked,
  spans: ReadSpans,
  ceiling: Ceiling,
): Promise<Ranked[]> {
  if (asked.names.length === 0) return [...best.ranked];
  return changeBest(best, spans, (each, { cable, span }) => {
    const subject = showsCable(ceiling, cable) ? (cable.subject ?? '') : '';
    const text = `${subject}\n${cable.body.slice(span.start, span.end)}`;
    return { ...each, respelled: respelledIn(asked, shownText(cable, text, ceiling).text) };
  });
}

/** Shorter names differ by a letter from too many others. */
const SHORTEST = 4;
/** One that is longer by a letter than a name of so many is the same. */
const LONG_NAME = 6;
/** Of a name that no cable has so, one sound of so many may be another; the letters that may be others, as a share of the longer name's. */
const SOUNDS_FOR_OTHERS = 4;
const MOST_LETTERS = 0.4;
/** Of one that some cable has so; and where the other is a word of the language: `Turgay` is not Turkey. */
const MOST_LETTERS_OF_HELD = 0.3;
const MOST_LETTERS_OF_WORD = 0.25;
/** Names of a question that are looked for, at most. */
const MOST_NAMES = 24;

/** The names that a text holds in another spelling, and not as the question has them. */
export function respelledIn({ names, isWord }: AskedNames, text: string): Respelled {
  const found = new Map<string, string>();
  if (names.length === 0) return found;
  const written = namesIn(text).map((each) => ({ ...each, isWord: isWord(each.plain) }));
  const stems = new Set(wordsOf(text).map(stemOf));
  for (const name of names.slice(0, MOST_NAMES)) {
    if (name.word.length < SHORTEST || stems.has(stemOf(name.word))) continue;
    let best: { readonly form: string; readonly far: number } | null = null;
    for (const { form, plain, isWord } of written) {
      // `Germany` is no other spelling of `German`.
      if (name.isWord && isWord) continue;
      const far = farBetween(name, plain, isWord ? MOST_LETTERS_OF_WORD : MOST_LETTERS);
      if (far !== null && (best === null || far < best.far)) best = { form, far };
    }
    if (best !== null) found.set(name.word, best.form);
  }
  return found;
}

/** A text with names as a passage has them. */
export function asSpelled(text: string, respelled: Respelled): string {
  if (respelled.size === 0) return text;
  return text.replace(
    /[\p{L}\p{M}\p{N}]+/gu,
    (word) => respelled.get(wordsOf(word).join('')) ?? word,
  );
}

/** Words with a capital, and two of them beside each other as one: `Zaw Zaw`, `Al-Qaida`. */
function namesIn(text: string): { readonly form: string; readonly plain: string }[] {
  const names = new Map<string, string>();
  let before: RegExpExecArray | null = null;
  for (const match of text.matchAll(/\p{Lu}[\p{L}\p{M}]+/gu)) {
    const [form] = match;
    names.set(wordsOf(form).join(''), form);
    if (before !== null) {
      const between = text.slice(before.index + before[0].length, match.index);
      // In capitals a blank joins no name: `BRAZIL ON`.
      if (/^[-’']$/.test(between) || (between === ' ' && form !== form.toUpperCase())) {
        const both = `${before[0]}${between}${form}`;
        names.set(wordsOf(both).join(''), both);
      }
    }
    before = match;
  }
  return [...names].map(([plain, form]) => ({ form, plain }));
}

/** How many letters a name is from one of a text, such a share of them at most, or null where it is another name. */
function farBetween(
  { word, isHeld }: AskedName,
  other: string,
  mostLetters: number,
): number | null {
  if (other.length < SHORTEST || Math.abs(word.length - other.length) > 3) return null;
  // `Yemen` and `Yemeni` are two words.
  if (isHeld && (word.startsWith(other) || other.startsWith(word))) return null;
  const far = distance(word, other);
  const share = far / Math.max(word.length, other.length);
  if (share > Math.min(mostLetters, isHeld ? MOST_LETTERS_OF_HELD : 1)) return null;
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
