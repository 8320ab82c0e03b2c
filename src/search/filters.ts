import { z } from 'zod';
import { canonicalId, parseCableId, postAndNumber } from '../cable/id.js';
import { levelOfClassification } from '../cable/marks/classification.js';
import { markAt } from '../cable/marks/portion.js';
import { canonicalPost } from '../cable/posts.js';
import { wordsOf } from '../cable/terms.js';
import { InputError } from '../errors.js';
import type { LevelFilter, PassageFilter } from '../store/filter.js';
import { daysOf, type Days } from './dates.js';
import { placesIn } from './places.js';

/** Filters as people write them (contract): on the command line, in a batch, in a command. */
export const filtersSchema = z.strictObject({
  /** Posts, cities or countries, by commas: any of them. */
  origin: z.string().optional(),
  /** A day, a month or a year; the first day and the last count. */
  from: z.string().optional(),
  to: z.string().optional(),
  /** TAGS by commas: any of them. */
  tag: z.string().optional(),
  /** The whole cable's: `secret`, `C`, `S//NF`. */
  classification: z.string().optional(),
  /** The paragraph's: `S`, `(C/NF)`, `S without NF`. */
  mark: z.string().optional(),
  /** Ids by commas: any of them. */
  id: z.string().optional(),
});
export type Filters = z.infer<typeof filtersSchema>;

/** What filters are read against. */
export interface FilterVocabulary {
  posts(): readonly string[];
  idsOfAnyYear(postAndNumber: string): readonly string[];
}

/** Filters as the store reads them, and as they are told to the reader. */
export interface ReadFilters {
  readonly filter: PassageFilter;
  /** `cables from MADRID`, `cables of 2007`: each filter in words. */
  readonly told: readonly string[];
}

/** Reads filters. Throws an {@link InputError} that says what is wrong with which. */
export function readFilters(filters: Filters, vocabulary: FilterVocabulary): ReadFilters {
  const { origin, from, to, tag, classification, mark, id } = filters;
  const told: string[] = [];
  let filter: PassageFilter = {};
  if (origin !== undefined) {
    const posts = postsOf(origin, vocabulary.posts());
    filter = { ...filter, posts };
    told.push(`cables from ${posts.length > 5 ? origin : posts.join(', ')}`);
  }
  if (from !== undefined || to !== undefined) {
    const first = from === undefined ? undefined : day('from', from).from;
    const last = to === undefined ? undefined : day('to', to).to;
    if (first !== undefined && last !== undefined && first > last) {
      throw bad('from', from ?? '', `is later than --to ${to ?? ''}`);
    }
    filter = { ...filter, ...(first && { from: first }), ...(last && { to: last }) };
    told.push(datesTold(first, last));
  }
  if (tag !== undefined) {
    const tags = listed(tag).map((each) => each.toUpperCase());
    if (tags.length === 0) throw bad('tag', tag, 'names no tag; write one, as in PREL');
    filter = { ...filter, tags };
    told.push(`cables tagged ${tags.join(' or ')}`);
  }
  if (classification !== undefined) {
    const cableLevel = levelFilter('classification', classification);
    filter = { ...filter, cableLevel };
    told.push(`cables classified ${levelTold(cableLevel)}`);
  }
  if (mark !== undefined) {
    const level = levelFilter('mark', mark);
    filter = { ...filter, level };
    told.push(`paragraphs marked ${levelTold(level)}`);
  }
  if (id !== undefined) {
    const ids = listed(id).flatMap((each) => idsOf(each, vocabulary));
    filter = { ...filter, ids };
    told.push(`cable ${ids.join(' or ')}`);
  }
  return { filter, told };
}

function datesTold(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return `cables until ${to ?? ''}`;
  if (to === undefined) return `cables since ${from}`;
  const year = from.slice(0, 4);
  if (from === `${year}-01-01` && to === `${year}-12-31`) return `cables of ${year}`;
  return from === to ? `cables of ${from}` : `cables from ${from} to ${to}`;
}

function levelTold({ level, noforn }: LevelFilter): string {
  return noforn === undefined ? level : noforn ? `${level}//NF` : `${level} without NF`;
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** The posts that a name means: a post's own, or those of a city or country. */
function postsOf(origin: string, held: readonly string[]): string[] {
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
      throw bad(
        'origin',
        name,
        'is no post, city or country that is known; pilcrow stats lists the origins',
      );
    }
    return among.length > 0 ? among : named;
  });
  if (posts.length === 0) throw bad('origin', origin, 'names no post');
  return [...new Set(posts)].sort();
}

function day(name: 'from' | 'to', text: string): Days {
  const days = daysOf(text);
  if (days === null) throw bad(name, text, 'is no date; write a year, 2007-03 or 2007-03-14');
  return days;
}

/** `S`, `secret`, `(S//NF)`, `S without NF`, `UNCLASSIFIED//FOR OFFICIAL USE ONLY`. */
function levelFilter(name: 'classification' | 'mark', text: string): LevelFilter {
  const without = /\b(?:without|not|no)\s+(?:NF|NOFORN)\b/i.exec(text);
  const plain = (without === null ? text : text.slice(0, without.index))
    .trim()
    .replace(/^\(|\)$/g, '')
    .toUpperCase();
  const mark = markAt(`(${plain})`);
  const stated = levelOfClassification(plain);
  const level = stated.level ?? mark?.level;
  if (level === undefined) {
    throw bad(
      name,
      text,
      'is no classification; write U, SBU, C, S or TS, with //NF or without NF',
    );
  }
  const caveats = [...stated.caveats, ...(mark?.caveats ?? [])];
  if (without !== null) return { level, noforn: false };
  return caveats.includes('NOFORN') ? { level, noforn: true } : { level };
}

function idsOf(text: string, vocabulary: FilterVocabulary): string[] {
  const id = canonicalId(text);
  if (id !== null) return [id];
  const parts = parseCableId(text);
  const ids =
    parts === null ? [] : vocabulary.idsOfAnyYear(postAndNumber(`00${parts.post}${parts.number}`));
  if (ids.length === 0) throw bad('id', text, 'is no id of a cable that the index holds');
  return [...ids];
}

function bad(name: string, value: string, what: string): InputError {
  return new InputError('FILTER', `--${name} ${JSON.stringify(value)} ${what}`);
}
