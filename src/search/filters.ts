import { z } from 'zod';
import type { Condition } from '../corpus/conditions.js';
import type { Corpus, KnownWords } from '../corpus/corpus.js';
import { FILTERS, type FilterOption, type FilterRow, type PassageFilter } from './filter-table.js';
import { listed, numberOf, type FilterVocabulary } from './filter-values.js';
import type { StatedFilters } from './stated-filters.js';

/** The name of a filter, as people write it. */
export type FilterName = (typeof FILTERS)[number]['options'][number]['name'];

/** Filters as people write them (contract): on the command line, in a batch, in a command. */
export type Filters = { readonly [Name in FilterName]?: string | undefined };

const ROWS: readonly FilterRow[] = FILTERS;

/** Every option of every filter, in the order in which filters are told. */
export const FILTER_OPTIONS: readonly (FilterOption & { readonly name: FilterName })[] =
  FILTERS.flatMap(({ options }) => [...options]);

export const filtersSchema: z.ZodType<Filters, Filters> = z.strictObject(
  Object.fromEntries(FILTER_OPTIONS.map(({ name }) => [name, z.string().optional()])),
);

/** Filters as a corpus is asked for them, and as they are told to the reader. */
export interface ReadFilters {
  readonly filter: PassageFilter;
  /** `cables from MADRID`, `cables of 2007`: each filter in words. */
  readonly told: readonly string[];
}

/** Reads filters. Throws an {@link InputError} that says what is wrong with which. */
export function readFilters(filters: Filters, vocabulary: FilterVocabulary): ReadFilters {
  const values: Readonly<Record<string, string | undefined>> = filters;
  const read = ROWS.flatMap(({ options, read: readRow }) => {
    const given = options.map(({ name }) => values[name]);
    return given.every((each) => each === undefined) ? [] : [readRow(given, vocabulary)];
  });
  return {
    filter: read.reduce<PassageFilter>((all, { filter }) => ({ ...all, ...filter }), {}),
    told: read.map(({ told }) => told),
  };
}

/** Reads filters against a corpus. Throws what {@link readFilters} does. */
export async function readFiltersOver(
  corpus: Pick<Corpus, 'lookUp' | 'overview'>,
  filters: Filters,
): Promise<ReadFilters> {
  const numbers = numbersIn(filters);
  const ofAnyYear = numbers.length === 0 ? [] : (await corpus.lookUp({ numbers })).ofAnyYear;
  return readFilters(filters, vocabularyOf(corpus, numbers, ofAnyYear));
}

/** What filters are read against, once their posts and numbers were looked up. */
export function vocabularyOf(
  { overview }: Pick<Corpus, 'overview'>,
  numbers: readonly string[],
  ofAnyYear: KnownWords['ofAnyYear'],
): FilterVocabulary {
  return {
    posts: () => overview.posts,
    idsOfAnyYear: (number) => ofAnyYear[numbers.indexOf(number)] ?? [],
  };
}

/** Posts and numbers without a year among filters: what {@link readFilters} will ask the vocabulary for. */
export function numbersIn({ id }: Filters): string[] {
  return id === undefined ? [] : listed(id).flatMap((each) => numberOf(each) ?? []);
}

/** The conditions of a filter; none where nothing is narrowed. */
export function conditionsOf(filter: PassageFilter): Condition[] {
  const { passages } = filter;
  return [
    ...ROWS.flatMap(({ conditions }) => conditions(filter)),
    ...(passages === undefined ? [] : [{ field: 'passage' as const, among: passages }]),
  ];
}

/**
 * The filters that a question asks for in so many words, and what is left of it. Whatever else it names
 * (a country, a year) is a preference, not a filter.
 */
export function filtersInWords(question: string): { filters: Filters; rest: string } {
  const readers = ROWS.flatMap(({ stated }) => stated ?? []).toSorted((a, b) => a.turn - b.turn);
  let rest = question;
  let filters: StatedFilters['filters'] = {};
  for (const { read } of readers) {
    const stated = read(rest);
    if (stated === null) continue;
    filters = { ...filters, ...stated.filters };
    rest = stated.rest.replace(/\s+/g, ' ').trim();
  }
  return { filters, rest };
}
