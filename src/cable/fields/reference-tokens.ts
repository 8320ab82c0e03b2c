import { fullYear } from '../id.js';

/** A word, a number or a sign of a reference line. */
export interface Token {
  readonly kind: 'word' | 'number' | 'year' | 'date' | 'airgram' | 'code' | 'sign' | 'cut';
  readonly text: string;
  /** Offsets in the line. */
  readonly start: number;
  readonly end: number;
  /** Blanks or nothing: whether it is glued to the token before. */
  readonly glued: boolean;
}

const MONTH = String.raw`(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\.?`;
const DAY = String.raw`\d{1,2}(?:ST|ND|RD|TH)?`;

/** What each kind of token looks like; the first that fits is taken. */
const SHAPES: readonly (readonly [kind: Token['kind'], shape: string])[] = [
  // `11/30/73`, `10/01-02/02`, `AUGUST 18, 1979`, `28 AUGUST 1979`, `FEBRUARY 13`, `JAN 24`.
  [
    'date',
    String.raw`\d{1,2}/\d{1,2}(?:-\d{1,2})?/(?:\d{4}|\d{2})(?!\d)|\b${MONTH}\s{0,2}${DAY}(?!\d)(?:\s?,?\s?(?:19|20)\d{2}(?!\d)|\s?,?\s?'?\d{2}(?=\s*(?:[,;)]|$)))?|(?<!\d)${DAY}\s?${MONTH}(?![A-Z])(?:\s?,?\s?(?:(?:19|20)\d{2}|'?\d{2})(?!\d))?|\b${MONTH}\s(?:19|20)\d{2}(?!\d)`,
  ],
  // A number that was cut off: `SECSTATE 1...` (04THEHAGUE1717).
  ['cut', String.raw`\d{0,7}\s?(?:\.\.\.|…)`],
  // `A-4683`, `A4683`; `CA-3400` is a circular airgram.
  ['airgram', String.raw`(?<![A-Z0-9-])C?A-? ?(?<=-|A)\d{1,5}(?![\dA-Z/-])`],
  // `TD-314/21795-05`, `SFO-GVA-VIII-088`, `F-2011-0001`, `UNSCR1718`.
  ['code', String.raw`(?<![A-Z0-9])[A-Z]{1,5}(?:-[A-Z]{1,5})*[-/]\d[\dA-Z/-]*[-/][\dA-Z/-]*`],
  ['year', String.raw`(?<![\w'])\(?['’]?(?:19[6-9]\d|20[01]\d)\)?(?=[\s-]+[A-Z])`],
  ['number', String.raw`#?\d+`],
  ['word', String.raw`\p{L}(?:[\p{L}\p{M}'’]|0(?=\p{L}|\s)|\.(?=\p{L}))*`],
  ['sign', String.raw`[^\s]`],
];
const TOKEN = new RegExp(SHAPES.map(([kind, shape]) => `(?<${kind}>${shape})`).join('|'), 'giu');

/** The tokens of a line, in order. */
function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  for (const match of line.matchAll(TOKEN)) {
    const { index: start, 0: text, groups = {} } = match;
    const kind = SHAPES.find(([name]) => groups[name] !== undefined)?.[0] ?? 'sign';
    const end = start + text.length;
    tokens.push({ kind, text, start, end, glued: tokens.at(-1)?.end === start });
  }
  return tokens;
}

/** The archive's first year, and its last. */
const FIRST_YEAR = 1966;
export const LATEST_YEAR = 2010;

export function isYear(twoDigits: string, latest: number): boolean {
  const year = fullYear(twoDigits);
  return year >= FIRST_YEAR && year <= latest;
}

/** A number as ids have it. */
export function digitsOf(text: string): string {
  return text.replace(/^#?0*/, '');
}

/** Digits of a cable's number, at most. */
export const MOST_DIGITS = 7;

/** The tokens of a line, with what stands at a place of it. */
export class TokenLine {
  readonly tokens: readonly Token[];

  constructor(line: string) {
    this.tokens = tokensOf(line);
  }

  text(at: number): string {
    return this.tokens[at]?.text ?? '';
  }

  is(at: number, kind: Token['kind']): boolean {
    return this.tokens[at]?.kind === kind;
  }

  isNumber(at: number): boolean {
    const token = this.tokens[at];
    const next = this.tokens[at + 1];
    // `MANILA 1998 AND PREVIOUS` is a number, `1998 MANILA 12` a year.
    const isYear = token?.kind === 'year' && this.is(at - 1, 'word') && /^\d+$/.test(token.text);
    if ((token?.kind !== 'number' && !isYear) || digitsOf(token.text).length > MOST_DIGITS)
      return false;
    if (/^#?0*$/.test(token.text)) return false;
    // `1.4`, `2nd`, `14:30`
    if (next?.glued !== true) return true;
    if (next.kind === 'word') return false;
    const after = this.tokens[at + 2];
    return !(/^[.:]$/.test(next.text) && after?.glued === true && /^\w/.test(after.text));
  }

  /** `(01)` that ends at a token: the year in two digits. */
  yearInBrackets(at: number): string | null {
    const brackets = `${this.text(at - 2)}${this.text(at)}`;
    if (brackets !== '()' && brackets !== '[]') return null;
    return this.yearOf(at - 1);
  }

  yearOf(at: number, latest = LATEST_YEAR): string | null {
    const digits = /^\(?['’]?((?:19|20)?\d{2})\)?$/.exec(this.text(at))?.[1];
    const year = digits?.slice(-2) ?? null;
    return year !== null && isYear(year, latest) ? year : null;
  }
}
