import type { TextRange } from './sentences.js';
import { stemOf, wordsOf } from './terms.js';

/** Stands for a name that the cable asks to protect; of one length, whatever the name's. */
export const MASK = '█████';

/** A shorter word is an initial, or is found in too much. */
export const SHORTEST = 2;

const patterns = new Map<string, RegExp>();
const MOST_PATTERNS = 500;

/** A shorter one in capitals may be an acronym. */
const SHORTEST_CAPITALS = 4;

/**
 * Finds any of the names, over line ends and with a word broken by one. Behind a word's first letter the others are of any
 * case: `RICARD` is `Ricard`, `McDonald` is `McDONALD`.
 */
function patternOf(names: readonly string[]): RegExp {
  const key = names.join('\n');
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const forms = names.map((name) => {
    const mayBeAcronym = name === name.toUpperCase() && name.length < SHORTEST_CAPITALS;
    const letters = Array.from(name);
    return letters
      .map((letter, at) => {
        const isWithin = /[\p{L}\p{M}]/u.test(letters[at - 1] ?? '');
        return spelt(letter, !mayBeAcronym && (isWithin || !/\p{Lu}/u.test(letter)));
      })
      .join(String.raw`(?:-[ \t]*\r?\n[ \t]*)?`);
  });
  // Initials and particles before a name tell of it: `K. P.`, `bint`.
  const made = new RegExp(
    String.raw`(?<![\p{L}\p{N}])(?:(?:\p{Lu}\.\s?){1,3}|(?:(?:bint|bin|ibn|ould|dos|das|da|van|von)\s+){1,2})?(?:${forms.join('|')})(?![\p{L}\p{N}])`,
    'gu',
  );
  if (patterns.size >= MOST_PATTERNS) patterns.clear();
  patterns.set(key, made);
  return made;
}

/** Letters of the Latin alphabet that are no other with an accent, as English writes them. */
const PLAIN_LETTERS = new Map(
  Object.entries({
    đ: 'd',
    Đ: 'D',
    ı: 'i',
    ł: 'l',
    Ł: 'L',
    ø: 'o',
    Ø: 'O',
    ß: 'ss',
    æ: 'ae',
    Æ: 'Ae',
  }),
);

/** A letter of a name, with or without its accent, as it stands or in any case. */
function spelt(letter: string, isAnyCase: boolean): string {
  if (/\s/.test(letter)) return String.raw`\s+`;
  if (letter === '-') return String.raw`-(?:[ \t]*\r?\n[ \t]*)?`;
  if (/['’‘`]/.test(letter)) return "['’‘`´]";
  const cases = isAnyCase ? [letter, letter.toLowerCase(), letter.toUpperCase()] : [letter];
  const bare = cases.map(
    (each) => PLAIN_LETTERS.get(each) ?? each.normalize('NFD').replace(/\p{M}/gu, ''),
  );
  const all = [...new Set([...cases, ...bare])].map(escaped);
  return all.length === 1 ? all.join('') : `(?:${all.join('|')})`;
}

/** Where the names stand in a text. */
export function namePlaces(text: string, names: readonly string[]): TextRange[] {
  if (names.length === 0) return [];
  return [...text.matchAll(patternOf(names))].map(({ index, 0: name }) => [
    index,
    index + name.length,
  ]);
}

/** A text in which names are masked. */
export interface Masked {
  readonly text: string;
  /** How many places were masked. */
  readonly masks: number;
  /** Where a range of the text that was masked stands in this one. */
  readonly moved: (range: TextRange) => TextRange;
  /** The same the other way. */
  readonly back: (range: TextRange) => TextRange;
}

/** Masks names in a text. */
export function masked(text: string, names: readonly string[]): Masked {
  const places = namePlaces(text, names);
  if (places.length === 0) return { text, masks: 0, moved: same, back: same };
  let out = '';
  let last = 0;
  for (const [from, to] of places) {
    out += text.slice(last, from) + MASK;
    last = to;
  }
  const at = (offset: number): number => {
    let shift = 0;
    for (const [from, to] of places) {
      if (offset <= from) break;
      if (offset < to) return from + shift + MASK.length;
      shift += MASK.length - (to - from);
    }
    return offset + shift;
  };
  const before = (offset: number, edge: 'start' | 'end'): number => {
    let shift = 0;
    for (const [from, to] of places) {
      const mask = from + shift;
      if (offset <= mask) break;
      if (offset < mask + MASK.length) return edge === 'start' ? from : to;
      shift += MASK.length - (to - from);
    }
    return offset - shift;
  };
  return {
    text: out + text.slice(last),
    masks: places.length,
    moved: ([start, end]) => [at(start), at(end)],
    back: ([start, end]) => [before(start, 'start'), before(end, 'end')],
  };
}

const same = (range: TextRange): TextRange => range;

/** The words of names that tell them, and their stems. */
export function namedWords(names: readonly string[]): ReadonlySet<string> {
  const parts = names.flatMap(wordsOf).filter((part) => part.length > SHORTEST);
  return new Set([...parts, ...parts.map(stemOf)]);
}

/** A text as a pattern has it. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
