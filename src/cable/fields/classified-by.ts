import { distance } from 'fastest-levenshtein';
import { linesOf } from '../lines.js';
import { isRedaction } from '../patterns.js';
import { POSTS } from '../tables/posts.js';
import { GIVEN_NAMES } from '../tables/tags.js';
import { TITLE_WORDS } from '../tables/titles.js';

/** `Classified By:`, `CLASSIFIED BY`, `Classfied By:`, `Classiied By:`; doubled in 08TASHKENT706. */
const LABEL = /\bcl[a-z]{3,8}ed\s+by\b\s*:?/gi;
const LABELS_AGAIN = /^(?:\s*(?:\d\s*\.\s*)?(?:\([A-Z]\)\s*)?(?:cl[a-z]{3,8}ed\s+by\b\s*:?)?)*\s*/i;

/**
 * Where the name ends and the reasons begin: `for reasons 1.4`, `, E.O. 12958, reasons`, `: 1.2 (B)`,
 * `per 1.5`, `under Section 1.4`, `FR REASONS`, `BASED ON E.O.12958`, `REAS0N`.
 */
const REASONS =
  /[\s,;:?-]*(?:\b(?:for?|fr|per|under|based on|due to|pursuant to)\s+(?:for\s+)?(?:the\s+)?(?:following\s+)?(?=rea|sect|E\.?\s?O|\d)|\breas?[o0]?ns?\b|\bresons?\b|\bE\.?\s?O\.?\s?1\d{4}|\b1[./]\s?\d\b|\bsection\s+\d)/i;

/** The label stands before the text. */
const FARTHEST = 8000;
const MOST_LINES = 6;
/** A line of this length was cut where it ended, in the middle of a word or not. */
const FULL_LINE = 70;

/**
 * Who classified a cable: the names behind `Classified By`, as they are printed, without office and
 * reasons. `Acting Deputy Chief of Mission Marc Wall for Reasons 1.4` → Marc Wall. More than one
 * where two share it (09STATE38028); none where the name is taken out.
 */
export function readClassifiedBy(body: string): string[] {
  const head = body.slice(0, FARTHEST);
  for (const label of head.matchAll(LABEL)) {
    const names = namesIn(entryAt(head, label.index));
    if (names.length > 0) return names;
  }
  return [];
}

/** The text of the entry up to a blank line, without its labels and reasons. */
function entryAt(text: string, start: number): string {
  let entry = '';
  for (const [index, line] of linesOf(text, start).slice(0, MOST_LINES).entries()) {
    if (line.trimmed === '') break;
    const raw = text.slice(line.start, line.end).trimEnd();
    const cut = index > 0 && isCutWord(entry, raw);
    entry += `${cut || index === 0 ? '' : ' '}${cut ? raw : raw.trim()}`;
  }
  const bare = entry.replace(LABELS_AGAIN, '');
  const reasons = REASONS.exec(withoutZeros(bare));
  return reasons === null ? bare : bare.slice(0, reasons.index);
}

/** A scanner's 0 for an O, as in `F0R REAS0NS` (97SOFIA3097): as long as what is printed. */
function withoutZeros(text: string): string {
  return text.replace(/(?<=[A-Z])0|0(?=[A-Z]{2})/gi, 'O');
}

/**
 * Telegrams were cut at their 71st column: `Charles O. Blah / a, E.O. 12958`, `for re / asons`. The
 * next line begins with a blank where a word ended.
 */
function isCutWord(before: string, next: string): boolean {
  const last = before.slice(before.lastIndexOf('\n') + 1);
  if (last.length < FULL_LINE || !/[A-Z]$/i.test(last)) return false;
  // `GEORGE GLASS FO / R REASONS` in 09BERLIN1106.
  const joined = (/\S+$/.exec(last)?.[0] ?? '') + (/^\S+/.exec(next)?.[0] ?? '');
  if (/^(?:for|reasons?)$/i.test(joined)) return true;
  return /^[a-z]/.test(next) && !/^(?:for|reasons?|per|under|and|of|the|based)\b/i.test(next);
}

