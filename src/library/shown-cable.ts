import { showsCable, showsSpan, type Ceiling } from '../cable/ceiling.js';
import { shownFieldsOf, type ShownField } from '../cable/details.js';
import type { Cable } from '../cable/cable.js';
import type { Span } from '../cable/types.js';
import { quotedSpan, shownText, type QuotedSpan } from '../quotes/quote.js';

/** A cable as far as a ceiling shows it: nothing else of it is in here. */
export interface ShownCable extends Pick<
  Cable,
  'id' | 'classification' | 'level' | 'origin' | 'date'
> {
  /** What belongs to the whole cable; null where that may not be shown. */
  readonly whole: CableWhole | null;
  /** Every span, those that are not shown without their text. */
  readonly spans: readonly ShownSpan[];
}

export interface CableWhole extends Pick<Cable, 'subject' | 'header'> {
  /** All other fields that a card lists. */
  readonly fields: readonly ShownField[];
}

/** One of a cable's spans. */
export interface ShownSpan extends Pick<Span, 'kind' | 'number' | 'level'> {
  readonly ordinal: number;
  /** Null where its text and mark may not be shown: its level is told instead. */
  readonly quote: QuotedSpan | null;
}

/** Takes out of a cable what a ceiling does not show. */
export function redact(cable: Cable, ceiling: Ceiling): ShownCable {
  const { id, classification, level, origin, date, subject, header } = cable;
  const isWhole = showsCable(ceiling, cable);
  const shown = (text: string): string => shownText(cable, text, ceiling).text;
  return {
    id,
    classification,
    level,
    origin,
    date,
    whole: isWhole
      ? {
          subject: subject && shown(subject),
          header: shown(header),
          fields: shownFieldsOf(cable, 'card').map((field) => ({
            ...field,
            entries: field.entries.map(shown),
          })),
        }
      : null,
    spans: cable.spans.map((span, ordinal) => ({
      kind: span.kind,
      number: span.number,
      level: span.level,
      ordinal,
      quote: showsSpan(ceiling, cable, span) ? quotedSpan(cable, ordinal, span, ceiling) : null,
    })),
  };
}
