import { distance } from 'fastest-levenshtein';
import type { ClassificationLine } from './classification-line.js';
import { firstClassificationLine } from './classification-lines.js';
import { readFrom, yearSent } from './header.js';
import { formatCableId, hasDebris, parseCableId, statedId, type CableIdParts } from './id.js';
import { isKnownPost } from './posts.js';
import type { RawCable } from './types.js';

/** A cable's id, and what its source prints in its place where that is misprinted. */
export interface Identity {
  readonly id: string;
  readonly printed: string | null;
}

/**
 * A cable's id: what the source states, else post and number of the body's first line with the date's year.
 * Where the source states a post that nobody knows (`08ECTION01OF02MANAMA492`, `79SANJO4567`), and the body
 * names one that it is part of or nearly is, with the same number, the body's is taken.
 */
export function identityOf({ id, header, body }: RawCable, date: string | null): Identity | null {
  const printed = id?.trim() ?? null;
  const stated = printed === null ? null : statedId(printed);
  const parts = stated === null ? null : parseCableId(stated, (post) => post);
  if (stated !== null && parts !== null && isKnownPost(parts.post)) {
    return { id: stated, printed: printed !== null && hasDebris(printed) ? printed : null };
  }
  const named = partsNamed(header, firstClassificationLine(body));
  const dated = date?.slice(2, 4) ?? yearSent(header);
  if (printed === null) return named === null ? null : identity(named, dated, null);
  if (stated === null || parts === null) {
    const year = /^(?:19|20)?(\d{2})(?=\D)/.exec(printed)?.[1] ?? null;
    const same = named !== null && printed.endsWith(named.number);
    return same ? identity(named, year ?? dated, printed) : null;
  }
  if (named === null || named.number !== parts.number) {
    return { id: stated, printed: null };
  }
  if (!isKnownPost(named.post) || !isAkin(parts.post, named.post)) {
    return { id: stated, printed: null };
  }
  return identity(named, parts.year, printed);
}

function identity(
  { post, number }: CableIdParts,
  year: string | null,
  printed: string | null,
): Identity | null {
  const id = formatCableId({ year, post, number });
  return id === null ? null : { id, printed };
}

/** `ECTIONOFMANAMA`, `EFTOKABUL` end with the post, `SANJO` begins it, `HALIFX` lacks a letter. */
function isAkin(stated: string, named: string): boolean {
  return stated.endsWith(named) || named.startsWith(stated) || distance(stated, named) <= 2;
}

/**
 * The post and the number that a body's first line names, as `MOSCOW1107`, or null where it has no
 * such line. Where they are not the id's, the body is another cable's (09MOSCOW1108).
 */
export function cableNamedByBody(body: string): string | null {
  const line = firstClassificationLine(body);
  const parts = line === null ? null : partsOfLine(line);
  return parts === null ? null : `${parts.post}${parts.number}`;
}

/** Post and number of a classification line; null where it names no post. */
export function partsOfLine({ post, number }: ClassificationLine): CableIdParts | null {
  return post === null ? null : parseCableId(`${post.replaceAll('0', 'O')} ${number}`);
}

/** `PAGE 01  LA PAZ 00526  251717Z` in a header. */
const PAGE = /^[ \t]*PAGE \d{2}\s+([A-Z][A-Z .'-]{1,30}?)\s+0*([1-9]\d{0,6})\b/m;

/** What the body's first line names; a post that it leaves out is the header's. */
export function partsNamed(header: string, line: ClassificationLine | null): CableIdParts | null {
  if (line === null) return null;
  if (line.post !== null) return partsOfLine(line);
  const [, page = '', number] = PAGE.exec(header) ?? [];
  const from = readFrom(header);
  // A page's head may cut the name: `BUENOS` of `AMEMBASSY BUENOS AIRES`.
  const post = number !== line.number || from?.includes(page) === true ? from : page;
  return post === null ? null : parseCableId(`${post} ${line.number}`);
}
