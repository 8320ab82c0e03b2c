import { replaceRunInStamps, stampsAmong } from './patterns.js';

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

/**
 * The text of a span as it is searched: page stamps and repeated lines left out, white space folded,
 * damage mended. Its offsets are not the body's.
 */
export function searchText(text: string): string {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trim());
  const stamps = stampsAmong(lines);
  const kept: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === '' || stamps[index] === true || isRepeated(line, kept.at(-1))) continue;
    kept.push(line);
  }
  let repaired = replaceRunInStamps(recoded(kept.join(' ')), '')
    .replace(/\s+/g, ' ')
    .trim();
  for (const { damage, repair } of REPAIRS) repaired = repaired.replace(damage, repair);
  return repaired.replace(/ {2,}/g, ' ');
}

/** A line sent again behind a Q: `…in the number of` / `Q…in the number of` (09TBILISI1123). */
export function isRepeated(line: string, above: string | undefined): boolean {
  if (!line.startsWith('Q') || above === undefined || above.length < 10) return false;
  const again = line.slice(1).trim();
  return again === above || (above.endsWith(again) && again.length >= 10);
}

/** What Windows-1252 has for the bytes 0x80 to 0x9f. */
const WINDOWS_1252 = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
const WINDOWS_1252_BYTES = [
  0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93,
  0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f,
];

/** A character of UTF-8 whose bytes were taken for Windows-1252: `cafÃ©`, `Iranâ€™s`. */
const TWICE_ENCODED = new RegExp(
  String.raw`[\xc2-\xdf][\x80-\xbf${WINDOWS_1252}]|[\xe0-\xef][\x80-\xbf${WINDOWS_1252}]{2}`,
  'g',
);

/** UTF-8 encoded twice, and Windows-1252 read as Latin-1 (control characters), as they were meant. */
function recoded(text: string): string {
  if (!/[\x80-\xff]/.test(text)) return text;
  return text
    .replace(TWICE_ENCODED, (damaged) => {
      const bytes = Array.from(damaged, byteOf);
      const meant = Buffer.from(bytes).toString('utf8');
      return meant.includes('\ufffd') ? damaged : meant;
    })
    .replace(/[\x80-\x9f]/g, (control) => {
      const index = WINDOWS_1252_BYTES.indexOf(control.charCodeAt(0));
      return index < 0 ? ' ' : WINDOWS_1252.charAt(index);
    });
}

function byteOf(character: string): number {
  const index = WINDOWS_1252.indexOf(character);
  return index < 0 ? character.charCodeAt(0) : (WINDOWS_1252_BYTES[index] ?? 0);
}
