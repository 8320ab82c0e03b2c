import { distance } from 'fastest-levenshtein';
import { eng } from 'stopword';
import { escaped, SHORTEST } from './masks.js';
import { isKnownPost } from './posts.js';
import { TITLE_WORDS } from './tables/titles.js';

/**
 * What asks to protect whom it stands behind, in brackets or between dashes: `(protect)`, `(strictly protect throughout)`,
 * `(please protect)` (08LONDON1001), `(STRICTLY PROTECT - see reftels)` (10BAKU98), `-- please protect --`. No request is
 * `Please protect accordingly` (07PARIS306), which is of the cable, nor `(other than those included in protected areas)`.
 */
const ASKED_BEHIND = String.raw`(?:\s+(?:strictly|throughout|sources?|identity|identities|names?|please|as|his|her|their|both|all|contacts?|this|cable)){0,4}(?:\s*[-–—;:.,/][^()[\]]{0,60})?`;
const ASKING = String.raw`(?:strictly|please|pls|both|all|sources?|identity|names?)`;
/** What says of somebody that he protects: no request. */
const NO_REQUEST = String.raw`(?<!\b(?<!continue\s)(?:to|must|should|shall|will|would|can|could|may|might)\s)`;
const REQUEST = new RegExp(
  String.raw`[([{][^()[\]{}]{0,40}?${NO_REQUEST}\bprotect(?:ed)?${ASKED_BEHIND}\s*[)\]}]` +
    // A bracket that begins with it asks, whatever follows: `(please protect from disclosure)`.
    String.raw`|[([{]\s*(?:${ASKING}[\s,:-]+){0,3}protect\b(?!\s+accordingly)[^()[\]{}]{0,60}[)\]}]` +
    String.raw`|(?:--?|[–—,;])\s*(?:whom\s+)?(?:strictly|please|pls)\s+protect(?:\s+(?:throughout|(?:(?:his|her|their)\s+)?(?:identity|identities|names?)))?\s*(?:--?|[–—,;.])` +
    String.raw`|(?:--|[–—/])\s*protect\s*(?:--|[–—/])` +
    // A sentence of its own: `We have it from NAME. Please protect.`
    String.raw`|(?<=\.)\s+(?:please|strictly)\s+protect(?:\s+(?:strictly|throughout|source))?\s*\.`,
  'giu',
);
/** It is of several, whose names are joined by `and`. */
const OF_SEVERAL =
  /\bprotect(?:ed)?\b[^-–—;:.,/]+\b(?:both|all|them|their|sources|identities|names|contacts)\b|\b(?:both|all)\b[^-–—;:.,/]+\bprotect/i;
/** What stands between a name and a request, and is of the name: `(phonetic)`, `(head of the port)`, `, Jr.`, `, Ph.D.` */
const BESIDE_NAME =
  /(?:\s*[([][^()[\]]{0,60}[)\]]?|,\s*(?:(?:Jr|Sr)\.?|Ph\.?\s?D\.?|(?:\p{Lu}\.?){2,4}))+[\s.]*$/u;
