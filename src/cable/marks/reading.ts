import type { Level } from '../types.js';
import { higherLevel, type Marking } from './marking.js';
import {
  CAVEAT_WORDS,
  closed,
  CONTROLS,
  folded,
  LEVEL_WORDS,
  RELEASED,
  WITH_NOFORN,
} from './words.js';

/** Brackets of all kinds: a mark in any of them is one. */
const OPENING = /^[\p{Ps}<«‹]/u;
const BRACKETED =
  /^[\p{Ps}<«‹]((?:(?!\n\s*\n)[^\p{Ps}\p{Pe}<>«»‹›]){1,250}(?:\([^()\n]{1,12}\))?)[\p{Pe}>»›]/u;

/** What parts a mark: slashes, dashes, commas, `AND`, blanks before words that marks have. */
const SEPARATOR =
  /\s*(?:[/\\⁄∕]+|[,;:+|_&=()\u2010-\u2015−]|-{1,2})\s*(?:AND\s+)?|\s+AND\s+|\s+(?=(?:REL|RELEASABLE|NF|NOFORN|NO FORN|ORCON|OC|FGI|ENTIRE TEXT|EXDIS|NODIS|LIMDIS|STADIS)\b)/g;
/** Behind these a word that no table holds may be a caveat: nobody writes prose so. */
const SLASHES = /[/\\⁄∕]/;

/** A mark taken apart. */
export interface MarkReading extends Marking {
  readonly level: Level;
  /** The level and all caveats are known. */
  readonly known: boolean;
  /** A caveat that is known, or two slashes: prose has neither. */
  readonly certain: boolean;
  /** All of it is in capitals, but for the countries of a release. */
  readonly capitals: boolean;
  /** It is one letter. */
  readonly single: boolean;
}

/**
 * Reads what stands between the brackets of a mark, or null where it is none: `C`, `S//OC/NF`, `C/REL
 * MCFI`, `S/Rel China` (07STATE152317 ¶4), `C - ENTIRE TEXT`. What stands behind the level and is not
 * known is kept as a caveat (`S//FGI//NF`, 08STATE116943 ¶15): a mark is never read as lower than it
 * may mean.
 */
