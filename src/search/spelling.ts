import { largest } from '../largest.js';
import { distance } from 'fastest-levenshtein';
import { isSwapped } from '../cable/swapped.js';
import { stemOf } from '../cable/terms.js';
import { byStem, type AskedWords, type Term } from '../corpus/corpus.js';
import { COMMON, EDIT, isMendable, isSlipOf, soundsAlike } from './alike.js';

/** A word of the question that the corpus never has, and the terms of the corpus that may be meant. */
export interface Correction {
  /** As the question has it; two where they are one word of the corpus. */
  readonly word: string;
  /** The likeliest; two where it is two words of the corpus in one. */
  readonly meant: readonly Term[];
  /** Others that are nearly as likely. */
  readonly others: readonly Term[];
}

/** Of a word shorter than this only two letters may have changed places. */
const SHORTEST_ALIKE = 5;
/** The shortest word of two that were written in one. */
const SHORTEST_PART = 3;
/** Letters that names of other alphabets begin with, one for the other: `Qaddafi`, `Gaddafi`, `Kadhafi`. */
const FOR_EACH_OTHER = ['ckgq', 'aeou', 'jyi', 'szx', 'fp', 'vwu', 'bp', 'dt', 'hkc'];

/** What a corpus is asked for to mend the words that it does not hold. */
export function alikeTo(words: readonly string[]): NonNullable<AskedWords['alike']> {
  const stems = [...new Set(words.filter(isMendable).map(stemOf))];
  // Each word's likeliest first: of very many terms not all are looked through.
  const each = stems.map(beginningsOf);
  const longest = largest(
    0,
    each.map(({ length }) => length),
  );
  const beginnings = Array.from({ length: longest }, (_, i) =>
    each.flatMap((some) => some[i] ?? []),
  );
  return { words: stems, beginnings: [...new Set(beginnings.flat())], passages: 1 };
}

/** The two letters that a stem begins with, and others in their stead, by a slip or in another spelling. */
function beginningsOf(stem: string): string[] {
  const [first = '', second = '', third = ''] = stem;
  const insteadOf = (letter: string): string[] => [
    letter,
    ...Array.from(FOR_EACH_OTHER.filter((letters) => letters.includes(letter)).join('')),
  ];
  const seconds = [...insteadOf(second), third, 'h'];
  const pairs = insteadOf(first).flatMap((letter) => seconds.map((next) => letter + next));
  return [...pairs, second + first];
}

/**
 * What the unknown words of a text may be, by stems: two words in one, one in two, a letter too many, two letters that have
 * changed places. A slip before an ending changes the stem itself: `dancnig`.
 */
export function otherWordsOf(unknown: readonly string[], text: readonly string[]): string[] {
  const words = [
    ...unknown.flatMap(partsOf).flat(),
    ...pairsIn(text).map(({ joined }) => joined),
    ...unknown.flatMap(editsOf),
  ];
  return [...new Set(words.map(stemOf))];
}

/** A word with each of its letters left out, and with each two that stand beside each other swapped. */
function editsOf(word: string): string[] {
  if (!isMendable(word)) return [];
  const places = Array.from(word, (_, at) => at);
  return [
    ...places.map((at) => word.slice(0, at) + word.slice(at + 1)),
    ...places.slice(1).map((at) => {
      return word.slice(0, at - 1) + word.charAt(at) + word.charAt(at - 1) + word.slice(at + 1);
    }),
  ];
}

function partsOf(word: string): (readonly [string, string])[] {
  if (word.length < 2 * SHORTEST_PART + 1 || !isMendable(word)) return [];
  const cuts = word.length - 2 * SHORTEST_PART + 1;
  return Array.from({ length: cuts }, (_, i) => {
    const at = SHORTEST_PART + i;
    return [word.slice(0, at), word.slice(at)] as const;
  });
}

function pairsIn(
  text: readonly string[],
): { readonly words: readonly [string, string]; readonly joined: string }[] {
  return text.slice(1).flatMap((second, i) => {
    const first = text[i] ?? '';
    const joined = first + second;
    return isMendable(joined) ? [{ words: [first, second] as const, joined }] : [];
  });
}

/** What a corpus holds of the words that are looked up for corrections. */
export interface KnownSpellings {
  /** Terms of the question's words, and of {@link otherWordsOf}. */
  readonly terms: readonly Term[];
  /** Of {@link alikeTo}. */
  readonly alike: readonly Term[];
}

