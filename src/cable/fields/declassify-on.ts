import { monthNumber } from '../day.js';

/** `GDS 8/12/85` is the schedule of the 1970s with its date (79TEHRAN8980). */
const DECL = /\b(?:DE[CL]{2}(?:AS(?:SIFY)?|L)?(?:\s+ON)?|GDS)(?![A-Z])\s*[:;.]?\s*/i;
/** `11/22/2012`, `08-24-05`: month, day, year. */
const AMERICAN = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)/;
/** `2012-11-22`, `20121122`, `2019/07/29` (09BELGRADE765). */
const ISO = /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?!\d)/;
/** `22 NOV 2012`, `22NOV12`. */
const DAY_FIRST = /^(\d{1,2})\s?([A-Z]{3})[A-Z]*\.?,?\s?(\d{4}|\d{2})(?!\d)/i;
/** `November 22, 2012`. */
const MONTH_FIRST = /^([A-Z]{3})[A-Z]*\.?\s(\d{1,2}),?\s(\d{4}|\d{2})(?!\d)/i;
/** Exemptions without a date: `X1`, `1.6X1`, `OADR`, `MR`, `N/A`, `25X1-human`. */
const EXEMPT = /^(?:N\/?A\b|OADR|(?:\d{1,2}(?:\.\d)?)?X\d|MR\b|\d\.\d|$)/i;
/** `UPON KOREAN UNIFICATION`, `CLOSURE OF EMBASSY TEHRAN`: an event in words. */
const LONGEST_EVENT = 80;

/**
 * When a cable is to be declassified, from its executive order line: the date as YYYY-MM-DD, the
 * event where one is named in words, null for `N/A` and for exemptions (`X1`, `OADR`).
 */
export function readDeclassifyOn(executiveOrder: string): string | null {
  const label = DECL.exec(executiveOrder);
  const value = executiveOrder
    .slice(label === null ? 0 : label.index + label[0].length)
    .replace(/(?<=\d)O(?=\d)/g, '0') // misread, as in `02/14/2O19`
    .trim();
  if (label === null && !/^\d/.test(value)) return null;
  const date = readDay(value);
  if (date !== null) return date;
  const event = (value.split(/\r|\n/)[0] ?? '').trim();
  if (EXEMPT.test(event) || event.length > LONGEST_EVENT || !/[A-Z]{3}/i.test(event)) return null;
  return event;
}

function readDay(value: string): string | null {
  const standard = ISO.exec(value);
  if (standard !== null) return iso(standard[1], standard[2], standard[3]);
  const american = AMERICAN.exec(value);
  if (american !== null) {
    const [, first = '', second = '', year] = american;
    // Where there is no such month the day stands first: `18/07/2013`.
    return Number(first) > 12 ? iso(year, second, first) : iso(year, first, second);
  }
  const dayFirst = DAY_FIRST.exec(value);
  if (dayFirst !== null)
    return iso(dayFirst[3], String(monthNumber(dayFirst[2] ?? '')), dayFirst[1]);
  const monthFirst = MONTH_FIRST.exec(value);
  return monthFirst === null
    ? null
    : iso(monthFirst[3], String(monthNumber(monthFirst[1] ?? '')), monthFirst[2]);
}

/** Declassification lies ahead: `05` is 2005, `89` 1989. Null for a day that no month has. */
function iso(year = '', month = '', day = ''): string | null {
  const full = year.length === 4 ? Number(year) : Number(year) + (Number(year) >= 70 ? 1900 : 2000);
  const date = new Date(Date.UTC(full, Number(month) - 1, Number(day)));
  const valid = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return valid ? date.toISOString().slice(0, 10) : null;
}
