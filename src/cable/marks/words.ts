import { distance } from 'fastest-levenshtein';
import type { Level } from '../types.js';

/** What stands first in a mark → its level. NATO's marks count as ours of the same name. */
export const LEVEL_WORDS: ReadonlyMap<string, Level> = new Map([
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
  ['CTSA', 'TS'],
  ['NSAT', 'S'],
  ['NR', 'SBU'],
  ['NATO RESTRICTED', 'SBU'],
  ['SNF', 'S'], // 09TRIPOLI1025 ¶4
  ['CNF', 'C'],
  ['TSNF', 'TS'],
  ['SRD', 'S'], // Restricted Data, and formerly so
  ['CRD', 'C'],
  ['TSRD', 'TS'],
  ['SFRD', 'S'],
  ['CFRD', 'C'],
]);
/** Levels whose word holds the caveat as well. */
export const WITH_NOFORN = /^(?:TS|S|C)NF$/;

/** What may follow the level → the caveat it states; '' says nothing about who may read it. */
export const CAVEAT_WORDS: ReadonlyMap<string, string> = new Map([
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
export const CONTROLS: ReadonlySet<string> = new Set(
  `SI TK HCS G GAMMA KDK RSEN COMINT IMCON PROPIN PR RELIDO DISPLAY FGI RD FRD CFRD SFRD CNWDI SIGMA SAR SAP ACCM
  DSEN EXDIS NODIS LIMDIS STADIS NOCONTRACT WNINTEL LES SSI DCNI UCNI ATOMAL BOHEMIA BALK NSAT USGOV EYES
  FVEY ACGU FOUO`.split(/\s+/),
);

/** `REL MCFI`, `Releasable to USA`: for whom it is released. */
export const RELEASED = /^REL(?:EASABLE)?(?: TO)?\b ?(.*)$/;

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
export function folded(text: string): string {
  const plain = ASCII.test(text)
    ? text // most marks
    : text
        .normalize('NFKD')
        .replace(/[\p{Cf}\p{M}]+/gu, '')
        .replace(/[ЅСТꜱᴄɴꜰ]/gu, (letter) => LOOKALIKES[letter] ?? letter);
  return plain.replace(/\s+/g, ' ').trim();
}

const ASCII = /^[\t\n\r\x20-\x7e]*$/;

/** Levels whose misprints are no other word. */
const MISPRINTED = ['SECRET', 'CONFIDENTIAL', 'TOPSECRET', 'UNCLASSIFIED'];

/** `S E C R E T`, `S.E.C.R.E.T` → `SECRET`, `SCERET` → `SECRET`; other words stay apart and as they are. */
export function closed(word: string): string {
  const whole = /^(?:[A-Z][ .])+[A-Z]$/.test(word) ? word.replace(/[ .]/g, '') : word;
  if (whole.length < 6 || LEVEL_WORDS.has(whole)) return whole;
  return MISPRINTED.find((level) => level[0] === whole[0] && distance(level, whole) <= 2) ?? whole;
}
