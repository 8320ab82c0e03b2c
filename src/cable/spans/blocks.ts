import { linesIn, type BodyLine, type LinedText } from '../lines.js';
import { isRedaction } from '../patterns.js';

/** A line that is so far in begins a paragraph (74LAPAZ5828); a list of the text is none. */
const INDENT = /^(?: {3}|\t)/;
/** A heading is shorter. */
const FULL_LINE = 50;
const ENDS_SENTENCE = /[.!?:]["”’)]*$/;

/**
 * The runs of lines in [from, to) with blank lines between; a page's stamps with their blank lines cut none whose
 * sentence goes on behind them. Where `indents` is given, an indented line behind a sentence's end begins one too.
 */
export function blocksOf(body: LinedText, from: number, to: number, indents = false): BodyLine[][] {
  const blocks: BodyLine[][] = [];
  let open: BodyLine[] = [];
  /** Of the open block: its last line that is no stamp, and how many there are. */
  let last = '';
  let count = 0;
  let cut = false;
  let stamped = false;
  for (const line of linesIn(body, from, to)) {
    if (line.trimmed === '') {
      cut = true;
    } else if (line.stamp || (open.length > 0 && isRedaction(line.trimmed))) {
      if (open.length > 0) open.push(line);
      cut = false;
      stamped ||= line.stamp;
    } else {
      const parts =
        (cut && !(stamped && goesOn(last, count, line))) ||
        (indents && isIndented(body, line, last));
      if (parts && open.length > 0) {
        blocks.push(open);
        open = [];
        count = 0;
      }
      open.push(line);
      last = line.trimmed;
      count++;
      cut = false;
      stamped = false;
    }
  }
  if (open.length > 0) blocks.push(open);
  return blocks;
}

/**
 * Whether a sentence goes on behind a page's stamps. One short line alone above them is a heading: `Sabah Multipart
 * Series on Afghanistan` (09ANKARA1594).
 */
function goesOn(last: string, count: number, { trimmed }: BodyLine): boolean {
  if (ENDS_SENTENCE.test(last)) return false;
  if (count > 1 || last.length >= FULL_LINE || last.endsWith('-')) return true;
  return last !== '' && /^\p{Ll}/u.test(trimmed);
}

function isIndented(body: LinedText, { start, end }: BodyLine, last: string): boolean {
  return INDENT.test(body.text.slice(start, end)) && ENDS_SENTENCE.test(last);
}
