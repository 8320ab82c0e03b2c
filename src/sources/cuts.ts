import { distance } from 'fastest-levenshtein';
import type { ClassificationLine } from '../cable/classification-line.js';
import { classificationLines, firstClassificationLine } from '../cable/classification-lines.js';
import { parseCableId, type CableIdParts } from '../cable/id.js';
import { partsNamed, partsOfLine } from '../cable/identity.js';
import { once } from '../cable/once.js';
import type { RawCable } from '../cable/types.js';
import { rowsIn } from './dump-rows.js';
import { readHead } from './head.js';
import { headAbove } from './telegram-head.js';

/** Where another cable begins in a body, and what its first line names (`THEHAGUE174`); of SQL nothing. */
export interface Cut {
  readonly start: number;
  readonly named: string | null;
  /** It begins the cable that the source states; what stands before it is another's. */
  readonly isOwn?: boolean;
}

/** A telegram that passes on another one marks it: what stands between is its own text. */
const QUOTE_SIGNS = /\b(?:(?:BEGIN|END(?: OF)?) (?:CABLE |MESSAGE )?(?:TEXT|QUOTE)|(?:UN)?QTE)\b/gi;

/** Where other cables begin in a body: by a row, a head, a header or a classification line, in order. */
export function cutsIn({ id, header, body }: RawCable): Cut[] {
  const first = firstClassificationLine(body);
  const lines = classificationLines(body).filter(({ start }) => start > (first?.start ?? -1));
  const stated = id === null ? null : parseCableId(id);
  const printed = partsNamed(header, first);
  // Where a body begins with another cable than its id's, and the id's stands behind, both are told apart.
  const swapped =
    stated !== null &&
    printed !== null &&
    !isSame(stated, printed) &&
    lines.some((line) => isNamed(line, stated));
  const own = [stated, swapped ? null : printed].filter((parts) => parts !== null);
  const quoted = once(() => quotationsOf(body));
  const found: Cut[] = [];
  for (const { start, id: rowId } of rowsIn(body)) {
    const parts = rowId === null ? null : parseCableId(rowId);
    if (parts === null || !own.some((each) => isSame(each, parts))) {
      found.push({ start, named: parts === null ? null : nameOf(parts) });
    }
  }
  const from = first?.end ?? 0;
  const belonging: number[] = [];
  for (const line of lines) {
    const { start } = line;
    const parts = partsOfLine(line);
    if (parts === null) continue;
    const isOwn = swapped && isNamed(line, stated);
    if (!isOwn && belongs(body, { line, parts }, own, first)) belonging.push(start);
    else if (isOwn || (isHead(body, line) && !within(start, quoted()))) {
      found.push({ start: headAbove(body, start, from), named: nameOf(parts), isOwn });
    }
  }
  for (const { index: above, 1: head = '' } of matches(body, HEAD, from)) {
    const index = above + 1;
    const parts = parseCableId(head);
    const isOther = parts !== null && !own.some((each) => isSame(each, parts));
    if (isOther && readHead(body.slice(index, index + 4000)) !== null) {
      found.push({ start: index, named: nameOf(parts) });
    }
  }
  // A header belongs to the classification line behind it, or is cut with it already.
  const known = [...belonging, ...found.map(({ start }) => start)].sort((a, b) => a - b);
  const headers = FROM.test(body) ? matches(body, HEADER, from) : [];
  for (const { index: above, 1: origin = '' } of headers) {
    const index = above + 1;
    const near = isNear(known, index);
    if (!near && !within(index, quoted())) found.push({ start: index, named: origin.trim() });
  }
  return found
    .sort((a, b) => a.start - b.start)
    .filter(({ start, named }, index, all) => {
      const before = all[index - 1];
      if (before === undefined) return true;
      // The classification line under a row, the sections of one cable.
      return start > before.start && before.named !== null && before.named !== named;
    });
}

/** The id that a head of five lines begins with, alone on its line. */
const HEAD = /\n(\d{2}[A-Z]{3,40}\d{1,7})[ \t]*(?=\r?\n)/g;
/** The header of a telegram: `P 140708Z MAR 07` and `FM AMEMBASSY BEIJING` under it. */
const HEADER =
  /\n[ \t]*(?:[ZOPR][ \t]+){1,3}\d{2} ?\d{4} ?Z[ \t]+[A-Z]{3}[^\n]{0,60}\n(?:[^\n]{0,80}\n){0,2}?[ \t]*FM[ \t]+([^\n]{3,60})/g;
/** Most bodies have no such line, and are not searched for the rest. */
const FROM = /\n[ \t]*FM[ \t]/;
/** Characters between a header and its classification line, at most. */
const LONGEST_HEADER = 6000;

