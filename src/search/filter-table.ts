import type { Condition } from '../corpus/conditions.js';
import { InputError } from '../errors.js';
import {
  badFilter,
  daysAt,
  idsOf,
  levelFilter,
  listed,
  monthsOf,
  postsOf,
  type FilterVocabulary,
  type LevelFilter,
} from './filter-values.js';
import { monthName } from './dates.js';
import { datesIn, levelIn, originIn, tagsIn, type StatedFilters } from './stated-filters.js';

/** Filters as they were read; what is not stated does not narrow. Of each list any one is enough. */
export interface PassageFilter {
  /** Posts as ids name them. */
  readonly posts?: readonly string[];
  /** YYYY-MM-DD, both included. */
  readonly from?: string;
  readonly to?: string;
  /** Months of any year, from 1. */
  readonly months?: readonly number[];
  readonly tags?: readonly string[];
  /** The whole cable's level. */
  readonly cableLevel?: LevelFilter;
  /** The level of the paragraph's printed mark. */
  readonly level?: LevelFilter;
  readonly ids?: readonly string[];
  /** Passages by their keys. */
  readonly passages?: readonly number[];
}

/** How a filter is asked for: `--name <value>` on the command line, an option of Discord's commands. */
export interface FilterOption {
  readonly name: string;
  readonly value: string;
  readonly help: string;
  /** Null where Discord's commands do not have it. `longest`: characters that a button carries of it. */
  readonly inDiscord: { readonly description: string; readonly longest: number } | null;
}

/** All that there is to a filter. */
export interface FilterRow {
  readonly options: readonly FilterOption[];
  /** Reads what was given for its options, in their order; at least one of them was. */
  readonly read: (
    given: readonly (string | undefined)[],
    vocabulary: FilterVocabulary,
  ) => { readonly filter: PassageFilter; readonly told: string };
  /** What passages must be; nothing where the filter does not have it. */
  readonly conditions: (filter: PassageFilter) => Condition[];
  /**
   * How a question states it in so many words. What is read is taken out of the question, so that what
   * stood around it stands together: that is what the turns are for.
   */
  readonly stated?: {
    readonly turn: number;
    readonly read: (question: string) => StatedFilters | null;
  };
}

/**
 * In the order in which they are told. One that Discord has goes behind the others that it has: buttons of
 * old messages hold their filters by their places, and have room for about ninety characters of them.
 */
export const FILTERS = [
  {
    options: [
      {
        name: 'origin',
        value: 'post',
        help: 'only cables from a post, a city or a country (commas: any of them)',
        inDiscord: {
          description: 'Only cables from a post, a city or a country: Madrid, Embassy Paris, Spain',
          longest: 24,
        },
      },
    ],
    read([origin = ''], vocabulary) {
      const posts = postsOf(origin, vocabulary.posts());
      const told = `cables from ${posts.length > 5 ? origin : posts.join(', ')}`;
      return { filter: { posts }, told };
    },
    conditions: ({ posts }) => (posts ? [{ field: 'post', among: posts }] : []),
    stated: { turn: 3, read: originIn },
  },
  {
    options: [
      {
        name: 'from',
        value: 'date',
        help: 'only cables since a day, a month or a year: 2007, 2007-03, 2007-03-14',
        inDiscord: {
          description: 'Only cables since a day, a month or a year: 2007, 2007-03, 2007-03-14',
          longest: 12,
        },
      },
      {
        name: 'to',
        value: 'date',
        help: 'only cables until a day, a month or a year',
        inDiscord: { description: 'Only cables until a day, a month or a year', longest: 12 },
      },
    ],
    read([from, to]) {
      const first = from === undefined ? undefined : daysAt('from', from).from;
      const last = to === undefined ? undefined : daysAt('to', to).to;
      if (first !== undefined && last !== undefined && first > last) {
        throw new InputError('FILTER_DATES', {
          what: `--from ${JSON.stringify(from)} is later than --to ${to ?? ''}`,
          context: { from: from ?? '', to: to ?? '' },
        });
      }
      const filter = { ...(first && { from: first }), ...(last && { to: last }) };
      return { filter, told: datesTold(first, last) };
    },
    conditions: ({ from, to }) =>
      from === undefined && to === undefined
        ? []
        : [{ field: 'date', ...(from && { from }), ...(to && { to }) }],
    stated: { turn: 4, read: datesIn },
  },
  {
    options: [
      {
        name: 'tag',
        value: 'tag',
        help: 'only cables with a TAGS entry: PREL (commas: any of them)',
        inDiscord: { description: 'Only cables with a TAGS entry: PREL', longest: 12 },
      },
    ],
    read([tag = '']) {
      const tags = listed(tag).map((each) => each.toUpperCase());
      if (tags.length === 0) {
        throw badFilter('tag', tag, { problem: 'names no tag', todo: 'write one, as in PREL' });
      }
      return { filter: { tags }, told: `cables tagged ${tags.join(' or ')}` };
    },
    conditions: ({ tags }) => (tags ? [{ field: 'tag', among: tags }] : []),
    stated: { turn: 1, read: tagsIn },
  },
  {
    options: [
      {
        name: 'classification',
        value: 'level',
        help: 'only cables classified so: secret, C, S//NF',
        inDiscord: null,
      },
    ],
    read([text = '']) {
      const cableLevel = levelFilter('classification', text);
      return { filter: { cableLevel }, told: `cables classified ${levelTold(cableLevel)}` };
    },
    conditions: ({ cableLevel }) =>
      cableLevel ? levelConditions(cableLevel, 'cableLevel', 'cableNoforn') : [],
    stated: { turn: 2, read: levelIn },
  },
  {
    options: [
      {
        name: 'mark',
        value: 'mark',
        help: 'only paragraphs marked so: S, C/NF, "S without NF"',
        inDiscord: {
          description: 'Only paragraphs marked so: S, C/NF, "S without NF"',
          longest: 12,
        },
      },
    ],
    read([text = '']) {
      const level = levelFilter('mark', text);
      return { filter: { level }, told: `paragraphs marked ${levelTold(level)}` };
    },
    // An inherited level is no mark.
    conditions: ({ level }) =>
      level
        ? [...levelConditions(level, 'level', 'noforn'), { field: 'marked', among: [true] }]
        : [],
  },
  {
    options: [
      {
        name: 'id',
        value: 'id',
        help: 'only this cable (commas: any of them)',
        inDiscord: null,
      },
    ],
    read([text = ''], vocabulary) {
      const ids = listed(text).flatMap((each) => idsOf(each, vocabulary));
      return { filter: { ids }, told: `cable ${ids.join(' or ')}` };
    },
    conditions: ({ ids }) => (ids ? [{ field: 'id', among: ids }] : []),
  },
  {
    options: [
      {
        name: 'month',
        value: 'month',
        help: 'only cables of a month of any year: March, 3 (commas: any of them)',
        inDiscord: null,
      },
    ],
    read([text = '']) {
      const months = monthsOf(text);
      return { filter: { months }, told: `cables of ${months.map(monthName).join(' or ')}` };
    },
    conditions: ({ months }) => (months ? [{ field: 'month', among: months }] : []),
  },
] as const satisfies readonly FilterRow[];

function levelConditions(
  { level, noforn }: LevelFilter,
  levelField: 'cableLevel' | 'level',
  noforn_: 'cableNoforn' | 'noforn',
): Condition[] {
  return [
    { field: levelField, among: [level] },
    ...(noforn === undefined ? [] : [{ field: noforn_, among: [noforn] }]),
  ];
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
