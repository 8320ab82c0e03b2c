import { decodeHTMLStrict } from 'entities';
import { trimmedLine } from '../lines.js';
import { markAt } from '../marks/portion.js';
import { isStamp } from '../stamps.js';

/** What runs in behind a subject: `ANOTHER CHILD Sensitive but Unclassified …`. */
const RUN_IN = /\s+(?:Sensitive [Bb]ut\b|SENSITIVE BUT UNCLASSIFIED).*$/;

/**
 * The subject as one line: hard wraps folded, entities (`&#8217;`) as their characters, page stamps left out, the
 * mark in front of it (`(S) INTERNATIONAL DRUG TRAFFICKING …`, 06NAIROBI72) taken off.
 */
export function readSubject(value: string, broken = false): string | null {
  const lines = value.split(/\r\n|\n|\r/).map(trimmedLine);
  const own: string[] = [];
  let capitals = true;
  for (const line of lines) {
    if (isStamp(line) || (own.length === 0 && line === '')) continue;
    if (own.length > 0 && startsAnotherPart(line, capitals)) break;
    own.push(line);
    capitals &&= !/\p{Ll}/u.test(line.replace(/U\.S\.-EU|[a-z]\b/g, ''));
  }
  const joined = joinedLines(own, broken);
  const subject = decodeHTMLStrict(joined).replace(/\s+/g, ' ').replace(RUN_IN, '').trim();
  const mark = markAt(subject);
  const bare = mark === null ? subject : subject.slice(mark.printed.length).trim();
  return bare === '' ? null : bare;
}

/** What stands before a hyphen that is a word's own, whoever broke the line. */
const PREFIX =
  /(?:^|[^\p{L}])(?:anti|non|pro|self|co|ex|vice|pre|post|multi|inter|intra|semi|counter|cross|u\.s\.)-$/iu;

/** Lines in one: behind a hyphen without a blank; where lines break words, without the hyphen too. */
function joinedLines(lines: readonly string[], broken: boolean): string {
  return lines.reduce((above, line) => {
    if (above === '') return line;
    if (!/[\p{L}.]-$/u.test(above) || !/^\p{L}/u.test(line)) return `${above} ${line}`;
    return broken && !PREFIX.test(above) ? `${above.slice(0, -1)}${line}` : `${above}${line}`;
  }, '');
}

/** A rule, a marked paragraph, the next page, or a sentence straight under the subject. */
function startsAnotherPart(line: string, capitals: boolean): boolean {
  if (/^[-=_*]{4,}/.test(line) || (markAt(line)?.printed.length ?? 0) > 3) return true;
  if (/^PAGE \d{2}\b|^¶?1\s?\.\s?[(\p{Lu}]/u.test(line)) return true;
  // `This is an Action request. Please see para 2.` under a subject in capitals.
  return capitals && /^\p{Lu}\p{Ll}.*\p{Ll}\s.*\.$/u.test(line);
}
