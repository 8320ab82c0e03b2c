import { distance } from 'fastest-levenshtein';
import { eng } from 'stopword';
import { TITLE_WORDS } from './tables/titles.js';
import { stemOf, wordsOf } from './terms.js';
import type { TextRange } from './sentences.js';

/** Stands for a name that the cable asks to protect; of one length, whatever the name's. */
export const MASK = '█████';

/**
 * What asks to protect whom it stands behind, in brackets or between dashes: `(protect)`, `(strictly protect throughout)`,
 * `(please protect)` (08LONDON1001), `(STRICTLY PROTECT - see reftels)` (10BAKU98), `-- please protect --`. No request is
 * `Please protect accordingly` (07PARIS306), which is of the cable, nor `(other than those included in protected areas)`.
 */
const ASKED_BEHIND = String.raw`(?:\s+(?:strictly|throughout|sources?|identity|identities|names?|please|as|his|her|their|both|all|contacts?|this|cable)){0,4}(?:\s*[-–—;:.,/][^()[\]]{0,60})?`;
const REQUEST = new RegExp(
  String.raw`[([][^()[\]]{0,40}?(?<!\b(?<!continue\s)to\s)\bprotect(?:ed)?${ASKED_BEHIND}\s*[)\]]` +
    String.raw`|(?:--?|[–—,])\s*(?:strictly|please|pls)\s+protect(?:\s+throughout)?\s*(?:--?|[–—,])`,
  'giu',
);
/** It is of several, whose names are joined by `and`. */
const OF_SEVERAL =
  /\bprotect(?:ed)?\b[^-–—;:.,/]+\b(?:both|all|their|sources|identities|names|contacts)\b|\b(?:both|all)\b[^-–—;:.,/]+\bprotect/i;
/** What stands between a name and a request, and is of the name: `(phonetic)`. */
const BESIDE_NAME = /(?:\s*[([](?:ph|phonetic|phon|sp\??|nfi|u\.s\. citizen)?\.?[)\]]?)+\s*$/i;

/** Characters before a request in which the name is looked for. */
const LOOKED_AT = 240;

const NAME_WORD = String.raw`(?:\p{Ll}{2,3}-)?\p{Lu}[\p{L}\p{M}]*(?:[-'’]\p{L}[\p{L}\p{M}]*)*\.?`;
const PARTICLE = String.raw`(?:de|da|do|dos|das|del|della|di|du|van|von|der|den|zu|bin|ibn|al|el|la|le|ter|ten)`;
const CAPITALISED = new RegExp(
  String.raw`(?<before>[\p{L}\p{N}]+['’]?s?[\s,]+)??(?<name>${NAME_WORD}(?:\s+(?:${PARTICLE}\s+){0,2}${NAME_WORD}){0,6})(?<own>['’]s)?[\s,"”]*$`,
  'u',
);
/** What stands before a place or an organisation, not before a person. */
const NOT_BEFORE_PERSON = /^(?:in|of|the|at|from|on|a|an|near|by the)[\s,]+$/i;
/** Offices and callings that stand before a name, beside those of diplomats, and what ends no name. */
const PERSONS = new Set(
  `ARCHBISHOP BANKER BISHOP CANDIDATE CEO CFO CHAIRPERSON CHAIRWOMAN COO CONGRESSMAN DEAN DOCTOR EDITOR EMIR
EXPERT FATHER GOVERNOR IMAM JOURNALIST JUDGE JUSTICE KING LAWYER LEADER MANAGER MAYOR MEMBER MEP MP MULLAH OWNER
PARTNER PASTOR PREMIER PRESIDENT PRINCE PRINCESS PROF PROFESSOR PROSECUTOR QUEEN RABBI REV REVEREND SEN SENATOR SHEIK
SHEIKH SIR SPOKESMAN SPOKESWOMAN SULTAN TREASURER STATES MINISTRY PARTY GOVERNMENT COUNCIL BANK COMPANY UNIVERSITY PARLIAMENT
KINGDOM UNION PALACE JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER MONDAY TUESDAY
WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY`.split(/\s+/),
);
const IN_A_PLACE = /^(?:to|in|of|for|at|from)[\s,]+$/i;
/** What goes on behind a comma and tells nothing of the name before it. */
const NO_APPOSITION = /^\s*(?:but|and|or|while|although|that|because|so|if)\b/i;

