import { monthNumber } from '../day.js';
import { formatCableId, fullYear, type Citing } from '../id.js';
import { AROUND, knownPost, postBefore, type NamedPost } from './cited-post.js';
import { digitsOf, isYear, LATEST_YEAR, MOST_DIGITS, TokenLine } from './reference-tokens.js';

/** A range of more cables than this is a misprint. */
const LONGEST_RANGE = 20;
/** Cables that are sent together cite each other: 09BRASILIA1411 cites 1412. */
const SENT_TOGETHER = 10;

/** A year in two digits or in four. */
const YEAR = /^\d{2}$|^(?:19|20)\d{2}$/;

/** A cable that an entry of a reference line names. */
export interface CitedCable {
  readonly id: string;
  readonly post: string;
}

/**
 * The cables of one entry, by this grammar:
 *
 *     entry   = cable { cable }
 *     cable   = [ year ] post [ "(" year ")" ] numbers [ date ]
 *             | number post                              `377 KATHMANDU`, nothing else in the entry
 *             | number                                   `B. 2962`: the post of the one before
 *     numbers = number [ year behind ] { ( "," | "AND" | "&" | "/" | "THRU" | "-" ) number [ year behind ] }
 */
export class CitedList {
  readonly #line: TokenLine;
  readonly #taken = new Set<number>();
  readonly #found: CitedCable[] = [];

  constructor(
    text: string,
    private readonly citing: Citing,
    /** The post of the cable before. */
    private readonly before: string | null,
    /** It speaks of e-mails or calls: names in `KUJAWINSKI-FRANCE DESK 3/11 E-MAIL` are no posts. */
    private readonly speaksOfOthers: boolean,
  ) {
    this.#line = new TokenLine(text);
  }

