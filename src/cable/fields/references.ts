import { formatCableId, fullYear, type Citing } from '../id.js';
import { isStamp, replaceRunInStamps, RUNNING_CLASSIFICATION } from '../patterns.js';
import { canonicalPost, embassyIn, isKnownPost } from '../posts.js';

/** What a reference line names: a cable, or something else by its kind. */
export type ReferenceKind = 'cable' | 'email' | 'tel' | 'report' | 'book' | 'septel';

export interface Reference {
  readonly kind: ReferenceKind;
  /** The canonical id of a cable; of all else what is printed. */
  readonly value: string;
  /** The letter or number it is enumerated by, as in `REF B`; null where it has none. */
  readonly enum: string | null;
}

/** `A.`, `(B)`, `C)`, `[D]`, `¶E.`, `(1)`, doubled as in `A. (A) RIO 329` (09RIODEJANEIRO357). */
const ENUMERATOR = /(?<![A-Z0-9'])¶?[([]?([A-Z\d])[.)\]:]+(?=[\s(['A-Z0-9])/gi;
/** `REF A WELLINGTON 721 B WELLINGTON 690`: letters without a sign behind them, in their order. */
const BARE_ENUMERATOR = /(?<=^|\d\s{1,4})([A-Z])(?=\s+[A-Z]{3})/g;

/**
 * A cable's reference in running text: a year in two or four digits, `(08)` before or behind it, the
 * post in one to four words, the number, further numbers of the same post behind `AND` or commas.
 */