/**
 * Places stand in titles, behind another word of theirs: `Embassy Tripoli`, `for Afghanistan and
 * Pakistan`; not so in `William Jordan` and `Louis Susman`.
 */
const PLACE_WORDS: ReadonlySet<string> = new Set(
  POSTS.flatMap(([, , city, country]) =>
    `${city} ${country ?? ''}`.toUpperCase().split(/[\s-]+/),
  ).filter((word) => !GIVEN_NAMES.has(word)),
);
const LONG_TITLES = [...TITLE_WORDS].filter((word) => word.length >= 7);
const SHORTENED_TITLES = [...TITLE_WORDS].filter((word) => word.length >= 5);

interface Token {
  readonly text: string;
  readonly title: boolean;
  /** A sign behind it parts it from the next: a comma, a full stop behind a word, a dash. */
  readonly ends: boolean;
}

/** Names are runs of words without a title that end the entry or stand before a comma. */
function namesIn(entry: string): string[] {
  const tokens = tokensOf(entry);
  const runs: { words: string[]; and: boolean }[] = [];
  let open: string[] = [];
  let and = false;
  const close = (): void => {
    if (open.length > 0) runs.push({ words: open, and });
    open = [];
    and = false;
  };
  for (const [index, token] of tokens.entries()) {
    if (token.text === '') close();
    else if (/^(?:AND|&)$/i.test(token.text) && open.length > 1) {
      close(); // one of two who share it (09STATE38028)
      and = true;
    } else if (token.title || (open.length === 0 && isPlace(token.text))) {
      open = []; // what stands right before a title belongs to it: `Governance Acting Director`
      if (/^(?:AND|&)$/i.test(token.text)) and = true;
    } else {
      open.push(token.text);
      if (token.ends || index === tokens.length - 1) close();
    }
  }
  for (const run of runs) run.words = withoutOffice(run.words);
  const full = runs.filter(({ words }) => words.length > 1);
  const named = full
    .filter((run, index) => index === 0 || run.and)
    .map(({ words }) => words.join(' '));
  // `Martinez, Vilma, Ambassador, DOS, EXEC` (09BUENOSAIRES1257), `Ambassador Stephens`.
  const single = runs.slice(0, 2).map(({ words }) => words.join(' '));
  return (named.length > 0 ? named : single.length > 0 ? [single.join(', ')] : []).filter(isName);
}

/**
 * A name without the office that runs in to it and that no table holds. It is told by its shape: it is put together
 * of the short forms of offices (`Ecmin`, `Conoff`, `ESTHOff`, `Legatt`), or a given name with its initial stands
 * behind it (`ENVOY ROBERT L. GALLUCCI`).
 */
function withoutOffice(words: string[]): string[] {
  const [first = '', second = '', third = ''] = words;
  if (words.length >= 3 && COMPOSED.test(first)) return withoutOffice(words.slice(1));
  const initials = /^(?:\p{Lu}\.)+$|^\p{Lu}$/u;
  const isGiven = (word: string): boolean => GIVEN_NAMES.has(word.toUpperCase());
  const isBefore = words.length >= 4 && initials.test(third) && !initials.test(second);
  const isBeforeGiven = words.length >= 3 && isGiven(second) && !isGiven(first);
  return (isBefore || isBeforeGiven) && !isGiven(first) && !initials.test(first)
    ? words.slice(1)
    : words;
}

/** What offices are for, and what they are, in the short forms that telegrams put together. */
const COMPOSED =
  /^(?:A\/)?(?:actg?|pol|econ?|cons?|comm?|mil|mgmt|mgt|admin|adm|legal|leg|agr?i?|lab|sci|esth?|pub|pa|info|cult|ref|narc|def|dep|emb|amb|reg|sec|cust|fin|treas|energy|env|health|trans){1,3}[-/]?(?:dcm|cg|off(?:icer)?|couns?(?:elor)?|chief|ch|min(?:ister)?(?:couns?)?|att(?:ache)?|dir|rep|coord|sec|head|spec|adv(?:isor)?|asst?)s?$/i;

