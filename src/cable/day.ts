const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** The number of a month by its first three letters, 0 where it is none. */
export function monthNumber(letters: string): number {
  return MONTHS.indexOf(letters.toUpperCase()) + 1;
}

/** `2007-03-14`, as it is written: no calendar is asked. */
export function isoDay(
  year: string | number,
  month: string | number,
  day: string | number,
): string {
  return [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}

/** A day as it is written, YYYY-MM-DD at its beginning, or null where no calendar has it. */
export function realDay(text: string): string | null {
  const [day, year, month, date] = /^((?:19|20)\d{2})-(\d{2})-(\d{2})/.exec(text) ?? [];
  if (day === undefined) return null;
  const real = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
  return real.toISOString().startsWith(day) ? day : null;
}
