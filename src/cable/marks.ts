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

const PARENTHESISED = /^\(\s*([A-Za-z][A-Za-z ,/\-–]{0,58}?)\s*\)/;

/**
 * Reads the portion mark at the start of a text: `(SBU)`, `(C/NF)`, `(S//OC/NF)`, `(C/REL MCFI)`,
 * `(S/Rel China)` (07STATE152317 ¶4), `(C - ENTIRE TEXT)`. Returns null where no mark stands there.
 */
export function markAt(text: string): Mark | null {
  const match = PARENTHESISED.exec(text);
  if (match?.[1] === undefined) return null;
  const [first, ...rest] = match[1]
    .toUpperCase()
    .split(/\s*(?:\/{1,2}|,|-|–)\s*|\s+(?=ENTIRE TEXT|NF$|NOFORN$)/)
    .map((part) => part.trim());
  let level = LEVEL_WORDS.get(first ?? '');
  if (level === undefined) return null;
  const caveats: string[] = [];
  for (const word of rest) {
    const caveat = CAVEAT_WORDS.get(word);
    const also = LEVEL_WORDS.get(word);
    if (caveat !== undefined) {
      if (caveat !== '') caveats.push(caveat);
    } else if (also !== undefined) {
      level = higherLevel(level, also); // (U/FOUO)
    } else if (/^REL(?:EASABLE)?(?: TO)? /.test(word)) {
      caveats.push(word.replace(/^REL(?:EASABLE)?(?: TO)? /, 'REL '));
    } else if (caveats.at(-1)?.startsWith('REL ') === true && /^[A-Z ]{2,}$/.test(word)) {
      caveats.push(`REL ${word}`); // (S/REL USA, GBR)
    } else {
      return null;
    }
  }
  return { printed: match[0], level, caveats };
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
  let level = LEVEL_WORDS.get(main.trim()) ?? (main.trim() === 'TOP SECRET' ? 'TS' : null);
  const caveats: string[] = [];
  for (const part of rest) {
    if (level === 'U' && part.trim() === 'FOR OFFICIAL USE ONLY') level = 'SBU';
    const caveat = CAVEAT_WORDS.get(part.trim());
    if (caveat) caveats.push(caveat);
  }
  return { level, caveats };
}
