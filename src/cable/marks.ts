import { distance } from 'fastest-levenshtein';
import { LEVELS, type Level } from './types.js';

/** A level with the caveats that narrow who may read it. */
export interface Marking {
  readonly level: Level | null;
  readonly caveats: readonly string[];
}

/** A portion mark as it is printed, with what it means. */
export interface Mark extends Marking {
  readonly printed: string;
  readonly level: Level;
}

/** What stands first in a mark → its level. NATO's marks count as ours of the same name. */
const LEVEL_WORDS: ReadonlyMap<string, Level> = new Map([
  ['U', 'U'],
  ['UNCLAS', 'U'],
  ['UNCLASS', 'U'],
  ['UNCLASSIFIED', 'U'],
  ['SBU', 'SBU'],
  ['SENSITIVE BUT UNCLASSIFIED', 'SBU'],
  ['FOUO', 'SBU'],
  ['FOR OFFICIAL USE ONLY', 'SBU'],
  ['LOU', 'SBU'],
  ['LIMITED OFFICIAL USE', 'SBU'],
  ['C', 'C'],
  ['CONF', 'C'],
  ['CONFIDENTIAL', 'C'],
  ['NC', 'C'],
  ['S', 'S'],
  ['SECRET', 'S'],
  ['NS', 'S'],
  ['TS', 'TS'],
  ['TOP SECRET', 'TS'],
  ['TOPSECRET', 'TS'],
  ['CTS', 'TS'],
  ['COSMIC TOP SECRET', 'TS'],
  ['SNF', 'S'], // 09TRIPOLI1025 ¶4
  ['CNF', 'C'],
  ['TSNF', 'TS'],
]);
/** Levels whose word holds the caveat as well. */
const WITH_NOFORN = /^(?:TS|S|C)NF$/;

/** What may follow the level → the caveat it states; '' says nothing about who may read it. */
const CAVEAT_WORDS: ReadonlyMap<string, string> = new Map([
  ['NF', 'NOFORN'],
  ['NOFORN', 'NOFORN'],
  ['NO FORN', 'NOFORN'],
  ['NOFOR', 'NOFORN'],
  ['OC', 'ORCON'],
  ['ORCON', 'ORCON'],
  ['SENSITIVE', ''],
  ['ENTIRE TEXT', ''], // 79TEHRAN8980 ¶1: (C - ENTIRE TEXT)
]);

/**
 * Other words of the markings register (CAPCO) and of the Department: they narrow who may read, and stand
 * nowhere in prose behind a slash.
 */
const CONTROLS: ReadonlySet<string> = new Set(
  `SI TK HCS G GAMMA KDK RSEN COMINT IMCON PROPIN PR RELIDO DISPLAY FGI RD FRD CFRD SFRD CNWDI SIGMA SAR SAP ACCM
  DSEN EXDIS NODIS LIMDIS STADIS NOCONTRACT WNINTEL LES SSI DCNI UCNI ATOMAL BOHEMIA BALK NSAT USGOV EYES
  FVEY ACGU FOUO`.split(/\s+/),
);

/** `REL MCFI`, `Releasable to USA`: for whom it is released. */
const RELEASED = /^REL(?:EASABLE)?(?: TO)?\b ?(.*)$/;

/** Brackets of all kinds: a mark in any of them is one. */
const OPENING = /^[\p{Ps}<]/u;
const BRACKETED =
  /^[\p{Ps}<]((?:(?!\n\s*\n)[^\p{Ps}\p{Pe}<>]){1,250}(?:\([^()\n]{1,12}\))?)[\p{Pe}>]/u;

/** What parts a mark: slashes, dashes, commas, `AND`, blanks before words that marks have. */
const SEPARATOR =
  /\s*(?:[/\\⁄∕]+|[,;:+|_&=()]|-{1,2}|–|—)\s*(?:AND\s+)?|\s+AND\s+|\s+(?=(?:REL|RELEASABLE|NF|NOFORN|NO FORN|ORCON|OC|FGI|ENTIRE TEXT|EXDIS|NODIS|LIMDIS|STADIS)\b)/g;
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

