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

/** Whether a paragraph's text, or that of a heading, may be shown. */
export function showsSpan(ceiling: Ceiling, span: Pick<Span, 'level' | 'caveats'>): boolean {
  return isUnder(ceiling.mark, ceiling.noforn, span);
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
