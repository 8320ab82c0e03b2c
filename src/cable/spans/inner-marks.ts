import { markInText, sameMark, type Mark } from '../marks.js';

/** A place inside a paragraph from which on another mark holds. */
export interface InnerMark {
  /** Offset in the paragraph. */
  readonly start: number;
  readonly mark: Mark;
}

/**
 * What may stand before a mark inside a paragraph: the end of a sentence, a colon, the bullet or the
 * letter of an item (`-- (C) Finance: …` in 08BUENOSAIRES235 ¶14, `¶A. (S/REL UK)` in 10STATE9565 ¶3),
 * or a line that is too short to run on (`(U//FOUO) Leadership` over `(S//REL)` in 09STATE83026).
 */
const BEFORE_MARK =
  /(?:(?<item>(?:^|[\n\r])[ \t]*(?:¶?[([]?(?:[A-Za-z]|\d{1,2}|[A-Z] - [A-Z])[.)\]]|-{1,3}|[•·*])|(?<=\s)-{1,2})|[.:;!?]["”’']?|X{4,}|(?:^|[\n\r]).{0,44}[\n\r])\s{0,4}$/;
/** What a mark begins with, or a blank. */
const MARK_LETTERS = 'USCTLF ';
/** A mark with a caveat in it stands in no prose at a line's start: `(S//REL) The United Nations …`. */
const LINE_START = /[\n\r][ \t]{0,4}$/;
const LONGEST_BEFORE = 60;

/** The longest mark of the data names a dozen countries (08STATE79112 ¶5). */
const LONGEST_MARK = 260;

/**
 * Where another mark than a paragraph's own stands inside it, so that no quote shows a mark that does
 * not hold for all of it. Items under the same mark stay with their paragraph.
 */
export function marksInside(paragraph: string, own: Mark | null): InnerMark[] {
  const found: InnerMark[] = [];
  let mark = own;
  const isList = SECOND_ITEM.test(paragraph);
  const from = own === null ? 0 : paragraph.indexOf(own.printed) + own.printed.length;
  for (let at = paragraph.indexOf('(', from); at >= 0; at = paragraph.indexOf('(', at + 1)) {
    if (!MARK_LETTERS.includes(paragraph.charAt(at + 1))) continue;
    const other = markInText(paragraph.slice(at, at + LONGEST_MARK));
    if (other === null || sameMark(other, mark)) continue;
    const above = paragraph.slice(Math.max(0, at - LONGEST_BEFORE), at);
    const withCaveat = other.printed.includes('/') ? LINE_START.exec(above) : null;
    const before = withCaveat ?? BEFORE_MARK.exec(above);
    if (before === null || !isBegun(paragraph.slice(at + other.printed.length), other, before[0]))
      continue;
    if (other.printed === '(C)' && isList) continue;
    const item = before.groups?.['item'];
    const start = item === undefined ? at : at - before[0].replace(/^[\n\r]+/, '').length;
    if (start > 0) found.push({ start, mark: other });
    mark = other;
  }
  return found;
}

/** `(C)` under `(B)` is an item of a list; a `(B)` inside a line (`in ref (B)`) makes none. */
const SECOND_ITEM = /(?:^|[\n\r])[ \t]*\(B\)/;

/**
 * Whether a text begins behind a mark: behind a sentence's end a mark of one letter needs a word with
 * a capital. `the end. (C) 2008 The Times`, `section 501.(C) 3` and `Article 2. (C) of the law` are none.
 */
function isBegun(behind: string, mark: Mark, before: string): boolean {
  if (/;\s*$/.test(before)) return false; // `(A) one; (B) two; (C) three`
  if (mark.printed.length > 3 || !/[.!?]["”’']?\s*$/.test(before)) return true;
  return /^\s{1,3}["“]?\p{Lu}/u.test(behind.slice(0, 8));
}
