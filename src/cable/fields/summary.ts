import { linesOf } from '../lines.js';
import { RULE } from '../patterns.js';
import { isStamp } from '../stamps.js';
import type { Span } from '../types.js';

/** `End Summary.`, `END SUMMARY AND COMMENT`, `(End Summary)`, `Summary ends`, `END OF SUMMARY`. */
const END =
  /\b(?:end(?:s|\s+of)?\s+(?:of\s+)?(?:(?:executive|introductory)\s+)?summ?[ae]?ry?(?:\s*(?:and|[/,&-])\s*(?:action|comment|introduction|request|background|note|intro)[a-z]*(?:\s+request)?){0,3}|summary\s+ends?|endsummary)\b/i;

/**
 * What stands first in a summary: its number, its mark and the word itself, in any order: `1. (C)
 * Summary and Comment:`, `1.  Summary: (SBU)`, `BEGIN SUMMARY`, `Summary/Comment:`.
 */
const LABEL =
  /^(?:\s|¶|\d{1,2}\s*\.|\([A-Z/ ,-]{1,24}\)|[-=_*~]{2,}|(?:begin\s+)?(?:executive\s+)?summary(?:\s*(?:and|[/,&])\s*(?:action|comment|introduction|request|background|note)[a-z]*(?:\s+request)?){0,3}\b\s*[:.-]*)+/i;
const NUMBER_AND_MARK = /^¶?\s*\d{1,3}\s*\.\s*(?:\([A-Z/ ,-]{1,24}\)\s*)?/;

const OPENING = /(?:^|[\s(*_-])(?:begin\s+)?(?:executive\s+)?summary\b/i;
/** A summary's end further down belongs to another text that the cable passes on. */
const LONGEST = 20_000;

/**
 * The summary of a cable: from the word (or the first paragraph) to `END SUMMARY`; without that, the
 * paragraph that begins with it, or those under a heading that does. Lines stay, blank ones, page
 * stamps, numbers and marks are left out. Null where the cable has none.
 */
export function readSummary(body: string, spans: readonly Span[]): string | null {
  const texts = spans.filter(({ kind }) => kind === 'paragraph' || kind === 'heading');
  const end = endOf(body, texts);
  const first = texts.findIndex((span) => {
    if (end !== null && span.start > end) return false;
    return isOpening(body.slice(span.start, Math.min(span.end, end ?? span.end)));
  });
  if (end !== null) {
    const holding = texts.find((span) => span.end >= end && span.kind === 'paragraph');
    const start = texts[first]?.start ?? holding?.start ?? 0;
    return textOf(body.slice(start, end).replace(/[\s(*_-]{1,200}$/, ''));
  }
  const opening = texts[first];
  if (opening === undefined) return null;
  if (opening.kind === 'paragraph') return textOf(body.slice(opening.start, opening.end));
  const next = texts.slice(first + 1).find(({ kind }) => kind === 'heading');
  const last = texts.findLast((span) => span.end <= (next?.start ?? body.length));
  return textOf(body.slice(opening.start, last?.end ?? opening.end));
}

function endOf(body: string, texts: readonly Span[]): number | null {
  const from = texts[0]?.start ?? 0;
  const match = END.exec(body.slice(from, from + LONGEST));
  return match === null ? null : from + match.index;
}

/** The word stands at the start, behind number and mark at most. */
function isOpening(text: string): boolean {
  const label = LABEL.exec(text.slice(0, 200))?.[0] ?? '';
  return OPENING.test(label);
}

function textOf(text: string): string | null {
  const lines = linesOf(text.replace(LABEL, ''))
    .map(({ trimmed }) => trimmed)
    .filter((line) => line !== '' && !isStamp(line) && !RULE.test(line))
    .map((line) => line.replace(NUMBER_AND_MARK, ''));
  const summary = lines.join('\n').trim();
  return summary === '' ? null : summary;
}
