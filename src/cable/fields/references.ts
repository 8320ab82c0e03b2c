import { canonicalPost, formatCableId } from '../id.js';
import { isStamp } from '../patterns.js';

/** `A.`, `(B)`, `C)`, `[D]`, `¶E.`, `(1)`, doubled as in `A. (A) RIO 329` (09RIODEJANEIRO357). */
const ENUMERATOR = /(?<![A-Za-z0-9'])¶?[([]?(?:[A-Z]|\d)[.)\]:]+(?=[\s(['A-Z0-9])/gi;

/**
 * A cable's reference in running text: a year in two or four digits, `(08)` before or behind it, the
 * post in one to four words, the number, further numbers of the same post behind `AND` or commas.
 */
const CITED =
  /(?<![\w/-])(?:\(?'?((?:19|20)?\d{2})\)?[\s-]*)?([A-Z][A-Z'.]*(?:\s+[A-Z][A-Z'.]*){0,3}):?\s*0*([1-9]\d{0,6})(?![\w/]|-\d|\.\d)(?:\s*\(((?:19|20)?\d{2})\))?((?:\s*(?:,|AND|&)\s*0*[1-9]\d{1,6}(?![\w/]|\s*[A-Z]))*)/gi;

/** Words before a number that name no post. */
const NO_POSTS =
  /\b(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?|E-?MAILS?|TELCONS?|TELEPHONE|FAX|MEMO(?:RANDUM)?|REPORTS?|IIR|TD|OF|ON|FROM|DATED|THRU|NOTE|PARAS?|PARAGRAPHS?|REASONS?|EUP|OSC|GMP|CEP|SAP|IAP|DTG|PAGE|SECTION|CA|UNSCR|RESOLUTION|INCSR|BRAZIL|LETTER|ARTICLE|EO|CABLE|TELS?|NUMBER|NO|ICN|SERIAL|NIE|AIRGRAM|USC|VERSION|PART|PREVIOUS|POINTS|FAM|AND|HOUSE)$/i;
const LEADING_WORDS =
  /^(?:AND|SEE|ALSO|REFS?|REFTELS?|AMEMBASSY|EMBASSY|CABLE|CABLES|IN|THE(?! HAGUE)|(?:CON|CONSULATE )?GEN(?:ERAL)?|BOTH|PREVIOUS|NOTAL|EXDIS|NODIS)\s+/i;

/**
 * The ids of the cables cited in a reference line, in order, each once. The year is the citing
 * cable's where none is stated; without either a reference is left out. E-mails, telephone calls, articles and reports name no cable.
 */
export function readReferences(value: string, citingYear: string | null): string[] {
  const text = value
    .split(/\r\n|\n|\r/)
    .filter((line) => !isStamp(line.trim()))
    .join(' ')
    .replace(ENUMERATOR, ' ; ');
  const ids: string[] = [];
  for (const match of text.matchAll(CITED)) {
    const [, before, words = '', number = '', behind, more = ''] = match;
    let post = words.trim();
    while (LEADING_WORDS.test(post)) post = post.replace(LEADING_WORDS, '');
    const name = canonicalPost(post);
    if (name.length < 3 && name !== 'BA') continue;
    if (NO_POSTS.test(post) || /E-?MAIL|TELCON|MEETING|MEMO\b/i.test(post)) continue;
    const year = (before ?? behind)?.slice(-2);
    for (const each of [number, ...(more.match(/[1-9]\d*/g) ?? [])]) {
      const id = formatCableId({ year: year ?? citingYear, post: name, number: each });
      if (id !== null && !ids.includes(id)) ids.push(id);
    }
  }
  return ids;
}
