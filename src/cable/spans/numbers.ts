import type { BodyLine, LinedText } from '../lines.js';
import { markAt, markBehindNumber, type Mark } from '../marks/portion.js';
import { BULLET, isRedaction, RULE } from '../patterns.js';

/** A place where a numbered paragraph may begin. */
export interface NumberCandidate {
  /** Offset of the first character of what is printed: `¶`, the number, or the mark before it. */
  readonly start: number;
  readonly printed: number;
  readonly mark: Mark | null;
  /** The page's or the text's own ¶ stands before the number. */
  readonly pilcrow: boolean;
  /** It stands inside a line, where a second paragraph was run in. */
  readonly midLine: boolean;
  /** A blank line, a rule or a stamp is above, or it is the first text. */
  readonly setApart: boolean;
  /** The text above ends a sentence, or is short enough to be a heading. */
  readonly aboveIsComplete: boolean;
  /** Nothing follows the number on its line: `2006.` (06MADRID293). */
  readonly alone: boolean;
  readonly indented: boolean;
  /** `)` after the number instead of a full stop, as lists have it (07BEIJING1760 ¶4). */
  readonly parenthesis: boolean;
}

/**
 * A number at a line's start: `¶4. `, `4. `, `4.(C)` (07DUBAI59), `4) `, `(7). ` (09PESHAWAR41),
 * `15 (C)` (09BRUSSELS1399), `(C) 1. `. What follows the full stop is no digit: `1.4 (b)` is none.
 */
const AT_LINE_START =
  /^([ \t]*)(¶\s?)?(\([A-Z/ ]{1,12}\)\s*)?(?:(\d{1,4})\s*\.(?!\d)|(\d{1,3})\)(?=\s)|\((\d{1,2})\)\s*\.?(?=\s)|(\d{1,2})(?=\s{0,2}\([A-Z]))/i;

/** A paragraph run into the line above: `... develop and grow. 12. (C) Ambassador` (02BRASILIA4227). */
const RUN_IN_NUMBER = /(?<=[\s)])(¶\s?)?(\d{1,2})\s{0,2}\.\s{0,3}$/;
const RUN_IN_MARK = /^\([A-Z/\- ]{1,24}\)/i;

const LONGEST_MARK = 260;

/** Lines shorter than this may be headings; hard-wrapped text runs to 55 columns and more. */
const SHORT_LINE = 45;

/** Every place of a body where a numbered paragraph may begin, in order. */
export function numberCandidates({ text: body, lines }: LinedText): NumberCandidate[] {
  const candidates: NumberCandidate[] = [];
  let above: BodyLine | null = null;
  let blankAbove = true;
  let stampAbove = false;
  for (const line of lines) {
    if (line.trimmed === '') {
      blankAbove = true;
      continue;
    }
    if (line.stamp) {
      stampAbove = true;
      continue;
    }
    const text = body.slice(line.start, line.end);
    const aboveIsComplete = above === null || isComplete(above.trimmed);
    // A page stamp with its blank lines cuts sentences: it sets apart only what it does not cut.
    const setApart = stampAbove ? aboveIsComplete : blankAbove;
    const first = atLineStart(body, line, setApart, aboveIsComplete);
    if (first !== null) candidates.push(first);
    for (const run of insideLine(text, line, first?.start ?? -1)) candidates.push(run);
    above = line;
    blankAbove = RULE.test(line.trimmed);
    stampAbove = false;
  }
  return candidates;
}

function atLineStart(
  body: string,
  line: BodyLine,
  setApart: boolean,
  aboveIsComplete: boolean,
): NumberCandidate | null {
  if (!/^[\d¶(]/.test(line.trimmed)) return null; // most lines
  const text = body.slice(line.start, line.end);
  const match = AT_LINE_START.exec(text);
  if (match === null) return null;
  const digits = match[4] ?? match[5] ?? match[6] ?? match[7] ?? '';
  const rest = text.slice(match[0].length).trimStart();
  const leading = match[3] === undefined ? null : markAt(match[3].trim());
  // A long mark goes on in the next line (08STATE79112 ¶5).
  const behind = line.end - rest.length;
  const mark = leading ?? markBehindNumber(body.slice(behind, behind + LONGEST_MARK));
  if (match[3] !== undefined && leading === null) return null;
  if (match[7] !== undefined && mark === null) return null;
  const indent = match[1] ?? '';
  return {
    start: line.start + indent.length,
    printed: Number(digits),
    mark,
    pilcrow: match[2] !== undefined,
    midLine: false,
    setApart,
    aboveIsComplete,
    alone: rest === '',
    indented: indent.replaceAll('\t', '    ').length >= 3,
    parenthesis: match[5] !== undefined || (match[6] !== undefined && mark === null),
  };
}

function isComplete(line: string): boolean {
  if (line.length < SHORT_LINE || /[.!?:"”)]/.test(line.slice(-1))) return true;
  return line.endsWith('XXXX') || isRedaction(line);
}

function insideLine(text: string, line: BodyLine, lineStartCandidate: number): NumberCandidate[] {
  const found: NumberCandidate[] = [];
  for (let at = text.indexOf('(', 3); at > 0; at = text.indexOf('(', at + 1)) {
    const before = RUN_IN_NUMBER.exec(text.slice(Math.max(0, at - 14), at));
    if (before === null || !RUN_IN_MARK.test(text.slice(at, at + 26))) continue;
    const index = at - before[0].length;
    const mark = markAt(text.slice(at));
    const start = line.start + index;
    if (mark === null || start <= lineStartCandidate) continue;
    if (/\d\s{1,3}$/.test(text.slice(Math.max(0, index - 4), index))) continue;
    if (lineStartCandidate >= 0 && start - lineStartCandidate < 8) continue;
    if (BULLET.test(line.trimmed) && line.trimmed.length < SHORT_LINE) continue;
    found.push({
      start,
      printed: Number(before[2]),
      mark,
      pilcrow: before[1] !== undefined,
      midLine: true,
      setApart: false,
      aboveIsComplete: true,
      alone: false,
      indented: false,
      parenthesis: false,
    });
  }
  return found;
}
