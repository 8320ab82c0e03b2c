import type { Level } from './types.js';
import { LEVELS } from './types.js';

/** A portion mark as it is printed, with what it means. */
export interface Mark {
  readonly printed: string;
  readonly level: Level;
  readonly caveats: readonly string[];
}

/** What stands first in a mark → its level. */
const LEVEL_WORDS: ReadonlyMap<string, Level> = new Map([
  ['U', 'U'],
  ['UNCLAS', 'U'],
  ['UNCLASSIFIED', 'U'],
  ['SBU', 'SBU'],
  ['FOUO', 'SBU'],
  ['LOU', 'SBU'],
  ['C', 'C'],
  ['CONFIDENTIAL', 'C'],
  ['S', 'S'],
  ['SECRET', 'S'],
  ['TS', 'TS'],
  ['LIMITED OFFICIAL USE', 'SBU'],
  ['TOP SECRET', 'TS'],
  ['SNF', 'S'], // 09TRIPOLI1025 ¶4
  ['CNF', 'C'],
]);

/** What may follow the level → the caveat it states; '' says nothing about who may read it. */
const CAVEAT_WORDS: ReadonlyMap<string, string> = new Map([
  ['NF', 'NOFORN'],
  ['NOFORN', 'NOFORN'],
  ['OC', 'ORCON'],
  ['ORCON', 'ORCON'],
  ['SENSITIVE', ''],
  ['ENTIRE TEXT', ''], // 79TEHRAN8980 ¶1: (C - ENTIRE TEXT)
]);

/** The longest mark of the data names a dozen countries over two lines (08STATE79112 ¶5). */
const PARENTHESISED = /^\(\s*([A-Za-z][A-Za-z0-9 ,/\-–\s]{0,250}?)\s*\)/;

/** Where a mark is cut into its level and what follows: `/`, `//`, `,`, `-`, `AND`, ` REL`, ` NF`. */
const PARTS = /\s*(?:\/{1,2}|,|-|–)\s*(?:AND\s+)?|\s+AND\s+|\s+(?=(?:REL|NF|NOFORN|ENTIRE TEXT)\b)/;

/**
 * Reads the portion mark at the start of a text: `(SBU)`, `(C/NF)`, `(S//OC/NF)`, `(C/REL MCFI)`,
 * `(S/Rel China)` (07STATE152317 ¶4), `(C - ENTIRE TEXT)`. What stands behind the level and is not
 * known is kept as a caveat (`(S//FGI//NF)`, 08STATE116943 ¶15). Returns null where no mark stands
 * there: `(Comment: …)`, `(C)omment`, `(a)`.
 */
export function markAt(text: string): Mark | null {
  const match = PARENTHESISED.exec(text);
  if (match?.[1] === undefined) return null;
  const [first = '', ...rest] = match[1]
    .replace(/\s+/g, ' ')
    .toUpperCase()
    .split(PARTS)
    .map((part) => part.trim());
  let level = LEVEL_WORDS.get(first);
  if (level === undefined) return null;
  // Behind a level in small letters stands prose: `(c, as it were)`. A mark's words are capitals,
  // but for the countries of `(S/Rel to USA, FVEY)` (08BEIJING3067 ¶5).
  const released = rest.findIndex((word) => word.startsWith('REL'));
  const known = (released < 0 ? rest : rest.slice(0, released)).every(
    (word) => CAVEAT_WORDS.has(word) || LEVEL_WORDS.has(word),
  );
  if (!known && match[1] !== match[1].toUpperCase()) return null;
  const caveats: string[] = /^[CS]NF$/.test(first) ? ['NOFORN'] : [];
  for (const word of rest) {
    const also = LEVEL_WORDS.get(word);
    const country = /^REL(?:EASABLE)?(?: TO)?\b ?(.*)$/.exec(word)?.[1];
    const behindRelease = caveats.at(-1)?.startsWith('REL') === true;
    if (also !== undefined)
      level = higherLevel(level, also); // (U/FOUO)
    else if (country !== undefined) caveats.push(`REL ${country}`.trim());
    else if (behindRelease && !CAVEAT_WORDS.has(word))
      caveats.push(`REL ${word}`); // (S/REL USA, GBR)
    else caveats.push(CAVEAT_WORDS.get(word) ?? word);
  }
  return { printed: match[0], level, caveats: caveats.filter((caveat) => caveat !== '') };
}

