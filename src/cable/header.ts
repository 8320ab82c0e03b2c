import { distance } from 'fastest-levenshtein';
import { isoDay, monthNumber, realDay } from './day.js';
import { fullYear } from './id.js';

/** The lines of a header that tell where and when a telegram was sent. */

/** `P 140708Z MAR 07`: precedence, day, hour and minute in Zulu time, month, year; `241549 Z` (74LAPAZ493). */
const DATE_TIME_GROUP =
  /(?:^|\s)(\d{2})\s?(\d{2})(\d{2})\s?Z\s+([A-Z]{3})[A-Z]*\s*(\d{4}|\d{2})(?!\d)/i;

/** Origins whose name is not made from their address: the address behind FM → the origin. */
const ORIGINS: ReadonlyMap<string, string> = new Map([
  ['SECSTATE WASHDC', 'Secretary of State'],
  ['USMISSION USNATO', 'Mission USNATO'],
  ['USMISSION UNVIE VIENNA', 'UNVIE'],
  ['USINT HAVANA', 'US Interests Section Havana'],
  ['RPO DUBAI', 'Iran RPO Dubai'],
  ['IRAN RPO DUBAI', 'Iran RPO Dubai'],
  ['USEU BRUSSELS', 'USEU Brussels'],
  ['AMEMBASSY KYIV', 'Embassy Kyiv'],
  ['AMEMBASSY KIEV', 'Embassy Kyiv'],
]);

/** How a telegram was sent; what its header does not tell is null. */
export interface Transmission {
  /** The date-time group as an instant in Zulu time: `2007-03-14T07:08Z`. */
  readonly sent: string | null;
  /** `IMMEDIATE`, `PRIORITY` …: for those who are to act first, in the header's order. */
  readonly precedence: readonly string[];
  /** `VZCZCXRO1234`. */
  readonly id: string | null;
}

const PRECEDENCES: Readonly<Record<string, string>> = {
  Z: 'FLASH',
  O: 'IMMEDIATE',
  P: 'PRIORITY',
  R: 'ROUTINE',
};

/** Reads the transmission lines of a header. */
export function readTransmission(header: string): Transmission {
  const group = DATE_TIME_GROUP.exec(header);
  const day = readDate(header);
  const [hours = '', minutes = ''] = group?.slice(2, 4) ?? [];
  const real = Number(hours) < 24 && Number(minutes) < 60;
  const letters = /(?:^|\s)((?:[ZOPR]\s+){1,3})\d{6}Z/.exec(header)?.[1] ?? '';
  return {
    sent: day === null || group === null || !real ? null : `${day}T${hours}:${minutes}Z`,
    precedence: letters.split(/\s+/).flatMap((letter) => PRECEDENCES[letter] ?? []),
    id: /\bVZCZC[A-Z]{3}\d{4}\b/.exec(header)?.[0] ?? null,
  };
}

/** The date of the date-time group as YYYY-MM-DD, or null where it has none that a calendar has. */
export function readDate(header: string): string | null {
  const match = DATE_TIME_GROUP.exec(header);
  if (match === null) return null;
  const month = monthNumber(match[4] ?? '');
  const day = Number(match[1]);
  if (month === 0) return null;
  return realDay(isoDay(fullYear((match[5] ?? '').slice(-2)), month, day));
}

/** The year of the date-time group in two digits, whether a calendar has its day or not; null without a group. */
export function yearSent(header: string): string | null {
  return DATE_TIME_GROUP.exec(header)?.[5]?.slice(-2) ?? null;
}

const POST_KINDS: Readonly<Record<string, string>> = {
  AMEMBASSY: 'Embassy',
  AMCONSUL: 'Consulate',
  AMCONGEN: 'Consulate',
  USMISSION: 'Mission',
  USINT: 'US Interests Section',
};

/** The address behind FM, in capitals: `AMEMBASSY LA PAZ`. */
export function readFrom(header: string): string | null {
  const match = /^[ \t]*FM[ \t]+([^\r\n]+)/im.exec(header);
  const address = match?.[1]
    ?.replace(/\/\/.*$/, '')
    .replace(/[\s\\]+/g, ' ')
    .trim()
    .toUpperCase();
  return address === undefined || address === '' ? null : address;
}

/** What an address may begin with; misprints are mended (`AMEMDASSY LA PAZ`, 74LAPAZ5091). */
const KINDS = ['AMEMBASSY', 'AMCONSUL', 'AMCONGEN', 'USMISSION', 'USINT', 'USLO'];

/** The post behind FM in the archive's spelling: `AMCONSUL GUANGZHOU` → `Consulate Guangzhou`. */
export function readOrigin(header: string): string | null {
  const address = readFrom(header);
  if (address === null) return null;
  const known = ORIGINS.get(address);
  if (known !== undefined) return known;
  const [, printed = '', place = ''] = /^(\S+)\s+(\S.*)$/.exec(address) ?? [];
  const kind = KINDS.find((each) => each === printed) ?? misprintOf(printed);
  if (kind === undefined) return titleCase(address);
  return `${POST_KINDS[kind] ?? titleCase(kind)} ${titleCase(place)}`;
}

function misprintOf(printed: string): string | undefined {
  return KINDS.find((kind) => kind.length > 6 && distance(kind, printed) <= 2);
}

function titleCase(words: string): string {
  return words.toLowerCase().replace(/(?<![\p{L}'])\p{L}/gu, (letter) => letter.toUpperCase());
}
