import { canonicalId, parseCableId, postAndNumber } from '../cable/id.js';
import { levelOfClassification } from '../cable/marks/classification.js';
import { markAt } from '../cable/marks/portion.js';
import { canonicalPost } from '../cable/posts.js';
import { wordsOf } from '../cable/terms.js';
import type { Level } from '../cable/types.js';
import { InputError } from '../errors.js';
import { daysOf, monthsIn, type Days } from './dates.js';
import { placesIn } from './places.js';

/** What filters are read against. */
export interface FilterVocabulary {
  /** The posts that the corpus holds cables of. */
  posts(): readonly string[];
  idsOfAnyYear(postAndNumber: string): readonly string[];
}

/** A level, with NOFORN or without; where that is not stated, either. */
export interface LevelFilter {
  readonly level: Level;
  readonly noforn?: boolean;
}

/** What stands between commas. */
export function listed(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** The posts that a name means: a post's own, or those of a city or country. */
export function postsOf(origin: string, held: readonly string[]): string[] {
  const posts = listed(origin).flatMap((name) => {
    const post = canonicalPost(name);
    if (held.includes(post)) return [post];
    const words = wordsOf(
      name.replace(/\b(?:the|us|u\.s\.|american|embassy|consulate|mission|in)\b/gi, ' '),
    );
    const named = placesIn(words).flatMap((place) => place.posts);
    const among = named.filter((each) => held.includes(each));
    if (named.length === 0 && post !== name.toUpperCase()) return [post];
    if (named.length === 0 && !held.includes(post)) {
      throw badFilter('origin', name, {
        problem: 'is no post, city or country that is known',
        todo: 'pilcrow stats lists the origins',
      });
    }
    return among.length > 0 ? among : named;
  });
  if (posts.length === 0) throw badFilter('origin', origin, { problem: 'names no post' });
  return [...new Set(posts)].sort();
}

/** Months by their names or numbers, from 1, in order. */
export function monthsOf(text: string): number[] {
  const months = listed(text).map((each) => {
    const month = /^\d+$/.test(each) ? Number(each) : monthsIn(capitalised(each))[0];
    if (month !== undefined && month >= 1 && month <= 12) return month;
    throw badFilter('month', each, { problem: 'is no month', todo: 'write March or 3' });
  });
  if (months.length === 0) throw badFilter('month', text, { problem: 'names no month' });
  return [...new Set(months)].sort((a, b) => a - b);
}

function capitalised(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1).toLowerCase()}`;
}

/** The days of a point of time. */
export function daysAt(name: 'from' | 'to', text: string): Days {
  const days = daysOf(text);
  if (days === null) {
    throw badFilter(name, text, {
      problem: 'is no date',
      todo: 'write a year, 2007-03 or 2007-03-14',
    });
  }
  return days;
}

/** `S`, `secret`, `(S//NF)`, `S without NF`, `UNCLASSIFIED//FOR OFFICIAL USE ONLY`. */
export function levelFilter(name: 'classification' | 'mark', text: string): LevelFilter {
  const without = /\b(?:without|not|no)\s+(?:NF|NOFORN)\b/i.exec(text);
  const plain = (without === null ? text : text.slice(0, without.index))
    .trim()
    .replace(/^\(|\)$/g, '')
    .toUpperCase();
  const mark = markAt(`(${plain})`);
  const stated = levelOfClassification(plain);
  const level = stated.level ?? mark?.level;
  if (level === undefined) {
    throw badFilter(name, text, {
      problem: 'is no classification',
      todo: 'write U, SBU, C, S or TS, with //NF or without NF',
    });
  }
  const caveats = [...stated.caveats, ...(mark?.caveats ?? [])];
  if (without !== null) return { level, noforn: false };
  return caveats.includes('NOFORN') ? { level, noforn: true } : { level };
}

/** The ids that somebody means. */
export function idsOf(text: string, vocabulary: FilterVocabulary): string[] {
  const id = canonicalId(text);
  if (id !== null) return [id];
  const number = numberOf(text);
  const ids = number === null ? [] : vocabulary.idsOfAnyYear(number);
  if (ids.length === 0) {
    throw badFilter('id', text, { problem: 'is no id of a cable that the index holds' });
  }
  return [...ids];
}

/** Post and number of an id that states no year, or null. */
export function numberOf(text: string): string | null {
  if (canonicalId(text) !== null) return null;
  const parts = parseCableId(text);
  return parts === null ? null : postAndNumber(`00${parts.post}${parts.number}`);
}

/** Says what is wrong with which filter, and what to write. */
export function badFilter(
  option: string,
  value: string,
  { problem, todo }: { readonly problem: string; readonly todo?: string },
): InputError {
  return new InputError('FILTER', {
    what: `--${option} ${JSON.stringify(value)} ${problem}`,
    ...(todo !== undefined && { todo }),
    context: { option, value, problem },
  });
}
