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
  const breaks = /\r\n|\n|\r/g;
  let start = from;
  while (start < to) {
    breaks.lastIndex = start;
    const found = breaks.exec(text);
    const end = found === null ? to : Math.min(found.index, to);
    const next = found === null ? to : Math.min(found.index + found[0].length, to);
    lines.push({ start, end, next, trimmed: text.slice(start, end).trim() });
    start = next;
  }
  return lines;
}
