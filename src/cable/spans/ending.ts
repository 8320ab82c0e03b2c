import { linesIn, type BodyLine, type LinedText } from '../lines.js';
import { RULE, isRedaction } from '../patterns.js';

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
  /^(?:(?:TOP |C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|S ?E ?C ?R ?E ?T|UNCLAS(?:SIFIED)?)(?:\/[A-Z /]+)?|LIMITED OFFICIAL USE|N{2,5}|BT|#\d+|=+|<{1,2} ?END OF .{2,20}>{1,2}|[=*-]{3,}[A-Z ]{2,30}[=*-]{3,}|\.{1,3}|End Cable Text|(?:Declassified\/Released|Systematic Review|Margaret P\. Grafeld).*|NOTE BY O\/?C\/?T\b.*|\*{2,} .{0,120}|\d{4}[A-Z]+\d+ - [A-Z/ ]+|.{0,80}From DB\/Inbox: TRANS|SELECT \* FROM .{0,120}|\w+ @ .{0,12})$/i;

/** One or two surnames, or one twice (10BRASILIA108): `RANDT`, `Crockart`, `TIMKEN JR`, `LeBaron`. */
const SURNAME = String.raw`(?:Mc|Mac|Le|La|De|Di|Van|Von|O')?\p{Lu}(?:[\p{Ll}'’-]+|[\p{Lu}'’-]+)`;
const SIGNATURE_LINE = new RegExp(
  String.raw`^\.?(${SURNAME}(?:[ -]${SURNAME})?(?:,? JR)?|[a-z]{2,14})(?: \.|##)?(?: \d{4}-\d{2}-\d{2})?$`,
  'u',
);
/**
 * The name at the end of the last line: `… End comment. SOLOMONT` (10MADRID133), behind an address
 * `… index.c fm STAPLETON` (06PARIS7755), behind `END TEXT HEFFERN` (10USNATO52).
 */
const SIGNATURE_AT_END = new RegExp(
  String.raw`(?:[.!?)”"…]|\bc?fm|_Kingdom|END TEXT|End of Part \w+|CONSIDERED|OF \d{3}|: \d+)\s+\.?(${SURNAME}(?: ${SURNAME})?)(?: \.)?$`,
  'u',
);
/** What is looked at of the last line: its sentence's end and a name. */
const LONGEST_SIGNATURE = 80;
const NO_NAMES =
  /^(?:end|summary|note|ends|text|nato|sipdis|noforn|unclassified|secret|confidential|x{2,}|minimize considered|end text|end comment|end summary|end note|regards|comments?)$/i;

/**
 * What stands under a signature or a trailer, and only there is none of the text: a redaction
 * (09STATE63860), the subject cut short (05PARIS1699), the post's notice over one or two lines
 * (10ANKARA126), the telegraph office's note.
 */
const UNDER_SIGNATURE = [
  /^[A-Z][A-Z ,'-]{3,40}\.\.\.$/,
  /^NOTE: [A-Z ,.]{10,120}$/,
  /^NOTE: ?NOT PASSED TO (?:THE )?ABOVE ADDRESSEE/,
  /^["“]?(?:Please )?Visit .{2,40} Classified Web ?site.{0,120}$/i,
  /^\w{0,12}\.gov\/\S{1,80}$/,
];

/** A telegram's line holds so many characters: a name that would have fitted was not wrapped. */
const COLUMNS = 55;

/** Finds the signature and the trailer at the end of [from, body.length). */
export function readEnding(lined: LinedText, from: number): Ending {
  const body = lined.text;
  const lines = linesIn(lined, from).filter((line) => line.trimmed !== '');
  let index = lines.length - 1;
  for (;;) {
    while (index >= 0 && isTrailer(lines[index])) index--;
    let above = index;
    while (above > 0 && isUnderSignature(lines[above])) above--;
    if (above === index) break;
    if (!isTrailer(lines[above]) && signatureLine(body, lines, above) === null) break;
    index = above;
  }
  const trailer = lines[index + 1]?.start ?? body.length;
  const last = lines[index];
  if (last === undefined) return { signature: trailer, trailer, signed: null };
  const own = signatureLine(body, lines, index);
  if (own !== null) return { signature: last.start, trailer, signed: once(own) };
  const text = body.slice(last.start, last.end).trimEnd();
  const inline = SIGNATURE_AT_END.exec(text.slice(-LONGEST_SIGNATURE))?.[1];
  if (inline !== undefined && isName(inline)) {
    const start = last.start + text.lastIndexOf(inline);
    return { signature: start, trailer, signed: once(inline) };
  }
  return { signature: trailer, trailer, signed: null };
}

function isTrailer(line: BodyLine | undefined): boolean {
  const text = line?.trimmed ?? '';
  return text.length <= 240 && (TRAILER_LINE.test(text) || line?.stamp === true);
}

function isUnderSignature(line: BodyLine | undefined): boolean {
  const text = line?.trimmed ?? '';
  return (
    text.length <= 240 &&
    (isRedaction(text) || UNDER_SIGNATURE.some((pattern) => pattern.test(text)))
  );
}

/** The name on a line of its own that signs what stands above it, or null. */
function signatureLine(body: string, lines: readonly BodyLine[], index: number): string | null {
  const line = lines[index];
  const above = lines[index - 1];
  if (line === undefined || above === undefined || line.trimmed.length > LONGEST_SIGNATURE)
    return null;
  const name = SIGNATURE_LINE.exec(line.trimmed)?.[1];
  if (name === undefined || !isName(name) || /^SUBJ/i.test(above.trimmed)) return null;
  // A rule over a single word means that the word is a heading.
  if (RULE.test(above.trimmed)) return above.trimmed.startsWith('*') ? name : null;
  const setApart = above.stamp || /\n\s*\n|\r\s*\r/.test(body.slice(above.end, line.start));
  const complete = /(?:[.!?:)"”'’…/*]|[\w.]8|\bc?fm|X{4,}|x{4,}|_Kingdom)$/.test(above.trimmed);
  const fitted = above.trimmed.length + 1 + name.length <= COLUMNS;
  return setApart || complete || fitted ? name : null;
}

/** `SHANNON Shannon` (10BRASILIA108) → `SHANNON`. */
function once(name: string): string {
  const [first, second] = name.split(' ');
  return first !== undefined && first.toUpperCase() === second?.toUpperCase() ? first : name;
}

function isName(text: string): boolean {
  return !NO_NAMES.test(text) && text.replace(/\P{L}/gu, '').length >= 2;
}
