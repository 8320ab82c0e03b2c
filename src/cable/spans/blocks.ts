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
  let cut = false;
  let stamped = false;
  for (const line of linesIn(body, from, to)) {
    if (line.trimmed === '') {
      cut = true;
    } else if (line.stamp || (isRedaction(line.trimmed) && open.length > 0)) {
      if (open.length > 0) open.push(line);
      cut = false;
      stamped ||= line.stamp;
    } else {
      const text = open.filter(({ stamp }) => !stamp);
      const last = text.at(-1)?.trimmed ?? '';
      // One line alone above a stamp is a heading: `Sabah Multipart Series on Afghanistan` (09ANKARA1594).
      const goesOn =
        stamped &&
        !ENDS_SENTENCE.test(last) &&
        (text.length > 1 ||
          last.length >= FULL_LINE ||
          last.endsWith('-') ||
          (last !== '' && /^\p{Ll}/u.test(line.trimmed)));
      const isIndented =
        indents && ENDS_SENTENCE.test(last) && INDENT.test(body.text.slice(line.start, line.end));
      if (((cut && !goesOn) || isIndented) && open.length > 0) {
        blocks.push(open);
        open = [];
      }
      open.push(line);
      cut = false;
      stamped = false;
    }
  }
  if (open.length > 0) blocks.push(open);
  return blocks;
}
