import { z } from 'zod';
import { levelOfClassification } from './marks.js';
import { LEVELS, levelSchema, type Cable, type Level, type Span } from './types.js';

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
export type Ceiling = z.infer<typeof ceilingSchema>;

/** Everything may be shown, also what has no known level. */
export const NO_CEILING: Ceiling = { classification: 'TS', mark: 'TS', noforn: true };

/** Reads `C`, or `S without NF`; null for anything else. */
export function readCeiling(text: string): Ceiling | null {
  const match = /^\s*(U|SBU|C|S|TS)(\s+without\s+(?:NF|NOFORN))?\s*$/i.exec(text);
  const level = levelSchema.safeParse(match?.[1]?.toUpperCase()).data;
  if (level === undefined) return null;
  return { classification: level, mark: level, noforn: match?.[2] === undefined };
}

/** The levels that are not above another, lowest first. */
export function levelsUpTo(highest: Level): Level[] {
  return LEVELS.slice(0, LEVELS.indexOf(highest) + 1);
}

/**
 * Whether the text of one of a cable's spans may be shown: a paragraph's by its mark; what is no
 * paragraph (the preamble with its subject, a heading) belongs to the whole cable as well.
 */
export function showsSpan(
  ceiling: Ceiling,
  cable: Pick<Cable, 'classification'>,
  span: Pick<Span, 'level' | 'caveats' | 'kind'>,
): boolean {
  return (
    isUnder(ceiling.mark, ceiling.noforn, span) &&
    (span.kind === 'paragraph' || showsCable(ceiling, cable))
  );
}

/** Whether what belongs to the whole cable may be shown: subject, TAGS, references. */
export function showsCable(
  ceiling: Ceiling,
  { classification }: Pick<Cable, 'classification'>,
): boolean {
  const stated =
    classification === null ? { level: null, caveats: [] } : levelOfClassification(classification);
  return isUnder(ceiling.classification, ceiling.noforn, stated);
}

/** What has no known level may be anything: it is shown where everything is. */
function isUnder(
  highest: Level,
  noforn: boolean,
  of: { readonly level: Level | null; readonly caveats: readonly string[] },
): boolean {
  if (!noforn && of.caveats.includes('NOFORN')) return false;
  return of.level === null
    ? highest === NO_CEILING.mark && noforn
    : LEVELS.indexOf(of.level) <= LEVELS.indexOf(highest);
}

/** What both of two ceilings show. */
export function lowerOf(a: Ceiling, b: Ceiling): Ceiling {
  const lower = (x: Level, y: Level): Level => (LEVELS.indexOf(x) < LEVELS.indexOf(y) ? x : y);
  return {
    classification: lower(a.classification, b.classification),
    mark: lower(a.mark, b.mark),
    noforn: a.noforn && b.noforn,
  };
}
