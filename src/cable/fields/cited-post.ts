import { canonicalPost, embassyIn, isKnownPost, shortenedPost, statedPost } from '../posts.js';
import type { TokenLine } from './reference-tokens.js';

/** Words before a number that name no post. */
const NO_POST =
  /^(?:E-?MAILS?|MAILS?|TELE?CON(?:VERSATION)?S?|PHONE|PHONECONS?|TELEPHONE|FAX|MEMO(?:RANDUM)?S?|MEMCONS?|REPORTS?|IIR|CIR|TDX?|OF|ON|FROM|DATED|THRU|THROUGH|NOTE|PARAS?|PARAGRAPHS?|REASONS?|EUP|OSC|GMP|CEP|SAP|IAP|DTG|PAGE|SECTION|CA|UNSCR|RESOLUTION|INCSR|LETTERS?|ARTICLE|EO|NUMBER|NO|ICN|SERIAL|NIE|AIRGRAMS?|USC|VERSION|PART|PREVIOUS|POINTS|FAM|FAH|HOUSE|VOLUME|CHAPTER|CERP|CIRCULAR|TOTAL|UP|AS|BY|AT|IS|WAS|ARE|WITH|TO|MSG|MESSAGE|MEETING|FY|CY|PUBLICATION|CASE|DOC|DECREE|LAW|BILL|JOURNAL|TABLE|USDEL|SECRETARY|SECTO|TOSEC)$/i;
/** Words around a cable that belong to it and say nothing of its id. */
export const AROUND =
  /^(?:AND|SEE|ALSO|REFS?|REFTELS?|REFERENCES?|AMEMBASSY|CABLES?|TELS?|TELEGRAMS?|IN|BOTH|PREVIOUS|NOTAL|NOTALS|EXDIS|NODIS|LIMDIS|STADIS|NOFORN|SIPDIS|SENSITIVE|CIRCULAR|SERIAL|NO|NUMBER|DATED|DTD|OF|PARA(?:GRAPH)?S?|SERIES|[UCS]|SBU|OTHERS?|EARLIER|SUBSEQUENT|PRIOR|ABOVE|NONE|N\/?A)\.?$/i;
const LEADING =
  /^(?:AND|SEE|ALSO|REFS?|REFTELS?|REFERENCES?|AMEMBASSY|EMBASSY|CABLES?|IN|GEN(?:ERAL)?|BOTH|PREVIOUS|NOTAL|EXDIS|NODIS|AS|REPORTED|BY|PER)$/i;
const TRAILING = /^(?:CABLES?|TELS?|TELEGRAMS?|SERIAL|NO|NR|NUMBER|CIRCULAR)\.?$/i;

/** Words of a post: `HO CHI MINH CITY`, `PORT OF SPAIN`, `USMISSION UNVIE VIENNA`. */
const MOST_WORDS = 5;

/** A post with the tokens that name it. */
export interface NamedPost {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

/** The post that ends right before a number, or null. */
export function postBefore(
  line: TokenLine,
  number: number,
  taken: ReadonlySet<number>,
  unknown: boolean,
): NamedPost | null {
  let last = number - 1;
  if (line.yearInBrackets(last) !== null) last -= 3;
  while (line.is(last, 'sign') && /^[:,#-]$/.test(line.text(last))) last--;
  while (line.is(last, 'word') && TRAILING.test(line.text(last))) last--;
  if (!line.is(last, 'word') || taken.has(last)) return null;
  let first = last;
  for (let count = 1; count < MOST_WORDS; count++) first = goesOn(line, taken, first) ?? first;
  const words = wordsOf(line, first, last);
  for (let from = 0; from < words.length; from++) {
    const leads = words.slice(0, from).every(({ text }) => LEADING.test(text));
    const name = knownPost(
      words.slice(from).map(({ text }) => text),
      leads,
    );
    if (name !== null) return { name, first: words[from]?.at ?? first, last };
  }
  // A post that nobody knows: words that are none of those that stand before other numbers.
  while (words.length > 0 && LEADING.test(words[0]?.text ?? '')) words.shift();
  const name = canonicalPost(words.map(({ text }) => text).join(' '));
  const isPost =
    unknown &&
    line.tokens[number]?.glued === false &&
    words.length > 0 &&
    words.length <= 4 &&
    name.length >= 3 &&
    words.every(({ text }) => !NO_POST.test(text) && /^\p{Lu}/u.test(text));
  return isPost ? { name, first: words[0]?.at ?? first, last } : null;
}

/** The word before one of the same post: behind nothing, or behind the dash of `PORT-OF-SPAIN`. */
function goesOn(line: TokenLine, taken: ReadonlySet<number>, at: number): number | null {
  if (line.is(at - 1, 'word') && !taken.has(at - 1)) return at - 1;
  const dashed = line.text(at - 1) === '-' && line.tokens[at]?.glued === true;
  return dashed && line.is(at - 2, 'word') && line.tokens[at - 1]?.glued === true ? at - 2 : null;
}

function wordsOf(line: TokenLine, first: number, last: number): { at: number; text: string }[] {
  const words: { at: number; text: string }[] = [];
  for (let at = first; at <= last; at++) {
    if (line.is(at, 'word')) words.push({ at, text: line.text(at).replace(/0/g, 'O') });
  }
  return words;
}

/** The known post that words name, or null. */
export function knownPost(words: readonly string[], country = true): string | null {
  const text = words.join(' ');
  const stated = statedPost(text); // `PORT OF SPAIN` holds a word that stands before other numbers
  if (isKnownPost(stated)) return stated;
  if (words.some((word) => NO_POST.test(word))) return null;
  const post = canonicalPost(text);
  if (isKnownPost(post)) return post;
  const short = shortenedPost(text);
  if (short !== null) return short;
  return country ? embassyIn(text) : null; // `INCSR BRAZIL 2008` is a report
}