function isName(words: string): boolean {
  return /\p{L}{2}/u.test(words) && !isRedaction(words) && !/^line\b/i.test(words);
}

function tokensOf(entry: string): Token[] {
  const plain = entry.replace(/\([^)]{0,40}\)?/g, ' ').replace(/,?\s+(?=(?:jr|sr)\b)/gi, ', ');
  const words = plain.split(/\s+/).filter((word) => word !== '');
  const mixed = /\p{Ll}/u.test(plain.replace(/\b[ap]\.i\./gi, ''));
  return words.flatMap((word, index): Token[] => {
    const junior =
      /^(?:jr|sr)\b/i.test(words[index + 1] ?? '') ||
      /^(?:I{2,3}|IV)\b/.test(words[index + 1] ?? '');
    const stripped = junior ? word : word.replace(/[,;:.?-]+$/, '');
    const initial = /^(?:\p{Lu}\.)+$/u.test(word) || /^(?:jr|sr|st)\.$/i.test(word);
    const text = initial ? word : stripped;
    return [{ text, title: isTitle(text, mixed), ends: !junior && !initial && text !== word }];
  });
}

/** In a line of small letters all-capitals are offices: `AF PDAS Michael Ranneberger`. */
function isTitle(word: string, mixed: boolean): boolean {
  const plain = word
    .toUpperCase()
    .replace(/0/g, 'O')
    .replace(/[^A-Z/-]/g, '');
  if (plain === '' || plain.includes('/')) return true;
  if (/^(?:\p{Lu}\.)+$/u.test(word)) return plain === 'AI' || plain === 'US';
  if (plain.length === 1) return false;
  if (TITLE_WORDS.has(plain)) return true;
  if (
    plain.includes('-') &&
    plain.split('-').some((part) => TITLE_WORDS.has(part) && part.length > 1)
  )
    return true;
  if (mixed && /^\p{Ll}/u.test(word)) return !/^(?:de|da|do|la|le|van|von|bin|al-)/.test(word);
  // Offices are short; `ROBERT A. POLLARD, Minister-Counselor` (10BERLIN180) is a name.
  if (mixed && /^\p{Lu}{2,5}$/u.test(word)) return !GIVEN_NAMES.has(word) && !/^I+V?$/.test(word);
  if (/^(?:Pol|Econ|Eco)[A-Z]/.test(word) || /^(?:POL|ECON)(?:OFF|COUN|CHIEF|MIN)/.test(plain))
    return true;
  return isShortForm(plain) || isMisprint(plain);
}

function isPlace(word: string): boolean {
  return PLACE_WORDS.has(word.toUpperCase());
}

/** A title without its vowels: `Affs`, `Chf`, `Mgmt`, `Dpty`. Its first and its last letter stay. */
function isShortForm(word: string): boolean {
  if (word.length < 3 || word.length > 5 || /[AEIOU]/.test(word.slice(1))) return false;
  return SHORTENED_TITLES.some((title) => {
    if (title[0] !== word[0] || title.at(-1) !== word.at(-1)) return false;
    let at = 0;
    for (const letter of title) if (letter === word[at]) at++;
    return at === word.length;
  });
}

function isMisprint(word: string): boolean {
  if (word.length < 6) return false;
  return LONG_TITLES.some((title) => {
    // Misprints keep the first letter; without it few titles are left to compare.
    if (title[0] !== word[0] || Math.abs(title.length - word.length) > 2) return false;
    const far = distance(title, word);
    return far <= (word.length >= 8 ? 2 : 1) || (far === 2 && lettersOf(title) === lettersOf(word));
  });
}

/** `Affiars` has the letters of `Affairs`. */
function lettersOf(word: string): string {
  return word.split('').sort().join('');
}
