import { isoDay, monthNumber } from '../cable/day.js';
import { CLASSIFICATION_LINE } from '../cable/fields/classification.js';
import { statedId } from '../cable/id.js';
import { readDate } from '../cable/header.js';
import { linesOf } from '../cable/lines.js';
import { cableNamedByBody } from '../cable/read.js';
import type { RawCable } from '../cable/types.js';
import { statedHead, type PlacedReading, type RawReading } from './source.js';

/** Lines of a head: id, subject, date, classification, origin. */
const HEAD_LINES = 5;

/**
 * Reads the telegrams of a text: one, or several behind each other as a mailbox has them, cut where
 * the next one's head or header begins. The lines of a mail before a telegram go with it.
 */
export function readTelegrams(text: string): PlacedReading[] {
  const starts = startsOf(text);
  let line = 1;
  return starts.map((start, index) => {
    const telegram = text.slice(start, starts[index + 1] ?? text.length);
    const reading = { ...readText(telegram), line };
    line += telegram.split('\n').length - 1;
    return reading;
  });
}

/**
 * What a telegram begins with: `VZCZCXYZ0017`, `P 140708Z MAR 07` with `FM AMEMBASSY BEIJING` under
 * it, or the id of a text's head.
 */
const BEGINNING =
  /^[ \t]*(?:VZCZC[A-Z]{3}\d{4}\b|(?:[ZOPR][ \t]+){1,3}\d{6}Z[ \t]+[A-Z]{3}[ \t]+\d{2}\b(?=[^\n]{0,80}\n(?:[^\n]{0,80}\n){0,2}[ \t]*FM\s)|\d{2}[A-Z]{2,40}\d{1,7}[ \t]*\r?$)/gm;
const MAIL_LINE =
  /^(?:From \S.*\d{4}$|(?:From|To|Cc|Subject|Date|Sent|Message-ID|Received|MIME-Version|Return-Path|Content-[\w-]+|X-[\w-]+): )/;

/** A telegram that passes on another one marks it: what stands between is its own text. */
const QUOTE_BEGINS = /\b(?:BEGIN (?:CABLE |MESSAGE )?(?:TEXT|QUOTE)|QTE)\b/gi;
const QUOTE_ENDS = /\b(?:END (?:CABLE |MESSAGE |OF )?(?:TEXT|QUOTE)|UNQTE)\b/gi;
const EVERY_CLASSIFICATION_LINE = new RegExp(CLASSIFICATION_LINE.source, 'gi');

/**
 * Where telegrams begin: at the start, and at every beginning between two classification lines that
 * name different cables. The sections of one telegram have headers of their own and name the same.
 */
function startsOf(text: string): number[] {
  const bodies = [...text.matchAll(EVERY_CLASSIFICATION_LINE)].map((match) => ({
    at: match.index,
    cable: cableNamedByBody(match[0]),
  }));
  const starts = [0];
  if (bodies.length < 2) return starts;
  const begins = [...text.matchAll(QUOTE_BEGINS)].map((match) => match.index);
  const ends = [...text.matchAll(QUOTE_ENDS)].map((match) => match.index);
  let body = 0; // the last classification line above the beginning looked at
  let current = bodies[0]?.cable;
  for (const { index } of text.matchAll(BEGINNING)) {
    while ((bodies[body + 1]?.at ?? text.length) < index) body++;
    const next = bodies[body + 1];
    if ((bodies[body]?.at ?? text.length) > index || next === undefined) continue;
    if (next.cable === current || (bodies[body]?.at ?? 0) < (starts.at(-1) ?? 0)) continue;
    if (
      /^\s*\d/.test(text.slice(index, index + 8)) &&
      readHead(text.slice(index, index + 4000)) === null
    )
      continue;
    const last = starts.at(-1) ?? 0;
    if (within(begins, last, index) > within(ends, last, index)) continue;
    starts.push(mailAbove(text, index));
    current = next.cable;
  }
  return starts;
}

/** How many of some places, in order, lie in [from, to). */
function within(places: readonly number[], from: number, to: number): number {
  const before = (at: number): number => {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((places[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return before(to) - before(from);
}

/** A mail's lines above its telegram, its headers and what its sender wrote. */
const MAIL_LINES = 60;

/** Where the mail that brings a telegram begins, or the telegram itself. */
function mailAbove(text: string, start: number): number {
  let first = start;
  let headers = 0;
  for (let at = start, line = 0; at > 0 && line < MAIL_LINES; line++) {
    const above = text.lastIndexOf('\n', at - 2) + 1;
    const words = text.slice(above, at).trim();
    if (MAIL_LINE.test(words)) {
      headers++;
      if (headers > 1 || words.startsWith('From ') || line < 3) first = above;
    } else if (/^(?:N{2,5}|BT)$/.test(words)) break;
    at = above;
  }
  return first;
}

/** `{"id":…` before the first classification line: it stands in a string. */
const JSON_LINE = /^[ \t]*[[{]\s{0,80}(?:\{\s{0,80})?"\w+"\s*:/m;

/**
 * Reads a cable in text. Either a head of five lines (id, subject, date, classification, origin)
 * runs straight into the header, as in sample 07BEIJING1689, or the telegram begins with its own
 * header, as in sample 06GUANGZHOU32397. The body begins at the classification line, which may run
 * on from the header's last line (`USMISSION GENEVA 1660UNCLAS BEIJING 001689`).
 */
export function readText(text: string): RawReading {
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
  if (head === null && JSON_LINE.test(rest.slice(0, found?.index ?? 0))) {
    return { ok: false, reason: 'no cable: lines of JSON with something else above them' };
  }
  if (rest.trim() === '') {
    return { ok: false, reason: 'cut short: nothing stands behind the head' };
  }
  const start = found === null ? 0 : bodyStart(rest, found.index);
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

/**
 * What some bodies have above or before their classification line: the press's date (`Tuesday, 20
 * January 2004, 09:44`, 04RANGOON88), its first letter doubled (`SS E C R E T`, 05PARIS1699).
 */
const BEFORE_BODY =
  /(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2} [A-Z][a-z]{2,8} \d{4}, \d{2}:\d{2}[ \t]*\r?\n|(?<=^|[\r\n])[CSU])$/;

function bodyStart(text: string, classificationLine: number): number {
  const before = BEFORE_BODY.exec(
    text.slice(Math.max(0, classificationLine - 80), classificationLine),
  );
  if (before === null) return classificationLine;
  const doubled = before[0].length === 1 && before[0] !== text.charAt(classificationLine);
  return doubled ? classificationLine : classificationLine - before[0].length;
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
