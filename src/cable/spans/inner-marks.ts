import { highest, raises, sameMark, type Marking } from '../marks/marking.js';
import { markInText, type Mark } from '../marks/portion.js';
import { bracketedMark, damagedMark, misreadMark, readMark } from '../marks/reading.js';
import { once } from '../once.js';

/** A place inside a paragraph from which on another mark holds. */
export interface InnerMark {
  /** Offset in the paragraph; 0 where nothing but the paragraph's number stands before it. */
  readonly start: number;
  /** Of a damaged one the level is not known. */
  readonly mark: Marking & Pick<Mark, 'printed'>;
  /** It may only raise the level: where no other mark holds, the cable's own level counts if higher. */
  readonly atLeast: boolean;
}

/**
 * What may stand before a mark that lowers the level: the end of a sentence, a colon, the bullet or the
 * letter of an item (`-- (C) Finance: …` in 08BUENOSAIRES235 ¶14, `¶A. (S/REL UK)` in 10STATE9565 ¶3),
 * or a line that is too short to run on (`(U//FOUO) Leadership` over `(S//REL)` in 09STATE83026).
 */
const BEFORE_MARK =
  /(?:(?<item>(?:^|[\n\r])[ \t]*(?:¶?[([]?(?:[A-Za-z]|\d{1,2}|[A-Z] - [A-Z])[.)\]]|-{1,3}|[•·*])|(?<=\s)-{1,2})|[.:;!?]["”’']?|X{4,}|(?:^|[\n\r]).{0,44}[\n\r])\s{0,4}$/;
/** A mark with a caveat in it stands in no prose at a line's start: `(S//REL) The United Nations …`. */
const LINE_START = /[\n\r][ \t]{0,4}$/;
const LONGEST_BEFORE = 60;

/** The longest mark of the data names a dozen countries (08STATE79112 ¶5). */
const LONGEST_MARK = 260;

/**
 * Where a mark may stand that raises the level: at a line's start, behind signs and the letter or number
 * of an item, behind a sentence or a part of one, in a cell of a table, behind another mark.
 */
const MARK_POSITION =
  /(?:^|[\n\r\u0085.:;!?…)\]}>）］([|\t=/\\*+•·~“"”’—–-]|[ \u00a0]{2})[\s\u0085\p{Cf}]*(?:[([]?[\p{L}\p{N}]{1,4}[.):\]]+[\s\p{Cf}]*)?$/u;
/** Text that a mark stands before begins so. */
const BEGINS = /^[\s\p{Cf}.:;,|/)\]}–—-]*["“”'‘(]?[\p{Lu}\p{N}¿¡]/u;
const BEGINS_WORD = /^[\s\p{Cf}.:;,|/)\]}–—-]*["“'‘(]?\p{Lu}/u;
const SENTENCE = /^[\s.:]*["“'‘(]?\p{Lu}[\p{Ll} ]/u;

/** What a mark without brackets, or with one of them, looks like: `S/NF`, `(S/NF`, `S)`, `SECRET:`. */
const BARE = String.raw`(?:[([{*/]\s?)?(?:TOP SECRET|SECRET|CONFIDENTIAL|TS|SBU|FOUO|LOU|S|C)(?:\s?[/\\]{1,2}\s?[A-Z][A-Z-]{1,12}(?: USA(?:, [A-Z]{3})*| TO [A-Z, ]{2,40}?)?){0,4}[)\]}*/]?[.:]?(?=[\s|–—])`;
const UNBRACKETED = new RegExp(`^${BARE}`, 'u');
/** Where such a mark may stand: behind a line break, an item's sign, a sentence, a cell's edge. */
const BARE_POSITION = String.raw`(?<=^|[\n\r][^\p{L}\p{N}\n\r]{0,12}|[\n\r][^\p{L}\p{N}\n\r]{0,6}[\p{L}\p{N}]{1,4}[.)]\s{1,3}|[.:;!?]["”’)]?\s{1,4}|[|\t]\s{0,4}|\s{2})`;
/** Most letters begin none: they are passed over before it is looked at what stands before them. */
// eslint-disable-next-line regexp/no-useless-assertions, regexp/no-dupe-disjunctions, regexp/no-extra-lookaround-assertions -- it is for speed
const EVERY_UNBRACKETED = new RegExp(`(?=[([{*/TSCFL])(?=${BARE})${BARE_POSITION}${BARE}`, 'gu');

/** `(C)` under `(B)` is an item of a list; a `(B)` inside a line (`in ref (B)`) makes none. */
const SECOND_ITEM = /(?:^|[\n\r])[ \t]*\(B\)/;
/** `C)` is one where `B)` or `B.` stands above it, and `(C)` behind `(A) one; (B) two`. */
const SECOND_LETTER = /(?:^|[\n\r]|[,;] )[ \t¶-]*[([]?B[.)\]]/i;
const SECOND_IN_LINE = /\(A\)[^()]{1,400}\(B\)/i;
/** `ref (C)`, `paras A and (C)`, `(A), (B) and (S)`: a letter that names something else. */
const NAMES_ANOTHER =
  /(?:\b(?:ref(?:s|tel|erences?)?|paras?|sections?|annex|tabs?|options?|groups?|parts?|class|article|and|or|through|to)|\((?![UCS]\))[A-Z]\),?)\s{1,3}$/i;

/**
 * Where another mark than a paragraph's own stands inside it, so that no quote shows a level below one
 * that is printed over any of its words. What may be a mark raises the level until a lower mark follows;
 * a lower one counts only where it can be nothing else. Items under the same mark stay together.
 */
export function marksInside(paragraph: string, own: InnerMark['mark'] | null): InnerMark[] {
  const found: InnerMark[] = [];
  // Few paragraphs have a place that asks.
  const isList = once(() => SECOND_ITEM.test(paragraph));
  const hasLetters = once(() => SECOND_LETTER.test(paragraph) || SECOND_IN_LINE.test(paragraph));
  let mark: InnerMark['mark'] | null = own;
  let markEnd = own === null ? 0 : paragraph.indexOf(own.printed) + own.printed.length;
  for (const at of candidatesFrom(paragraph, markEnd)) {
    const above = paragraph.slice(Math.max(0, at - LONGEST_BEFORE), at);
    const inner =
      (paragraph.startsWith('(C)', at) && isList()
        ? null
        : strictMark(paragraph, at, above, mark)) ??
      raisingMark(paragraph, at, above, mark, hasLetters);
    if (inner === null) continue;
    const last = found.at(-1)?.start ?? 0;
    const start = isFirst(paragraph, own, inner.start) ? 0 : inner.start;
    if (mark !== null && (start <= last || isBehindMark(paragraph, markEnd, at))) {
      // Two marks in a row: the higher one holds, as for `(S) (U) Text`.
      if (mark.level === null || !raises(inner.mark, mark)) continue;
    }
    if (start <= last) found.pop();
    mark = inner.mark;
    markEnd = at + mark.printed.length;
    found.push({ ...inner, start: Math.max(start, last) });
  }
  return found;
}

const EVERY_BRACKET = /[\p{Ps}<«‹]/gu;

/** A word at a line's start with a slash in its first letters: `fS//NF)`. */
const EVERY_SLASHED = /(?:^|[\n\r])(?=\S{0,5}[/\\⁄∕])/gu;

/** Offsets at which a mark may begin, in order. */
function candidatesFrom(paragraph: string, from: number): number[] {
  const places: number[] = [];
  for (const pattern of [EVERY_BRACKET, EVERY_UNBRACKETED, EVERY_SLASHED]) {
    pattern.lastIndex = Math.max(0, from - 1); // where `matchAll` begins
    for (const { index, 0: text } of paragraph.matchAll(pattern)) {
      // A line break before a word with a slash is none of it.
      const place = pattern === EVERY_SLASHED ? index + text.length : index;
      if (place >= from) places.push(place);
    }
  }
  if (places.length < 2) return places;
  return places.sort((a, b) => a - b).filter((place, index) => place !== places[index - 1]);
}

/** A mark that can be nothing else: by its place, its words, and the text behind it. */
function strictMark(
  paragraph: string,
  at: number,
  above: string,
  current: InnerMark['mark'] | null,
): InnerMark | null {
  const other = markInText(paragraph.slice(at, at + LONGEST_MARK));
  if (other === null || sameMark(other, current)) return null;
  const withCaveat = other.printed.includes('/') ? LINE_START.exec(above) : null;
  const before = withCaveat ?? BEFORE_MARK.exec(above);
  if (before === null || !isBegun(paragraph.slice(at + other.printed.length), other, before[0]))
    return null;
  const item = before.groups?.['item'];
  const start = item === undefined ? at : at - before[0].replace(/^[\n\r]+/, '').length;
  return { start, mark: other, atLeast: false };
}

/** What holds where no mark is printed may be anything: above this it must be looked at. */
const UNCLASSIFIED: Marking = { level: 'U', caveats: [] };

/** What may be a mark and is above the one that holds: it raises the level and takes no caveat away. */
function raisingMark(
  paragraph: string,
  at: number,
  above: string,
  current: InnerMark['mark'] | null,
  hasLetters: () => boolean,
): InnerMark | null {
  const text = paragraph.slice(at, at + LONGEST_MARK);
  const likely = bracketed(text, above, hasLetters) ?? unbracketed(text, above, hasLetters);
  if (likely === null) return damaged(text, at, above, current);
  if (current?.level === null || !raises(likely, current ?? UNCLASSIFIED)) return null;
  const { level, caveats } = current === null ? likely : highest([current, likely]);
  const mark = { printed: likely.printed, level, caveats };
  return { start: at - captionBefore(paragraph, at, likely.printed), mark, atLeast: true };
}

/** A mark whose level cannot be read: nobody knows how high it is. */
function damaged(
  text: string,
  at: number,
  above: string,
  current: InnerMark['mark'] | null,
): InnerMark | null {
  if (current?.level === null || !MARK_POSITION.test(above)) return null;
  const printed = damagedMark(text);
  if (printed === null || !BEGINS.test(text.slice(printed.length))) return null;
  if (current !== null && current.level !== 'U' && current.level !== 'SBU') return null;
  return { start: at, mark: { printed, level: null, caveats: ['NOFORN'] }, atLeast: true };
}

const LONGEST_CAPTION = 100;

const CAPTION = /[\n\r][ \t]*[\n\r]([^\n\r.!?]{1,90})$/;

/** Characters of a heading or caption on a line of its own that its mark stands behind, or 0. */
function captionBefore(paragraph: string, at: number, printed: string): number {
  const behind = paragraph.slice(at + printed.length, at + printed.length + 40);
  if (!/^[ \t]*(?:[\n\r]|$)/.test(behind)) return 0;
  const caption = CAPTION.exec(paragraph.slice(Math.max(0, at - LONGEST_CAPTION), at));
  return caption?.[1]?.length ?? 0;
}

/** Something in brackets that looks like a mark, where a mark may stand or where prose has none such. */
function bracketed(text: string, above: string, hasLetters: () => boolean): Mark | null {
  const found = bracketedMark(text) ?? misreadMark(text);
  if (found === null) return null;
  const { printed, reading } = found;
  const { level, caveats, certain, capitals, single } = reading;
  const mark = { printed, level, caveats };
  const behind = text.slice(printed.length);
  const position = MARK_POSITION.test(above);
  if (certain) return capitals || position ? mark : null;
  if (/[\p{L}\p{N}]$/u.test(above)) return null; // `person(s)`
  if (!capitals) return position && !single && BEGINS.test(behind) ? mark : null;
  if (single && (NAMES_ANOTHER.test(above) || (level === 'C' && hasLetters()))) return null;
  // `(C) 2008 The Times`, `section 501.(C) 3`: behind a lone C a word must begin.
  if (position) return single && level === 'C' && !BEGINS_WORD.test(behind) ? null : mark;
  // `Ambassador Williamson (S/WCI) attended`: an office; behind a mark a text begins.
  // Of so few letters many are parties, regions and sizes: `Olsen (S), Berg`, `Raleigh (NC), Austin`.
  const begins = printed.length <= 4 ? SENTENCE : BEGINS;
  return begins.test(behind) && !(single && level === 'C') ? mark : null;
}

/** A mark without its brackets, or with one alone. */
function unbracketed(text: string, above: string, hasLetters: () => boolean): Mark | null {
  const printed = UNBRACKETED.exec(text)?.[0];
  if (printed === undefined) return null;
  const opened = /^[([{]/.test(printed);
  const closed = /[)\]}][.:]?$/.test(printed);
  if (opened && closed) return null;
  if (closed && /[([{][^)\]}]*$/.test(above)) return null; // `(Refs A, B, and⏎C).` (06MADRID3104)
  const reading = readMark(printed.replace(/^[([{*/]\s?|[)\]}*/]?[.:]?$/g, ''));
  if (reading === null) return null;
  const { level, caveats, certain, single } = reading;
  const behind = text.slice(printed.length);
  const spelled =
    /^[([{*/]?(?:TOP SECRET|SECRET|CONFIDENTIAL)[.:)\]}*/]/.test(printed) ||
    (/^(?:TOP SECRET|SECRET|CONFIDENTIAL)$/.test(printed) &&
      /^\s+[-–—]{1,2}\s+\p{Lu}/u.test(behind));
  const alone = opened || closed ? BEGINS.test(behind) : spelled && BEGINS.test(behind);
  if (single && closed && level === 'C' && hasLetters()) return null;
  if (single && opened && printed.endsWith('.')) return null; // `Pretoria (S. Africa)`
  return certain || alone ? { printed, level, caveats } : null;
}

/** Nothing but signs stands between a mark's end and another one. */
function isBehindMark(paragraph: string, markEnd: number, at: number): boolean {
  return at - markEnd < 12 && !/[\p{L}\p{N}]/u.test(paragraph.slice(markEnd, at));
}

/** Nothing but number, item and the paragraph's own mark stands before it. */
function isFirst(paragraph: string, own: InnerMark['mark'] | null, start: number): boolean {
  const before = paragraph.slice(0, start).replace(own?.printed ?? '', '');
  return before.length < 24 && !/\p{L}{2}/u.test(before);
}

/**
 * Whether a text begins behind a mark: behind a sentence's end a mark of one letter needs a word with
 * a capital. `the end. (C) 2008 The Times`, `section 501.(C) 3` and `Article 2. (C) of the law` are none.
 */
function isBegun(behind: string, mark: Mark, before: string): boolean {
  if (/;\s*$/.test(before)) return false; // `(A) one; (B) two; (C) three`
  if (mark.printed.length > 3 || !/[.!?]["”’']?\s*$/.test(before)) return true;
  return /^\s{1,3}["“]?\p{Lu}/u.test(behind.slice(0, 8));
}
