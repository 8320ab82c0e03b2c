import { isoDay, monthNumber, realDay } from '../day.js';

/** The National Archives' stamp: `Declassified/Released US Department of State EO Systematic Review 30 JUN 2005`. */
const ARCHIVES =
  /Declassified\/Released\s{1,9}US Department of State\s{1,9}EO Systematic Review\s{1,9}(\d{1,2}) ([A-Z]{3}) (\d{4})/i;
/** The Department's of a release under FOIA: `Case No. F-2012-28258 Doc No. C05739667 Date: 08/20/2014`. */
const UNDER_FOIA =
  /Case No\. {0,2}\S{1,30} {1,4}Doc No\. {0,2}\S{1,30} {1,4}Date: {0,2}(\d{2})\/(\d{2})\/(\d{4})/i;

/** The day on which the text was released, YYYY-MM-DD, as its stamps have it; or null. */
export function readReleased(text: string): string | null {
  const [, day = '', month = '', year = ''] = ARCHIVES.exec(text) ?? [];
  if (year !== '') return realDay(isoDay(year, monthNumber(month), day));
  const [, mm = '', dd = '', yyyy = ''] = UNDER_FOIA.exec(text) ?? [];
  return yyyy === '' ? null : realDay(isoDay(yyyy, Number(mm), dd));
}
