import { CLASSIFICATION_LINE } from '../cable/fields/classification.js';
import { canonicalId } from '../cable/id.js';
import { readDate } from '../cable/header.js';
import { linesOf, type Line } from '../cable/lines.js';
import type { RawCable } from '../cable/types.js';
import type { Reading } from './source.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Lines of a head: id, subject, date, classification, origin. */
const HEAD_LINES = 5;

/** A telegram of a text, and the line it begins at, from 1. */
export type TelegramReading = Reading & { readonly line: number };

/**
 * Reads the telegrams of a text: one, or several behind each other as a mailbox has them, cut where
 * the next one's head or header begins. The lines of a mail before a telegram go with it.
 */
export function readTelegrams(text: string): TelegramReading[] {
  const lines = linesOf(text);
  const starts = startsOf(text, lines);
  return starts.map((first, index) => {
    const from = first === 0 ? 0 : (lines[first]?.start ?? 0);
    const to = lines[starts[index + 1] ?? lines.length]?.start ?? text.length;
    return { ...readText(text.slice(from, to)), line: first + 1 };
  });
}

/** The header's first lines: `VZCZCXYZ0017`, or `P 140708Z MAR 07` over `FM AMEMBASSY BEIJING`. */
const TRANSMISSION = /^VZCZC[A-Z]{3}\d{4}\b/;
const DATE_TIME_GROUP = /^(?:[ZOPR]\s+){1,3}\d{6}Z\s+[A-Z]{3}\s+\d{2}\b/;
const MAIL_LINE =
  /^(?:From |>|(?:From|To|Cc|Subject|Date|Sent|Message-ID|Received|MIME-Version|Return-Path|Content-[\w-]+|X-[\w-]+): )/i;
/** From the header's date-time group to FM, at most. */
const TO_FROM = 3;

/** The lines at which telegrams begin: the first, and every head or header behind a whole telegram. */
function startsOf(text: string, lines: readonly Line[]): number[] {
  const starts = [0];
  let bodyBegun = false;
  for (const [index, line] of lines.entries()) {
    if (bodyBegun && isBeginning(text, lines, index)) {
      starts.push(mailAbove(lines, index));
      bodyBegun = false;
    }
    if (!bodyBegun && CLASSIFICATION_LINE.test(line.trimmed)) bodyBegun = true;
  }
  // The last one counts only with a body: until there the text is the one's before.
  if (!bodyBegun && starts.length > 1) starts.pop();
  return starts;
}

function isBeginning(text: string, lines: readonly Line[], index: number): boolean {
  const line = lines[index]?.trimmed ?? '';
  if (TRANSMISSION.test(line)) return true;
  if (/^\d{2}[A-Z]{2,}\d+$/i.test(line))
    return readHead(text.slice(lines[index]?.start ?? 0)) !== null;
  if (!DATE_TIME_GROUP.test(line)) return false;
  return lines.slice(index + 1, index + 1 + TO_FROM).some(({ trimmed }) => /^FM\s/.test(trimmed));
}

/** The first line of the mail that brings a telegram, or the telegram's own. */
function mailAbove(lines: readonly Line[], index: number): number {
  let first = index;
  for (let at = index - 1; at >= 0; at--) {
    const line = lines[at]?.trimmed ?? '';
    if (MAIL_LINE.test(line)) first = at;
    else if (line !== '') break;
  }
  return first;
}

/**
 * Reads a cable in text. Either a head of five lines (id, subject, date, classification, origin)
 * runs straight into the header, as in sample 07BEIJING1689, or the telegram begins with its own
 * header, as in sample 06GUANGZHOU32397. The body begins at the classification line, which may run
 * on from the header's last line (`USMISSION GENEVA 1660UNCLAS BEIJING 001689`).
 */
export function readText(text: string): Reading {
  const head = readHead(text);
  const rest = text.slice(head?.end ?? 0);
  const found = CLASSIFICATION_LINE.exec(rest);
  if (head === null && (found === null || readDate(rest.slice(0, found.index)) === null)) {
    return {
      ok: false,
      reason:
        'no cable: neither a head (id, subject, date, classification, origin) nor a telegram’s ' +
        'header and classification line stands in it',
    };
  }
  if (rest.trim() === '') {
    return { ok: false, reason: 'cut short: nothing stands behind the head' };
  }
  const start = found?.index ?? 0;
  return {
    ok: true,
    cable: {
      id: head?.id ?? null,
      header: rest.slice(0, start),
      body: rest.slice(start),
      head: head?.fields ?? {},
    },
  };
}

interface Head {
  readonly id: string;
  readonly fields: RawCable['head'];
  /** Where the head ends in the text. */
  readonly end: number;
}

function readHead(text: string): Head | null {
  const lines = linesOf(text, 0, Math.min(text.length, 4000)).slice(0, HEAD_LINES);
  const [id, subject, date, classification, origin] = lines.map((line) => line.trimmed);
  if (id === undefined || origin === undefined || !/^\d{2}[A-Z]/i.test(id)) return null;
  const canonical = canonicalId(id);
  const day = headDate(date ?? '');
  if (canonical === null || day === null) return null;
  return {
    id: canonical,
    fields: {
      date: day,
      ...(subject && { subject }),
      ...(classification && { classification }),
      ...(origin && { origin }),
    },
    end: lines.at(-1)?.next ?? 0,
  };
}

/** `Wed Mar 14 00:00:00 +0100 2007` or `2007-03-14 …` → `2007-03-14`, the day as it is written. */
function headDate(text: string): string | null {
  const iso = /^(\d{4}-\d{2}-\d{2})\b/.exec(text);
  if (iso?.[1] !== undefined) return iso[1];
  const long = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) [\d:]+ (?:\S+ )?(\d{4})$/.exec(text);
  const month = MONTHS.indexOf(long?.[1] ?? '') + 1;
  if (long === null || month === 0) return null;
  return `${long[3] ?? ''}-${String(month).padStart(2, '0')}-${(long[2] ?? '').padStart(2, '0')}`;
}
