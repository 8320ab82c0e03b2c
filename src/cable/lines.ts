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
    lines.push({ start, end, next, trimmed: text.slice(start, end).trim() });
    start = next;
  }
  return lines;
}

/** A text with its lines, found once for all who read parts of it. */
export interface LinedText {
  readonly text: string;
  readonly lines: readonly Line[];
}

export function lined(text: string): LinedText {
  return { text, lines: linesOf(text) };
}

/** The lines of [from, to) of a text; those that it cuts are cut. */
export function linesIn({ text, lines }: LinedText, from: number, to = text.length): Line[] {
  const found: Line[] = [];
  for (let index = lineAt(lines, from); index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined || line.start >= to) break;
    if (line.start >= from && line.next <= to) found.push(line);
    else {
      const [start, end] = [Math.max(from, line.start), Math.min(to, line.end)];
      const trimmed = text.slice(start, end).trim();
      found.push({ start, end: Math.max(start, end), next: Math.min(to, line.next), trimmed });
    }
  }
  return found;
}

/** The index of the line that holds an offset. */
function lineAt(lines: readonly Line[], offset: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lines[middle]?.next ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
