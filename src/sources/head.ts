import { isoDay, monthNumber } from '../cable/day.js';
import { statedId } from '../cable/id.js';
import { linesOf } from '../cable/lines.js';
import type { RawCable } from '../cable/types.js';
import { statedHead } from './source.js';

/** Lines of a head: id, subject, date, classification, origin. */
const HEAD_LINES = 5;

/** The head of a cable in text, as in sample 07BEIJING1689. */
export interface Head {
  readonly id: string;
  readonly fields: RawCable['head'];
  /** Where the head ends in the text. */
  readonly end: number;
}

/** Reads the head at a text's beginning, or returns null where none stands there. */
export function readHead(text: string): Head | null {
  const lines = linesOf(text, 0, Math.min(text.length, 4000)).slice(0, HEAD_LINES);
  const [id, subject, date, classification, origin] = lines.map((line) => line.trimmed);
  if (id === undefined || origin === undefined || !/^\d{2}[A-Z]/i.test(id)) return null;
  const canonical = statedId(id);
  const day = headDate(date ?? '');
  if (canonical === null || day === null) return null;
  return {
    id: canonical,
    fields: statedHead({ date: day, subject, classification, origin }),
    end: lines.at(-1)?.next ?? 0,
  };
}

/** `Wed Mar 14 00:00:00 +0100 2007` or `2007-03-14 …` → `2007-03-14`, the day as it is written. */
function headDate(text: string): string | null {
  const iso = /^(\d{4}-\d{2}-\d{2})\b/.exec(text);
  if (iso?.[1] !== undefined) return iso[1];
  const long = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) [\d:]+ (?:\S+ )?(\d{4})$/.exec(text);
  const month = monthNumber(long?.[1] ?? '');
  if (long === null || month === 0) return null;
  return isoDay(long[3] ?? '', month, long[2] ?? '');
}
