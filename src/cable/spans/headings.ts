import { linesIn, type BodyLine, type LinedText } from '../lines.js';
import { markAt } from '../marks/portion.js';
import { BULLET, isRedaction, RULE, SUB_PARAGRAPH } from '../patterns.js';

/** Longest heading of the data, over its lines; longer text without a full stop is a paragraph. */
const LONGEST_HEADING = 200;
const MOST_LINES = 4;

/** `SUMMARY --------`, `-------- General Points to Make --------` (08BRASILIA351): rule on the line. */
const RULED_LINE = /^[-=_*~]{4}|(?<=[^-=_*~ ])(?=[-=_*~ ]+$) *(?:[-=_*~]{1,3} +)*[-=_*~]{4}/;
/** `//Bilateral Relations//` (10MADRID87). */
const SLASHED = /^\/\/.+\/\/$/;
/** `1) electricity consumption` (07BEIJING1760). */
const LIST_ITEM = /^\(?\d{1,3}[.)]\s/;
/** `END SUMMARY`, `End note)`: closes the paragraph before it. */
export const CLOSING = /^[-( ]{0,4}end(?: of)? \w+(?:[ /-]{1,3}\w+){0,3}[.)]{0,2}$/i;

/** The head of a note or a mail that is passed on: `Subject: Harbour bridge`. */
const LABELLED = /^(?:to|from|cc|date|subj(?:ect)?|re|ref)\s?:\s/i;

/** Whether a block of lines with blank lines around it is a heading. */
export function isHeadingBlock(lines: readonly BodyLine[]): boolean {
  const shown = lines.filter((line) => !RULE.test(line.trimmed) && !line.stamp);
  const ruled = shown.length < lines.length && lines.some((line) => RULE.test(line.trimmed));
  if (shown.length === 0) return ruled && lines.every((line) => !line.stamp);
  if (shown.length > MOST_LINES || shown.some(({ trimmed }) => LABELLED.test(trimmed)))
    return false;
  const text = shown.map((line) => line.trimmed).join(' ');
  if (ruled && isRuledHeading(lines)) return text.length <= LONGEST_HEADING;
  return isHeadingText(text);
}

/** A rule stands under or over all of the block's text, and not in the midst of a list. */
function isRuledHeading(lines: readonly BodyLine[]): boolean {
  const text = lines.filter((line) => !RULE.test(line.trimmed));
  return (
    text.every((line) => !BULLET.test(line.trimmed) && line.trimmed.length <= 100) &&
    !text.some((line) => /[a-z)][.;]\)?["”]?$/.test(line.trimmed)) &&
    !/^\p{Ll}/u.test(text[0]?.trimmed ?? '')
  );
}

/** Whether a text that stands alone reads as a heading: short, unpunctuated, begun with a capital. */
export function isHeadingText(text: string): boolean {
  const plain = text.trim();
  const mark = markAt(plain);
  const words = mark === null ? plain : plain.slice(mark.printed.length).trim();
  if (words.length === 0 || words.length > LONGEST_HEADING) return false;
  if (RULED_LINE.test(words) || SLASHED.test(words)) return true;
  if (words.length > 120) return false;
  if (!/\p{L}{2}/u.test(words) || !/^[\p{Lu}\d"“'‘(¿[.]/u.test(words)) return false;
  if (BULLET.test(words) || SUB_PARAGRAPH.test(words) || CLOSING.test(words)) return false;
  if (isRedaction(words) || /^\(.*\)$/.test(words) || LIST_ITEM.test(words)) return false;
  return !/[.;,]["”')]*$/.test(words) || /^[^a-z]{4,60}\.{3}$/.test(words);
}

/**
 * Where the headings at the end of [from, to) begin: the text that stands between a paragraph and
 * the next one's number, tied to the latter. Returns the starts of the headings, in order; none
 * where the text is all the paragraph's own.
 */
export function trailingHeadings(body: LinedText, from: number, to: number): number[] {
  const lines = linesIn(body, from, to);
  /** The first line of the block that each line stands in. */
  const firstOfBlock: number[] = [];
  for (const index of lines.keys()) {
    const runsOn = index > 0 && lines[index - 1]?.trimmed !== '';
    firstOfBlock.push(runsOn ? (firstOfBlock[index - 1] ?? index) : index);
  }
  const found: { readonly first: number; readonly ruled: boolean }[] = [];
  let last = lines.length - 1;
  for (;;) {
    while (last > 0 && isBlankOrStamp(lines[last])) last--;
    if (last <= 0) break;
    const first = headingStart(lines, last, firstOfBlock[last] ?? last);
    if (first === null || first === 0) break;
    found.push({ first, ruled: isRuled(lines.slice(first, last + 1)) });
    last = first - 1;
  }
  found.reverse();
  // Short lines without a rule, three or more or behind a colon, are a list of the paragraph's:
  // the delegates of 10STATE17263 ¶76, the phases of 08CARACAS420 ¶11.
  const plain = found.findIndex((heading) => heading.ruled);
  const unruled = plain < 0 ? found.length : plain;
  const isList = unruled >= 3 || (unruled > 0 && (lines[last]?.trimmed.endsWith(':') ?? false));
  return found.slice(isList ? unruled : 0).map(({ first }) => lines[first]?.start ?? to);
}

function isRuled(lines: readonly BodyLine[]): boolean {
  return lines.some(
    ({ trimmed }) => RULED_LINE.test(trimmed) || SLASHED.test(trimmed) || RULE.test(trimmed),
  );
}

function isBlankOrStamp(line: BodyLine | undefined): boolean {
  return line === undefined || line.trimmed === '' || line.stamp;
}

/** The first line of a heading that ends with line `last` of a block, or null if there is none. */
function headingStart(lines: readonly BodyLine[], last: number, first: number): number | null {
  if (first > 0 && isHeadingBlock(lines.slice(first, last + 1))) return first;
  if (RULE.test(lines[last]?.trimmed ?? '')) return ruledTail(lines, first, last);
  // `U.S. - EU Summit` straight under the paragraph and over the next number (10BRUSSELS128).
  const text = lines[last]?.trimmed ?? '';
  const above = lines[last - 1]?.trimmed ?? '';
  const standsOut = text.length <= 60 && /[.!?)"”]$/.test(above) && isHeadingText(text);
  return last > first && standsOut && looksLikeTitle(text) ? last : null;
}

/** A heading with its rule, but without a blank line above: `SANCTIONS / ---------` (09BRUSSELS1399). */
function ruledTail(lines: readonly BodyLine[], first: number, last: number): number | null {
  let top = last;
  while (top > first && last - top < MOST_LINES) {
    const above = lines[top - 1]?.trimmed ?? '';
    if (RULE.test(above)) return top - 1;
    if (endsText(above) || above.length > 80 || (top < last && above.length > 60)) break;
    top--;
  }
  return top < last && top > 0 ? top : null;
}

/** A full stop, or a question mark behind a long line: `No Theory Suffices?` over its rule is none. */
function endsText(line: string): boolean {
  if (line.endsWith('...')) return false;
  return /[.;,][)"”]?$/.test(line) || (/[!?][)"”]?$/.test(line) && line.length > 60);
}

function looksLikeTitle(text: string): boolean {
  const words = text.split(/\s+/).filter((word) => /^\p{L}{4,}/u.test(word));
  return words.every((word) => /^\p{Lu}/u.test(word));
}
