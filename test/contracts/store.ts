import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passagesOf } from '../../src/cable/passage.js';
import { sentencesOf } from '../../src/cable/sentences.js';
import { readCable } from '../../src/cable/read.js';
import type { Cable } from '../../src/cable/types.js';
import { readText } from '../../src/sources/text.js';
import type { PassageFilter } from '../../src/store/filter.js';
import { sentenceCosines } from '../../src/store/sentence-vectors.js';
import type { WritableStore } from '../../src/store/store.js';
import { countOf } from '../../src/store/term-list.js';
import { telegram } from '../support/telegram.js';
import { vectorOf } from './vector-index.js';

export function cableOf(id: string, paragraphs: readonly string[]): Cable {
  const text = readText(telegram(id, paragraphs));
  if (!text.ok) throw new Error(text.reason);
  const reading = readCable(text.cable);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.cable;
}

export function put(store: WritableStore, cable: Cable, hash = cable.id): void {
  const passages = passagesOf(cable).map((passage) => ({
    ...passage,
    windows: [vectorOf(passage.text.length)],
    sentences: sentencesOf(passage.text).map((sentence) => vectorOf(sentence.length)),
  }));
  store.transaction(() => {
    store.put(cable, hash, passages);
  });
}

/** What every implementation of the Store port must do. */
export function storeContract(name: string, open: () => WritableStore): void {
  describe(`${name}, as a store`, () => {
    let store: WritableStore;
    beforeEach(() => {
      store = open();
    });
    afterEach(() => {
      store.close();
    });
    const madrid = cableOf('07MADRID545', ['The wedding was grand.', 'Oil prices fell.']);
    const paris = cableOf('06PARIS1', ['Diplomats spoke of oil and of labour.']);

    it('gives back a cable as it was put in', () => {
      put(store, madrid);
      expect(store.cable('07MADRID545')).toEqual(madrid);
      expect(store.cable('07MADRID546')).toBeNull();
    });

    it('finds passages by their words in any form, and leads from them to their spans', () => {
      put(store, madrid);
      put(store, paris);
      const [hit] = store.searchWords(['weddings'], 10);
      if (hit === undefined) throw new Error('not found');
      const { cable, span } = store.spanOfPassage(hit.passage);
      expect(cable.id).toBe('07MADRID545');
      expect(cable.body.slice(span.start, span.end)).toContain('The wedding was grand.');
      expect(store.searchWords(['oil'], 10)).toHaveLength(2);
      expect(store.searchWords(['oil'], 1)).toHaveLength(1);
      expect(store.searchWords(['nowhere'], 10)).toEqual([]);
      expect(store.searchWords([], 10)).toEqual([]);
    });

    it('takes words with signs in them for words, not for a query', () => {
      put(store, madrid);
      for (const word of ['"', 'a"b', 'AND', 'oil*', '-oil', 'text:oil', '(', "'"]) {
        expect(() => store.searchWords([word], 5)).not.toThrow();
      }
    });

    it('keeps the vectors of a passage, and leads from a vector to its passage', () => {
      put(store, madrid);
      const [passage = 0] = store.passagesOfCable('07MADRID545');
      const [[key, vector] = [0, new Float32Array()]] = [...store.vectorsAfter(0)];
      expect(store.passagesOfVectors([key])).toEqual([passage]);
      expect(store.vectorsOfPassages([passage])).toEqual([{ key, passage, vector }]);
      expect(store.vectors([key])).toEqual([{ key, passage, vector }]);
      expect(vector).toEqual(vectorOf('The wedding was grand.'.length));
    });

    it('replaces a cable of the same id with all that belongs to it', () => {
      put(store, madrid, 'first');
      const last = store.lastVector();
      put(store, cableOf('07MADRID545', ['Another text.']), 'second');
      expect(store.hashOf('07MADRID545')).toBe('second');
      expect(store.removedVectors()).toHaveLength(2);
      expect([...store.vectorsAfter(last)]).toHaveLength(1);
      expect(store.searchWords(['wedding'], 10)).toEqual([]);
      expect(store.searchWords(['another'], 10)).toHaveLength(1);
      expect(store.stats()).toMatchObject({ cables: 1, paragraphs: 1, vectors: 1 });
    });

    it('counts the passages and cables that hold each term, also after a cable was replaced', () => {
      put(store, madrid);
      put(store, paris);
      const counts = (stem: string): number[] =>
        store.terms([stem]).flatMap(({ passages, cables }) => [passages, cables]);
      expect(counts('oil')).toEqual([2, 2]);
      expect(counts('diplomat')).toEqual([1, 1]);
      // Each passage has its cable's subject and origin before it.
      expect(counts('madrid')).toEqual([2, 1]);
      put(store, cableOf('07MADRID545', ['Oil again.', 'And more oil.', 'No more.']), 'second');
      expect(counts('oil')).toEqual([3, 2]);
      expect(counts('wed')).toEqual([]);
      expect(store.totals()).toMatchObject({ cables: 2, passages: 4 });
    });

    it('forgets the terms of a transaction that failed', () => {
      put(store, paris);
      expect(() => {
        store.transaction(() => {
          store.put(madrid, 'hash', []);
          throw new Error('stopped');
        });
      }).toThrow('stopped');
      put(store, madrid);
      expect(store.terms(['wed'])).toMatchObject([{ passages: 1, cables: 1 }]);
    });

    it('gives what a passage is scored by: its terms, its place, its sentences', () => {
      put(store, madrid);
      const keys = store.passagesOfCable('07MADRID545');
      const [first, last] = store.scoringPassages(keys);
      const [wedding] = store.terms(['wed']);
      if (first === undefined || last === undefined || wedding === undefined) throw new Error();
      expect([first.position, last.position]).toEqual([0, 1]);
      expect(first.length).toBe(4);
      expect(countOf(first.terms, wedding.key)).toBe(1);
      expect(countOf(last.terms, wedding.key)).toBe(0);
      const vector = vectorOf('The wedding was grand.'.length);
      expect(sentenceCosines(first.sentences, vector)[0]).toBeCloseTo(1, 1);
      const [cable] = store.scoringCables([first.cable]);
      expect(cable).toMatchObject({ id: '07MADRID545', post: 'MADRID', date: '2007-03-14' });
      expect(countOf(cable?.terms ?? new Uint32Array(), wedding.key)).toBe(1);
    });

    it('narrows to what passes a filter', () => {
      put(store, madrid);
      put(store, paris);
      const passing = (filter: PassageFilter): string[] => {
        const keys = [...store.vectorKeys(filter)];
        const passages = store.passagesOfVectors(keys);
        expect(store.passes(filter, store.passagesOfVectors([...store.vectorKeys({})]))).toEqual(
          passages,
        );
        return [...new Set(passages.map((each) => store.spanOfPassage(each).cable.id))].sort();
      };
      expect(passing({})).toEqual(['06PARIS1', '07MADRID545']);
      expect(passing({ posts: ['MADRID', 'ROME'] })).toEqual(['07MADRID545']);
      expect(passing({ posts: [] })).toEqual([]);
      expect(passing({ ids: ['06PARIS1'] })).toEqual(['06PARIS1']);
      expect(passing({ from: '2007-03-15' })).toEqual([]);
      expect(passing({ from: '2007-03-14', to: '2007-03-14' })).toHaveLength(2);
      expect(passing({ tags: ['PREL'] })).toHaveLength(madrid.tags.includes('PREL') ? 2 : 0);
      expect(passing({ tags: ['NONE'] })).toEqual([]);
      expect(passing({ cableLevel: { level: 'C' } })).toHaveLength(2);
      expect(passing({ level: { level: 'C', noforn: false } })).toHaveLength(2);
      expect(passing({ level: { level: 'C', noforn: true } })).toEqual([]);
      expect(passing({ level: { level: 'S' } })).toEqual([]);
      expect(store.searchWords(['oil'], 10, { filter: { posts: ['PARIS'] } })).toHaveLength(1);
      expect(store.searchWords(['oil', 'prices'], 10)).toHaveLength(2);
      expect(store.searchWords(['oil', 'prices'], 10, { match: 'all' })).toHaveLength(1);
    });

    it('finds passages with the words of a phrase', () => {
      put(store, madrid);
      put(store, paris);
      expect(store.searchPhrase('oil prices', 5)).toHaveLength(1);
      expect(store.searchPhrase('prices oil', 5)).toEqual([]);
    });

    it('finds ids by post and number, whatever the year', () => {
      put(store, cableOf('06MADRID545', ['One.']));
      put(store, madrid);
      expect(store.idsOfAnyYear('MADRID545')).toEqual(['06MADRID545', '07MADRID545']);
      expect(store.idsOfAnyYear('MADRID5')).toEqual([]);
    });

    it('undoes a transaction that fails', () => {
      expect(() => {
        store.transaction(() => {
          store.put(madrid, 'hash', []);
          throw new Error('stopped');
        });
      }).toThrow('stopped');
      expect(store.cable('07MADRID545')).toBeNull();
    });

    it('counts by origin, year, classification and mark', () => {
      put(store, madrid);
      put(store, paris);
      expect(store.stats()).toMatchObject({
        cables: 2,
        paragraphs: 3,
        byYear: [{ name: '2007', count: 2 }],
        byClassification: [{ name: 'CONFIDENTIAL', count: 2 }],
        byMark: [{ name: '(C)', count: 3 }],
      });
    });

    it('is not damaged', () => {
      put(store, madrid);
      expect(store.damage()).toBeNull();
    });
  });
}
