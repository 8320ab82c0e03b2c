import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import type { FilterVocabulary } from '../../src/search/filter-values.js';
import {
  filtersSchema,
  readFilters,
  type Filters,
  type ReadFilters,
} from '../../src/search/filters.js';

const vocabulary: FilterVocabulary = {
  posts: () => ['MADRID', 'BARCELONA', 'PARIS'],
  idsOfAnyYear: (name) => (name === 'MADRID545' ? ['07MADRID545'] : []),
};
const read = (filters: Filters): ReadFilters => readFilters(filters, vocabulary);

describe('filters', () => {
  it.each([
    [{ origin: 'Embassy Madrid' }, { posts: ['MADRID'] }, 'cables from MADRID'],
    [{ origin: 'spain' }, { posts: ['BARCELONA', 'MADRID'] }, 'cables from BARCELONA, MADRID'],
    [{ origin: 'paris, madrid' }, { posts: ['MADRID', 'PARIS'] }, 'cables from MADRID, PARIS'],
    [{ from: '2007', to: '2007' }, { from: '2007-01-01', to: '2007-12-31' }, 'cables of 2007'],
    [{ from: '2007-03' }, { from: '2007-03-01' }, 'cables since 2007-03-01'],
    [{ month: 'may, 3' }, { months: [3, 5] }, 'cables of March or May'],
    [{ tag: 'prel,etrd' }, { tags: ['PREL', 'ETRD'] }, 'cables tagged PREL or ETRD'],
    [{ classification: 'secret' }, { cableLevel: { level: 'S' } }, 'cables classified S'],
    [
      { classification: 'SECRET//NOFORN' },
      { cableLevel: { level: 'S', noforn: true } },
      'cables classified S//NF',
    ],
    [{ mark: '(C/NF)' }, { level: { level: 'C', noforn: true } }, 'paragraphs marked C//NF'],
    [
      { mark: 'S without NF' },
      { level: { level: 'S', noforn: false } },
      'paragraphs marked S without NF',
    ],
    [{ mark: 'fouo' }, { level: { level: 'SBU' } }, 'paragraphs marked SBU'],
    [{ id: '07 Madrid 00545' }, { ids: ['07MADRID545'] }, 'cable 07MADRID545'],
    [{ id: 'Madrid 545' }, { ids: ['07MADRID545'] }, 'cable 07MADRID545'],
  ])('%j is read', (filters, filter, told) => {
    expect(read(filters)).toEqual({ filter, told: [told] });
  });

  it.each([
    [{ origin: 'Mordor' }, /--origin "Mordor" is no post, city or country/],
    [{ origin: ' , ' }, /names no post/],
    [{ from: 'soon' }, /--from "soon" is no date; write a year/],
    [{ from: '2008', to: '2007' }, /is later than --to 2007/],
    [{ month: '13' }, /--month "13" is no month; write March or 3/],
    [{ tag: '' }, /names no tag/],
    [{ classification: 'X' }, /is no classification; write U, SBU, C, S or TS/],
    [{ id: 'Rome 5' }, /is no id of a cable that the index holds/],
  ])('%j is refused with what to write', (filters, message) => {
    expect(() => read(filters)).toThrow(InputError);
    expect(() => read(filters)).toThrow(message);
  });

  it('of another name are refused', () => {
    expect(filtersSchema.safeParse({ colour: 'red' }).success).toBe(false);
  });
});
