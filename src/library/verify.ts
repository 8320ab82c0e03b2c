import { showsCable, showsSpan, type Ceiling } from '../cable/ceiling.js';
import type { Cable } from '../cable/cable.js';
import type { Corpus } from '../corpus/corpus.js';
import { quotedLines, quotedSpan, type QuotedSpan } from '../quotes/quote.js';
import { receiptHash, type Receipt } from '../quotes/receipt.js';
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
  const [cable] = await corpus.cables([receipt.cable]);
  const found = cable === undefined ? null : quoteOf(cable, receipt, ceiling);
  if (found !== null) {
    const moved = typeof receipt.place === 'number' && found.ordinal !== receipt.place;
    return { state: 'holds', quote: found, moved };
  }
  for (const former of await corpus.formerTexts(receipt.cable)) {
    const before = quoteOf(former, receipt, ceiling);
    if (before === null) continue;
    const now = cable === undefined ? null : nearestOf(cable, before, ceiling);
    return {
      state: 'replaced',
      before,
      now,
      changes: wordChanges(before.text, now?.text ?? ''),
    };
  }
  return { state: 'not held', cable: receipt.cable };
}

/** What a receipt is of in a text of its cable; null where that is not in it, or may not be shown. */
function quoteOf(cable: Cable, { place, hash }: Receipt, ceiling: Ceiling): QuotedSpan | null {
  if (typeof place !== 'number') {
    const text = cable[place.in].slice(place.start, place.end);
    const isShown =
      showsCable(ceiling, cable) &&
      (place.in === 'header' ||
        cable.spans.every(
          (span) =>
            span.end <= place.start || place.end <= span.start || showsSpan(ceiling, cable, span),
        ));
    if (!isShown || receiptHash(cable.id, text) !== hash) return null;
    return quotedLines(cable, { ...place, kind: 'preamble' }, ceiling);
  }
  // In its place, or anywhere else: paragraphs before it may have come or gone.
  for (const at of [place, ...cable.spans.keys()]) {
    const span = cable.spans[at];
    if (span === undefined || !showsSpan(ceiling, cable, span)) continue;
    const text = cable.body.slice(span.start, span.end);
    if (receiptHash(cable.id, text) === hash) return quotedSpan(cable, at, span, ceiling);
  }
  return null;
}

/** What stands in a cable where another text stood: the paragraph of its number, else the span in its place. */
function nearestOf(cable: Cable, before: QuotedSpan, ceiling: Ceiling): QuotedSpan | null {
  const byNumber =
    before.paragraph === null
      ? -1
      : cable.spans.findIndex(({ number }) => number === before.paragraph);
  const at = byNumber < 0 ? before.ordinal : byNumber;
  const span = cable.spans[at];
  return span === undefined || !showsSpan(ceiling, cable, span)
    ? null
    : quotedSpan(cable, at, span, ceiling);
}
