import { canonicalPost, statedPost } from './posts.js';

/** The parts of a cable's id; `year` has two digits and is null where it is not stated. */
export interface CableIdParts {
  readonly year: string | null;
  readonly post: string;
  readonly number: string;
}

const ID = /^(?:(\d{4}|\d{2})[\s_-]{0,3})?([A-Z][A-Z.'\s_-]{0,40}?)[\s_-]{0,3}0*([1-9]\d{0,6})$/i;

/** What a broken program let run in to ids from the classification line: `08ECTION01OF02MANAMA492`, `10EFTOKABUL668`. */
const DEBRIS =
  /(?<=^(?:19|20)?\d{2}[\s_-]{0,3})(?:S?ECTION\s?\d{1,2}\s?O[FN]\s?\d{1,2}\s?|EFTO\s?)+(?=[A-Z]{3})/i;

/** Whether an id has something of its classification line in it. */
export function hasDebris(id: string): boolean {
  return DEBRIS.test(id.trim());
}

/** A year that stands apart from the id: `BEIJING 001689 (2007)`. */
const YEAR_ELSEWHERE = /(?<!\d)(?:19[6-9]\d|20[0-2]\d)(?!\d)/;

/** No id with its signs around it is longer. */
const LONGEST = 80;

/**
 * Reads an id in any of the forms people write: `07BEIJING1689`, `07 Beijing 1689`,
 * `BEIJING 001689`, `2007 beijing 1689`, `Beijing 1689 (2007)`. Returns null for what is no id.
 */
export function parseCableId(
  text: string,
  postOf: (printed: string) => string = canonicalPost,
): CableIdParts | null {
  if (text.length > LONGEST) return null;
  const plain = text.replace(/^[^\dA-Z]+|[^\dA-Z]+$/gi, '');
  const parts = partsOf(plain, postOf);
  const year = YEAR_ELSEWHERE.exec(plain)?.[0];
  const stated = parts?.year ?? null;
  if (year === undefined || stated !== null) return parts;
  const rest = partsOf(
    plain.replace(YEAR_ELSEWHERE, '').replace(/^[^\dA-Z]+|[^\dA-Z]+$/gi, ''),
    postOf,
  );
  // `MADRID 2007` is the cable with that number; `BEIJING 1689 2007` states its year.
  return rest?.year === null ? { ...rest, year: year.slice(-2) } : parts;
}

function partsOf(printed: string, postOf: (printed: string) => string): CableIdParts | null {
  // A scanner's 0 for an O: `07COTON0U611`.
  const text = printed.replace(DEBRIS, '').replace(/(?<=[A-Z])0(?=[A-Z])/gi, 'O');
  const match = ID.exec(text);
  if (match?.[2] === undefined || match[3] === undefined) return null;
  const post = postOf(match[2]);
  return post.length < 2 ? null : { year: match[1]?.slice(-2) ?? null, post, number: match[3] };
}

/** `07BEIJING1689`, or null without a year. */
export function formatCableId({ year, post, number }: CableIdParts): string | null {
  return year === null ? null : `${year}${post}${number}`;
}

/** The canonical form of an id that states its year, or null. */
export function canonicalId(text: string): string | null {
  const parts = parseCableId(text);
  return parts === null ? null : formatCableId(parts);
}

/**
 * A cable's own id as a source states it, in the canonical form but for its post's misprints: they
 * are its name (`08HALIF1234`). Null where no year is stated.
 */
export function statedId(text: string): string | null {
  const parts = parseCableId(text, statedPost);
  return parts === null ? null : formatCableId(parts);
}

/** `07BEIJING1689` → `BEIJING1689`. */
export function postAndNumber(id: string): string {
  return id.slice(2);
}

/** The archive begins in 1966: `66` → 1966, `07` → 2007. */
export function fullYear(twoDigits: string): number {
  const year = Number(twoDigits);
  return year >= 60 ? 1900 + year : 2000 + year;
}

/** `in 07BEIJING1689`, `06 Madrid 2657`, `08-OSLO-629`; in an address `09RIYADH181_a.html`. */
const ID_IN_TEXT =
  /(?<![A-Z0-9])(?:19|20)?\d{2}[\s_-]?[A-Z]{3,}(?:[\s_-][A-Z]{2,}){0,3}[\s_-]?0*[1-9]\d{0,6}(?![A-Z0-9])(?:_[a-z](?![A-Z0-9]))?/gi;

/** Ids named in running text, and where each stands: [from, to). They must state their year. */
export function idMatchesIn(text: string): { id: string; from: number; to: number }[] {
  return [...text.matchAll(ID_IN_TEXT)].flatMap(({ 0: match, index }) => {
    const id = canonicalId(match.replace(/(?<=\d)_[a-z]$/i, ''));
    return id === null ? [] : [{ id, from: index, to: index + match.length }];
  });
}

/** Ids named in running text, each once. */
export function idsInText(text: string): string[] {
  return [...new Set(idMatchesIn(text).map(({ id }) => id))];
}

/** Who cites, for reading what a reference leaves out: the year in two digits, and the post. */
export interface Citing {
  /** Null where it is not known: references without a year are then left out. */
  readonly year: string | null;
  readonly post: string | null;
  readonly number?: number;
  /** 1 to 12. */
  readonly month?: number;
}

/** What a cable's own references are read with: its id's year and post, else its date's year. */
export function citingOf(id: string, date: string | null): Citing {
  const parts = parseCableId(id);
  return {
    year: parts?.year ?? date?.slice(2, 4) ?? null,
    post: parts?.post ?? null,
    ...(parts !== null && { number: Number(parts.number) }),
    ...(date !== null && { month: Number(date.slice(5, 7)) }),
  };
}
