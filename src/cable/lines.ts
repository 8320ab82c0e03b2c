import { stampsAmong } from './stamps.js';

/** A line of a body: [start, end) without its line break; `next` is where the next line starts. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
  /** The text without blanks around it. */
  readonly trimmed: string;
}

/** The lines of [from, to) of a text; line breaks are \n, \r\n or \r. */
export function linesOf(text: string, from = 0, to = text.length): Line[] {
  const lines: Line[] = [];
  // Each is looked for again only behind the one found: a text may have one kind alone.
  let carriageReturn = text.indexOf('\r', from);
  let lineFeed = text.indexOf('\n', from);
  let start = from;
  while (start < to) {
    if (lineFeed >= 0 && lineFeed < start) lineFeed = text.indexOf('\n', start);
    if (carriageReturn >= 0 && carriageReturn < start) carriageReturn = text.indexOf('\r', start);
    const feed = lineFeed < 0 ? to : lineFeed;
    const first = carriageReturn < 0 ? feed : Math.min(feed, carriageReturn);
    const end = Math.min(first, to);
    const width = first === carriageReturn && lineFeed === first + 1 ? 2 : 1;
    const next = Math.min(end + width, to);
    lines.push({ start, end, next, trimmed: trimmedLine(text.slice(start, end)) });
    start = next;
  }
  return lines;
}

const BACKSLASH = 0x5c;

/** A line without blanks around it, and without the ` \` that a dump ends its lines with (06GENEVA1673). */
export function trimmedLine(line: string): string {
  const trimmed = line.trim();
  return trimmed.charCodeAt(trimmed.length - 1) === BACKSLASH
    ? trimmed.slice(0, -1).trimEnd()
    : trimmed;
}

/** A line of a body, of which it is known whether it is a stamp there. */
export interface BodyLine extends Line {
  readonly stamp: boolean;
}

/** A text with its lines, found once for all who read parts of it. */
export interface LinedText {
  readonly text: string;
  readonly lines: readonly BodyLine[];
}

export function lined(text: string): LinedText {
  const lines = linesOf(text);
  const stamps = stampsAmong(lines.map(({ trimmed }) => trimmed));
  return {
    text,
    lines: lines.map(({ start, end, next, trimmed }, at) => ({
      start,
      end,
      next,
      trimmed,
      stamp: stamps[at] === true,
    })),
  };
}

/** The lines of [from, to) of a text; those that it cuts are cut. */
export function linesIn({ text, lines }: LinedText, from: number, to = text.length): BodyLine[] {
  const found: BodyLine[] = [];
  for (let index = lineAt(lines, from); index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined || line.start >= to) break;
    if (line.start >= from && line.next <= to) found.push(line);
    else {
      const [start, end] = [Math.max(from, line.start), Math.min(to, line.end)];
      const trimmed = text.slice(start, end).trim();
      const next = Math.min(to, line.next);
      found.push({ start, end: Math.max(start, end), next, trimmed, stamp: line.stamp });
    }
  }
  return found;
}

/** The index of the line that holds an offset. */
function lineAt(lines: readonly BodyLine[], offset: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lines[middle]?.next ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
