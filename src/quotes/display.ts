import { linesOf } from '../cable/lines.js';
import { BULLET, RULE, SUB_PARAGRAPH } from '../cable/patterns.js';
import { replaceRunInStamps, stampsAmong } from '../cable/stamps.js';

/** Stands where a page stamp was left out. */
export const STAMP_LEFT_OUT = '[stamp]';

/** Signs of the private use area that mark places in a text while its lines are folded; cables have none. */
export const SIGNS = ['\ue000', '\ue001', '\ue002', '\ue003'] as const;
const NOT_SIGNS = /[^\ue000-\ue003]+/g;
const ALL_SIGNS = /[\ue000-\ue003]+/g;

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
  let signs = ''; // those of a line that is left out
  const lines = linesOf(text).map(({ trimmed }) => ({
    trimmed,
    bare: trimmed.replace(ALL_SIGNS, '').trim(),
  }));
  const stamps = stampsAmong(lines.map(({ bare }) => bare));
  for (const [index, line] of lines.entries()) {
    if (line.bare === '' || (!keepStamps && stamps[index] === true)) {
      if (line.bare === '') blank = true;
      else stamped = true;
      signs += line.trimmed.replace(NOT_SIGNS, '');
      continue;
    }
    const sign = `${stamped ? `${STAMP_LEFT_OUT} ` : ''}${signs}`;
    // A stamp with its blank lines stands between two lines of one sentence or two paragraphs.
    const joined = stamped ? /[^.!?:"”)]$/.test(open.replace(ALL_SIGNS, '')) : !blank;
    const ownLine = BULLET.test(line.bare) || SUB_PARAGRAPH.test(line.bare) || RULE.test(line.bare);
    if (open !== '' && !joined) {
      flush();
      blocks.push('');
    } else if (open !== '' && (breaks || ownLine)) flush();
    const words = keepStamps ? line.trimmed : replaceRunInStamps(line.trimmed, STAMP_LEFT_OUT);
    open += `${open === '' ? '' : ' '}${sign}${words}`;
    breaks = line.bare.length < WRAPPED_LINE || RULE.test(line.bare) || TABLE_ROW.test(line.bare);
    blank = false;
    stamped = false;
    signs = '';
  }
  open += signs;
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
