import { linesOf, type Line } from '../lines.js';
import { RULE, isStamp } from '../patterns.js';

/** How a body ends: where its signature and its trailer begin; equal to `end` where it has none. */
export interface Ending {
  readonly signature: number;
  readonly trailer: number;
  readonly signed: string | null;
}

/**
 * What may stand under the signature: the classification again (79TEHRAN8980), `NNNN`
 * (08STATE79112), `BT`, `#1234`, the declassification stamp of 75TEHRAN2069, a lone full stop.
 */
const TRAILER_LINE =
  /^(?:(?:TOP |C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|S ?E ?C ?R ?E ?T|UNCLAS(?:SIFIED)?)(?:\/\/?[A-Z /]+)?|LIMITED OFFICIAL USE|N{2,5}|BT|#\d+|=+|\.{1,3}|End Cable Text|[A-Z][A-Z ,'-]{3,40}\.\.\.|(?:Declassified\/Released|Systematic Review|Margaret P\. Grafeld).*|\d{4}[A-Z]+\d+ - [A-Z/ ]+)$/i;

/** One or two surnames, or one twice (10BRASILIA108): `RANDT`, `Crockart`, `TIMKEN JR`, `LeBaron`. */
const SURNAME = String.raw`(?:(?:Mc|Mac|Le|La|De|Di|Van|Von|O')?\p{Lu}(?:[\p{Ll}'’-]+|[\p{Lu}'’-]+))`;
const SIGNATURE_LINE = new RegExp(
  String.raw`^\.?(${SURNAME}(?:[ -]${SURNAME})?(?:,? JR)?|[a-z]{2,14})(?: \.)?(?: \d{4}-\d{2}-\d{2})?$`,
  'u',
);
/**
 * The name at the end of the last line: `… End comment. SOLOMONT` (10MADRID133), behind an address
 * `… index.c fm STAPLETON` (06PARIS7755), behind `END TEXT HEFFERN` (10USNATO52).
 */
const SIGNATURE_AT_END = new RegExp(
  String.raw`(?:[.!?)”"…]|\bc?fm|_Kingdom|END TEXT|CONSIDERED|OF \d{3}|: \d+)\s+\.?((?:${SURNAME})(?: JR| ${SURNAME})?)(?: \.)?$`,
  'u',
);
/** What is looked at of the last line: its sentence's end and a name. */
const LONGEST_SIGNATURE = 80;
const NO_NAMES =
  /^(?:end|summary|comment|note|ends|text|nato|sipdis|noforn|unclassified|secret|confidential|xx+|minimize considered|end text|end comment|end summary|end note|regards|comments?)$/i;

/** Finds the signature and the trailer at the end of [from, body.length). */
export function readEnding(body: string, from: number): Ending {
  const lines = linesOf(body, from).filter((line) => line.trimmed !== '');
  let trailer = body.length;
  let index = lines.length - 1;
  for (; index > 0; index--) {
    const line = lines[index];
    if (line === undefined) break;
    if (!TRAILER_LINE.test(line.trimmed) && !isStamp(line.trimmed)) break;
    trailer = line.start;
  }
  const none: Ending = { signature: trailer, trailer, signed: null };
  const last = lines[index];
  if (last === undefined) return none;
  const own = SIGNATURE_LINE.exec(last.trimmed);
  if (own?.[1] !== undefined && index > 0 && isName(own[1]) && mayStandUnder(lines[index - 1])) {
    return { signature: last.start, trailer, signed: once(own[1]) };
  }
  const text = body.slice(last.start, last.end).trimEnd();
  const inline = SIGNATURE_AT_END.exec(text.slice(-LONGEST_SIGNATURE));
  if (inline?.[1] !== undefined && isName(inline[1])) {
    const start = last.start + text.lastIndexOf(inline[1]);
    return { signature: start, trailer, signed: once(inline[1]) };
  }
  return none;
}

/** `SHANNON Shannon` (10BRASILIA108) → `SHANNON`. */
function once(name: string): string {
  const [first, second] = name.split(' ');
  return first !== undefined && first.toUpperCase() === second?.toUpperCase() ? first : name;
}

function isName(text: string): boolean {
  return !NO_NAMES.test(text) && text.replace(/[^\p{L}]/gu, '').length >= 2;
}

/** A rule or an underlined heading over a single word means that the word is no signature. */
function mayStandUnder(line: Line | undefined): boolean {
  const above = line?.trimmed ?? '';
  return !/^SUBJ/i.test(above) && (!RULE.test(above) || /^\*+/.test(above));
}
