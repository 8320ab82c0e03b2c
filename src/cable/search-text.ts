import { trimmedLine } from './lines.js';
import { replaceRunInStamps, stampsAmong } from './stamps.js';
import { fromWindows1252, WINDOWS_1252, windows1252Byte } from './windows-1252.js';

/**
 * Damage of the transmission and of charsets, mended for the search text alone: what is shown is
 * never changed. Each row has a cable that shows it.
 */
const REPAIRS: readonly {
  readonly damage: RegExp;
  readonly repair: string;
  readonly seen: string;
}[] = [
  {
    damage: /(?<=\p{L})[,?](?=[sS]\b|(?<=[nN].)[tT]\b|(?:ve|re|ll)\b)/gu,
    repair: '’',
    seen: 'USTR?s (07BEIJING1689), P,s (05ANKARA7215), BRAZIL,S (09BRASILIA28), won,t (09YEREVAN20)',
  },
  {
    damage: /(?<=^|[\s(])&(?=\p{L})([^&]{1,200}?[\p{L}.,!?])8(?=[\s.,;:)]|$)/gu,
    repair: '“$1”',
    seen: '&concessions8, &Kurdish problem.8 (05ANKARA7215), &suspicions8',
  },
  {
    damage: /(?<=^|\s)\?(?=\p{L})|(?<=\p{L})\?(?=\s\p{Ll})/gu,
    repair: '"',
    seen: '?willing to … understanding? on (07BEIJING1689)',
  },
  {
    damage: /(?<=^|\s)B7(?=\s\p{Lu})/gu,
    repair: '•',
    seen: 'B7 Continue to underline (10BRASILIA3): the byte of a bullet in hexadecimal',
  },
];

/** How a word that a line's end breaks behind a hyphen is read: in one, with its hyphen, or as its cable tells. */
export type BrokenWords = 'joined' | 'hyphened' | ReadonlySet<string> | null;

/**
 * The text of a span as it is searched: page stamps and repeated lines left out, white space folded, words that
 * lines break put together, damage mended. Its offsets are not the body's.
 */
export function searchText(text: string, broken: BrokenWords = null): string {
  const lines = text.split(/\r\n|\n|\r/).map(trimmedLine);
  const stamps = stampsAmong(lines);
  /** Lines, with what parts each from the one above. */
  const pieces: string[] = [];
  let last: string | undefined;
  for (const [index, line] of lines.entries()) {
    if (line === '' || stamps[index] === true || isRepeated(line, last)) continue;
    if (last === undefined) pieces.push(line);
    else {
      const halves = halvesOf(last, line);
      if (halves === null) pieces.push(' ', line);
      else {
        if (isOneWord(...halves, broken)) pieces.push((pieces.pop() ?? '').slice(0, -1));
        pieces.push(line);
      }
    }
    last = line;
  }
  let repaired = replaceRunInStamps(recoded(pieces.join('')), '')
    .replace(/\s+/g, ' ')
    .trim();
  for (const { damage, repair } of REPAIRS) repaired = repaired.replace(damage, repair);
  return repaired.replace(/ {2,}/g, ' ');
}

const FIRST_HALF = /(?<=^|[^\p{L}\p{N}-])(\p{L}+)-$/u;
const SECOND_HALF = /^\p{L}+/u;

/** The halves of a word that is broken between two lines behind a hyphen, or null. */
function halvesOf(above: string, line: string): [first: string, second: string] | null {
  const first = above.endsWith('-') ? FIRST_HALF.exec(above.slice(-40))?.[1] : undefined;
  const second = SECOND_HALF.exec(line)?.[0];
  return first === undefined || second === undefined ? null : [first, second];
}

/**
 * Whether halves are one word (`COM-` / `MITMENT`) or two (`ANTI-` / `IMPERIALIST`): the other words of the cable
 * tell; else telegrams in capitals break words, and later ones only at hyphens of their own.
 */
function isOneWord(first: string, second: string, broken: BrokenWords): boolean {
  if (broken === 'joined' || broken === 'hyphened') return broken === 'joined';
  const [a, b] = [first.toLowerCase(), second.toLowerCase()];
  if (broken?.has(`${a}${b}`) === true) return true;
  if (broken?.has(`${a}-${b}`) === true) return false;
  if (broken?.has(a) === true && broken.has(b)) return false;
  return `${first}${second}` === `${first}${second}`.toUpperCase();
}

/** A line's end inside a word, or behind a hyphen of its own. */
export const BROKEN_WORD = /\p{L}-[ \t\\]*[\r\n]/u;

/** The words of a body that a line's end breaks words in, hyphened ones as they are; else null. */
export function wordsThatTell(body: string): ReadonlySet<string> | null {
  if (!BROKEN_WORD.test(body)) return null;
  return new Set(
    body.toLowerCase().match(/(?<![\p{L}-])\p{L}+(?:-\p{L}+)*(?!\p{L}|-[ \t\\]*[\r\n])/gu),
  );
}

/** A line sent again behind a Q: `…in the number of` / `Q…in the number of` (09TBILISI1123). */
function isRepeated(line: string, above: string | undefined): boolean {
  if (!line.startsWith('Q') || above === undefined || above.length < 10) return false;
  const again = line.slice(1).trim();
  return again === above || (above.endsWith(again) && again.length >= 10);
}

/** A character of UTF-8 whose bytes were taken for Windows-1252: `cafÃ©`, `Iranâ€™s`. */
const TWICE_ENCODED = new RegExp(
  String.raw`[\xc2-\xdf][\x80-\xbf${WINDOWS_1252}]|[\xe0-\xef][\x80-\xbf${WINDOWS_1252}]{2}`,
  'g',
);

/** UTF-8 encoded twice, and Windows-1252 read as Latin-1 (control characters), as they were meant. */
function recoded(text: string): string {
  if (!/[\x80-\xff]/.test(text)) return text;
  const once = text.replace(TWICE_ENCODED, (damaged) => {
    const meant = Buffer.from(Array.from(damaged, windows1252Byte)).toString('utf8');
    return meant.includes('\ufffd') ? damaged : meant;
  });
  return fromWindows1252(once).replace(/[\x80-\x9f]/g, ' ');
}
