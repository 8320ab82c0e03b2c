import { RUN_IN_STAMP, isStamp } from './patterns.js';

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
    damage: /(?<=\p{L})[,?](?=[sS]\b)/gu,
    repair: '’',
    seen: 'USTR?s (07BEIJING1689), P,s (05ANKARA7215), BRAZIL,S (09BRASILIA28)',
  },
  {
    damage: /(?<=^|\s)&(?=\p{L})([^&]{1,200}?[\p{L}.,])8(?=[\s.,;:)]|$)/gu,
    repair: '“$1”',
    seen: '&concessions8, &Kurdish problem.8 (05ANKARA7215)',
  },
  {
    damage: /(?<=^|\s)\?(?=\p{L})|(?<=\p{L})\?(?=\s\p{Ll})/gu,
    repair: '"',
    seen: '?willing to … understanding? on (07BEIJING1689)',
  },
];

/**
 * The text of a span as it is searched: page stamps left out, white space folded, damage mended.
 * Its offsets are not the body's.
 */
export function searchText(text: string): string {
  const kept = text.split(/\r\n|\n|\r/).filter((line) => !isStamp(line.trim()));
  let repaired = kept.join(' ').replace(/\s+/g, ' ').replace(RUN_IN_STAMP, '').trim();
  for (const { damage, repair } of REPAIRS) repaired = repaired.replace(damage, repair);
  return repaired.replace(/ {2,}/g, ' ');
}