/** `¶1. C) Summary` (10ROME1), `(C Summary`: one of the parentheses is missing. */
const ONE_PARENTHESIS =
  /^(?:([A-Z]{1,3}(?:\/{1,2}(?:NF|NOFORN|OC))?)\)|\(([A-Z]{1,3}(?:\/{1,2}(?:NF|NOFORN|OC))?))(?=\s+["“(]?\p{Lu})/u;

/**
 * The paragraph's own heading, with the mark behind it: `Summary: (SBU)`, `Comment. (C)`. Any other
 * text before a mark may be a sentence that is marked by what stands above it.
 */
const HEADING_BEFORE =
  /^(?:begin )?(?:executive )?(?:summary|comment|note|background|introduction|context|discussion|conclusion|action(?: request)?|key points|bio(?:graphic)? note)(?:(?: and |\s?[/&]\s?)(?:comment|action|introduction|background|request|note)(?: request)?)?\s?[:.]\s+(?=\()/i;

/** The mark of a paragraph: at its start, or behind its own heading (09ISLAMABAD155). */
export function markOfParagraph(text: string): Mark | null {
  const mark = markAt(text);
  if (mark !== null) return mark;
  const heading = HEADING_BEFORE.exec(text);
  return heading === null ? null : markInText(text.slice(heading[0].length));
}

/**
 * The mark behind a paragraph's number: as any paragraph's, or with a parenthesis missing. Without a
 * number `C) Third` is an item of a list.
 */
export function markBehindNumber(text: string): Mark | null {
  const mark = markOfParagraph(text);
  if (mark !== null) return mark;
  const one = ONE_PARENTHESIS.exec(text);
  const whole = one === null ? null : markAt(`(${one[1] ?? one[2] ?? ''})`);
  return one === null || whole === null ? null : { ...whole, printed: one[0] };
}

const KNOWN_CAVEATS: ReadonlySet<string> = new Set([...CAVEAT_WORDS.values(), 'FGI']);

/**
 * The mark at the start of a text that stands inside a paragraph. There it must be in capitals and
 * hold nothing but what is known: `(S/WCI)` is an office (07ALGIERS652), `(a)` an item.
 */
export function markInText(text: string): Mark | null {
  const mark = markAt(text);
  if (mark === null || /^\(\s*\p{Ll}/u.test(mark.printed)) return null;
  const known = mark.caveats.every(
    (caveat) => caveat.startsWith('REL') || KNOWN_CAVEATS.has(caveat),
  );
  return known ? mark : null;
}

/** Whether two marks say the same. */
export function sameMark(a: Mark | null, b: Mark | null): boolean {
  return a?.level === b?.level && a?.caveats.join() === b?.caveats.join();
}

function higherLevel(a: Level, b: Level): Level {
  return LEVELS.indexOf(a) >= LEVELS.indexOf(b) ? a : b;
}

/** A cable's classification → the level and caveats that its unmarked paragraphs inherit. */
export function levelOfClassification(classification: string): {
  level: Level | null;
  caveats: string[];
} {
  const [main = '', ...rest] = classification.toUpperCase().split('//');
  let level = LEVEL_WORDS.get(main.trim()) ?? null;
  const caveats: string[] = [];
  for (const part of rest) {
    if (level === 'U' && part.trim() === 'FOR OFFICIAL USE ONLY') level = 'SBU';
    const caveat = CAVEAT_WORDS.get(part.trim());
    if (caveat) caveats.push(caveat);
  }
  return { level, caveats };
}