/** What a pattern finds from an offset on. */
function matches(body: string, pattern: RegExp, from: number): RegExpExecArray[] {
  return [...body.matchAll(pattern)].filter(({ index }) => index >= from);
}

function isNamed(line: ClassificationLine, cable: CableIdParts): boolean {
  const parts = partsOfLine(line);
  return parts !== null && isSame(parts, cable);
}

/** Whether any of some places, in order, is no farther from one than a header is long. */
function isNear(places: readonly number[], at: number): boolean {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] ?? 0) < at - LONGEST_HEADER) low = middle + 1;
    else high = middle;
  }
  return (places[low] ?? Number.POSITIVE_INFINITY) < at + LONGEST_HEADER;
}

type Stretch = readonly [from: number, to: number];

function within(at: number, stretches: readonly Stretch[]): boolean {
  return stretches.some(([from, to]) => at > from && at < to);
}

function nameOf({ post, number }: CableIdParts): string {
  return `${post}${number}`;
}

/** The stretches between `BEGIN TEXT` and `END TEXT`; what is never closed is none. */
function quotationsOf(body: string): Stretch[] {
  const found: Stretch[] = [];
  let open: number | null = null;
  for (const { index, 0: sign } of body.matchAll(QUOTE_SIGNS)) {
    if (/^(?:BEGIN|QTE)/i.test(sign)) open ??= index;
    else if (open !== null) {
      found.push([open, index]);
      open = null;
    }
  }
  return found;
}

/**
 * Whether a classification line is the cable's own: it names the same post and number, or it begins a further
 * section of as many, one of them is misprinted, the paragraphs' numbers go on behind it, and the subject is
 * the same where it is printed once more.
 */
function belongs(
  body: string,
  { line, parts }: { readonly line: ClassificationLine; readonly parts: CableIdParts },
  own: readonly CableIdParts[],
  first: ClassificationLine | null,
): boolean {
  if (own.some((each) => isSame(each, parts))) return true;
  const further = (line.section ?? 1) > 1 && first?.section === 1;
  if (!further || line.sections !== first.sections || !goesOn(body, line)) return false;
  if (!isOfSubject(body, line, first)) return false;
  return own.some((each) => {
    const numbers = distance(each.number, parts.number);
    const posts = distance(each.post, parts.post);
    return (posts === 0 && numbers === 1) || (numbers === 0 && posts <= 3);
  });
}

/** Characters looked at for a paragraph's number. */
const LONGEST_PARAGRAPH = 12_000;
const PARAGRAPH = /^[ \t]*¶?(\d{1,3})\s?\./gm;

/** Whether the first paragraph's number behind a line is the next one of the last above it. */
function goesOn(body: string, { start, end }: ClassificationLine): boolean {
  const above = body.slice(Math.max(0, start - LONGEST_PARAGRAPH), start);
  const last = [...above.matchAll(PARAGRAPH)].at(-1)?.[1];
  const next = body
    .slice(end, end + LONGEST_PARAGRAPH)
    .matchAll(PARAGRAPH)
    .next().value?.[1];
  return last !== undefined && next !== undefined && Number(next) === Number(last) + 1;
}

const SUBJECT = /^[ \t]*SUBJ(?:ECT)?[ \t]*[:;.-]([^\n]{1,200})/im;
/** Characters of a head looked at for its subject. */
const LONGEST_HEAD = 3000;
/** Letters of a hundred that may differ in a subject printed twice. */
const MISPRINTED = 20;

/** Whether the head behind a section's line names the subject of the first one's, or none. */
function isOfSubject(
  body: string,
  section: ClassificationLine,
  first: ClassificationLine,
): boolean {
  const [own, again] = [first, section].map(({ end }) =>
    SUBJECT.exec(body.slice(end, end + LONGEST_HEAD))?.[1]?.replace(/[^\p{L}\p{N}]/gu, ''),
  );
  if (again === undefined) return true;
  if (own === undefined) return false;
  const length = Math.min(own.length, again.length);
  const different = distance(
    own.slice(0, length).toUpperCase(),
    again.slice(0, length).toUpperCase(),
  );
  return length > 0 && different * 100 <= length * MISPRINTED;
}

function isSame(a: CableIdParts, b: CableIdParts): boolean {
  return a.number === b.number && (a.post === b.post || distance(a.post, b.post) <= 1);
}

/**
 * Whether a line is a telegram's: it stands alone, but for captions or fields behind it. `SECRET CAIRO 1234 SAID`
 * is a sentence's.
 */
function isHead(body: string, { start, end, whole, section }: ClassificationLine): boolean {
  return whole || section !== null || BEHIND_NUMBER.test(body.slice(start, end));
}

const BEHIND_NUMBER = /\d\s+(?:SIPDIS|NOFORN|EXDIS|NODIS|LIMDIS|STADIS|E F T O|E\.O\.|TAGS|SUBJ)/;
