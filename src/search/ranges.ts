import { daysOf, monthBeginning, type Days } from './dates.js';

/** A stretch of time that a text names. */
export interface NamedRange {
  /** YYYY-MM-DD, both included; an end that is not named is open. */
  readonly from?: string;
  readonly to?: string;
  /** Months of every year in it, from 1, where single ones are named: `in March and May 2008`. */
  readonly months: readonly number[];
  /** Its words, as the text has them. */
  readonly words: string;
  /** It is more than a point of time: it has two ends that are named, or one that is open. */
  readonly isStretch: boolean;
}

const MONTH = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`;
const YEAR = String.raw`(?:(?:19[4-9]|20[0-4])\d|['’]\d\d)`;
const DAY = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const PART = String.raw`(?:spring|summer|autumn|fall|winter|early|mid|late|(?:first|second) half|(?:first|second|third|fourth|last) quarter|q[1-4]|first (?:two|three|four|six) months|beginning|middle|end)`;
/** A point of time: `2007`, `2007-03-14`, `14 March 2007`, `March 14, 2007`, `the summer of 2006`, `March`. */
const POINT = [
  String.raw`\d{4}-\d{2}(?:-\d{2})?`,
  String.raw`\d{1,2}[./]\d{1,2}[./]\d{4}`,
  String.raw`(?:the )?${DAY} (?:of )?${MONTH},?(?: ${YEAR})?`,
  String.raw`(?:${PART}[- ](?:of )?)?${MONTH} ${DAY},? ${YEAR}`,
  String.raw`(?:the )?(?:${PART}[- ](?:of )?)?(?:${MONTH},?(?: of)? )?${YEAR}`,
  String.raw`(?:the )?(?:early |late |mid-?)?(?:19|20|['’])?[4-9]0['’]?s`,
  String.raw`${MONTH} ['’]?\d\d`,
  MONTH,
].join('|');
const END = String.raw`(?![\p{L}\d])`;
const START = String.raw`(?<![\p{L}\d])`;

const BETWEEN = new RegExp(
  String.raw`${START}(?:(?:sent|written|dated) )?(?:between|from) (${POINT}) (?:and|to|until|till|thru|through|up to|-|–) (${POINT})${END}`,
  'iu',
);
const SPAN = new RegExp(
  String.raw`${START}(?:(?:in|of|from|during|for) )?((?:${MONTH} )?${YEAR})(?: ?[-–/] ?| (?:to|until|till|through|thru) )((?:${MONTH} )?${YEAR})${END}`,
  'iu',
);
/** `in 2007 and 2008`. */
const YEARS = new RegExp(
  // eslint-disable-next-line regexp/no-useless-non-capturing-group -- it is put together
  String.raw`${START}(?:in|of|from|during|for) (${YEAR}) (?:and|or|&) (${YEAR})${END}`,
  'iu',
);
/** `in March and May 2008`, `from January, March and June`. */
const MONTHS = new RegExp(
  // eslint-disable-next-line regexp/no-useless-non-capturing-group -- it is put together
  String.raw`${START}(?:(?:in|of|from|during) )?((?:${MONTH}(?:, ?| and | or |, and )){1,11}${MONTH})(?: (?:of )?(${YEAR}))?${END}`,
  'iu',
);
const ONE = new RegExp(
  String.raw`${START}(?:(?:sent|written|dated) )?((?:no|not|nothing) (?:later|earlier|older|newer) than|before|pre|post|prior to|earlier than|until|till|up to(?: and including)?|up until|after|later than|since|from|in|during|of|dated|on|for|within)(?: |-)(${POINT})( (?:on(?= ?(?:[,;:.?!]|$))|onwards?|(?:or|and) (?:later|after)|(?:or|and) (?:earlier|before)))?${END}`,
  'iu',
);
/** `2004 or earlier`, `28 June 2009 and later`. */
const OPEN = new RegExp(
  String.raw`${START}(${POINT})( (?:onwards?|(?:or|and) (?:later|after)|(?:or|and) (?:earlier|before)))${END}`,
  'iu',
);
/** A year, or two, that stands for itself: between commas, at an end. */
const BARE = new RegExp(
  // eslint-disable-next-line regexp/no-useless-non-capturing-group -- it is put together
  String.raw`(?:^|[,;:(] ?|(?<=\p{Ll} ))(${POINT})(?: (?:and|or|,) (${YEAR}))?(?=\s*(?:[,;:.?!)]|[-–] |$|(?:cables|telegrams|documents|reports)\b))`,
  'iu',
);

/**
 * The stretch of time that a text names, or null. A month without a year is one of every year; `bare`: a year
 * alone counts too.
 */
export function rangeIn(text: string, bare = false): NamedRange | null {
  return (
    between(BETWEEN.exec(text)) ??
    between(SPAN.exec(text)) ??
    between(YEARS.exec(text)) ??
    months(MONTHS.exec(text)) ??
    one(ONE.exec(text)) ??
    one(withWord(OPEN.exec(text))) ??
    (bare ? alone(BARE.exec(text)) : null)
  );
}

function between(match: RegExpExecArray | null): NamedRange | null {
  const [words, first = '', last = ''] = match ?? [];
  if (words === undefined) return null;
  const to = pointOf(last);
  // `between June and August 2009`: of the same year.
  const from = pointOf(first) ?? pointOf(`${first} ${/\d{4}/.exec(last)?.[0] ?? ''}`);
  if (from !== null && to !== null)
    return { from: from.from, to: to.to, months: [], words, isStretch: true };
  const [a, b] = [monthOf(first), monthOf(last)];
  if (a === 0 || b === 0) return null;
  const count = ((b - a + 12) % 12) + 1;
  return {
    months: Array.from({ length: count }, (_, i) => ((a - 1 + i) % 12) + 1),
    words,
    isStretch: true,
  };
}

function months(match: RegExpExecArray | null): NamedRange | null {
  const [words, names = '', year] = match ?? [];
  if (words === undefined) return null;
  const named = names.split(/, ?and |, ?| and | or /).map(monthOf);
  const sorted = [...new Set(named)].toSorted((a, b) => a - b);
  const [first, last] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  if (year === undefined && !/^(?:in|of|from|during) /i.test(words)) return null;
  if (year === undefined) return { months: sorted, words, isStretch: true };
  const [from, to] = [daysOf(`${year}-${first}`), daysOf(`${year}-${last}`)];
  const whole = last - first + 1 === sorted.length;
  return from === null || to === null
    ? null
    : { from: from.from, to: to.to, months: whole ? [] : sorted, words, isStretch: true };
}

function one(match: readonly (string | undefined)[] | null): NamedRange | null {
  const [words, word = '', point = '', onwards = ''] = match ?? [];
  if (words === undefined) return null;
  const days = pointOf(point);
  if (days === null) {
    const month = monthOf(point);
    // `may` and `march` without a year are months with a capital alone.
    if (month === 0 || !/^\p{Lu}/u.test(point)) return null;
    return { months: [month], words, isStretch: false };
  }
  const open = { months: [], words, isStretch: true };
  switch (
    word
      .toLowerCase()
      .replace(/^(?:no|not|nothing) /, 'no ')
      .replace(/ and including$/, '')
  ) {
    case 'before':
    case 'pre':
    case 'prior to':
    case 'earlier than':
      return { ...open, to: dayBeside(days.from, -1) };
    case 'after':
    case 'post':
    case 'later than':
      return { ...open, from: dayBeside(days.to, 1) };
    case 'no earlier than':
    case 'no older than':
    case 'since':
      return { ...open, from: days.from };
    case 'no later than':
    case 'no newer than':
    case 'until':
    case 'till':
    case 'up to':
    case 'up until':
      return { ...open, to: days.to };
    default:
      if (/earlier|before/i.test(onwards)) return { ...open, to: days.to };
      if (onwards !== '') return { ...open, from: days.from };
      return { ...open, from: days.from, to: days.to, isStretch: false };
  }
}

/** `2004 or earlier` as if `in` stood before it. */
function withWord(match: RegExpExecArray | null): readonly string[] | null {
  const [words = '', point = '', onwards = ''] = match ?? [];
  return match === null ? null : [words, 'in', point, onwards];
}

function alone(match: RegExpExecArray | null): NamedRange | null {
  const [words = '', point = '', last] = match ?? [];
  const [from, to] = [pointOf(point), pointOf(last ?? point)];
  if (match === null || from === null || to === null) return null;
  return { from: from.from, to: to.to, months: [], words, isStretch: last !== undefined };
}

/** The first and last months of parts of a year; a winter begins in the year before. */
const PARTS: readonly (readonly [RegExp, first: number, last: number])[] = [
  [/spring/, 3, 5],
  [/summer/, 6, 8],
  [/autumn|fall/, 9, 11],
  [/first half/, 1, 6],
  [/second half/, 7, 12],
  [/first two months/, 1, 2],
  [/first (?:quarter|three months)|q1/, 1, 3],
  [/first four months/, 1, 4],
  [/first six months/, 1, 6],
  [/second quarter|q2/, 4, 6],
  [/third quarter|q3/, 7, 9],
  [/(?:fourth|last) quarter|q4/, 10, 12],
  [/early|beginning/, 1, 4],
  [/mid/, 5, 8],
  [/late|end/, 9, 12],
];

/** The days of a point of time with its year; null for what has none. */
function pointOf(text: string): Days | null {
  const plain = text
    .toLowerCase()
    .replace(/\bthe |\bof |[.,](?= |$)/g, '')
    .replace(/(\d)(?:st|nd|rd|th)\b/, '$1')
    .replace(/^(\d{1,2})[./](\d{1,2})[./](\d{4})$/, '$3-$2-$1')
    .replace(/\b(\p{L}{3,9}) (\d{1,2}) (\d{4})$/u, '$2 $1 $3')
    .replace(/(?<=^|\s)['’]?(\d\d)$/, (_, year: string) => fullYear(year))
    .trim();
  const decade = /^(early |late |mid-?)?(?:19|20|['’])?(\d)0['’]?s$/.exec(plain);
  if (decade !== null) {
    const century = /20\d0/.test(plain) ? '20' : '19';
    const [, part = '', digit = ''] = decade;
    const [first, last] =
      part === '' ? [0, 9] : part.startsWith('e') ? [0, 3] : part.startsWith('l') ? [7, 9] : [4, 6];
    return { from: `${century}${digit}${first}-01-01`, to: `${century}${digit}${last}-12-31` };
  }
  const exact = daysOf(withMonth(plain));
  if (exact !== null) return exact;
  const year = /\d{4}$/.exec(plain)?.[0];
  if (year === undefined) return null;
  const inMonth = daysOf(withMonth(plain.replace(new RegExp(String.raw`^${PART}[- ]`), '')));
  if (/winter/.test(plain)) {
    const to = daysOf(`${year}-2`);
    return to === null ? null : { from: `${Number(year) - 1}-12-01`, to: to.to };
  }
  const part = PARTS.find(([words]) => words.test(plain));
  if (part === undefined || monthOf(plain.replace(/^\S+[- ]/, '')) > 0) return inMonth;
  const [, first, last] = part;
  const [from, to] = [daysOf(`${year}-${first}`), daysOf(`${year}-${last}`)];
  return from === null || to === null ? null : { from: from.from, to: to.to };
}

/** `07` is 2007, `79` is 1979. */
function fullYear(year: string): string {
  return `${Number(year) < 40 ? '20' : '19'}${year}`;
}

/** `14 sept 2007` with the month as daysOf reads it. */
function withMonth(text: string): string {
  return text.replace(/\p{L}+/u, (name) => (monthOf(name) > 0 ? name.slice(0, 3) : name));
}

/** The month that a text begins with, from 1; 0 where it begins with none. */
function monthOf(text: string): number {
  const name = /^\p{L}{3}/u.exec(text.trim())?.[0].toLowerCase() ?? '';
  return new RegExp(`^${MONTH}(?!\\p{L})`, 'iu').test(text.trim()) ? monthBeginning(name) : 0;
}

/** A day some days from another. */
function dayBeside(day: string, by: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
}

/** A range as filters name it. */
export function rangeFilters({ from, to, months: named }: NamedRange): Record<string, string> {
  return {
    ...(from && { from }),
    ...(to && { to }),
    ...(named.length > 0 && { month: named.join(',') }),
  };
}
