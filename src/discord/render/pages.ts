import type { Segment } from '../../quotes/segments.js';
import { escapeMarkdown, markdownCost } from '../markdown.js';

/** A part of a text that is too long for one message; the parts joined are the text. */
export interface TextPage {
  readonly markdown: string;
  /** It holds strong text. */
  readonly strong: boolean;
}

/** A page is ended at a break no further from its end than this share of it. */
const SEARCHED = 0.5;

/**
 * Cuts displayed text into pages of at most `limit` characters of markdown: between paragraphs where
 * there is a break in the page's second half, else between sentences, else between words.
 */
export function pagesOf(segments: readonly Segment[], limit: number): TextPage[] {
  const placed = placedOf(segments);
  const text = segments.map((segment) => segment.text).join('');
  const whole = pageOf(placed, 0, 0, text.length);
  if (whole.markdown.length <= limit) return text === '' ? [] : [whole];
  const pages: TextPage[] = [];
  let first = 0; // the segment in which the page begins
  for (let start = 0; start < text.length;) {
    const end = endOfPage(placed, first, text, start, limit);
    pages.push(pageOf(placed, first, start, end));
    start = end;
    while (first < placed.length - 1 && (placed[first + 1]?.start ?? 0) <= start) first++;
  }
  return pages;
}

/** A segment, and where it begins in the whole text. */
interface PlacedSegment extends Segment {
  readonly start: number;
}

function placedOf(segments: readonly Segment[]): PlacedSegment[] {
  let length = 0;
  return segments.map((segment) => {
    const start = length;
    length += segment.text.length;
    return { ...segment, start };
  });
}

/** Characters of a text as markdown. */
export function costOf(segments: readonly Segment[]): number {
  return pageOf(placedOf(segments), 0, 0, Number.POSITIVE_INFINITY).markdown.length;
}

const NO_SEGMENT: PlacedSegment = { text: '', strong: false, start: 0 };

/** Walks on from the start, sign by sign, until there is no more room. */
function endOfPage(
  segments: readonly PlacedSegment[],
  first: number,
  text: string,
  start: number,
  limit: number,
): number {
  let cost = 0;
  for (let index = first; index < segments.length; index++) {
    const { text: piece, strong, start: at } = segments[index] ?? NO_SEGMENT;
    if (piece.length > Math.max(start - at, 0)) cost += markdownCost('', strong);
    for (let offset = Math.max(start - at, 0); offset < piece.length;) {
      const character = String.fromCodePoint(piece.codePointAt(offset) ?? 0);
      cost += markdownCost(character, strong && character === '\n');
      if (cost > limit) {
        return breakBefore(text, start, Math.max(at + offset, start + character.length));
      }
      offset += character.length;
    }
  }
  return text.length;
}

/** The last good break in [start, end): behind a line, a sentence or a word. */
function breakBefore(text: string, start: number, end: number): number {
  const from = start + Math.floor((end - start) * SEARCHED);
  const half = text.slice(from, end);
  for (const pattern of [/\n+/g, /[.!?]["”’)]?\s+/g, /\s+/g]) {
    const found = [...half.matchAll(pattern)].at(-1);
    if (found !== undefined) return from + found.index + found[0].length;
  }
  return end;
}

function pageOf(
  segments: readonly PlacedSegment[],
  first: number,
  start: number,
  end: number,
): TextPage {
  let plain = '';
  const ranges: [number, number][] = [];
  for (let index = first; index < segments.length; index++) {
    const { text, strong, start: at } = segments[index] ?? NO_SEGMENT;
    if (at >= end) break;
    const piece = text.slice(Math.max(start - at, 0), end - at);
    if (piece === '') continue;
    if (strong) ranges.push([plain.length, plain.length + piece.length]);
    plain += piece;
  }
  return { markdown: escapeMarkdown(plain, ranges), strong: ranges.length > 0 };
}