/**
 * Finds what was meant by words that no cable holds: two words of the corpus in one, one in two, or terms that
 * are a slip away or sound alike, the likeliest by how far they are and how often they stand in the corpus.
 */
export function corrections(
  words: readonly string[],
  text: readonly string[],
  { terms, alike }: KnownSpellings,
): Correction[] {
  const known = new Map(terms.map((term) => [term.stem, term]));
  const unknown = words.filter((word) => !known.has(stemOf(word)) && isMendable(word));
  const split = pairsIn(text).flatMap(({ words: pair, joined }): Correction[] => {
    const meant = known.get(stemOf(joined));
    if (meant === undefined || !pair.some((word) => unknown.includes(word))) return [];
    return [{ word: pair.join(' '), meant: [meant], others: [] }];
  });
  const mended = new Set(split.flatMap(({ word }) => word.split(' ')));
  return [
    ...split,
    ...unknown
      .filter((word) => !mended.has(word))
      .flatMap(
        (word) => nearest(word, [...alike, ...editedOf(word, known)]) ?? inTwo(word, known) ?? [],
      ),
  ];
}

/** A word as two that the corpus has: the two whose rarer one is the more frequent. */
function inTwo(word: string, known: ReadonlyMap<string, Term>): Correction | null {
  const found = partsOf(word).flatMap((parts) => {
    const [first, second] = parts.map((part) => known.get(stemOf(part)));
    if (first === undefined || second === undefined) return [];
    return [{ meant: [first, second], passages: Math.min(first.passages, second.passages) }];
  });
  const [best] = found.sort((a, b) => b.passages - a.passages);
  if (best === undefined) return null;
  return { word, meant: best.meant, others: [] };
}

/** The terms that a word is but for a slip. */
function editedOf(word: string, known: ReadonlyMap<string, Term>): Term[] {
  return editsOf(word).flatMap((edited) => known.get(stemOf(edited)) ?? []);
}

/** How much the same sound makes up for it. */
const SAME_SOUND = 2;
/** Terms that are less likely than the best by more are not meant. */
const NEARLY = 1.5;
const MOST_OTHERS = 2;

function nearest(word: string, alike: readonly Term[]): Correction | null {
  const stem = stemOf(word);
  const edited = new Set(editsOf(word).map(stemOf));
  const likely = [...new Map(alike.map((term) => [term.key, term])).values()]
    .filter((term) => !COMMON.has(term.stem))
    .flatMap((term) => {
      const far = edited.has(term.stem) ? 1 : slips(stem, term.stem, word.length < SHORTEST_ALIKE);
      if (far === null) return [];
      const sound = soundsAlike(stem, term.stem) ? SAME_SOUND : 0;
      return [{ term, score: Math.log(term.passages) - EDIT * far + sound }];
    })
    .sort((a, b) => b.score - a.score || byStem(a.term, b.term));
  const [best, ...rest] = likely;
  if (best === undefined) return null;
  const others = rest.filter(({ score }) => score > best.score - NEARLY).slice(0, MOST_OTHERS);
  return { word, meant: [best.term], others: others.map(({ term }) => term) };
}

/** How many slips a term is away from a stem, or null where it is another word. */
function slips(stem: string, term: string, isShort: boolean): number | null {
  const longest = Math.max(stem.length, term.length);
  if (Math.abs(stem.length - term.length) > 3) return null;
  if (isSwapped(stem, term)) return 1;
  if (isShort) return null;
  const far = distance(stem, term);
  if (isSlipOf(stem, term)) return far;
  // Names that sound alike are written with any letters: `Kadhafi`, `Gaddafi`.
  return far * 2 <= longest && soundsAlike(stem, term) ? far : null;
}

/** A text with what was meant in place of the words that no cable holds. */
export function mended(text: string, corrected: readonly Correction[]): string {
  return corrected.reduce((now, { word, meant }) => {
    const written = new RegExp(
      String.raw`(?<![\p{L}\p{N}])${word.replace(' ', String.raw`\s+`)}(?![\p{L}\p{N}])`,
      'giu',
    );
    const ending = meant.length === 1 ? word.slice(stemOf(word).length) : '';
    return now.replace(written, meant.map(({ stem }) => stem).join(' ') + ending);
  }, text);
}
