import { printedLevel } from '../classification-lines.js';
import { lined, type BodyLine, type LinedText } from '../lines.js';
import { highest, type Marking } from '../marks/marking.js';
import { markAt, markOfParagraph, type Mark } from '../marks/portion.js';
import { ATTRIBUTES_LINE, BULLET, RULE, SUB_PARAGRAPH } from '../patterns.js';
import { readPreamble, type Preamble } from '../preamble.js';
import type { Span } from '../types.js';
import { blocksOf } from './blocks.js';
import { readEnding } from './ending.js';
import { CLOSING, isHeadingBlock, trailingHeadings } from './headings.js';
import { marksInside } from './inner-marks.js';
import { numberCandidates } from './numbers.js';
import { chooseStarts, type NumberedStart } from './sequence.js';

/** The post's notice under the last paragraph (07RABAT1657, 09ANKARA1654). */
const WEB_SITE = /^"?(?:Please )?Visit .{2,40} Classified Web ?site/i;

const ATTRIBUTES = new RegExp(ATTRIBUTES_LINE.source, 'm');

function withoutAttributes(body: string): string {
  const at = body.includes('Message Attributes') ? ATTRIBUTES.exec(body)?.index : undefined;
  return at === undefined ? body : body.slice(0, at);
}

/** A place where a span begins; it goes on to the next piece. */
interface Piece {
  readonly start: number;
  readonly kind: Span['kind'];
  readonly number: number | null;
  readonly mark: (Marking & Pick<Mark, 'printed'>) | null;
  /** The mark may only raise the cable's level. */
  readonly atLeast?: boolean;
}

/** A body cut into spans, with what was read on the way. */
export interface Chunked {
  readonly preamble: Preamble;
  readonly signed: string | null;
  /** The levels of every classification line in it, those of telegrams that it passes on included. */
  readonly printedLevels: readonly string[];
  /** The spans; marks that are not printed are not yet inherited, see {@link inheritLevels}. */
  readonly spans: Span[];
  /** Indices of spans whose mark may only raise the cable's level: it is none for certain. */
  readonly atLeast: ReadonlySet<number>;
}

/**
 * Cuts a body into spans: the preamble, headings, paragraphs, the signature and the trailer. The
 * spans cover the body without a gap or an overlap. It never throws, whatever the text.
 */
export function chunk(body: string): Chunked {
  // An archive's attributes are none of the telegram's.
  const text = lined(withoutAttributes(body));
  const starts = chooseStarts(numberCandidates(text));
  const first = starts[0]?.candidate.start ?? text.text.length;
  const preamble = readPreamble(text, first);
  const lastStart = starts.at(-1)?.candidate.start ?? preamble.end;
  const ending = readEnding(text, lastStart);
  const pieces = unnumbered(text, preamble.end, Math.min(first, ending.signature));
  for (const [index, { candidate, number }] of starts.entries()) {
    const next = starts[index + 1];
    const end = next?.candidate.start ?? ending.signature;
    if (candidate.start >= end) continue;
    const own: Piece = { start: candidate.start, kind: 'paragraph', number, mark: candidate.mark };
    pieces.push(own);
    for (const piece of insideNumbered(text, candidate.start, end, number, next))
      pieces.push(piece);
  }
  if (ending.trailer > ending.signature) pieces.push(plain(ending.signature, 'signature'));
  if (body.length > ending.trailer) pieces.push(plain(ending.trailer, 'trailer'));
  const all = withPreamble(cutAtMarks(body, pieces), body.length);
  const atLeast = all.flatMap((piece, index) => (piece.atLeast === true ? [index] : []));
  const spans = toSpans(body, all);
  const printedLevels = text.lines.flatMap(({ trimmed }) => printedLevel(trimmed) ?? []);
  return { preamble, signed: ending.signed, printedLevels, spans, atLeast: new Set(atLeast) };
}

/**
 * Gives every span without a printed mark the level and caveats of the cable; a mark that may be none
 * holds where it is above the cable's.
 */
export function inheritLevels(
  { spans, atLeast }: Pick<Chunked, 'spans' | 'atLeast'>,
  { level, caveats }: Marking,
): Span[] {
  return spans.map((span, index) => {
    if (span.mark === null) {
      return { ...span, level, caveats: [...caveats], inherited: level !== null };
    }
    if (!atLeast.has(index) || level === null) return span;
    // Of a damaged mark the cable's level counts, if that is classified; else nobody knows it.
    if (span.level === null && (level === 'U' || level === 'SBU')) return span;
    const both = highest([span, { level, caveats }]);
    return { ...span, level: both.level, caveats: [...both.caveats] };
  });
}

function plain(start: number, kind: Span['kind']): Piece {
  return { start, kind, number: null, mark: null };
}

/** What stands before the first piece is the preamble. */
function withPreamble(pieces: readonly Piece[], length: number): readonly Piece[] {
  return (pieces[0]?.start ?? length) > 0 ? [plain(0, 'preamble'), ...pieces] : pieces;
}

