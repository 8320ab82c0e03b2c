import { showsCable, showsSpan, type Ceiling } from '../cable/ceiling.js';
import type { Cable } from '../cable/cable.js';
import { masked } from '../cable/masks.js';
import { PRINTED_FIELDS, printedPlaces, type PrintedField } from '../cable/printed-fields.js';
import type { Corpus } from '../corpus/corpus.js';
import { quotedLines, quotedSpan, type QuotedSpan } from '../quotes/quote.js';
import { receiptHash, type QuotePlace, type Receipt } from '../quotes/receipt.js';
import { wordChanges, type WordChange } from '../quotes/word-changes.js';

/**
 * What becomes of a receipt:
 * - `holds`: the text stands in the cable as it did; `moved` where it is another of its paragraphs now;
 * - `replaced`: the cable had this text, and another has taken its place since: what it said, what stands there now (null:
 *   nothing that may be shown), and what has changed, word by word;
 * - `not held`: no such text is held, or none that may be shown.
 */
export type Verified =
  | { readonly state: 'holds'; readonly quote: QuotedSpan; readonly moved: boolean }
  | {
      readonly state: 'replaced';
      readonly before: QuotedSpan;
      readonly now: QuotedSpan | null;
      readonly changes: readonly WordChange[];
    }
  | { readonly state: 'not held'; readonly cable: string };

/** Checks a receipt against what is held, as far as a ceiling shows it. */
export async function verify(corpus: Corpus, receipt: Receipt): Promise<Verified> {
  const { ceiling } = corpus;
  const notHeld = { state: 'not held', cable: receipt.cable } as const;
  const [cable] = await corpus.cables([receipt.cable]);
  if (cable === undefined) return notHeld;
  const found = foundIn(cable, receipt, ceiling);
  if (found !== null) return { state: 'holds', quote: found.quote, moved: found.moved };
  // What it said before may be classified higher now: it is shown where all that took its place is.
  if (
    !showsCable(ceiling, cable) ||
    !cable.spans.every((span) => showsSpan(ceiling, cable, span))
  ) {
    return notHeld;
  }
  for (const text of await corpus.formerTexts(receipt.cable)) {
    // Whom one of its texts asks to protect is masked in all: beside each other they would tell the name.
    const protectedNames = [...new Set([...text.protectedNames, ...cable.protectedNames])];
    const before = foundIn({ ...text, protectedNames }, receipt, ceiling);
    if (before === null) continue;
    const now = counterpart({ ...cable, protectedNames }, before, ceiling);
    const changes = wordChanges(before.quote.text, now?.text ?? '');
    return { state: 'replaced', before: before.quote, now, changes };
  }
  return notHeld;
}

/** What a receipt is of: a span, or lines that print a field. */
interface Found {
  readonly quote: QuotedSpan;
  readonly moved: boolean;
  /** Null for a span. */
  readonly field: PrintedField | null;
}

/** What a receipt is of in a text of its cable; null where that is not in it, or may not be shown. */
function foundIn(cable: Cable, receipt: Receipt, ceiling: Ceiling): Found | null {
  const { place } = receipt;
  return typeof place === 'number'
    ? spanIn(cable, place, receipt, ceiling)
    : linesIn(cable, place, receipt, ceiling);
}

/**
 * Whether a receipt is of a text: with its names masked, where it says so. Where they are masked nothing is said of a receipt of
 * the text with them: whoever guesses a name could make one.
 */
function isOf(receipt: Receipt, cable: Cable, text: string, ceiling: Ceiling): boolean {
  const shown = masked(text, cable.protectedNames);
  if (ceiling.masked === true && shown.masks > 0 && !receipt.masked) return false;
  if (receipt.masked && shown.masks === 0) return false;
  return receiptHash(cable.id, receipt.masked ? shown.text : text) === receipt.hash;
}

/** A span in its place, or anywhere else: paragraphs before it may have come or gone. */
function spanIn(cable: Cable, place: number, receipt: Receipt, ceiling: Ceiling): Found | null {
  for (const at of [place, ...cable.spans.keys()]) {
    const span = cable.spans[at];
    if (span === undefined || !showsSpan(ceiling, cable, span)) continue;
    const text = cable.body.slice(span.start, span.end);
    if (!isOf(receipt, cable, text, ceiling)) continue;
    return { quote: quotedSpan(cable, at, span, ceiling), moved: at !== place, field: null };
  }
  return null;
}

/** Lines that print a field, where they stood or elsewhere: of nothing else a receipt is given. */
function linesIn(
  cable: Cable,
  place: Exclude<QuotePlace, number>,
  receipt: Receipt,
  ceiling: Ceiling,
): Found | null {
  if (!showsCable(ceiling, cable)) return null;
  for (const field of PRINTED_FIELDS) {
    for (const printed of printedPlaces(cable, field)) {
      const { start, end } = printed;
      const isShown =
        printed.in === 'header' ||
        cable.spans.every(
          (span) => span.end <= start || end <= span.start || showsSpan(ceiling, cable, span),
        );
      const text = cable[printed.in].slice(start, end);
      if (!isShown || !isOf(receipt, cable, text, ceiling)) continue;
      const moved = place.in !== printed.in || place.start !== start || place.end !== end;
      return { quote: quotedLines(cable, printed, ceiling), moved, field };
    }
  }
  return null;
}

/**
 * What stands in a cable where another text stood: lines of the same field, the paragraph of the same number, or what is
 * no paragraph in the same place; null where there is nothing of the kind.
 */
function counterpart(cable: Cable, { quote, field }: Found, ceiling: Ceiling): QuotedSpan | null {
  if (field !== null) {
    const [printed] = printedPlaces(cable, field);
    return printed === undefined ? null : quotedLines(cable, printed, ceiling);
  }
  const { paragraph, ordinal } = quote;
  const at =
    paragraph === null ? ordinal : cable.spans.findIndex(({ number }) => number === paragraph);
  const span = cable.spans[at];
  return span === undefined || (span.number ?? null) !== paragraph
    ? null
    : quotedSpan(cable, at, span, ceiling);
}