/** Letters of other alphabets that look like those of marks. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  Ѕ: 'S',
  С: 'C',
  Т: 'T',
  ꜱ: 'S',
  ᴄ: 'C',
  ɴ: 'N',
  ꜰ: 'F',
};

/**
 * As it is compared: full-width letters and lookalikes as plain ones; accents, signs without width and
 * repeated blanks gone.
 */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{Cf}\p{M}]+/gu, '')
    .replace(/[ЅСТꜱᴄɴꜰ]/gu, (letter) => LOOKALIKES[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim();
}

/** `S E C R E T` → `SECRET`, `SCERET` → `SECRET`; other words stay apart and as they are. */
function closed(word: string): string {
  const whole = /^(?:[A-Z] )+[A-Z]$/.test(word) ? word.replaceAll(' ', '') : word;
  if (whole.length < 6 || LEVEL_WORDS.has(whole)) return whole;
  return MISPRINTED.find((level) => level[0] === whole[0] && distance(level, whole) <= 2) ?? whole;
}

/** Levels whose misprints are no other word. */
const MISPRINTED = ['SECRET', 'CONFIDENTIAL', 'TOPSECRET', 'UNCLASSIFIED'];

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

/** A mark in brackets at the start of a text, with what it is taken apart into; null for none. */
export function bracketedMark(text: string): { printed: string; reading: MarkReading } | null {
  if (!OPENING.test(text)) return null;
  const match = BRACKETED.exec(text);
  const reading = match?.[1] === undefined ? null : readMark(match[1]);
  return match === null || reading === null ? null : { printed: match[0], reading };
}

/**
 * What stands where a mark does and has a caveat, but no level that can be read: `(5/NF)`, `(NOFORN)`, `fS//NF)`,
 * `[Begin S/NF]`, `(This paragraph is SECRET)`. Returns what is printed, or null.
 */
export function damagedMark(text: string): string | null {
  const [whole, inside] = BRACKETED.exec(text) ?? [];
  if (whole !== undefined && inside !== undefined) {
    const plain = folded(inside);
    if (plain.length <= LONGEST_DAMAGED && (isControl(plain) || HINTS.test(plain))) return whole;
  }
  const token = /^\S{1,40}/.exec(text)?.[0] ?? '';
  return HINT_IN_TOKEN.test(folded(token)) ? token : null;
}

const LONGEST_DAMAGED = 60;
const HINT = String.raw`[/\\](?:NF|NOFORN|OC|ORCON|SI|TK|HCS|FGI|REL)(?![A-Za-z\d])`;
const HINTS = new RegExp(
  String.raw`${HINT}|\b(?:TOP SECRET|SECRET|CONFIDENTIAL)\b|^U\b.*\b(?:S|C|TS)$`,
);
/** `fS//NF)`, `©/NF`: the level's letter is damaged. */
const HINT_IN_TOKEN = new RegExp(String.raw`^[^\s/\\]{0,4}[/\\]{0,2}[^\s/\\]{0,4}${HINT}`);

function isControl(word: string): boolean {
  // Shorter ones are items of lists and parties: `(G)` (79LAPAZ6049).
  if (word.length > 2 && CONTROLS.has(word)) return true;
  return CAVEAT_WORDS.get(word) === 'NOFORN' || word === 'RESTRICTED';
}

/**
 * Reads the portion mark at the start of a text: `(SBU)`, `(C/NF)`, `[S//NF]`. Returns null where no
 * mark stands there: `(Comment: …)`, `(C)omment`, `(a)`, `(c, as it were)`.
 */
export function markAt(text: string): Mark | null {
  const found = bracketedMark(text);
  if (found === null) return null;
  const { printed, reading } = found;
  // Behind a level in small letters stands prose. A mark's words are capitals, but for the countries
  // of `(S/Rel to USA, FVEY)` (08BEIJING3067 ¶5).
  if (!reading.known && !reading.capitals) return null;
  return { printed, level: reading.level, caveats: reading.caveats };
}

/** `¶1. C) Summary` (10ROME1), `(C Summary`: one of the parentheses is missing. */
const ONE_PARENTHESIS =
  /^(?:([A-Z]{1,3}(?:\/{1,2}(?:NF|NOFORN|OC))?)\)|\(([A-Z]{1,3}(?:\/{1,2}(?:NF|NOFORN|OC))?))(?=\s+["“(]?\p{Lu})/u;

/**
 * The paragraph's own heading, with the mark behind it: `Summary: (SBU)`, `Comment. (C)`. Any other
 * text before a mark may be a sentence that is marked by what stands above it.
 */
const HEADING_BEFORE =
  /^(?:begin )?(?:executive )?(?:summary|comment|note|background|introduction|context|discussion|conclusion|action(?: request)?|key points|bio(?:graphic)? note)(?:(?: and |\s?[/&]\s?)(?:comment|action|introduction|background|request|note)(?: request)?)?\s?[:.]\s+(?=\()/i;

/** The mark of a paragraph: at its start, or behind its own heading (09ISLAMABAD155). */
export function markOfParagraph(text: string): Mark | null {
  const mark = markAt(text);
  if (mark !== null) return mark;
  const heading = HEADING_BEFORE.exec(text);
  return heading === null ? null : markInText(text.slice(heading[0].length));
}

/**
 * The mark behind a paragraph's number: as any paragraph's, or with a parenthesis missing. Without a
 * number `C) Third` is an item of a list.
 */
export function markBehindNumber(text: string): Mark | null {
  const mark = markOfParagraph(text);
  if (mark !== null) return mark;
  const one = ONE_PARENTHESIS.exec(text);
  const whole = one === null ? null : markAt(`(${one[1] ?? one[2] ?? ''})`);
  return one === null || whole === null ? null : { ...whole, printed: one[0] };
}

/**
 * The mark at the start of a text that stands inside a paragraph and may lower its level: it must be in
 * capitals and hold nothing but what is known. `(S/WCI)` is an office (07ALGIERS652), `(a)` an item.
 */
export function markInText(text: string): Mark | null {
  const found = bracketedMark(text);
  if (found === null || !found.reading.known || /^[^\p{L}]*\p{Ll}/u.test(found.printed))
    return null;
  const { level, caveats } = found.reading;
  return { printed: found.printed, level, caveats };
}

/** Whether two marks say the same. */
export function sameMark(a: Marking | null, b: Marking | null): boolean {
  return a?.level === b?.level && a?.caveats.join() === b?.caveats.join();
}

function higherLevel(a: Level, b: Level): Level {
  return LEVELS.indexOf(a) >= LEVELS.indexOf(b) ? a : b;
}

/** What holds where several markings do: the highest level, and every caveat. Null stands for no level. */
export function highest(markings: readonly Marking[]): Marking {
  let level: Level | null = null;
  const caveats = new Set<string>();
  for (const each of markings) {
    if (each.level !== null) level = level === null ? each.level : higherLevel(level, each.level);
    for (const caveat of each.caveats) caveats.add(caveat);
  }
  return { level, caveats: [...caveats] };
}

/** Whether one marking asks for more than another: a higher level, or NOFORN where the other has none. */
export function raises(marking: Marking, above: Marking): boolean {
  const rank = ({ level }: Marking): number => (level === null ? -1 : LEVELS.indexOf(level));
  const noforn = ({ caveats }: Marking): boolean => caveats.includes('NOFORN');
  return rank(marking) > rank(above) || (noforn(marking) && !noforn(above));
}

/** Where a classification is cut into its words: `SECRET//ORCON/NOFORN`, `SECRET - NOFORN`. */
const PARTS = /\s*(?:[/\\,;:&]+|\s-{1,2}\s|–|—)\s*/;

/** Levels that are spelled out, longest first: they may stand among other words (`NATO SECRET`). */
const SPELLED = [...LEVEL_WORDS.keys()]
  .filter((word) => word.length > 3)
  .sort((a, b) => b.length - a.length);

/**
 * A cable's classification → the level and caveats that its unmarked paragraphs inherit. Words in any
 * order and between any signs count, the highest level of them; a level that is not known is null.
 */
export function levelOfClassification(classification: string): {
  level: Level | null;
  caveats: string[];
} {
  const text = folded(classification.replace(/[()[\]{}]/g, ' ')).toUpperCase();
  const markings: Marking[] = text
    .split(PARTS)
    .filter((part) => part !== '')
    .map((part) => markingOf(closed(part)));
  const { level, caveats } = highest(markings);
  const isNoforn = /\bNO ?FORN\b/.test(text) && !caveats.includes('NOFORN');
  const sensitive = level === 'U' && /\bSENSITIVE\b/.test(text);
  return {
    level: sensitive ? 'SBU' : level,
    caveats: [...caveats, ...(isNoforn ? ['NOFORN'] : [])],
  };
}

function markingOf(part: string): Marking {
  const caveat = CAVEAT_WORDS.get(part);
  if (caveat !== undefined) return { level: null, caveats: caveat === '' ? [] : [caveat] };
  const countries = RELEASED.exec(part)?.[1];
  if (countries !== undefined) return { level: null, caveats: [`REL ${countries}`.trim()] };
  const read = readMark(part);
  if (read !== null) return read;
  const within = ` ${part.replace(/\b((?:[A-Z] ){2,}[A-Z])\b/g, closed)} `;
  return highest(
    SPELLED.flatMap((word) => {
      const level = LEVEL_WORDS.get(word) ?? null;
      return within.includes(` ${word} `) ? [{ level, caveats: [] }] : [];
    }),
  );
}
