import { lined } from './lines.js';
import { MASK, namePlaces } from './masks.js';
import type { TextRange } from './sentences.js';
import { winnowed } from './shingles.js';
import { runInStamps } from './stamps.js';
import type { Span } from './types.js';
import { comparedWords, type Word } from './words.js';

/** A word of a span as a quotation of it is compared. */
export interface SpanWord extends Word {
  /** The paragraph's number and mark, and stamps: a quotation may have it or leave it out. */
  readonly optional: boolean;
  /** A name that is masked: whatever a quotation has there is not compared. */
  readonly masked: boolean;
}

/** `¶4. (C/NF) `, `4. (S) `, as a paragraph begins. */
const BEGINNING = /^\s*¶?\s*(?:\d{1,4}\s*[.)]?|[a-z]\s*[.)])?\s*(?:\([A-Z][A-Z/,;\s-]{0,40}\))?\s*/;

/** The words of a span's text, with the names among them that are masked. */
export function spanWords(
  text: string,
  span: Pick<Span, 'kind'>,
  names: readonly string[] = [],
): SpanWord[] {
  const optional = optionalRanges(text, span);
  const masks = namePlaces(text, names);
  // A possessive goes on behind the name.
  const isMasked = ({ start, end }: Word): boolean =>
    masks.some(([from, to]) => start < to && from < end);
  return comparedWords(text).map((word) => ({
    ...word,
    // Nothing of a name that is masked is compared with, or told.
    ...(isMasked(word) && { folded: MASKED_WORD, raw: MASK }),
    optional: isIn(optional, word),
    masked: isMasked(word),
  }));
}

/** Where a text has what a quotation of it may leave out. */
function optionalRanges(text: string, span: Pick<Span, 'kind'>): TextRange[] {
  const beginning = span.kind === 'paragraph' ? (BEGINNING.exec(text)?.[0].length ?? 0) : 0;
  return [[0, beginning], ...stampRanges(text)];
}

function isIn(ranges: readonly TextRange[], { start, end }: Word): boolean {
  return ranges.some(([from, to]) => from <= start && end <= to);
}

/** No word of a quotation is like it. */
const MASKED_WORD = '\u0001';

/** The ranges of stamps in a text: lines of their own, and those that are run in to a line. */
function stampRanges(text: string): TextRange[] {
  return [
    ...lined(text)
      .lines.filter(({ stamp }) => stamp)
      .map(({ start, end }): TextRange => [start, end]),
    ...runInStamps(text),
  ];
}

/** The shingles by which a quotation of a span is found; of a trailer there are none. */
export function shinglesToFind(text: string, span: Pick<Span, 'kind'>): string[] {
  if (span.kind === 'trailer') return [];
  const optional = optionalRanges(text, span);
  return winnowed(
    comparedWords(text)
      .filter((word) => !isIn(optional, word))
      .map(({ folded }) => folded),
  );
}
