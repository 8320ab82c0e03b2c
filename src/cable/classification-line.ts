import { distance } from 'fastest-levenshtein';
import { isSwapped } from './swapped.js';

/**
 * The line that a body begins with: `S E C R E T SECTION 02 OF 03 THE HAGUE 000174`. What stands in it comes in
 * this order: the classification, captions (`E F T O`, `NOFORN`), the section, the post and its number.
 */
export interface ClassificationLine {
  /** Offsets in the text: where the classification begins, and where its line ends. */
  readonly start: number;
  readonly end: number;
  /** In the archive's spelling. */
  readonly level:
    'UNCLASSIFIED' | 'LIMITED OFFICIAL USE' | 'CONFIDENTIAL' | 'SECRET' | 'TOP SECRET';
  /** `E F T O` (encrypt for transmission only) or `FOUO`: for official use only. */
  readonly officialUse: boolean;
  /** 2 of `SECTION 02 OF 03`; null where no section is named. */
  readonly section: number | null;
  /** 3 of `SECTION 02 OF 03`. */
  readonly sections: number | null;
  /** As it is printed; null in `LIMITED OFFICIAL USE 0526` (74LAPAZ526). */
  readonly post: string | null;
  /** Without its zeros. */
  readonly number: string;
  /** Nothing but blanks stands behind the number. */
  readonly whole: boolean;
}

type Level = ClassificationLine['level'];

/** How each level is spelled; those of one word are met misprinted too (`UNCLS LA PAZ 3729`). */
const SPELLINGS: readonly (readonly [spelling: string, level: Level])[] = [
  ['LIMITED OFFICIAL USE', 'LIMITED OFFICIAL USE'],
  ['TOP SECRET', 'TOP SECRET'],
  ['TOPSECRET', 'TOP SECRET'],
  ['UNCLASSIFIED', 'UNCLASSIFIED'],
  ['CONFIDENTIAL', 'CONFIDENTIAL'],
  ['UNCLAS', 'UNCLASSIFIED'],
  ['SECRET', 'SECRET'],
];

/** What stands between a level and its post: whom it is for, and the section. */
const CAPTION =
  /^(?:[/,;:.()-]+|(?:EFTO|FOUO|FOR OFFICIAL USE ONLY|NOFORN|NO FORN|SENSITIVE|EXDIS|NODIS|LIMDIS|STADIS|SIPDIS|SPECAT|CORRECTED COPY|CCY)\b)\s*/;
const NUMBER_WORDS = ['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE'];
const COUNT = String.raw`\d{1,2}|${NUMBER_WORDS.join('|')}`;
/**
 * `SECTION 01 OF 02`, `SECTION 1 ON 2`, `SECTION ONE OF TWO`, `FINAL SECTION OF 2`, `SECION 1 OR 3`, `SEC 3 0F 3`,
 * `SECTION 01 OF02`. Its word is checked by {@link isSectionWord}.
 */
