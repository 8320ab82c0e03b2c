import {
  FIRST_LETTERS,
  LONGEST_LINE,
  readClassificationLine,
  type ClassificationLine,
} from './classification-line.js';

/** A level anywhere in a line, where something may be run in before it: `GENEVA 1660UNCLAS BEIJING 001689`. */
const LEVEL_ANYWHERE =
  /TOP\s*SECRET|T O P\s{1,3}S E C R E T|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|S ?E ?C ?R ?E ?T|U ?N ?C ?L ?A ?S|LIMITED OFFICIAL USE/gi;

/** The line stands so far from a body's beginning, at most. */
const FARTHEST = 4000;

/**
 * The first classification line of a text: one with a post and a number anywhere in a line, or one without a post
 * or with a misprinted level that stands alone on its line.
 */
export function firstClassificationLine(text: string): ClassificationLine | null {
  const head = text.slice(0, FARTHEST);
  // Most bodies begin with it.
  const end = lineEnd(text, 0);
  const own = readClassificationLine(text.slice(0, end), false);
  if (own !== null && own.post !== null) return { ...own, start: 0, end };
  let found: ClassificationLine | null = null;
  for (const { index } of head.matchAll(LEVEL_ANYWHERE)) {
    const lineEnds = lineEnd(text, index);
    const line = readClassificationLine(text.slice(index, lineEnds), false);
    if (line === null || line.post === null) continue;
    found = { ...line, start: index, end: lineEnds };
    break;
  }
  const before = found?.start ?? head.length;
  for (let start = 0; start < before; start = lineEnd(text, start) + 1) {
    const lineEnds = lineEnd(text, start);
    const line = readClassificationLine(text.slice(start, lineEnds));
    // Without a post it must stand where the first line does: under a header, or at a body's beginning.
    if (line?.whole !== true || (line.post === null && !isUnderHeader(text.slice(0, start))))
      continue;
    const printed = text.slice(start, lineEnds);
    return { ...line, start: lineEnds - printed.trimStart().length, end: lineEnds };
  }
  return found;
}

function isUnderHeader(above: string): boolean {
  return above.trim() === '' || /(?:^|\n)[ \t]*FM\s/.test(above);
}

/** How a classification line begins, on a line of its own or in a cell of a dump's row. */
const BEGINS = /(?:T ?O ?P|C ?O ?N ?F|S ?E ?C ?R|S ?E ?R ?C|U ?N ?C|L ?I ?M ?I ?T)[A-Z ]{2,40}/iy;
/** Its first two letters: few lines go farther. */
const FIRST_PAIRS = new Set(['TO', 'CO', 'SE', 'UN', 'LI', 'T ', 'C ', 'S ', 'U ', 'L ']);
const BLANK = 0x20;

/** A header that runs straight into its body: `SECSTATE WASHDC 5610C O N F I D E N T I A L MADRID 000002`. */
const RUN_IN =
  /\d(?=T O P S|TOP SECRET|C O N F|CONFIDENTIAL|S E C R E T|SECRET|UNCLAS|LIMITED OFF)/g;

/** Every classification line of a text that names a post and begins a line or a cell, or is run in, in order. */
export function classificationLines(text: string): ClassificationLine[] {
  const found: ClassificationLine[] = [];
  const cells = text.includes('\t');
  for (let from = 0; from < text.length; from = nextStart(text, from, cells)) {
    let start = from;
    while (text.charCodeAt(start) === BLANK) start++;
    if (!FIRST_LETTERS.has(text.charCodeAt(start))) continue; // most lines
    if (!FIRST_PAIRS.has(text.slice(start, start + 2).toUpperCase())) continue;
    BEGINS.lastIndex = start;
    if (!BEGINS.test(text)) continue;
    const end = lineEnd(text, start);
    const cell = text.slice(start, Math.min(end, start + LONGEST_LINE + 1)).split('\t', 1)[0] ?? '';
    const line = cell.length > LONGEST_LINE ? null : readClassificationLine(cell);
    if (line !== null && line.post !== null) found.push({ ...line, start, end });
  }
  for (const { index } of text.matchAll(RUN_IN)) {
    const start = index + 1;
    const end = lineEnd(text, start);
    const line = readClassificationLine(text.slice(start, end), false);
    if (line !== null && line.post !== null) found.push({ ...line, start, end });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The level of a line that is a classification line, or null. */
export function printedLevel(line: string): string | null {
  if (!FIRST_LETTERS.has(line.charCodeAt(0)) || line.length > LONGEST_LINE) return null;
  BEGINS.lastIndex = 0;
  if (!BEGINS.test(line)) return null;
  const read = readClassificationLine(line);
  return read === null || read.post === null ? null : read.level;
}

/** Where the next line begins, or the next cell of a row. */
function nextStart(text: string, from: number, cells: boolean): number {
  const feed = text.indexOf('\n', from);
  const line = feed < 0 ? text.length : feed + 1;
  const tab = cells ? text.indexOf('\t', from) : -1;
  return tab < 0 ? line : Math.min(line, tab + 1);
}

function lineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) return at;
  }
  return text.length;
}
