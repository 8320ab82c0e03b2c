import { NO_CEILING, showsCable, type Ceiling } from '../cable/ceiling.js';
import { masked, type Masked } from '../cable/masks.js';
import type { TextRange } from '../cable/sentences.js';
import type { PrintedPlace } from '../cable/printed-fields.js';
import type { Cable, CableFields } from '../cable/cable.js';
import type { Level, Span } from '../cable/types.js';
import { PilcrowError, EXIT } from '../errors.js';
import { cite } from './citation.js';
import { receiptOf } from './receipt.js';

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
export function quoteSpan(cable: CableFields, span: Span): Quote {
  if (span.start < 0 || span.start >= span.end || span.end > cable.body.length) {
    throw new PilcrowError(
      'QUOTE_OFFSETS',
      {
        what: `the offsets ${span.start}–${span.end} do not lie in the body of ${cable.id}`,
        todo: 'run pilcrow doctor',
      },
      EXIT.index,
    );
  }
  return { text: cable.body.slice(span.start, span.end), citation: cite(cable, span) };
}

/** A quote with all that is shown beside it (contract). */
export interface QuotedSpan extends Quote {
  /** The cable's id. */
  readonly cable: string;
  /** Index of its span among the cable's. */
  readonly ordinal: number;
  readonly paragraph: number | null;
  /** The portion mark as printed, or null where none is. */
  readonly mark: string | null;
  readonly level: Level | null;
  readonly caveats: readonly string[];
  /** The level is the whole cable's: no mark is printed. */
  readonly inherited: boolean;
  readonly classification: string | null;
  readonly origin: string | null;
  /** YYYY-MM-DD. */
  readonly date: string | null;
  readonly subject: string | null;
  /** The same in title case, where it is in capitals. */
  readonly title?: string;
  /** The file that the cable was read from, by its name, where it is known. */
  readonly source?: string;
  /** The day on which it was published or declassified, where it is known: YYYY-MM-DD. */
  readonly released?: string;
  /** What lets anybody check it again (receipt.ts). */
  readonly receipt: string;
  /** Places of the text in which a name that the cable asks to protect is masked, if there are any. */
  readonly masks?: number;
}

/**
 * Quotes one of a cable's spans with all that is shown beside it; the subject belongs to the whole
 * cable, and is left out where that is above a ceiling.
 */
export function quotedSpan(
  cable: CableFields,
  ordinal: number,
  span: Span,
  ceiling: Ceiling = NO_CEILING,
): QuotedSpan {
  const quote = quoteSpan(cable, span);
  const { text, masks } = shownText(cable, quote.text, ceiling);
  return {
    ...besideQuote(cable, ordinal, span, ceiling),
    ...{ text, citation: quote.citation },
    ...(masks > 0 && { masks }),
    receipt: receiptOf(cable.id, ordinal, text, masks > 0),
  };
}

/** All that is shown beside a quote of a span. */
function besideQuote(
  cable: CableFields,
  ordinal: number,
  span: Pick<Span, 'number' | 'mark' | 'level' | 'caveats' | 'inherited'>,
  ceiling: Ceiling,
): Omit<QuotedSpan, keyof Quote | 'receipt'> {
  return {
    cable: cable.id,
    ordinal,
    paragraph: span.number,
    mark: span.mark,
    level: span.level,
    caveats: span.caveats,
    inherited: span.inherited,
    classification: cable.classification,
    origin: cable.origin,
    date: cable.date,
    ...(cable.source !== null && { source: cable.source }),
    ...(cable.released !== null && { released: cable.released }),
    ...titlesOf(cable, ceiling),
  };
}

/** The subject belongs to the whole cable, and so does its title. */
function titlesOf(cable: CableFields, ceiling: Ceiling): Pick<QuotedSpan, 'subject' | 'title'> {
  const { subject, title } = cable;
  if (subject === null || !showsCable(ceiling, cable)) return { subject: null };
  const shown = (text: string): string => shownText(cable, text, ceiling).text;
  return {
    subject: shown(subject),
    ...(title !== null && title !== subject && { title: shown(title) }),
  };
}

/** A text of a cable as a ceiling shows it: names that the cable asks to protect are masked under most. */
export function shownText(
  { protectedNames }: Pick<CableFields, 'protectedNames'>,
  text: string,
  ceiling: Ceiling,
): Masked {
  return masked(text, ceiling.masked === true ? protectedNames : []);
}

/** Where ranges of a span's exact text stand in its text as a ceiling shows it. */
export function shownRanges(
  cable: CableFields,
  { start, end }: Span,
  ranges: readonly TextRange[],
  ceiling: Ceiling,
): TextRange[] {
  return ranges.map(shownText(cable, cable.body.slice(start, end), ceiling).moved);
}

/**
 * Quotes the lines of a cable that print one of its fields. Like the preamble that they stand in they are
 * shown under the whole cable's level.
 */
export function quotedLines(cable: Cable, place: PrintedPlace, ceiling: Ceiling): QuotedSpan {
  const { start, end, kind } = place;
  const ordinal = Math.max(
    cable.spans.findIndex((span) => place.in === 'body' && span.start <= start && start < span.end),
    0,
  );
  const { level, caveats } = cable;
  const line = { number: null, mark: null, level, caveats, inherited: true, kind };
  const { text, masks } = shownText(cable, cable[place.in].slice(start, end), ceiling);
  return {
    ...besideQuote(cable, ordinal, line, ceiling),
    ...{ text, citation: cite(cable, line) },
    ...(masks > 0 && { masks }),
    receipt: receiptOf(cable.id, place, text, masks > 0),
  };
}