  read(): CitedCable[] {
    for (let at = 0; at < this.#line.tokens.length; at++) {
      if (!this.#line.isNumber(at) || this.#taken.has(at)) continue;
      const post = postBefore(this.#line, at, this.#taken, !this.speaksOfOthers);
      if (post !== null) at = this.#cable(post, at);
    }
    if (this.#found.length === 0) this.#numberFirst();
    return this.#found;
  }

  /** Words and numbers that no cable took, and that say nothing by themselves. */
  unread(): string[] {
    return this.#line.tokens
      .filter(({ kind, text }, at) => {
        if (this.#taken.has(at) || kind === 'sign' || kind === 'date' || kind === 'airgram')
          return false;
        return !(kind === 'word' && AROUND.test(text));
      })
      .map(({ text }) => text);
  }

  /** What stands behind a number may be another number: a year there is not later than the citing cable's. */
  get #latest(): number {
    return this.citing.year === null ? LATEST_YEAR : fullYear(this.citing.year);
  }

  /** Reads the cables of a post from its first number on; returns the last token of them. */
  #cable(post: NamedPost, number: number): number {
    for (let at = post.first; at <= number; at++) this.#taken.add(at);
    const stated = this.#yearAround(post, number);
    const numbers: { digits: string; year: string | null }[] = [
      { digits: this.#digits(number), year: null },
    ];
    let at = this.#behind(number, numbers);
    for (;;) {
      const next = this.#furtherNumber(at);
      if (next === null) break;
      const range = this.#line.text(next - 1) === '-' || /^THR/i.test(this.#line.text(next - 1));
      const last = numbers.at(-1)?.digits ?? '';
      for (let skipped = at + 1; skipped <= next; skipped++) this.#taken.add(skipped);
      if (range)
        numbers.push(
          ...rangeTo(last, this.#digits(next)).map((digits) => ({ digits, year: null })),
        );
      else numbers.push({ digits: this.#digits(next), year: null });
      at = this.#behind(next, numbers);
    }
    const dated = this.#dateBehind(at);
    const own = numbers.length === 1 ? null : stated;
    for (const { digits, year } of numbers) {
      this.#push(post.name, digits, year ?? own ?? stated ?? dated);
    }
    return at;
  }

  /** The year before the post, or between it and the number. */
  #yearAround({ first, last }: NamedPost, number: number): string | null {
    for (let at = last + 1; at < number; at++) {
      const between = this.#line.yearInBrackets(at);
      if (between !== null) return between;
    }
    let at = first - 1;
    if (this.#line.text(at) === '-' || this.#line.text(at) === '/') at--;
    const bracketed = this.#line.yearInBrackets(at);
    if (bracketed !== null) {
      for (const each of [at, at - 1, at - 2]) this.#taken.add(each);
      return bracketed;
    }
    const token = this.#line.tokens[at];
    if (token === undefined || this.#taken.has(at)) return null;
    const isYear = token.kind === 'year' || (token.kind === 'number' && YEAR.test(token.text));
    const year = isYear ? this.#line.yearOf(at) : null;
    if (year !== null) {
      for (const each of [at, at - 1])
        if (each === at || /^['’]$/.test(this.#line.text(each))) this.#taken.add(each);
    }
    return year;
  }

  /**
   * What stands behind a number and is its year: `QUITO 4525-91`, `AMMAN 07718 99`, `STATE 00789/08`, `STATE
   * 02259 (2002)`. Returns the last token of it.
   */
  #behind(number: number, numbers: { digits: string; year: string | null }[]): number {
    const last = numbers.at(-1);
    if (last === undefined) return number;
    const take = (to: number, year: string | null): number => {
      last.year = year;
      for (let at = number + 1; at <= to; at++) this.#taken.add(at);
      return to;
    };
    const bracketed = this.#line.yearInBrackets(number + 3);
    if (bracketed !== null) return take(number + 3, bracketed);
    const sign = this.#line.text(number + 1);
    const behind = this.#line.tokens[number + 2];
    if ((sign === '-' || sign === '/') && behind?.glued === true && YEAR.test(behind.text)) {
      const year = this.#line.yearOf(number + 2, this.#latest);
      if (year !== null) return take(number + 2, year);
    }
    const next = this.#line.tokens[number + 1];
    const after = this.#line.tokens[number + 2];
    const ends = after === undefined || after.text === ',';
    if (next?.kind === 'number' && ends && /^[09]\d$/.test(next.text)) {
      return take(number + 1, this.#line.yearOf(number + 1, this.#latest));
    }
    return number;
  }

  /** A further number of the same post: behind a comma, `AND`, a slash; the first of its own post is none. */
  #furtherNumber(at: number): number | null {
    let next = at + 1;
    while (/^(?:[,&/-]|AND|THRU|THROUGH|NOTAL|TO)$/i.test(this.#line.text(next))) {
      const isSign = /^[/-]$/.test(this.#line.text(next));
      if (isSign && (next > at + 1 || this.#line.tokens[next + 1]?.glued !== true)) return null;
      next++;
    }
    if (next === at + 1 || !this.#line.isNumber(next) || digitsOf(this.#line.text(next)).length < 2)
      return null;
    if (this.#line.tokens[next]?.kind === 'number' && /^TO$/i.test(this.#line.text(next - 1)))
      return null;
    const range = /^[/-]$/.test(this.#line.text(next - 1));
    const behind = this.#line.tokens[next + 1];
    // `STATE 1234, 06 STATE 80908`: the year of the next.
    if (behind?.kind === 'word' && !AROUND.test(behind.text) && !range) return null;
    if (behind?.text === '-' && this.#line.is(next + 2, 'word')) return null;
    return next;
  }

  /** `STATE 235324 OF 11/30/73`: the year of the date; a month that is still to come is the year before's. */
  #dateBehind(at: number): string | null {
    let next = at + 1;
    while (/^(?:OF|DATED|DTD|[,()]|NOTAL)$/i.test(this.#line.text(next))) next++;
    const date = this.#line.tokens[next];
    if (
      date?.kind === 'number' &&
      /^(?:19|20)\d{2}$/.test(date.text) &&
      /^(?:OF|DATED|DTD)$/i.test(this.#line.text(next - 1))
    ) {
      this.#taken.add(next);
      return this.#line.yearOf(next, this.#latest);
    }
    if (date?.kind !== 'date') return null;
    const printed = /[/\s,']((?:19|20)?\d{2})$/.exec(date.text)?.[1];
    const isDayAlone = printed !== undefined && !/[\d/,'].*\D(?:19|20)?\d{2}$/.test(date.text);
    if (printed !== undefined && !isDayAlone) {
      const year = printed.slice(-2);
      return isYear(year, this.#latest) ? year : null;
    }
    const month = monthNumber(/[A-Z]{3}/i.exec(date.text)?.[0] ?? '');
    const { year, month: own } = this.citing;
    if (year === null || own === undefined || month <= own) return null;
    return yearBefore(year);
  }

  /** `377 KATHMANDU`, and `2962 AND PREVIOUS`, which is a cable of the post before. */
  #numberFirst(): void {
    const words = this.#line.tokens.filter(({ kind }) => kind !== 'sign');
    const [first, ...rest] = words;
    const digits = digitsOf(first?.text ?? '');
    if (first?.kind !== 'number' || digits === '' || digits.length > MOST_DIGITS) return;
    const named = rest.every(({ kind }) => kind === 'word') ? rest.map(({ text }) => text) : [];
    const post = named.length === 0 ? null : knownPost(named);
    const around = rest.every(({ text }) => AROUND.test(text));
    if (post === null && (!around || this.before === null || digits.length < 2)) return;
    // A year alone is none (`¶G. 2005`, 06PARIS1031).
    if (post === null && /^(?:19[6-9]|20[01])\d$/.test(first.text)) return;
    this.#line.tokens.forEach((_, at) => this.#taken.add(at));
    this.#push(post ?? this.before ?? '', digits, null);
  }

  #digits(at: number): string {
    return digitsOf(this.#line.text(at));
  }

  #push(post: string, number: string, stated: string | null): void {
    const { year: own, post: ownPost, number: ownNumber } = this.citing;
    let year = stated ?? own;
    if (
      stated === null &&
      own !== null &&
      post === ownPost &&
      ownNumber !== undefined &&
      Number(number) > ownNumber + SENT_TOGETHER
    ) {
      year = yearBefore(own);
    }
    const id = formatCableId({ year, post, number });
    // A cable does not cite itself: that is a page stamp cut off (`TRIPOLI 00000402`, 08TRIPOLI402).
    if (id !== null && !(year === own && post === ownPost && Number(number) === ownNumber))
      this.#found.push({ id, post });
  }
}

/** `STATE 1234-1236`, `STATE 1234-36`: what follows the first up to the last. */
function rangeTo(first: string, last: string): string[] {
  const to = Number(`${first.slice(0, Math.max(0, first.length - last.length))}${last}`);
  const from = Number(first);
  if (to <= from || to - from > LONGEST_RANGE) return [];
  return Array.from({ length: to - from }, (_, index) => String(from + index + 1));
}

/** Years in two digits: `00` → `99`. */
function yearBefore(year: string): string {
  return String((Number(year) + 99) % 100).padStart(2, '0');
}