/**
 * The names that a cable asks to protect, in every form in which the cable has them: whole, each surname, a first name that
 * stands alone, and misprints by a letter. Where it asks to protect somebody whom it does not name (`the Canadian
 * Ambassador (protect)`, 09TUNIS415), or whose name was taken out, there is none.
 */
export function protectedNamesIn(body: string): string[] {
  const forms = new Set<string>();
  for (const request of body.matchAll(REQUEST)) {
    const before = body.slice(Math.max(0, request.index - LOOKED_AT), request.index);
    const names = namesBefore(before.replace(BESIDE_NAME, ' '), OF_SEVERAL.test(request[0]));
    for (const name of names) for (const form of formsOf(name, body)) forms.add(form);
  }
  return [...forms].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** The name before a request, and of several those that are joined with it. */
function namesBefore(before: string, areSeveral: boolean): (readonly string[])[] {
  const name = nameBefore(before);
  if (name === null) return [];
  if (!areSeveral) return [name];
  const rest = before.slice(0, before.lastIndexOf(name[0] ?? ''));
  const joint = /(?:,|\sand|&)\s*$/.exec(rest);
  return [name, ...(joint === null ? [] : namesBefore(rest.slice(0, joint.index), true))];
}

/** The name at the end of a text, or before the apposition that ends it: `Ann Miller, head of a firm` (08LONDON1001). */
function nameBefore(before: string): readonly string[] | null {
  const sentence = before.slice(lastSentenceAt(before));
  const direct = nameAtEnd(sentence, 1);
  if (direct !== null) return direct;
  const parts = sentence.replace(/[\s,]+$/, '').split(',');
  const last = parts.at(-1) ?? '';
  if (parts.length < 2 || NO_APPOSITION.test(last)) return null;
  return nameAtEnd(parts.slice(0, -1).join(','), 2);
}

/** Where the last sentence begins: behind a full stop that is no initial's or title's. */
function lastSentenceAt(text: string): number {
  const ends = [...text.matchAll(/(?<=\p{Ll}{3}[.!?]["”)]*)\s+(?=\p{Lu})|\n\s*\n/gu)];
  const last = ends.at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}

/** The words of a personal name at the end of a text, at least so many; null where none is. */
function nameAtEnd(text: string, fewest: number): readonly string[] | null {
  const { before = '', name } = CAPITALISED.exec(text)?.groups ?? {};
  if (name === undefined) return null;
  const words = name.replace(/['’]s$/, '').split(/\s+/);
  const title = words.findLastIndex((word) => isNoName(word));
  const behind = words.slice(title + 1);
  // `Ambassador to Paris John Doe` (09UNVIEVIENNA553), `candidate for York Jane Doe` (09LONDON956).
  const own =
    title < 0 && behind.length === 3 && IN_A_PLACE.test(before) ? behind.slice(1) : behind;
  const isBare = own.length === words.length;
  if (own.length < fewest || own.length === 0) return null;
  if (own.every((word) => /^X+$/i.test(word))) return null; // taken out
  // `the CSU`, `in Baku`, `In Baku`: nobody.
  if (title >= 0 && NOT_BEFORE_PERSON.test(`${words[title] ?? ''} `)) return null;
  if (isBare && NOT_BEFORE_PERSON.test(before)) return null;
  return text === text.toUpperCase() ? own.slice(-3) : own;
}

function isNoName(word: string): boolean {
  const bare = word.replace(/\.$/, '').replace(/['’]s$/i, '');
  return (
    TITLE_WORDS.has(bare.toUpperCase()) ||
    PERSONS.has(bare.toUpperCase()) ||
    eng.includes(bare.toLowerCase())
  );
}

/** A shorter word is an initial, or is found in too much. */
const SHORTEST = 2;
/** A word so long that differs in one letter is the same, misprinted. */
const MISPRINTED = 6;

const MONTHS = /^(?:March|April|May|June|August)$/i;

/** The forms of a name that are masked in its cable. */
function formsOf(name: readonly string[], body: string): string[] {
  const isParticle = new RegExp(`^${PARTICLE}$`, 'u');
  const words = name.filter((word) => !isParticle.test(word) && word.length >= SHORTEST);
  const [first, ...others] = words;
  const surnames = others.length === 0 ? words : others;
  const alone =
    first !== undefined && others.length > 0 && standsAlone(first, others, body) ? [first] : [];
  const near = [...new Set(body.match(/\p{Lu}[\p{L}\p{M}]{5,}/gu))].filter((word) =>
    surnames.some(
      (surname) =>
        surname.length >= MISPRINTED && distance(word.toLowerCase(), surname.toLowerCase()) === 1,
    ),
  );
  // `al-Rashid` is `Al-Rashid` at the beginning of a sentence, and `Rashid`.
  const bare = surnames.flatMap((word) => {
    const article = /^\p{Ll}{2,3}-(?=\p{Lu})/u.exec(word)?.[0] ?? '';
    const own = word.slice(article.length);
    return article === ''
      ? []
      : [own, `${article.charAt(0).toUpperCase()}${article.slice(1)}${own}`];
  });
  return [
    name.join(' '),
    // `May` alone is a month.
    ...surnames.filter((word) => words.length === 1 || !MONTHS.test(word)),
    ...bare,
    ...surnames.flatMap((each) => given(each, body)),
    ...alone,
    ...near,
  ];
}

/** What stands before a surname and before nothing else is of the name (05PARIS1699). */
function given(surname: string, body: string): string[] {
  const before = new RegExp(
    String.raw`(?<![\p{L}\p{M}-])(${NAME_WORD})\s+${escaped(surname)}(?!\p{L})`,
    'gu',
  );
  const words = new Set([...body.matchAll(before)].map(([, word = '']) => word));
  return [...words].flatMap((word) => {
    if (word.length < SHORTEST || word.endsWith('.') || isNoName(word)) return [];
    const all = body.match(new RegExp(String.raw`(?<!\p{L})${escaped(word)}(?!\p{L})`, 'giu'));
    const here = body.match(
      new RegExp(String.raw`(?<!\p{L})${escaped(word)}\s+${escaped(surname)}(?!\p{L})`, 'gu'),
    );
    return all?.length === here?.length ? [`${word} ${surname}`] : [];
  });
}

/** Whether a first name stands without a surname somewhere, never before another's, and is no common word. */
function standsAlone(first: string, others: readonly string[], body: string): boolean {
  const occurrences = [
    ...body.matchAll(new RegExp(String.raw`(?<![\p{L}])${escaped(first)}(?![\p{L}])`, 'gu')),
  ];
  // In capitals every word begins with one.
  if (first === first.toUpperCase() && body === body.toUpperCase()) return true;
  const behind = occurrences.map(({ index }) =>
    /^\s+(\p{Lu}[\p{L}\p{M}]*)/u.exec(body.slice(index + first.length, index + first.length + 40)),
  );
  return (
    behind.some((next) => next === null) &&
    behind.every(
      (next) => next === null || others.some((each) => each.startsWith(next[1] ?? '–')),
    ) &&
    !new RegExp(String.raw`(?<![\p{L}])${escaped(first.toLowerCase())}(?![\p{L}])`, 'u').test(body)
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

const patterns = new Map<string, RegExp>();
const MOST_PATTERNS = 500;

/** A shorter one in capitals may be an acronym. */
const SHORTEST_CAPITALS = 4;

/**
 * Finds any of the names, over line ends and with a word broken by one. Behind a word's first letter the others are of any
 * case: `RICARD` is `Ricard`, `McDonald` is `McDONALD`.
 */
function patternOf(names: readonly string[]): RegExp {
  const key = names.join('\n');
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const forms = names.map((name) => {
    const mayBeAcronym = name === name.toUpperCase() && name.length < SHORTEST_CAPITALS;
    const letters = Array.from(name);
    return letters
      .map((letter, at) => {
        const isWithin = /[\p{L}\p{M}]/u.test(letters[at - 1] ?? '');
        return spelt(letter, !mayBeAcronym && (isWithin || !/\p{Lu}/u.test(letter)));
      })
      .join(String.raw`(?:-[ \t]*\r?\n[ \t]*)?`);
  });
  const made = new RegExp(
    String.raw`(?<![\p{L}\p{N}])(?:${forms.join('|')})(?![\p{L}\p{N}])`,
    'gu',
  );
  if (patterns.size >= MOST_PATTERNS) patterns.clear();
  patterns.set(key, made);
  return made;
}

/** A letter of a name, with or without its accent, as it stands or in any case. */
function spelt(letter: string, isAnyCase: boolean): string {
  if (/\s/.test(letter)) return String.raw`\s+`;
  if (/['’‘`]/.test(letter)) return "['’‘`´]";
  const cases = isAnyCase ? [letter, letter.toLowerCase(), letter.toUpperCase()] : [letter];
  const bare = cases.map((each) => each.normalize('NFD').replace(/\p{M}/gu, ''));
  const all = [...new Set([...cases, ...bare])].map(escaped);
  return all.length === 1 ? all.join('') : `(?:${all.join('|')})`;
}

/** Where the names stand in a text. */
export function namePlaces(text: string, names: readonly string[]): TextRange[] {
  if (names.length === 0) return [];
  return [...text.matchAll(patternOf(names))].map(({ index, 0: name }) => [
    index,
    index + name.length,
  ]);
}

/** A text in which names are masked. */
export interface Masked {
  readonly text: string;
  /** How many places were masked. */
  readonly masks: number;
  /** Where a range of the text that was masked stands in this one. */
  readonly moved: (range: TextRange) => TextRange;
}

/** Masks names in a text. */
export function masked(text: string, names: readonly string[]): Masked {
  const places = namePlaces(text, names);
  if (places.length === 0) return { text, masks: 0, moved: (range) => range };
  let out = '';
  let last = 0;
  for (const [from, to] of places) {
    out += text.slice(last, from) + MASK;
    last = to;
  }
  const at = (offset: number): number => {
    let shift = 0;
    for (const [from, to] of places) {
      if (offset <= from) break;
      if (offset < to) return from + shift + MASK.length;
      shift += MASK.length - (to - from);
    }
    return offset + shift;
  };
  return {
    text: out + text.slice(last),
    masks: places.length,
    moved: ([start, end]) => [at(start), at(end)],
  };
}

/**
 * Whether somebody's words name one of the names: a word of it is enough, in any case, with or without accents, and misspelt by
 * a letter or two.
 */
export function namesAny(words: string, names: readonly string[]): boolean {
  return names.length > 0 && tellsAny(tellingWords(words), namedWords(names));
}

/** The words of somebody that may name a name. */
export function tellingWords(words: string): string[] {
  return wordsOf(words).filter((word) => word.length > SHORTEST && !eng.includes(word));
}

/** The words of names that tell them, and their stems. */
export function namedWords(names: readonly string[]): ReadonlySet<string> {
  const parts = names.flatMap(wordsOf).filter((part) => part.length > SHORTEST);
  return new Set([...parts, ...parts.map(stemOf)]);
}

/** {@link namesAny} of words that were read before, for many names. */
export function tellsAny(asked: readonly string[], parts: ReadonlySet<string>): boolean {
  return asked.some((word) => {
    if (parts.has(word)) return true;
    const most = word.length < MISSPELT ? 0 : word.length < LONG ? 1 : 2;
    return (
      most > 0 && [...parts].some((part) => part.length >= MISSPELT && distance(part, word) <= most)
    );
  });
}

/** A word so long may be misspelt by a letter, or by two. */
const MISSPELT = 6;
const LONG = 9;