/** Another name of the same: `(aka Abu Salma)`, `, also known as Abu Salma`. */
const ALIAS =
  /\b(?:a\.?k\.?a\.?|AKA|alias|(?:also )?known as|n[ée]e)\s+["“']?(\p{Lu}[\p{L}\p{M}'’-]*(?:\s+\p{Lu}[\p{L}\p{M}'’-]*){0,3})/u;
/** A nickname within a name: `Viktor "Vitya" Oakes`. */
const NICKNAME = /(?<=\p{L}\s+)["“'‘](\p{Lu}[\p{L}\p{M}]+)["”'’]\s+(?=\p{Lu})/gu;

/** Characters before a request in which the name is looked for. */
const LOOKED_AT = 240;

const NAME_WORD = String.raw`(?:\p{Ll}{2,3}-)?\p{Lu}[\p{L}\p{M}]*(?:[-'’]\p{L}[\p{L}\p{M}]*)*\.?`;
const PARTICLE = String.raw`(?:de|da|do|dos|das|del|della|di|du|[eyi]|van|von|der|den|zu|bin|bint|ibn|ben|ould|al|el|la|las|los|le|ter|ten|thi)`;
const IS_PARTICLE = new RegExp(`^${PARTICLE}$`, 'u');
const CAPITALISED = new RegExp(
  String.raw`(?<before>[\p{L}\p{N}]+['’]?s?[\s,]+)??(?<name>${NAME_WORD}(?:\s+(?:${PARTICLE}\s+){0,2}${NAME_WORD}){0,6})(?<own>['’]s)?[\s,"”]*$`,
  'u',
);
/** What stands before a place or an organisation, not before a person. */
const NOT_BEFORE_PERSON = /^(?:in|the|at|on|a|an|near|by the)[\s,]+$/i;
/** What stands before either: before a person where the name has two words and is no place's. */
const BEFORE_EITHER = /^(?:of|from|to|for)[\s,]+$/i;
/** Offices and callings that stand before a name, beside those of diplomats, and what ends no name. */
const PERSONS = new Set(
  `ARCHBISHOP BANKER BISHOP CANDIDATE CEO CFO CHAIRPERSON CHAIRWOMAN COO CONGRESSMAN DEAN DOCTOR EDITOR EMIR
EXPERT FATHER GOVERNOR IMAM JOURNALIST JUDGE JUSTICE KING LAWYER LEADER MANAGER MAYOR MEMBER MEP MP MULLAH OWNER
PARTNER PASTOR PREMIER PRESIDENT PRINCE PRINCESS PROF PROFESSOR PROSECUTOR QUEEN RABBI REV REVEREND SEN SENATOR SHEIK
SHEIKH SIR SPOKESMAN SPOKESWOMAN SULTAN TREASURER STATES MINISTRY PARTY GOVERNMENT COUNCIL BANK COMPANY UNIVERSITY PARLIAMENT
KINGDOM UNION PALACE JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER MONDAY TUESDAY
WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY PARTICIPANTS ATTENDEES CONTACTS SOURCES GUESTS NAMES`.split(
    /\s+/,
  ),
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
    const end = request.index + request[0].length;
    const behind = body.slice(end, end + LISTED);
    for (const name of namesFor(before, request[0], behind)) {
      for (const form of formsOf(name, body)) forms.add(form);
    }
  }
  for (const { 0: all, index } of body.matchAll(REQUEST_BEFORE)) {
    const name = nameAtStart(body.slice(index + all.length));
    if (name !== null) for (const form of formsOf(name, body)) forms.add(form);
  }
  return [...forms].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** What stands before the words of a paragraph: `¶1. (C) `. */
const NUMBER_AND_MARK = /^\s*(?:¶?\d{1,3}\.?\s*)?(?:\([A-Z/]{1,9}\)\s*)+$/;

/** Characters behind a request in which those that it lists are looked for. */
const LISTED = 400;
/** `Please protect NAME`, `Please protect the identity of NAME`. */
const REQUEST_BEFORE =
  /\b(?:[Pp]lease|[Pp]ls|[Ss]trictly)\s+protect\s+(?:the\s+(?:identity|name)\s+of\s+)?(?:(?:Mrs?|Ms|Dr)\.?\s+)?(?=\p{Lu}\p{Ll}[\p{L}\p{M}'’-]*\s*[\p{Lu}'’.,])/gu;
const AT_START = new RegExp(
  String.raw`^\s*(${NAME_WORD}(?:\s+(?:${PARTICLE}\s+){0,2}${NAME_WORD}){0,4})`,
  'u',
);

/** The names that a request is of: those before it, or behind it where it stands before a list, or begins its paragraph. */
function namesFor(before: string, request: string, behind: string): (readonly string[])[] {
  const named = listed(/^\s*:([^.]*)/.exec(behind)?.[1] ?? '');
  const lineBreaks = [
    before.replace(/-[ \t]*\r?\n[ \t]*(?=\p{L})/gu, '-'),
    before.replace(/(?<=\p{L})-[ \t]*\r?\n[ \t]*(?=\p{Ll})/gu, ''),
  ];
  const found = [...new Set(lineBreaks)].flatMap((text) => {
    const aliases = [
      ...(ALIAS.exec(text.slice(-LONGEST_ASIDE))?.slice(1) ?? []),
      ...[...text.matchAll(NICKNAME)].flatMap(([, nickname]) => nickname ?? []),
    ];
    const plain = text
      .replace(NICKNAME, '')
      .replace(BESIDE_NAME, ' ')
      .replace(/,?\s+(?:also known as|known as|alias|a\.?k\.?a\.?)\s[^,()]{1,40},?\s*$/i, ' ');
    const names = namesBefore(plain, OF_SEVERAL.test(request));
    return names.length === 0 ? [] : [...names, ...aliases.map((alias) => alias.split(/\s+/))];
  });
  const all = [...found, ...named];
  // Its number and its mark stand before a paragraph.
  const said = before.slice(lastSentenceAt(before)).replace(NUMBER_AND_MARK, '');
  if (all.length > 0 || /[\p{L}\p{N}]/u.test(said)) return all;
  const name = nameAtStart(behind);
  return name === null || name.length < 2 ? [] : [name];
}

/** The names of a list. */
function listed(list: string): (readonly string[])[] {
  return list.split(/[;,\n]|\sand\s/).flatMap((each) => {
    const name = nameAtStart(each);
    return name === null ? [] : [name];
  });
}

/** Characters before a request in which another name of the same person is looked for. */
const LONGEST_ASIDE = 80;

/** The personal name that a text begins with, or null. */
function nameAtStart(text: string): readonly string[] | null {
  // A stop behind a word of some letters ends the sentence, and is no initial's.
  const [sentence = ''] = text.split(/(?<=\p{L}{3})\./u);
  const words =
    AT_START.exec(sentence)?.[1]
      ?.replace(/['’]s$/, '')
      .replace(/\.$/, '')
      .split(/\s+/) ?? [];
  const own = words.slice(words.findLastIndex((word) => isNoName(word)) + 1);
  return own.length === 0 ? null : own;
}

/** The name before a request, and of several those that are joined with it. */
function namesBefore(before: string, areSeveral: boolean): (readonly string[])[] {
  const [name, ...others] = nameBefore(before);
  if (name === undefined) return [];
  if (!areSeveral || others.length > 0) return [name, ...others];
  const rest = before.slice(0, before.lastIndexOf(name[0] ?? ''));
  const joint = /(?:[,&/]|\sand)\s*$/.exec(rest);
  return [name, ...(joint === null ? [] : namesBefore(rest.slice(0, joint.index), true))];
}

/**
 * The name at the end of a text, or before the apposition that ends it: `Ann Miller, head of a firm` (08LONDON1001); both
 * where it cannot be told who is meant.
 */
function nameBefore(before: string): (readonly string[])[] {
  const sentence = before.slice(lastSentenceAt(before));
  const direct = nameAtEnd(sentence, 1);
  const parts = sentence.replace(/[\s,]+$/, '').split(',');
  const last = parts.at(-1) ?? '';
  const described =
    parts.length < 2 || NO_APPOSITION.test(last)
      ? null
      : nameAtEnd(parts.slice(0, -1).join(','), 2);
  if (described !== null && direct !== null) {
    // `Ann Miller, adviser to Prime Minister Oakes`: she is meant.
    if (describes(last)) return [described];
    // `Ann Miller, Gazprom`, or `Ann Miller, Oakes`.
    return /^\s*\S+\s*$/.test(last) ? [direct, described] : [direct];
  }
  const found = described ?? direct;
  if (found !== null) return [[...found, ...surnameFirst(parts, direct)]];
  // `Ann Miller of the port`.
  const post = /^(.*?\p{L})\s+(?:of|from|at|in|with)\s[^,;:]{1,60}$/su.exec(
    sentence.trimEnd(),
  )?.[1];
  const own = post === undefined ? null : nameAtEnd(post, 2);
  return own === null ? [] : [own];
}

/** The surname of `Oakes, Ann`: one word before the comma, no adverb, and nothing but a given name behind it. */
function surnameFirst(
  parts: readonly string[],
  given: readonly string[] | null,
): readonly string[] {
  if (given === null || given.join(' ') !== parts.at(-1)?.trim()) return [];
  const surname = nameAtEnd(parts.slice(0, -1).join(','), 1) ?? [];
  return surname.length === 1 && !isPlace(surname) && !surname[0]?.endsWith('ly') ? surname : [];
}

/** Whether what stands behind a name's comma is said of it, and ends in another name or an organisation's. */
function describes(part: string): boolean {
  if (/^\s*(?:at|in|on|from|by|with|as|after|before|during|for|according)\b/i.test(part))
    return false;
  return /\s(?:of|to|for|at|in|from|under)\s(?:the\s)?(?:\p{Lu}\S*\s+){0,6}\p{Lu}\S*\s*$/u.test(
    part,
  );
}

/** Where the last sentence begins: behind a full stop that is no initial's or title's. */
function lastSentenceAt(text: string): number {
  const ends = [...text.matchAll(/(?<=\p{Ll}{3}[.!?]["”)]*)\s+(?=\p{Lu})|\n\s*\n/gu)];
  const last = ends.at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}

/** The words of a personal name at the end of a text, at least so many; null where none is. */
function nameAtEnd(text: string, fewest: number): readonly string[] | null {
  const { before = '', name, own: possessive } = CAPITALISED.exec(text)?.groups ?? {};
  if (name === undefined) return null;
  const words = name
    .replace(/(?<=\p{L}{3})\.$/u, '')
    .replace(/['’]s$/, '')
    .split(/\s+/);
  const title = words.findLastIndex((word) => isNoName(word) && !IS_PARTICLE.test(word));
  const behind = words.slice(title + 1);
  // `Ambassador to Paris John Doe` (09UNVIEVIENNA553), `candidate for York Jane Doe` (09LONDON956).
  const own =
    title < 0 && behind.length === 3 && IN_A_PLACE.test(before) ? behind.slice(1) : behind;
  const isBare = own.length === words.length;
  if (own.length < fewest || own.length === 0) return null;
  if (own.every((word) => /^X+$/i.test(word))) return null; // taken out
  // `the CSU`, `in Baku`, `In Baku`: nobody.
  if (title >= 0 && NOT_BEFORE_PERSON.test(`${words[title] ?? ''} `)) return null;
  // `at John Doe’s house`: he is a person.
  const isOwner = possessive !== undefined && own.length > 1;
  if (isBare && !isOwner && NOT_BEFORE_PERSON.test(before)) return null;
  if (isBare && BEFORE_EITHER.test(before) && (own.length < 2 || isPlace(own))) return null;
  return text === text.toUpperCase() ? own.slice(-3) : own;
}

/** Whether words are a city's that has a post, or a country's. */
function isPlace(words: readonly string[]): boolean {
  return isKnownPost(words.join('').replace(/\P{L}/gu, '').toUpperCase());
}

function isNoName(word: string): boolean {
  const bare = word.replace(/\.$/, '').replace(/['’]s$/i, '');
  return (
    TITLE_WORDS.has(bare.toUpperCase()) ||
    PERSONS.has(bare.toUpperCase()) ||
    eng.includes(bare.toLowerCase())
  );
}

/** A word so long that differs in one letter is the same, misprinted. */
const MISPRINTED = 6;

const MONTHS = /^(?:March|April|May|June|August)$/i;

/** The forms of a name that are masked in its cable. */
function formsOf(name: readonly string[], body: string): string[] {
  const words = name.filter((word) => !IS_PARTICLE.test(word) && word.length >= SHORTEST);
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
  // Of `Aliyeva-Guliyeva` either may stand alone.
  const halves = surnames.flatMap((word) => {
    const parts = word.split('-');
    return parts.length < 2 ? [] : parts.filter((part) => /^\p{Lu}.{3,}/u.test(part));
  });
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
    ...halves,
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
