import { z } from 'zod';
import { higherLevel } from './marks/marking.js';
import type { Cable } from './cable.js';
import { LEVELS, levelSchema, type Level, type Span } from './types.js';

/**
 * The highest classification that may be shown in a place. `mark` is for paragraphs, by their own mark
 * or the one that they inherit; `classification` is for what belongs to a whole cable: its subject,
 * TAGS and references. Without `noforn` nothing that is marked NOFORN is shown.
 */
export const ceilingSchema = z.object({
  classification: levelSchema,
  mark: levelSchema,
  noforn: z.boolean(),
});
export type Ceiling = z.infer<typeof ceilingSchema> & {
  /** Names that a cable asks to protect are masked in all that is shown of it. */
  readonly masked?: true;
};

/** Everything may be shown, also what has no known level. */
export const NO_CEILING: Ceiling = { classification: 'TS', mark: 'TS', noforn: true };

/** Reads `C`, or `S without NF`; null for anything else. */
export function readCeiling(text: string): Ceiling | null {
  const match = /^\s*([UC]|SBU|S|TS)(\s+without\s+(?:NF|NOFORN))?\s*$/i.exec(text);
  const level = levelSchema.safeParse(match?.[1]?.toUpperCase()).data;
  if (level === undefined) return null;
  return { classification: level, mark: level, noforn: match?.[2] === undefined };
}

/** The levels that are not above another, lowest first. */
export function levelsUpTo(highest: Level): Level[] {
  return LEVELS.slice(0, LEVELS.indexOf(highest) + 1);
}

/**
 * How high a ceiling must be for a piece of text to be shown: for paragraphs alone, for what belongs to
 * the whole cable, and whether NOFORN must be shown. Of what has no known level (null) nobody knows
 * what it is: it is shown where everything is.
 */
export interface Reach {
  readonly mark: Level | null;
  readonly classification: Level | null;
  readonly noforn: boolean;
  /** It is a name that the cable asks to protect. */
  readonly named?: true;
}

/** What a reach is read from: the level and caveats of a whole cable. */
type Whole = Pick<Cable, 'level' | 'caveats'>;

/** What belongs to the whole cable: subject, TAGS, references. */
export function reachOfCable({ level, caveats }: Whole): Reach {
  return { mark: 'U', classification: level, noforn: caveats.includes('NOFORN') };
}

/**
 * The text of one of a cable's spans: a paragraph's by its mark; what is no paragraph (the preamble with
 * its subject, a heading) belongs to the whole cable as well.
 */
export function reachOfSpan(
  cable: Whole,
  { level, caveats, kind }: Pick<Span, 'level' | 'caveats' | 'kind'>,
): Reach {
  const own: Reach = { mark: level, classification: 'U', noforn: caveats.includes('NOFORN') };
  return kind === 'paragraph' ? own : both(own, reachOfCable(cable));
}

/** What is shown only where both are. */
export function both(a: Reach, b: Reach): Reach {
  return {
    mark: higherOf(a.mark, b.mark),
    classification: higherOf(a.classification, b.classification),
    noforn: a.noforn || b.noforn,
    ...((a.named ?? b.named) && { named: true as const }),
  };
}

function higherOf(a: Level | null, b: Level | null): Level | null {
  return a === null || b === null ? null : higherLevel(a, b);
}

/** Whether a ceiling shows what has a reach. */
export function isWithin({ mark, classification, noforn, masked }: Ceiling, reach: Reach): boolean {
  if (masked === true && reach.named === true) return false;
  const isUnder = (highest: Level, level: Level | null): boolean =>
    level === null
      ? highest === NO_CEILING.mark && noforn
      : LEVELS.indexOf(level) <= LEVELS.indexOf(highest);
  return (
    (noforn || !reach.noforn) &&
    isUnder(mark, reach.mark) &&
    isUnder(classification, reach.classification)
  );
}

/** Whether the text of one of a cable's spans may be shown. */
export function showsSpan(
  ceiling: Ceiling,
  cable: Whole,
  span: Pick<Span, 'level' | 'caveats' | 'kind'>,
): boolean {
  return isWithin(ceiling, reachOfSpan(cable, span));
}

/** Whether what belongs to the whole cable may be shown: subject, TAGS, references. */
export function showsCable(ceiling: Ceiling, cable: Whole): boolean {
  return isWithin(ceiling, reachOfCable(cable));
}

/** Whether a ceiling leaves nothing out, but for masked names. */
export function showsAll({ mark, classification, noforn }: Ceiling): boolean {
  return mark === NO_CEILING.mark && classification === NO_CEILING.classification && noforn;
}

/** Whether a ceiling shows something that another does not. */
export function showsMore(a: Ceiling, b: Ceiling): boolean {
  const higher = (x: Level, y: Level): boolean => LEVELS.indexOf(x) > LEVELS.indexOf(y);
  return (
    higher(a.mark, b.mark) || higher(a.classification, b.classification) || (a.noforn && !b.noforn)
  );
}

/** What both of two ceilings show. */
export function lowerOf(a: Ceiling, b: Ceiling): Ceiling {
  const lower = (x: Level, y: Level): Level => (LEVELS.indexOf(x) < LEVELS.indexOf(y) ? x : y);
  return {
    classification: lower(a.classification, b.classification),
    mark: lower(a.mark, b.mark),
    noforn: a.noforn && b.noforn,
    ...((a.masked ?? b.masked) && { masked: true as const }),
  };
}
