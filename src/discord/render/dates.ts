import type { Dates } from '../settings.js';

/** A day (YYYY-MM-DD) as a server wants it: `14 March 2007`, or in the reader's own language. */
export function dayIn(day: string, dates: Dates): string {
  // Noon, so that it is the same day wherever the reader is.
  const noon = new Date(`${day}T12:00:00Z`);
  if (dates === 'iso' || Number.isNaN(noon.getTime())) return day;
  if (dates === 'reader') return `<t:${Math.floor(noon.getTime() / 1000)}:D>`;
  return new Intl.DateTimeFormat(dates, { dateStyle: 'long', timeZone: 'UTC' }).format(noon);
}
