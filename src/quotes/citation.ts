import type { Cable } from '../cable/cable.js';
import type { Span } from '../cable/types.js';

/** What a citation is made from. */
export type Cited = Pick<Cable, 'id' | 'origin' | 'date' | 'classification'>;

/** `Embassy Beijing, 2007-03-14, UNCLASSIFIED//FOR OFFICIAL USE ONLY`: whose cable it is, and of what level. */
export function sourceOf({ origin, date, classification }: Omit<Cited, 'id'>): string {
  return folded(
    [
      origin ?? 'origin unknown',
      date ?? 'date unknown',
      classification ?? 'classification unknown',
    ].join(', '),
  );
}

/** On one line, whatever a source has in its fields. */
export function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * `07BEIJING1689 ¶1 (SBU), Embassy Beijing, 2007-03-14, UNCLASSIFIED//FOR OFFICIAL USE ONLY`. A mark
 * that is not printed is never shown as if it were: `¶1 (no mark)`.
 */
export function cite(cable: Cited, span: Pick<Span, 'number' | 'nth' | 'mark' | 'kind'>): string {
  const paragraph =
    span.number === null
      ? `(${span.kind} without a number)`
      : `¶${span.number}${nthTold(span.nth)}`;
  return `${cable.id} ${paragraph} ${folded(span.mark ?? '(no mark)')}, ${sourceOf(cable)}`;
}

const ORDINALS = ['second', 'third', 'fourth', 'fifth'];

/** ` (second)` of a paragraph whose number another of the cable has before it. */
function nthTold(nth: number | undefined): string {
  return nth === undefined ? '' : ` (${ORDINALS[nth - 2] ?? `no. ${nth}`})`;
}
