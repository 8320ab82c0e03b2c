import { linesOf } from '../cable/lines.js';
import { BULLET, RULE, SUB_PARAGRAPH } from '../cable/patterns.js';
import { replaceRunInStamps, stampsAmong } from '../cable/stamps.js';

/** Stands where a page stamp was left out. */
export const STAMP_LEFT_OUT = '[stamp]';

/** A line shorter than this was not broken by the 69 columns of a telegram: its break is kept. */
const WRAPPED_LINE = 45;

/** Columns of a table stand apart by blanks (09MEXICO193). */
const TABLE_ROW = /\S {3,}\S/;

/**
 * A quote as it is displayed: hard-wrapped lines folded into one, blank lines kept as one, page
 * stamps left out with a sign in their place (a preamble's own lines look like stamps: they are kept).
 * No other character is changed.
 */
export function displayText(text: string, { keepStamps = false } = {}): string {
  const blocks: string[] = [];
  let open = '';
  let breaks = true;
  const flush = (): void => {
    if (open !== '') blocks.push(open);
    open = '';
  };
  let blank = false;
  let stamped = false;
  const lines = linesOf(text);
  const stamps = stampsAmong(lines.map(({ trimmed }) => trimmed));
  for (const [index, line] of lines.entries()) {
    if (line.trimmed === '') {
      blank = true;
      continue;
    }
    if (!keepStamps && stamps[index] === true) {
      stamped = true;
      continue;
    }
    const sign = stamped ? `${STAMP_LEFT_OUT} ` : '';
    // A stamp with its blank lines stands between two lines of one sentence or two paragraphs.
    const joined = stamped ? /[^.!?:"”)]$/.test(open) : !blank;
    const ownLine =
      BULLET.test(line.trimmed) || SUB_PARAGRAPH.test(line.trimmed) || RULE.test(line.trimmed);
    if (open !== '' && !joined) {
      flush();
      blocks.push('');
    } else if (open !== '' && (breaks || ownLine)) flush();
    const words = keepStamps ? line.trimmed : replaceRunInStamps(line.trimmed, STAMP_LEFT_OUT);
    open += `${open === '' ? '' : ' '}${sign}${words}`;
    breaks =
      line.trimmed.length < WRAPPED_LINE || RULE.test(line.trimmed) || TABLE_ROW.test(line.trimmed);
    blank = false;
    stamped = false;
  }
  flush();
  if (stamped) blocks.push(STAMP_LEFT_OUT);
  return blocks.join('\n');
}

/**
 * Breaks lines at blanks so that none is longer than `columns`, unless a single word is. Packages for
 * this bring characters into another form (wrap-ansi normalises them): a quote's stay as they are.
 */
export function wrapText(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const lines: string[] = [];
      let open = '';
      for (const word of line.split(/(?<=\s)(?=\S)/)) {
        if (open !== '' && open.length + word.trimEnd().length > columns) {
          lines.push(open.trimEnd());
          open = '';
        }
        open += word;
      }
      return [...lines, open.trimEnd()];
    })
    .join('\n');
}
