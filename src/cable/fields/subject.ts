import { markAt } from '../marks.js';
import { isStamp } from '../patterns.js';

/**
 * The subject as one line: hard wraps folded, page stamps left out, the classification in front of
 * it (`(S) INTERNATIONAL DRUG TRAFFICKING …`, 06NAIROBI72) kept as printed.
 */
export function readSubject(value: string): string | null {
  const lines = value.split(/\r\n|\n|\r/).map((line) => line.trim());
  const end = lines.findIndex((line, index) => index > 0 && startsAnotherPart(line));
  const own = (end < 0 ? lines : lines.slice(0, end)).filter((line) => !isStamp(line));
  const subject = own.join(' ').replace(/\s+/g, ' ').trim();
  return subject === '' ? null : subject;
}

/** A rule, or a marked paragraph, straight under the subject. */
function startsAnotherPart(line: string): boolean {
  return /^[-=_*]{4,}/.test(line) || (markAt(line)?.printed.length ?? 0) > 3;
}
