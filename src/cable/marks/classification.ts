import type { Level } from '../types.js';
import { highest, type Marking } from './marking.js';
import { readMark } from './reading.js';
import { CAVEAT_WORDS, closed, folded, LEVEL_WORDS, RELEASED } from './words.js';

/** Where a classification is cut into its words: `SECRET//ORCON/NOFORN`, `SECRET - NOFORN`. */
const PARTS = /\s*(?:[/\\,;:&]+|\s-{1,2}\s|–|—)\s*/;

/** Levels that are spelled out, longest first: they may stand among other words (`NATO SECRET`). */
const SPELLED = [...LEVEL_WORDS.keys()]
  .filter((word) => word.length > 3)
  .sort((a, b) => b.length - a.length);

/**
 * A cable's classification → the level and caveats that its unmarked paragraphs inherit. Words in any
 * order and between any signs count, the highest level of them; a level that is not known is null.
 */
export function levelOfClassification(classification: string): {
  level: Level | null;
  caveats: string[];
} {
  const text = folded(classification.replace(/[()[\]{}]/g, ' ')).toUpperCase();
  const markings: Marking[] = text
    .split(PARTS)
    .filter((part) => part !== '')
    .map((part) => markingOf(closed(part)));
  const { level, caveats } = highest(markings);
  const isNoforn = /\bNO ?FORN\b/.test(text) && !caveats.includes('NOFORN');
  const sensitive = level === 'U' && /\bSENSITIVE\b/.test(text);
  return {
    level: sensitive ? 'SBU' : level,
    caveats: [...caveats, ...(isNoforn ? ['NOFORN'] : [])],
  };
}

function markingOf(part: string): Marking {
  const caveat = CAVEAT_WORDS.get(part);
  if (caveat !== undefined) return { level: null, caveats: caveat === '' ? [] : [caveat] };
  const countries = RELEASED.exec(part)?.[1];
  if (countries !== undefined) return { level: null, caveats: [`REL ${countries}`.trim()] };
  const read = readMark(part);
  if (read !== null) return read;
  const within = ` ${part.replace(/\b((?:[A-Z] ){2,}[A-Z])\b/g, closed)} `;
  return highest(
    SPELLED.flatMap((word) => {
      const level = LEVEL_WORDS.get(word) ?? null;
      return within.includes(` ${word} `) ? [{ level, caveats: [] }] : [];
    }),
  );
}