function toSpans(body: string, pieces: readonly Piece[]): Span[] {
  return pieces.map(({ start, kind, number, mark }, index) => ({
    number,
    mark: mark?.printed ?? null,
    level: mark?.level ?? null,
    caveats: [...(mark?.caveats ?? [])],
    inherited: false,
    kind,
    start,
    end: pieces[index + 1]?.start ?? body.length,
  }));
}

/** Blocks looked at for the item before: an item may run on over some. */
const ITEMS_ABOVE = 6;

/**
 * What stands inside a numbered paragraph's stretch: blocks with a mark of their own and the
 * headings of the next paragraph. Unmarked blocks, bullets and sub-paragraphs belong to the
 * paragraph. Where as many marked blocks stand as numbers are missing, they are given those numbers
 * (`Q (C/NF) Several …` is ¶8 of 08LONDON2651); otherwise they are parts of the paragraph and bear
 * its number (`(S/NF) GOA Response: …` in ¶7 of 06VIENNA515).
 */
function insideNumbered(
  body: LinedText,
  start: number,
  end: number,
  number: number,
  next: NumberedStart | undefined,
): Piece[] {
  const missing = next === undefined ? 0 : next.number - number - 1;
  const headings = next === undefined ? [] : trailingHeadings(body, start, end);
  const blocks = blocksOf(body, start, headings[0] ?? end).slice(1);
  const marked = blocks.flatMap((block, index) => {
    const found = leadingMark(block, blocks.slice(Math.max(0, index - ITEMS_ABOVE), index));
    return found === null ? [] : [{ block, mark: found }];
  });
  const numbered = missing > 0 && marked.length === missing;
  const pieces: Piece[] = [];
  for (const [index, { block, mark }] of marked.entries()) {
    const at = block[0]?.start ?? start;
    for (const heading of trailingHeadings(body, pieces.at(-1)?.start ?? start, at)) {
      pieces.push(headingPiece(body.text, heading));
    }
    pieces.push({
      start: at,
      kind: 'paragraph',
      number: numbered ? number + 1 + index : number,
      mark,
    });
  }
  for (const heading of headings) pieces.push(headingPiece(body.text, heading));
  const last = next === undefined ? blocks.at(-1)?.find((line) => !RULE.test(line.trimmed)) : null;
  if (last && WEB_SITE.test(last.trimmed)) {
    pieces.push(plain(blocks.at(-1)?.[0]?.start ?? last.start, 'trailer'));
  }
  return pieces;
}

/** Cuts every paragraph where another mark than its own stands inside it. */
function cutAtMarks(body: string, pieces: readonly Piece[]): Piece[] {
  const cut: Piece[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind !== 'paragraph') {
      cut.push(piece);
      continue;
    }
    const text = body.slice(piece.start, pieces[index + 1]?.start ?? body.length);
    const inside = marksInside(text, piece.mark);
    if (inside[0]?.start !== 0) cut.push(piece);
    for (const { start, mark, atLeast } of inside) {
      cut.push({ ...piece, start: piece.start + start, mark, atLeast });
    }
  }
  return cut;
}

/** The stretch before the first number, or all of a cable without numbers: a paragraph a block. */
function unnumbered(body: LinedText, from: number, to: number): Piece[] {
  const pieces: Piece[] = [];
  const blocks = blocksOf(body, from, to, true);
  for (const [index, block] of blocks.entries()) {
    const start = block[0]?.start ?? from;
    const mark = leadingMark(block, blocks.slice(Math.max(0, index - ITEMS_ABOVE), index));
    const follows = mark === null && pieces.at(-1)?.kind === 'paragraph';
    if (isHeadingBlock(block)) pieces.push(headingPiece(body.text, start));
    else if (!follows || !belongsToTheOneBefore(block)) {
      pieces.push({ start, kind: 'paragraph', number: null, mark });
    }
  }
  return pieces;
}

function belongsToTheOneBefore(block: readonly BodyLine[]): boolean {
  const text = block[0]?.trimmed ?? '';
  const whole = block.length === 1 ? text : '';
  return (
    BULLET.test(text) || SUB_PARAGRAPH.test(text) || CLOSING.test(whole) || /^\p{Ll}/u.test(text)
  );
}

function headingPiece(body: string, start: number): Piece {
  return {
    start,
    kind: 'heading',
    number: null,
    mark: markAt(body.slice(start, start + 80).trim()),
  };
}

/**
 * The mark at a block's start, one stray character before it allowed (`Q (C/NF)`). `(c)` behind a
 * block that begins with `(b)` is the third item of a list.
 */
function leadingMark(block: readonly BodyLine[], above: readonly BodyLine[][]): Mark | null {
  const text = block
    .slice(0, 3)
    .map((line) => line.trimmed)
    .join(' ');
  const letter = /^\(([A-Z])\)/i.exec(text)?.[1];
  if (letter !== undefined) {
    const previous = String.fromCharCode(letter.charCodeAt(0) - 1);
    if (above.some((each) => each[0]?.trimmed.startsWith(`(${previous})`))) return null;
  }
  return markOfParagraph(text) ?? (/^\S \(/.test(text) ? markAt(text.slice(2)) : null);
}