const SECTION = new RegExp(
  String.raw`^(FINAL )?([A-Z]{3,9})\b(?: (${COUNT})(?![A-Z]))?(?: ?[O0][FNR] ?(${COUNT})(?!\d))?\s*`,
);
/** One to five words and a number: `THE HAGUE 000174`, `PORT A 76`, `COTON0U 123`, `RIYADH PD 12`. */
const POST_AND_NUMBER =
  /^((?!PAGE\b|SECTION\b|VZCZC)[A-Z][A-Z0.'-]{1,24}(?: {1,3}[A-Z.'-]{1,24}){0,4}?)[\s#]*0*([1-9]\d{0,6})(?!\d)/;
const NUMBER_ALONE = /^0*([1-9]\d{0,5})(?=\s*$)/;
/** A run of single letters: `C O N F I D E N T I A L`, `E F T O`. */
const SPACED = /(?<![A-Z0-9'])(?:[A-Z] )+[A-Z](?![A-Z0-9'])/g;

/** What such a line begins with. */
export const FIRST_LETTERS = new Set(Array.from('TCSULtcsul \t', (letter) => letter.charCodeAt(0)));
/** A level whose letters are spaced out in part: `C ONFIDENTIAL` (09BAKU744). */
const BROKEN_LEVEL =
  /^(?:C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|(?:T ?O ?P ?)?S ?E ?C ?R ?E ?T|U ?N ?C ?L ?A ?S)/;

/** No such line is longer. */
export const LONGEST_LINE = 160;

/**
 * Takes a line apart that begins with a classification, or returns null. With `misprints` a level may lack or
 * have a letter.
 */
export function readClassificationLine(
  printed: string,
  misprints = true,
): Omit<ClassificationLine, 'start' | 'end'> | null {
  if (!FIRST_LETTERS.has(printed.charCodeAt(0))) return null; // most lines
  const line = printed.slice(0, LONGEST_LINE).toUpperCase().replace(/\s+/g, ' ').trim();
  const closed = /\b[A-Z] [A-Z]/.test(line)
    ? line
        .replace(SPACED, (letters) => letters.replaceAll(' ', ''))
        .replace(BROKEN_LEVEL, (letters) => letters.replaceAll(' ', ''))
        .replace(/^TOP ?SECRET/, 'TOP SECRET')
    : line;
  const level = levelAt(closed, misprints);
  if (level === null) return null;
  let rest = closed.slice(level.length).trimStart();
  let officialUse = false;
  let section: number | null = null;
  let sections: number | null = null;
  for (;;) {
    const caption = CAPTION.exec(rest)?.[0];
    const [sectionText, final, word = '', number = '', of = ''] = SECTION.exec(rest) ?? [];
    if (caption !== undefined) {
      officialUse ||= /EFTO|FOUO|OFFICIAL USE/.test(caption);
      rest = rest.slice(caption.length);
    } else if (sectionText !== undefined && section === null && isSectionWord(word)) {
      sections = valueOf(of);
      section = (final === undefined ? valueOf(number) : sections) ?? 1;
      rest = rest.slice(sectionText.length);
    } else break;
  }
  const [whole, post = null, number = ''] =
    POST_AND_NUMBER.exec(rest) ?? insertNull(NUMBER_ALONE.exec(rest)) ?? [];
  if (whole === undefined || /^[A-Z]{3}\d{4}$/.test(whole)) return null; // `PTQ5332` is the telegraph's
  const ends = rest.slice(whole.length).replace(/^\\/, '').trim() === '';
  return { level: level.level, officialUse, section, sections, post, number, whole: ends };
}

function isSectionWord(word: string): boolean {
  return /^SECS?$/.test(word) || (word.length >= 5 && distance(word, 'SECTION') <= 2);
}

function insertNull(match: RegExpExecArray | null): [string, null, string] | null {
  return match === null ? null : [match[0], null, match[1] ?? ''];
}

function valueOf(word: string): number | null {
  const spelled = NUMBER_WORDS.indexOf(word) + 1;
  return spelled > 0 ? spelled : Number(word) || null;
}

/** A level ends its word, `SECRETARY` is none; letters that are spaced out run on into the next ones. */
const ENDS = /^(?:[^A-Z]|EFTO|SECTION|NOFORN|$)/;

function levelAt(text: string, misprints: boolean): { level: Level; length: number } | null {
  for (const [spelling, level] of SPELLINGS) {
    if (text.startsWith(spelling) && ENDS.test(text.slice(spelling.length)))
      return { level, length: spelling.length };
  }
  if (!misprints) return null;
  for (const [spelling, level] of SPELLINGS) {
    const words = spelling.split(' ').length;
    const printed = text.split(' ', words).join(' ');
    const most = spelling.length >= 9 ? 2 : 1;
    if (printed[0] !== spelling[0] || Math.abs(printed.length - spelling.length) > most) continue;
    if (distance(printed, spelling) <= most || isSwapped(printed, spelling)) {
      return { level, length: printed.length };
    }
  }
  return null;
}