const CITED =
  /(?<![\w/-])(?:\(?'?((?:19|20)?\d{2})\)?[\s-]*)?([A-Z][A-Z'.]{0,40}(?:\s+[A-Z][A-Z'.]{0,40}){0,3})(?:\s?[:,]|\s(?=#))?\s*#?0*([1-9]\d{0,6})(?![\w/]|\.\d)((?:-\d{2,7}|\s(?:9\d|0\d)(?=\s*(?:,|$)))(?![\w/-]))?(?:\s*\(((?:19|20)?\d{2})\))?((?:\s*(?:,|AND|&|THRU|THROUGH)\s*0*[1-9]\d{1,6}(?:\s*\((?:19|20)?\d{2}\))?(?![\w/]|\s+[A-Z]))*)/gi;

/** `377 KATHMANDU`, `870 Ulaanbaatar`: the number first, and nothing else. */
const NUMBER_FIRST = /^0*([1-9]\d{0,6})\s+([A-Z][A-Z'. ]{2,30})$/i;
/**
 * `B. 2962 AND PREVIOUS`: the post is that of the one before, or the citing cable's own. A year alone
 * is none (`¶G. 2005`, 06PARIS1031).
 */
const NUMBER_ALONE = /^(?!(?:19[6-9]|20[01])\d$)0*([1-9]\d{1,6})(?:\s+AND\s+(?:PREVIOUS|NOTAL))?$/i;

/** Words before a number that name no post. */
const NO_POSTS =
  /\b(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?|E-?MAILS?|TELCONS?|TELEPHONE|FAX|MEMO(?:RANDUM)?|REPORTS?|IIR|TD|OF|ON|FROM|DATED|THRU|NOTE|PARAS?|PARAGRAPHS?|REASONS?|EUP|OSC|GMP|CEP|SAP|IAP|DTG|PAGE|SECTION|CA|UNSCR|RESOLUTION|INCSR(?: BRAZIL)?|LETTER|ARTICLE|EO|CABLE|NUMBER|NO|ICN|SERIAL|NIE|AIRGRAM|USC|VERSION|PART|PREVIOUS|POINTS|FAM|FAH|AND|HOUSE|TELEGRAMS?|VOLUME|CHAPTER)$/i;
const LEADING_WORDS =
  /^(?:AND|SEE|ALSO|REFS?|REFTELS?|REFERENCES?|AMEMBASSY|EMBASSY|CABLE|CABLES|IN|THE(?! HAGUE)|(?:CON|CONSULATE )?GEN(?:ERAL)?|BOTH|PREVIOUS|NOTAL|EXDIS|NODIS)\s+/i;
/** `COLOMBO CABLES 0266`, `MADRID TELEGRAM 1234`, `CA NO. 12`. */
const TRAILING_WORDS = /\s+(?:CABLES?|TELS?|TELEGRAMS?|SERIAL|NO\.?)$/i;

/** What is no cable, told by a word of it. First come, first served. */
const OTHER_KINDS: readonly (readonly [ReferenceKind, RegExp])[] = [
  ['email', /\be-?mails?\b/i], // "JOHNSON-STEVENS/GODFREY E-MAIL 10/15/07"
  ['tel', /\btel-?cons?\b|\b(?:tele)?phone\b|\bphonecon/i], // "MITCHELL/SIMS TELCON 02/16/2010"
  ['septel', /\bseptels?\b/i],
  ['report', /\b(?:IIR|CIR|DIA|CRS|TDX?)[- ]?\d|\bTDX?-|\b(?:reports?|INCSR|IIR)\b/i], // "TD-314/21795-05"
  ['book', /\b\d{1,2} (?:FAM|FAH)\b|\bISBN\b|\b(?:book|handbook|manual|volume)\b/i],
];

/** A range of more cables than this is a misprint. */
const LONGEST_RANGE = 20;

/**
 * What a reference line names, in order. The year of a cable is the citing cable's where none is
 * stated. What is neither a cable nor of a known kind (`PARIS POINTS JULY 15`) is left out.
 */
export function readReferences(value: string, citing: Citing): Reference[] {
  const references: Reference[] = [];
  let post = citing.post;
  for (const { letter, text } of entriesOf(oneLine(value))) {
    for (const part of text.split(';').map(trimmed)) {
      const cables = citedCables(part, citing, post);
      for (const { id, post: named } of cables) {
        references.push({ kind: 'cable', value: id, enum: letter });
        post = named;
      }
      const other = OTHER_KINDS.find(([, pattern]) => pattern.test(part));
      if (cables.length === 0 && other !== undefined) {
        references.push({ kind: other[0], value: part, enum: letter });
      }
    }
  }
  return references;
}

/** The ids of the cables among them, each once. */
export function citedIds(references: readonly Reference[]): string[] {
  const ids = references.filter(({ kind }) => kind === 'cable').map((each) => each.value);
  return [...new Set(ids)];
}

function oneLine(value: string): string {
  const joined = value
    .split(/\r\n|\n|\r/)
    .map((line) => line.replace(/\\+n?\s*$/, '').trim())
    .filter((line) => !isStamp(line) && !RUNNING_CLASSIFICATION.test(line))
    .join(' ');
  return replaceRunInStamps(joined, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^(?:\s*REF(?:ERENCE)?S?\s*:)+/i, ''); // `REF: REFERENCE: 01 ABUJA 997`
}

interface Entry {
  readonly letter: string | null;
  readonly text: string;
}

/** The line cut at its enumerators; `A. A)` is one. */
function entriesOf(text: string): Entry[] {
  const marks = [...text.matchAll(ENUMERATOR)];
  const found = marks.length > 0 ? marks : bareEnumerators(text);
  const entries: Entry[] = [];
  let letter: string | null = null;
  let from = 0;
  for (const match of found) {
    entries.push({ letter, text: text.slice(from, match.index) });
    letter = match[1]?.toUpperCase() ?? null;
    from = match.index + match[0].length;
  }
  entries.push({ letter, text: text.slice(from) });
  return entries.filter((entry) => trimmed(entry.text) !== '');
}

/** They must run A, B, C; a single letter between names is none. */
function bareEnumerators(text: string): RegExpExecArray[] {
  const found = [...text.matchAll(BARE_ENUMERATOR)];
  const inOrder = found.every((match, index) => match[1] === String.fromCharCode(65 + index));
  return found.length > 1 && inOrder ? found : [];
}

function trimmed(text: string): string {
  return text.replace(/^[\s,;:¶-]+|[\s,;:-]+$/g, '');
}

interface CitedCable {
  readonly id: string;
  readonly post: string;
}

function citedCables(text: string, citing: Citing, before: string | null): CitedCable[] {
  const found: CitedCable[] = [];
  for (const match of text.matchAll(CITED)) {
    const [, yearBefore, words = '', number = '', dash = '', yearBehind, more = ''] = match;
    const post = postOf(words);
    if (post === null) continue;
    const { year, last } = readDash(number, dash.trim().replace('-', ''), citing.year);
    const stated = (yearBefore ?? yearBehind)?.slice(-2) ?? year;
    for (const each of [...numbersTo(number, last), ...furtherNumbers(number, more)]) {
      push(found, post, each.number, each.year ?? stated ?? citing.year);
    }
  }
  if (found.length > 0) return found;
  const reversed = NUMBER_FIRST.exec(text);
  const post = reversed?.[2] === undefined ? null : postOf(reversed[2]);
  if (post !== null && isKnownPost(post)) push(found, post, reversed?.[1] ?? '', citing.year);
  const alone = NUMBER_ALONE.exec(text)?.[1];
  if (alone !== undefined && before !== null) push(found, before, alone, citing.year);
  return found;
}

function push(found: CitedCable[], post: string, number: string, year: string | null): void {
  const id = formatCableId({ year, post, number });
  if (id !== null) found.push({ id, post });
}

/** The post in the words before a number, or null where they name none. */
function postOf(words: string): string | null {
  let post = words.trim().replace(TRAILING_WORDS, '');
  while (LEADING_WORDS.test(post)) post = post.replace(LEADING_WORDS, '');
  if (NO_POSTS.test(post) || /E-?MAIL|TELCON|MEETING|MEMO\b/i.test(post)) return null;
  const spelt = canonicalPost(post);
  const name = isKnownPost(spelt) ? spelt : (embassyIn(post) ?? spelt);
  return name.length < 3 ? null : name;
}

/**
 * What stands behind a dash or a blank: the year in `QUITO 4525-91` and `AMMAN 07718 99`, the last
 * of a range in `STATE 1234-1236`. A year lies between the archive's first and the citing cable's.
 */
function readDash(
  number: string,
  behind: string,
  citingYear: string | null,
): { year: string | null; last: string | null } {
  if (behind === '') return { year: null, last: null };
  const latest = citingYear === null ? 2010 : fullYear(citingYear);
  if (behind.length === 2 && fullYear(behind) >= 1966 && fullYear(behind) <= latest) {
    return { year: behind, last: null };
  }
  const head = number.slice(0, Math.max(0, number.length - behind.length));
  return { year: null, last: `${head}${behind}` };
}

/** A cable's number, with its own year where one is printed. */
interface CitedNumber {
  readonly number: string;
  readonly year: string | null;
}

function numbersTo(first: string, last: string | null, year: string | null = null): CitedNumber[] {
  const from = Number(first);
  const to = last === null ? from : Number(last);
  if (to <= from || to - from > LONGEST_RANGE) return [{ number: first, year }];
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    number: String(from + index),
    year,
  }));
}

/** `AND 44603`, `, 259032`, `AND 02259 (2002)`, `THRU 1236`. */
function furtherNumbers(first: string, more: string): CitedNumber[] {
  const numbers: CitedNumber[] = [];
  let before = first;
  for (const match of more.matchAll(
    /(THRU|THROUGH)?\s*0*([1-9]\d*)(?:\s*\((?:19|20)?(\d{2})\))?/gi,
  )) {
    const [, range, number = '', year = null] = match;
    if (range === undefined) numbers.push({ number, year });
    else numbers.push(...numbersTo(before, number, year).slice(1));
    before = number;
  }
  return numbers;
}
