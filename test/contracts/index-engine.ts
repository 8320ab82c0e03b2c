import { stemsOf } from '../../src/cable/terms.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cable, StoredFieldName } from '../../src/cable/cable.js';
import type { Ceiling } from '../../src/cable/ceiling.js';
import type { Corpus, Term } from '../../src/corpus/corpus.js';
import type { IndexEngine } from '../../src/corpus/engine.js';
import type { CableRecord } from '../../src/corpus/record.js';
import { packVectors, sentenceCosines, windowCosines } from '../../src/corpus/packed-vectors.js';
import { countOf } from '../../src/corpus/term-list.js';
import { IndexError } from '../../src/errors.js';
import type { PassageFilter } from '../../src/search/filter-table.js';
import { conditionsOf } from '../../src/search/filters.js';
import {
  cableOf,
  change,
  byLength,
  changeWords,
  embedAll,
  type Embedding,
  MODEL,
  recordFor,
} from '../support/records.js';
import { vectorOf } from './vector-index.js';

/** What every implementation of the index engine's ports must do. */
export function indexEngineContract(name: string, create: () => IndexEngine): void {
  describe(`${name}, as an index engine`, () => {
    let engine: IndexEngine;
    const closing: (() => Promise<void>)[] = [];
    beforeEach(() => {
      engine = create();
    });
    afterEach(async () => {
      for (const close of closing.splice(0)) await close();
    });
    const madrid = cableOf('07MADRID545', ['The wedding was grand.', 'Oil prices fell.']);
    const paris = cableOf('06PARIS1', ['Diplomats spoke of oil and of labour.']);

    async function put(...cables: readonly Cable[]): Promise<void> {
      await change(engine, (building) => building.put(cables.map(recordFor)));
    }
    async function corpus(ceiling?: Ceiling): Promise<Corpus> {
      const generation = await engine.open(MODEL);
      closing.push(() => generation.close());
      return generation.corpus(ceiling);
    }
    const words = async (
      held: readonly string[],
      limit = 10,
      match: 'any' | 'all' = 'any',
      filter: PassageFilter = {},
    ): Promise<number[]> => {
      const phrases = held.map((each) => each.split(' '));
      const query = { phrases, match, limit, where: conditionsOf(filter) };
      return (await (await corpus()).searchWords(query)).hits.map(({ passage }) => passage);
    };
    const terms = async (...stems: string[]): Promise<readonly Term[]> =>
      (await (await corpus()).lookUp({ stems })).terms;

    it('gives back a cable as it was put in', async () => {
      await put(madrid);
      const held = await corpus();
      expect(await held.cables(['07MADRID545'])).toEqual([madrid]);
      expect(await held.cables(['07MADRID546'])).toEqual([]);
      expect(await held.ids()).toEqual(['07MADRID545']);
    });

    it('gives cables, summaries and passages in the order asked for', async () => {
      await put(madrid, paris);
      const held = await corpus();
      const ids = ['06PARIS1', '09ROME1', '07MADRID545'];
      expect(await held.cables(ids)).toEqual([paris, madrid]);
      expect(await held.passagesOf(ids)).toMatchObject([
        { cable: '06PARIS1' },
        { cable: '07MADRID545', ordinal: 1 },
        { cable: '07MADRID545', ordinal: 2 },
      ]);
      expect((await held.summaries('', 1)).map(({ id }) => id)).toEqual(['06PARIS1']);
      expect(await held.summaries('06PARIS1', 9)).toMatchObject([
        { id: '07MADRID545', subject: madrid.subject, references: madrid.references },
      ]);
      expect(await held.summaries('07MADRID545', 9)).toEqual([]);
    });

    it('finds passages by the stems of their words, and leads from them to their spans', async () => {
      await put(madrid, paris);
      const [hit = 0] = await words(['wed']);
      const held = await corpus();
      const [found] = await held.spans([hit]);
      expect(found?.cable.id).toBe('07MADRID545');
      expect(found?.cable.body.slice(found.span.start, found.span.end)).toContain(
        'The wedding was grand.',
      );
      expect(await words(['oil'])).toHaveLength(2);
      expect(await words(['oil'], 1)).toHaveLength(1);
      expect(await words(['nowher'])).toEqual([]);
      expect(await words([])).toEqual([]);
      await expect(held.spans([hit, 99_999])).rejects.toThrow(IndexError);
    });

    it('ranks by BM25: the rarer word, the shorter text', async () => {
      const long = `Oil and wine. ${'Nothing else was said of it. '.repeat(9)}`;
      const others = Array.from({ length: 9 }, (_, i) => `Snow fell on day ${String(i)}.`);
      const paragraphs = [long, 'Oil fell.', 'Fish and wine.', 'Fish and oil of the sea rose.'];
      await put(cableOf('07ROME1', [...paragraphs, ...others]));
      const { hits } = await (
        await corpus()
      ).searchWords({ phrases: [['oil'], ['wine']], match: 'any', limit: 9, where: [] });
      const places = await (await corpus()).spans(hits.map(({ passage }) => passage));
      const numbers = places.map(({ span }) => span.number);
      expect([...numbers].sort()).toEqual([1, 2, 3, 4]);
      expect(numbers.indexOf(3)).toBeLessThan(numbers.indexOf(2));
      expect(numbers.indexOf(2)).toBeLessThan(numbers.indexOf(4));
      const scores = hits.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
    });

    it('takes stems with signs of a query language for stems', async () => {
      await put(madrid);
      for (const word of ['AND', 'NOT', 'or', 'near', 'текст', '中文', 'é']) {
        await expect(words([word])).resolves.toEqual([]);
      }
    });

    it('keeps the vectors of a passage, and finds it by them', async () => {
      await put(madrid, paris);
      const held = await corpus();
      const [first] = await held.passagesOf(['07MADRID545']);
      const passage = first?.passage ?? 0;
      const vector = vectorOf('The wedding was grand.'.length);
      const [scored] = (await held.scoring([passage], 'with vectors')).passages;
      expect(windowCosines(scored?.vectors?.windows ?? new Int8Array(), vector)[0]).toBeCloseTo(
        1,
        1,
      );
      expect((await held.scoring([passage], 'words alone')).passages[0]?.vectors).toBeNull();
      const near = await held.nearest(vector, { where: [], limit: 2 });
      expect(near.searched).toBe(3);
      expect(near.passages).toHaveLength(2);
      expect(near.passages[0]?.passage).toBe(passage);
      expect(near.passages[0]?.cosine).toBeCloseTo(1, 2);
    });

    it('gives cables by their dates, each by its first passage that meets the conditions, by pages', async () => {
      const undated = { ...cableOf('08OSLO1', ['Nobody knows when.']), date: null };
      const oslo = {
        ...cableOf('08OSLO629', ['Wind parks.', 'More wind parks.']),
        date: '2008-12-01',
      };
      await put(undated, { ...madrid, date: '2007-03-14' }, { ...paris, date: '2006-01-02' }, oslo);
      const held = await corpus();
      const listed = async (
        order: 'newest' | 'oldest',
        filter: PassageFilter = {},
        page = { from: 0, limit: 9 },
      ): Promise<[number, ...string[]]> => {
        const query = { where: conditionsOf(filter), order, ...page };
        const { count, passages } = await held.byDate(query);
        return [
          count,
          ...(await held.spans(passages)).map(
            ({ cable, ordinal }) => `${cable.id} ${String(ordinal)}`,
          ),
        ];
      };
      const first = async (id: string): Promise<string> =>
        `${id} ${String((await held.passagesOf([id]))[0]?.ordinal)}`;
      const [a, b, c, d] = await Promise.all(
        ['06PARIS1', '07MADRID545', '08OSLO629', '08OSLO1'].map(first),
      );
      expect(await listed('oldest')).toEqual([4, a, b, c, d]);
      expect(await listed('newest')).toEqual([4, c, b, a, d]);
      expect(await listed('newest', {}, { from: 1, limit: 2 })).toEqual([4, b, a]);
      expect(await listed('oldest', { months: [3, 12] })).toEqual([2, b, c]);
      expect(await listed('oldest', { from: '2010-01-01' })).toEqual([0]);
    });

    it('replaces a cable of the same id with all that belongs to it', async () => {
      await put(madrid);
      await put(cableOf('07MADRID545', ['Another text.']));
      expect(await words(['wed'])).toEqual([]);
      expect(await words(['anoth'])).toHaveLength(1);
      expect(await (await corpus()).stats()).toMatchObject({
        cables: 1,
        paragraphs: 1,
        vectors: { passages: 1, embedded: 1 },
      });
      const near = await (await corpus()).nearest(vectorOf(1), { where: [], limit: 9 });
      expect(near).toMatchObject({ searched: 1, passages: [{}] });
    });

    it('counts the passages and cables that hold each term, also after a cable was replaced', async () => {
      await put(madrid, paris);
      const counts = async (stem: string): Promise<number[]> =>
        (await terms(stem)).flatMap(({ passages, cables }) => [passages, cables]);
      expect(await counts('oil')).toEqual([2, 2]);
      expect(await counts('diplomat')).toEqual([1, 1]);
      // Each passage has its cable's subject and origin before it.
      expect(await counts('madrid')).toEqual([2, 1]);
      await put(cableOf('07MADRID545', ['Oil again.', 'And more oil.', 'No more.']));
      expect(await counts('oil')).toEqual([3, 2]);
      expect(await counts('wed')).toEqual([]);
      expect((await corpus()).overview).toMatchObject({ cables: 2, passages: 4 });
    });

    it('gives terms that begin like others, held or not', async () => {
      await put(madrid, paris, cableOf('05ROME2', ['Diplomats again.', 'The diplomat left.']));
      const held = await corpus();
      const alike = { words: ['diplomet', 'diplomat'], beginnings: ['di'], passages: 3 };
      const found = (await held.lookUp({ alike })).alike;
      expect(found.map(({ stem }) => stem)).toEqual(['diplomat']);
      expect((await held.lookUp({ alike: { ...alike, passages: 4 } })).alike).toEqual([]);
      expect((await held.lookUp({ alike: { ...alike, beginnings: ['da'] } })).alike).toEqual([]);
      expect((await held.lookUp({ alike: { ...alike, words: ['divested'] } })).alike).toEqual([]);
      expect((await held.lookUp({ alike: { ...alike, words: [] } })).alike).toEqual([]);
    });

    it('stores all of some cables or none, and forgets the terms of those that failed', async () => {
      const broken: CableRecord = {
        ...recordFor(madrid),
        get spans(): never {
          throw new Error('stopped');
        },
      };
      await change(engine, async (building) => {
        await expect(building.put([recordFor(paris), broken])).rejects.toThrow('stopped');
        expect((await building.hashesOf(['06PARIS1'])).size).toBe(0);
        await building.put([recordFor(madrid)]);
      });
      expect(await (await corpus()).ids()).toEqual(['07MADRID545']);
      expect(await terms('wed', 'diplomat')).toMatchObject([
        { stem: 'wed', passages: 1, cables: 1 },
      ]);
    });

    it('gives what a passage is scored by: its terms, its place, its sentences', async () => {
      await put(madrid);
      const held = await corpus();
      const keys = (await held.passagesOf(['07MADRID545'])).map(({ passage }) => passage);
      const { passages, cables } = await held.scoring(keys, 'with vectors');
      const [first, last] = passages;
      const [wedding] = await terms('wed');
      if (first === undefined || last === undefined || wedding === undefined) throw new Error();
      expect([first.position, last.position]).toEqual([0, 1]);
      expect(first.length).toBe(4);
      expect(countOf(first.terms, wedding.key)).toBe(1);
      expect(countOf(last.terms, wedding.key)).toBe(0);
      const vector = vectorOf('The wedding was grand.'.length);
      expect(sentenceCosines(first.vectors?.sentences ?? new Uint8Array(), vector)[0]).toBeCloseTo(
        1,
        1,
      );
      const cable = cables.get(first.cable);
      expect(cable).toMatchObject({ id: '07MADRID545', post: 'MADRID', date: '2007-03-14' });
      expect(countOf(cable?.terms ?? new Uint32Array(), wedding.key)).toBe(1);
    });

    it('says where the sentences of a paragraph stand in its exact text', async () => {
      const text = 'The guests of the wedding danced until midnight. Then all of them went home.';
      await put(cableOf('07MADRID1', [text]));
      const held = await corpus();
      const [place] = await held.passagesOf(['07MADRID1']);
      const [found] = await held.spans([place?.passage ?? 0]);
      const exact = found?.cable.body.slice(found.span.start, found.span.end) ?? '';
      const sentences = (found?.sentences ?? []).map((each) =>
        each === null ? null : exact.slice(...each),
      );
      expect(sentences).toEqual([text.slice(0, 48), text.slice(49)]);
    });

    it('narrows to what passes a filter', async () => {
      await put(madrid, paris);
      const held = await corpus();
      const passing = async (filter: PassageFilter): Promise<string[]> => {
        const where = conditionsOf(filter);
        const near = await held.nearest(vectorOf(1), { where, limit: 9 });
        const passages = near.passages.map(({ passage }) => passage);
        expect(near.searched).toBe(passages.length);
        const { named } = await held.searchWords({
          phrases: [],
          match: 'any',
          limit: 9,
          where,
          named: ['06PARIS1', '07MADRID545'],
        });
        expect(named.flatMap((each) => each.passages).sort()).toEqual(passages.toSorted());
        const spans = await held.spans(passages);
        return [...new Set(spans.map(({ cable }) => cable.id))].sort();
      };
      expect(await passing({})).toEqual(['06PARIS1', '07MADRID545']);
      expect(await passing({ posts: ['MADRID', 'ROME'] })).toEqual(['07MADRID545']);
      expect(await passing({ posts: [] })).toEqual([]);
      expect(await passing({ ids: ['06PARIS1'] })).toEqual(['06PARIS1']);
      expect(await passing({ from: '2007-03-15' })).toEqual([]);
      expect(await passing({ from: '2007-03-14', to: '2007-03-14' })).toHaveLength(2);
      expect(await passing({ tags: ['PREL'] })).toHaveLength(madrid.tags.includes('PREL') ? 2 : 0);
      expect(await passing({ tags: ['NONE'] })).toEqual([]);
      expect(await passing({ cableLevel: { level: 'C' } })).toHaveLength(2);
      expect(await passing({ level: { level: 'C', noforn: false } })).toHaveLength(2);
      expect(await passing({ level: { level: 'C', noforn: true } })).toEqual([]);
      expect(await passing({ level: { level: 'S' } })).toEqual([]);
      const [key = 0] = await words(['wed']);
      expect(await passing({ passages: [key] })).toEqual(['07MADRID545']);
      const stored = async (name: StoredFieldName, ...among: string[]): Promise<number> => {
        const where = [{ field: 'stored' as const, name, among }];
        return (await held.nearest(vectorOf(1), { where, limit: 9 })).searched;
      };
      expect(await stored('signature', 'RANDT', 'MOON')).toBe(3);
      expect(await stored('signature', 'MOON')).toBe(0);
      expect(await stored('tags', 'PREL')).toBe(3);
      expect(await stored('signature', 'Randt')).toBe(3);
      expect(await stored('caveats', 'NOFORN')).toBe(0);
      expect(await words(['oil'], 10, 'any', { posts: ['PARIS'] })).toHaveLength(1);
      expect(await words(['oil', 'price'])).toHaveLength(2);
      expect(await words(['oil', 'price'], 10, 'all')).toHaveLength(1);
    });

    it('finds passages with the words of a phrase', async () => {
      await put(madrid, paris);
      const held = await corpus();
      const found = await held.searchPhrases([
        { stems: ['oil', 'price'], limit: 5 },
        { stems: ['price', 'oil'], limit: 5 },
        { stems: ['oil'], limit: 1 },
        { stems: [], limit: 5 },
      ]);
      expect(found.map(({ length }) => length)).toEqual([1, 0, 1, 0]);
      expect(await words(['oil price', 'fell'], 5, 'all')).toEqual(found[0]);
    });

    it('says whether a phrase stands anywhere, in a heading, a head or a signature as well', async () => {
      await put(madrid, paris);
      const asked = [
        'oil prices',
        'prices oil',
        'Randt',
        'secstate washdc',
        'Madrid 000545',
        'zebra',
        '',
      ];
      expect(await (await corpus()).mentions(asked.map(stemsOf))).toEqual([
        ...[true, false, true, true, true, false, false],
      ]);
    });

    it('finds ids, and ids by post and number, whatever the year', async () => {
      await put(cableOf('06MADRID545', ['One.']), madrid);
      const numbers = ['MADRID545', 'MADRID5'];
      const found = await (await corpus()).lookUp({ numbers, ids: ['07MADRID545', '09ROME1'] });
      expect(found.ofAnyYear).toEqual([['06MADRID545', '07MADRID545'], []]);
      expect(found.held).toEqual(['07MADRID545']);
    });

    it('counts by origin, year, classification and mark', async () => {
      await put(madrid, paris);
      expect(await (await corpus()).stats()).toMatchObject({
        cables: 2,
        paragraphs: 3,
        byYear: [{ name: '2007', count: 2 }],
        byClassification: [{ name: 'CONFIDENTIAL', count: 2 }],
        byMark: [{ name: '(C)', count: 3 }],
      });
    });

    it('holds nothing at first, and says so', async () => {
      expect(await engine.published()).toBeNull();
      await expect(engine.required()).rejects.toThrow(IndexError);
      await expect(engine.open(MODEL)).rejects.toThrow(IndexError);
    });

    it('is well', async () => {
      await put(madrid);
      const checks = await engine.examine(MODEL);
      expect(checks.filter(({ ok }) => !ok)).toEqual([]);
      expect(checks.length).toBeGreaterThan(0);
    });

    it('tells what is published, and opens it with the model that made it alone', async () => {
      await put(madrid);
      expect(await engine.published()).toMatchObject({
        generation: 2,
        model: { fingerprint: MODEL.fingerprint, dimension: MODEL.dimension },
        counts: { cables: 1, paragraphs: 2, passages: 2, embedded: 2, vectors: 2 },
      });
      await expect(engine.open({ ...MODEL, fingerprint: 'other' })).rejects.toThrow(IndexError);
      await expect(engine.lock({ ...MODEL, fingerprint: 'other' })).rejects.toThrow(IndexError);
    });

    it('opens the generation that is asked for, and no other', async () => {
      await put(madrid);
      const first = await engine.open(MODEL, 2);
      closing.push(() => first.close());
      await put(paris);
      await expect(engine.open(MODEL, 2)).rejects.toThrow(IndexError);
      const second = await engine.open(MODEL, 4);
      closing.push(() => second.close());
      expect(second.published.generation).toBe(4);
    });

    it('keeps what a cable said before another text took its place, the last of them, under a ceiling', async () => {
      const texts = [
        'A first text.',
        'Another text.',
        'A third.',
        'A fourth.',
        'A fifth.',
        'A last.',
      ];
      for (const text of texts) await put(cableOf('07MADRID545', [text]));
      await put(cableOf('07MADRID545', ['A last.']));
      const former = await (await corpus()).formerTexts('07MADRID545');
      expect(former.map(({ body }) => /A[a-z ]+\./.exec(body)?.[0])).toEqual(
        texts.slice(1, -1).toReversed(),
      );
      expect(former[0]?.spans.at(-1)?.end).toBe(former[0]?.body.length);
      expect(await (await corpus()).formerTexts('06PARIS1')).toEqual([]);
      const under = await corpus({ mark: 'U', classification: 'U', noforn: true });
      expect(await under.formerTexts('07MADRID545')).toEqual([]);
    });

    it('keeps a generation that is open as it is while another is published', async () => {
      await put(madrid);
      const before = await corpus();
      await put(paris);
      expect(await before.ids()).toEqual(['07MADRID545']);
      expect(await (await corpus()).ids()).toEqual(['06PARIS1', '07MADRID545']);
      expect((await engine.published())?.generation).toBe(4);
    });

    it('is changed by one at a time, and shows nothing of a change before it is published', async () => {
      await put(madrid);
      const editor = await engine.lock(MODEL);
      await expect(engine.lock(MODEL)).rejects.toThrow(IndexError);
      const building = await editor.begin();
      await building.put([recordFor(paris)]);
      expect(await (await corpus()).ids()).toEqual(['07MADRID545']);
      const { hash, bodyHash } = recordFor(paris);
      expect(await building.hashesOf(['06PARIS1'])).toEqual(new Map([['06PARIS1', hash]]));
      expect((await editor.hashesOf(['06PARIS1', '07MADRID545'])).size).toBe(1);
      expect(await building.idOfBody(bodyHash, '06PARIS1')).toBeNull();
      expect(await building.idOfBody(bodyHash, '07MADRID545')).toBe('06PARIS1');
      // What is left open is closed with the editor, and can be gone on with.
      await editor.close();
      const next = await engine.lock(MODEL);
      expect((await next.resume()).building).not.toBeNull();
      await next.close();
    });

    it('resumes a change that was left', async () => {
      await put(madrid);
      const editor = await engine.lock(MODEL);
      const building = await editor.begin();
      await building.put([recordFor(paris)]);
      await building.close();
      await editor.close();
      const again = await engine.lock(MODEL);
      const resumed = await again.resume();
      expect(resumed.damaged).toBe(false);
      if (resumed.building === null) throw new Error('nothing was left');
      expect(await resumed.building.added()).toEqual(['06PARIS1']);
      await again.publish(resumed.building, { samples: false });
      await again.close();
      expect(await (await corpus()).ids()).toEqual(['06PARIS1', '07MADRID545']);
    });

    it('begins with nothing where it holds samples alone that are not to be kept', async () => {
      const editor = await engine.lock(MODEL);
      const building = await editor.begin();
      await building.put([recordFor(madrid)]);
      await editor.publish(building, { samples: true });
      await editor.close();
      expect((await engine.published())?.samples).toBe(true);
      const next = await engine.lock(MODEL, { keepSamples: false });
      expect(next.base).toBeNull();
      const own = await next.begin();
      await own.put([recordFor(paris)]);
      await next.publish(own, { samples: false });
      await next.close();
      expect(await (await corpus()).ids()).toEqual(['06PARIS1']);
    });

    it('answers by words before it has vectors, and is found by those it has', async () => {
      await changeWords(engine, (building) => building.put([madrid, paris].map(recordFor)));
      const words = await corpus();
      expect(words.overview.vectors).toEqual({ passages: 3, embedded: 0 });
      expect((await words.nearest(vectorOf(16), { where: [], limit: 9 })).passages).toEqual([]);
      const keys = (await words.passagesOf(['07MADRID545'])).map(({ passage }) => passage);
      const before = await words.scoring(keys, 'with vectors');
      expect(before.passages.map(({ vectors }) => vectors)).toEqual([null, null]);
      await embedAll(engine, undefined, { most: 2 });
      const some = await corpus();
      expect((await some.stats()).vectors).toEqual({ passages: 3, embedded: 2 });
      const near = await some.nearest(vectorOf(16), { where: [], limit: 9 });
      expect(near.passages).toHaveLength(2);
      expect(near.searched).toBe(3);
    });

    it('embeds no text twice: not what was left, replaced, put in again, or is derived anew', async () => {
      await changeWords(engine, (building) => building.put([madrid, paris].map(recordFor)));
      const read: string[] = [];
      const embedding: Embedding = (passage) => {
        read.push(passage.sentences.join(' '));
        return byLength(passage);
      };
      await embedAll(engine, embedding, { most: 1 });
      expect(read).toHaveLength(1);
      await embedAll(engine, embedding);
      expect(read).toHaveLength(3);
      // Another text, and back again; a paragraph that stays.
      const other = cableOf('07MADRID545', ['The wedding was grand.', 'Wine flowed.']);
      await change(engine, (building) => building.put([recordFor(other)]), MODEL, embedding);
      expect(read.slice(3)).toEqual(['Wine flowed.']);
      await change(engine, (building) => building.put([recordFor(madrid)]), MODEL, embedding);
      const { counts } = await embedAll(engine, embedding, { anew: true });
      expect(read).toHaveLength(4);
      expect(counts).toEqual({ cables: 2, paragraphs: 3, passages: 3, embedded: 3, vectors: 3 });
      const near = await (await corpus()).nearest(vectorOf(16), { where: [], limit: 9 });
      expect(near.passages).toHaveLength(3);
    });

    it('is given its vectors by one at a time, and begins again where the index was changed', async () => {
      await changeWords(engine, (building) => building.put([recordFor(madrid)]));
      const work = await engine.embed(MODEL);
      await expect(engine.embed(MODEL)).rejects.toThrow(IndexError);
      const waiting = await work.waiting(9);
      expect(waiting).toMatchObject([
        { sentences: ['The wedding was grand.'] },
        { sentences: ['Oil prices fell.'] },
      ]);
      await changeWords(engine, (building) => building.put([recordFor(paris)]));
      const vectors = packVectors({ windows: [vectorOf(1)], sentences: [vectorOf(2)] });
      await work.put((waiting ?? []).map(({ passage }) => ({ passage, vectors })));
      expect(await work.publish()).toBeNull();
      await work.close();
      const again = await engine.embed(MODEL);
      expect(await again.waiting(9)).toHaveLength(1);
      expect(again.counts).toEqual({ passages: 3, embedded: 2, kept: 2 });
      const editor = await engine.lock(MODEL);
      await expect(again.publish()).rejects.toThrow(IndexError);
      await editor.close();
      expect((await again.publish())?.counts).toMatchObject({ passages: 3, embedded: 2 });
      await again.close();
    });

    it('takes another model’s vectors when they are all there, and not before', async () => {
      await put(madrid, paris);
      const model = { ...MODEL, name: 'other', fingerprint: 'other' };
      await embedAll(engine, byLength, { model, most: 2 });
      expect((await engine.published())?.model.fingerprint).toBe(MODEL.fingerprint);
      await (await engine.open(MODEL)).close();
      await embedAll(engine, byLength, { model });
      expect(await engine.published()).toMatchObject({
        model: { name: 'other', fingerprint: 'other' },
        counts: { embedded: 3 },
      });
      await expect(engine.open(MODEL)).rejects.toThrow(IndexError);
      await (await engine.open(model)).close();
    });

    it('begins with the newest cables, or with the oldest', async () => {
      const dated = [2001, 2003, 2002].map((year) => ({
        ...cableOf(`07OSLO${String(year)}`, [`In ${String(year)}.`]),
        date: `${String(year)}-01-01`,
      }));
      const undated = { ...cableOf('08OSLO1', ['Nobody knows when.']), date: null };
      await changeWords(engine, (building) => building.put([undated, ...dated].map(recordFor)));
      for (const order of ['newest', 'oldest'] as const) {
        const work = await engine.embed(MODEL, { order });
        const texts = ((await work.waiting(9)) ?? []).map(({ sentences }) => sentences.join(' '));
        await work.close();
        const years = ['In 2001.', 'In 2002.', 'In 2003.'];
        const sorted = order === 'newest' ? years.toReversed() : years;
        expect(texts).toEqual([...sorted, 'Nobody knows when.']);
      }
    });
  });
}
