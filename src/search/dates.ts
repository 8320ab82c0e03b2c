/** A range of days, YYYY-MM-DD, both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

const YEAR = /(?<![\d.,])(?:19[4-9]\d|20[0-4]\d)(?!\d|[.,]\d)/g;
/** `may` is a month only with a capital or a year: `may have said`. */
const MONTH = new RegExp(`\\b(?:${MONTHS.join('|')})\\b`, 'gi');

/** The years that a text names, each once. */
export function yearsIn(text: string): number[] {
  return [...new Set([...text.matchAll(YEAR)].map(([year]) => Number(year)))];
}

/** The months that a text names, from 1. */
export function monthsIn(text: string): number[] {
  const named = [...text.matchAll(MONTH)]
    .map(([month]) => month)
    .filter((month) => month !== 'may');
  return [
    ...new Set(named.map((month) => MONTHS.findIndex((each) => each === month.toLowerCase()) + 1)),
  ];
}

/** The month whose name begins so, in lower case; from 1, 0 where none does. */
export function monthBeginning(letters: string): number {
  return MONTHS.findIndex((each) => each.startsWith(letters)) + 1;
}

/** A month as it is written, from 1: `March`. */
export function monthName(month: number): string {
  const name = MONTHS[month - 1] ?? '';
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/**
 * The days that a point of time stands for: `2007`, `2007-03`, `2007-03-14`, `March 2007`,
 * `14 March 2007`. Null for what is none.
 */
export function daysOf(text: string): Days | null {
  const plain = text.trim().toLowerCase();
  const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(plain);
  if (iso !== null) return days(Number(iso[1]), Number(iso[2] ?? 0), Number(iso[3] ?? 0));
  const words = /^(?:(\d{1,2})\s+)?(\p{L}+)\s+(\d{4})$/u.exec(plain);
  const month =
    MONTHS.findIndex((each) => each === words?.[2] || each.slice(0, 3) === words?.[2]) + 1;
  if (words === null || month === 0) return null;
  return days(Number(words[3]), month, Number(words[1] ?? 0));
}

/** A month or day of 0 is not stated. */
function days(year: number, month: number, day: number): Days | null {
  const last = new Date(Date.UTC(year, month === 0 ? 12 : month, 0)).getUTCDate();
  if (month > 12 || day > last) return null;
  const write = (m: number, d: number): string =>
    `${String(year).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
  return {
    from: write(month === 0 ? 1 : month, day === 0 ? 1 : day),
    to: write(month === 0 ? 12 : month, day === 0 ? last : day),
  };
}

/** `in March 2007`, `of early 2008`. */
const DATE = new RegExp(
  // eslint-disable-next-line regexp/no-useless-assertions -- it is put together
  String.raw`(?:\b(?:in|of|since|from|during|by)\s+)?(?:(?:early|late|mid)[- ])?(?:(?:\d{1,2}\s+)?${MONTH.source}\s+)?${YEAR.source}`,
  'gi',
);

/** A text without the months and years that it names: `in March 2007` goes whole. */
export function withoutDates(text: string): string {
  return text
    .replace(DATE, '')
    .replace(/\s{2,}/g, ' ')
    .replace(/\s+(?=[?.,;])/g, '')
    .trim();
}