export function readMark(inside: string): MarkReading | null {
  const plain = folded(inside)
    .replace(/^(SEC|TOP|CONF?I?|CONFIDEN)-\s*(?=\p{Lu})/u, '$1') // cut at a line's end
    .replace(/[.:)]+$/, '')
    .replace(/^[/\\]{2}/, ''); // `(//CTS//BOHEMIA)`: another's mark
  const upper = plain.toUpperCase();
  // Most brackets hold something else: their first word is no level, or a sign stands before it.
  const end = upper.search(SEPARATOR);
  if (end === 0 || !LEVEL_WORDS.has(closed(end < 0 ? upper : upper.slice(0, end)))) return null;
  const words: { text: string; before: string }[] = [];
  let from = 0;
  let before = '';
  for (const { index, 0: separator } of upper.matchAll(SEPARATOR)) {
    if (index > from) words.push({ text: upper.slice(from, index), before });
    before = `${index > from ? '' : before}${separator}`;
    from = index + separator.length;
  }
  if (from < upper.length) words.push({ text: upper.slice(from), before });
  const [first, ...rest] = words;
  const main = closed(first?.text ?? '');
  let level = LEVEL_WORDS.get(main);
  if (level === undefined || (first?.before ?? '') !== '') return null;
  const caveats: string[] = WITH_NOFORN.test(main) ? ['NOFORN'] : [];
  // `(U/S)` is an Under Secretary (10DAMASCUS168).
  if (/^U\/[SC]$/.test(upper)) return null;
  let known = true;
  let released = false;
  let certain = /[/\\]{2}/.test(plain) || caveats.length > 0;
  for (const { text, before: sign } of rest) {
    const also = LEVEL_WORDS.get(closed(text));
    const caveat = CAVEAT_WORDS.get(text);
    const countries = RELEASED.exec(text)?.[1];
    if (also !== undefined && /&/.test(sign)) return null; // `(C&C)` (79LAPAZ4058)
    if (also !== undefined)
      level = higherLevel(level, also); // (U/FOUO)
    else if (caveat !== undefined) caveats.push(caveat);
    else if (countries !== undefined) {
      caveats.push(`REL ${countries}`.trim());
      released = true;
    } else if (released)
      caveats.push(`REL ${text}`); // (S/REL USA, GBR)
    else if (/^FGI\b/.test(text)) caveats.push(text);
    else {
      // `(S/2008/123)` is a document of the United Nations, `(C-130)` an aeroplane.
      if (/^\d/.test(text) || (/\d/.test(text) && !/[/\\]{2}/.test(sign))) return null;
      if (!/^[A-Z][A-Z\d .'’]*$/.test(text)) return null;
      if (/[&=(]/.test(sign) && !CONTROLS.has(text)) return null; // `(S&ED)` (09BEIJING1761)
      if (!SLASHES.test(sign) && text.length < 2 && !certain) return null;
      known = false;
      caveats.push(text);
      if (!CONTROLS.has(text)) continue;
    }
    certain = true;
  }
  // Something that nobody knows narrows who may read it: that is no longer unclassified alone.
  if (!known && level === 'U') level = 'SBU';
  const release = /\bREL(?:EASABLE)?\b/i.exec(plain)?.index ?? plain.length;
  return {
    level,
    caveats: caveats.filter((each) => each !== ''),
    known,
    certain,
    capitals: plain.slice(0, release) === upper.slice(0, release),
    single: upper.length === 1,
  };
}

/** What was looked at last: each bracket is asked about several times in a row. */
let looked: { readonly text: string; readonly match: RegExpExecArray | null } = {
  text: '',
  match: null,
};

function bracketAt(text: string): RegExpExecArray | null {
  if (looked.text !== text) looked = { text, match: BRACKETED.exec(text) };
  return looked.match;
}

/** A mark in brackets at the start of a text, with what it is taken apart into; null for none. */
export function bracketedMark(text: string): { printed: string; reading: MarkReading } | null {
  if (!OPENING.test(text)) return null;
  const match = bracketAt(text);
  const reading = match?.[1] === undefined ? null : readMark(match[1]);
  return match === null || reading === null ? null : { printed: match[0], reading };
}

const LONGEST_MISREAD = 40;

/**
 * A mark in brackets whose letters were misread, as by a scanner: `(5BU)`, `(S/N0F0RN)`, `(SlNF)`, `(T.S./N.F.)`.
 * Null for none, and for one letter alone.
 */
export function misreadMark(text: string): { printed: string; reading: MarkReading } | null {
  const [printed, inside] = bracketAt(text) ?? [];
  if (printed === undefined || inside === undefined || inside.length > LONGEST_MISREAD) return null;
  const mended = inside
    .replace(/0/g, 'O')
    .replace(/[5$]/g, 'S')
    .replace(/(?<=^[A-Z]{1,3})[l|1I]{1,2}(?=[A-Z]{2})/, '/')
    .replace(/\b([A-Z])\.(?=[A-Z]\b|\W|$)/g, '$1');
  if (mended === inside) return null;
  const reading = readMark(mended);
  return reading === null || reading.single || !reading.known ? null : { printed, reading };
}

const LONGEST_DAMAGED = 60;

/** A caveat behind a slash, one that is no other word behind any sign, or one before a slash. */
const HINT = String.raw`(?:[/\\](?:NF|NOFORN|OC|ORCON|SI|TK|HCS|FGI|REL)|[^\p{L}\p{N}\s](?:NF|NOFORN|ORCON))(?![A-Za-z\d])`;

const HINTS = new RegExp(
  String.raw`${HINT}|^(?:NF|NOFORN|OC|ORCON)[/\\]|^[/\\]{0,2}JOINT\b|^[/\\]{2}[A-Z]{3} [A-Z]|\b(?:TOP SECRET|SECRET|CONFIDENTIAL|COSMIC|ATOMAL)\b|^U\b.+\b(?:S|C|TS)$`,
  'u',
);

/** `fS//NF)`, `©/NF`: the level's letter is damaged. */
const HINT_IN_TOKEN = new RegExp(String.raw`^[^\s/\\]{0,4}[/\\]{0,2}[^\s/\\]{0,4}${HINT}`, 'u');

/**
 * What stands where a mark does and has a caveat, but no level that can be read: `(5/NF)`, `(NOFORN)`, `fS//NF)`,
 * `[Begin S/NF]`, `(This paragraph is SECRET)`. Returns what is printed, or null.
 */
export function damagedMark(text: string): string | null {
  const [whole, inside] = bracketAt(text) ?? [];
  if (whole !== undefined && inside !== undefined) {
    const plain = folded(inside);
    if (plain.length <= LONGEST_DAMAGED && (isControl(plain) || HINTS.test(plain))) return whole;
  }
  const token = /^\S{1,40}/.exec(text)?.[0] ?? '';
  return HINT_IN_TOKEN.test(folded(token)) ? token : null;
}

function isControl(word: string): boolean {
  // Shorter ones are items of lists and parties: `(G)` (79LAPAZ6049).
  if (word.length > 2 && CONTROLS.has(word)) return true;
  return CAVEAT_WORDS.get(word) === 'NOFORN' || word === 'RESTRICTED';
}
