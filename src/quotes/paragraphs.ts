import { NO_CEILING, showsCable, type Ceiling } from '../cable/ceiling.js';
import { passagesOf } from '../cable/passage.js';
import type { Cable } from '../cable/cable.js';
import type { Span } from '../cable/types.js';
import { InputError, NotFoundError } from '../errors.js';
import { largest } from '../largest.js';

/** Paragraphs as people name them: numbers, both included, or the summary. */
export type WantedParagraphs = { readonly from: number; readonly to: number } | 'summary';

/** Reads `4`, `4-6`, `¶4–6` or `summary`; null for anything else. */
export function readParagraphs(text: string): WantedParagraphs | null {
  if (/^\s*summary\s*$/i.test(text)) return 'summary';
  const match = /^¶?(\d{1,4})(?:\s*[-–]\s*¶?(\d{1,4}))?$/.exec(text.trim());
  const from = Number(match?.[1]);
  const to = Number(match?.[2] ?? match?.[1]);
  return match === null || to < from ? null : { from, to };
}

/** A span with its place among the cable's. */
export interface PlacedSpan {
  readonly span: Span;
  readonly ordinal: number;
}

/**
 * The paragraphs of a cable that are wanted. Throws {@link InputError} where the words name none, and
 * {@link NotFoundError} where the cable has none of them, with what it has.
 */
export function paragraphsOf(
  cable: Cable,
  text: string,
  ceiling: Ceiling = NO_CEILING,
): PlacedSpan[] {
  const wanted = readParagraphs(text);
  if (wanted === null) {
    throw new InputError('PARAGRAPHS', {
      what: `“${text}” names no paragraphs`,
      todo: 'write 4, 4-6 or summary',
    });
  }
  const placed = cable.spans.map((span, ordinal) => ({ span, ordinal }));
  if (wanted === 'summary') {
    const summary = summaryOf(cable, ceiling);
    const found = placed.filter(({ ordinal }) => summary.has(ordinal));
    if (found.length > 0) return found;
    throw new NotFoundError('NO_SUMMARY', {
      what: `${cable.id} has no paragraph that says it is the summary`,
    });
  }
  const { from, to } = wanted;
  const found = placed.filter(
    ({ span: { number } }) => number !== null && number >= from && number <= to,
  );
  if (found.length > 0) return found;
  throw new NotFoundError('PARAGRAPH_NOT_FOUND', {
    what: `${cable.id} has no ¶${text.trim()}`,
    todo: heldNumbers(cable),
  });
}

/** The paragraphs that a cable says to be its summary, by their places among its spans. */
export function summaryOf(cable: Cable, ceiling: Ceiling): ReadonlySet<number> {
  // Its heading may say so: only where that may be shown.
  const whole = showsCable(ceiling, cable);
  return new Set(
    passagesOf(cable)
      .filter(({ role, ownRole }) => (whole ? role : ownRole) === 'summary')
      .map(({ ordinal }) => ordinal),
  );
}

function heldNumbers({ spans }: Cable): string {
  const numbers = spans.flatMap(({ number }) => number ?? []);
  if (numbers.length === 0) return 'its paragraphs have no numbers';
  const last = largest(0, numbers);
  const first = -largest(
    -last,
    numbers.map((number) => -number),
  );
  return `its paragraphs run from ¶${first} to ¶${last}`;
}
