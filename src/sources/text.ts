import { firstClassificationLine } from '../cable/classification-lines.js';
import { yearSent } from '../cable/header.js';
import { readHead } from './head.js';
import { isArchived, readArchived } from './nara.js';
import type { PlacedReading, RawReading } from './source.js';

/**
 * Reads a text: telegrams of the National Archives, or one telegram; those that stand behind it are told apart
 * where every form's are (telegrams.ts).
 */
export function readTelegrams(text: string): PlacedReading[] {
  const plain = unquoted(text);
  return isArchived(plain) ? readArchived(plain) : [{ ...readText(plain), line: 1 }];
}

/** `> ` or `| ` before a line, as mails quote. */
const QUOTED = /^(?:[>|] ?)+/gm;

/** A text without the signs of its quoted lines, where most of it is quoted. */
function unquoted(text: string): string {
  if (!text.includes('\n>') && !text.includes('\n|')) return text;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const quoted = lines.filter((line) => /^[>|]/.test(line));
  return quoted.length > lines.length / 2 ? text.replace(QUOTED, '') : text;
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
  const found = firstClassificationLine(rest);
  if (head === null && (found === null || yearSent(rest.slice(0, found.start)) === null)) {
    return {
      ok: false,
      reason:
        'no cable: neither a head (id, subject, date, classification, origin) nor a telegram’s ' +
        'header and classification line stands in it',
    };
  }
  if (head === null && JSON_LINE.test(rest.slice(0, found?.start ?? 0))) {
    return { ok: false, reason: 'no cable: lines of JSON with something else above them' };
  }
  if (rest.trim() === '') {
    return { ok: false, reason: 'cut short: nothing stands behind the head' };
  }
  const start = found === null ? 0 : bodyStart(rest, found.start);
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
