import type { Segment } from '../../quotes/highlights.js';
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
  const text = segments.map((segment) => segment.text).join('');
  const pages: TextPage[] = [];
  for (let start = 0; start < text.length;) {
    const end = endOfPage(segments, text, start, limit);
    pages.push(pageOf(segments, start, end));
    start = end;
  }
  return pages;
}

/** What a text costs as markdown, at most. */
export function costOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, { text, strong }) => sum + markdownCost(text, strong), 0);
}

function endOfPage(
  segments: readonly Segment[],
  text: string,
  start: number,
  limit: number,
): number {
  let cost = 0;
  let at = 0;
  for (const { text: piece, strong } of segments) {
    const own = piece.slice(Math.max(start - at, 0));
    at += piece.length;
    const whole = markdownCost(own, strong);
    if (cost + whole <= limit) {
      cost += own === '' ? 0 : whole;
      continue;
    }
    cost += markdownCost('', strong);
    let end = at - own.length;
    for (const character of own) {
      cost += markdownCost(character, strong && character === '\n');
      if (cost > limit) return breakBefore(text, start, Math.max(end, start + character.length));
      end += character.length;
    }
  }
  return text.length;
}

/** The last good break in [start, end): behind a line, a sentence or a word. */
function breakBefore(text: string, start: number, end: number): number {
  const from = start + Math.floor((end - start) * SEARCHED);
  const half = text.slice(from, end);
  for (const pattern of [
    /\n+(?![\s\S]*\n)/,
    /[.!?]["”’)]?\s+(?![\s\S]*[.!?]["”’)]?\s)/,
    /\s+(?!.*\s)/s,
  ]) {
    const found = pattern.exec(half);
    if (found !== null) return from + found.index + found[0].length;
  }
  return end;
}

function pageOf(segments: readonly Segment[], start: number, end: number): TextPage {
  let at = 0;
  let plain = '';
  const ranges: [number, number][] = [];
  for (const segment of segments) {
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, segment.text.length);
    at += segment.text.length;
    if (from >= to) continue;
    if (segment.strong) ranges.push([plain.length, plain.length + to - from]);
    plain += segment.text.slice(from, to);
  }
  return { markdown: escapeMarkdown(plain, ranges), strong: ranges.length > 0 };
}
