import type { Cable, Span } from '../cable/types.js';
import { PilcrowError, EXIT } from '../errors.js';
import { cite } from './citation.js';

/** A span's exact text with its citation. */
export interface Quote {
  readonly text: string;
  readonly citation: string;
}

/**
 * Quotes a span of a cable: the slice of the stored body by the span's offsets. The store has
 * compared the body with its hash; the offsets are checked here, so that no quote can be cut short
 * or run over.
 */
export function quoteSpan(cable: Cable, span: Span): Quote {
  if (span.start < 0 || span.start >= span.end || span.end > cable.body.length) {
    throw new PilcrowError(
      'QUOTE_OFFSETS',
      `the offsets ${span.start}–${span.end} do not lie in the body of ${cable.id}; run pilcrow doctor`,
      EXIT.index,
    );
  }
  return { text: cable.body.slice(span.start, span.end), citation: cite(cable, span) };
}
