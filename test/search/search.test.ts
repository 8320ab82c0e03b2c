import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import { analyse, contentWords } from '../../src/search/analyse.js';
import { isFollowUp } from '../../src/search/follow-up.js';
import { fuse, type Candidate } from '../../src/search/fuse.js';
import { createSearch, type Search } from '../../src/search/search.js';
import { confidenceOf, THRESHOLD } from '../../src/search/threshold.js';
import { openWritableStore } from '../../src/store/sqlite.js';
import { passagesOf } from '../../src/cable/passage.js';
import { ExactIndex } from '../../src/vectors/exact.js';
import { cableOf } from '../contracts/store.js';
import { createWordEmbedder } from '../support/word-embedder.js';

/** A search over cables in memory, with the word embedder. */
async function searchOver(cables: Readonly<Record<string, readonly string[]>>): Promise<Search> {
  const store = openWritableStore(':memory:');
  const embedder = createWordEmbedder();
  const vectors = new ExactIndex(embedder.dimension);
  for (const [id, paragraphs] of Object.entries(cables)) {
    const cable = cableOf(id, paragraphs);
    const passages = await Promise.all(
      passagesOf(cable).map(async (passage) => ({
        ...passage,
        vectors: await embedder.embedPassage('', passage.text),
      })),
    );
    store.put(cable, id, passages);
  }
  for (const [key, vector] of store.vectorsAfter(0)) vectors.add(key, vector);
  return createSearch({ store, vectors, embedder, clock: () => 0 });
}

const CABLES = {
  '07MADRID1': ['The wedding guests danced until midnight.', 'Oil prices fell in Madrid.'],
  '06PARIS2': ['The labour dialogue with China was proposed.', 'Nobody cleared this message.'],
};

describe('an answer', () => {
  it('quotes the paragraph that answers, with mark, level, citation and place', async () => {
    const search = await searchOver(CABLES);
    const answer = await search.ask('labour dialogue with China proposed', { limit: 3 });
    expect(answer).toMatchObject({ abstained: false, reason: null });
    expect(answer.results[0]).toMatchObject({
      cable: '06PARIS2',
      paragraph: 1,
      mark: '(C)',
      level: 'C',
      inherited: false,
      classification: 'CONFIDENTIAL',
      origin: 'Embassy Paris',
      date: '2007-03-14',
      text: '¶1. (C) The labour dialogue with China was proposed.\n\n',
      citation: '06PARIS2 ¶1 (C), Embassy Paris, 2007-03-14, CONFIDENTIAL',
    });
    expect(answer.results).toHaveLength(3);
    const scores = answer.results.map((each) => each.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('is withheld, with the nearest paragraphs, where nothing is near', async () => {
    const search = await searchOver(CABLES);
    const answer = await search.ask('sourdough starter runny', { limit: 2 });
    expect(answer).toMatchObject({ abstained: true });
    expect(answer.reason).toMatch(/near enough/);
    expect(answer.confidence).toBeLessThanOrEqual(0.5);
    expect(answer.results).toHaveLength(2);
  });

  it('prefers the paragraphs of a cable that the question names, in any form', async () => {
    const search = await searchOver(CABLES);
    for (const name of ['07MADRID1', '07 madrid 1', 'Madrid 1', '2007 Madrid 0001']) {
      const answer = await search.ask(`the labour dialogue in ${name}`, { limit: 2 });
      expect(
        answer.results.map((each) => each.cable),
        name,
      ).toEqual(['07MADRID1', '07MADRID1']);
    }
  });

  it('says that a cable is not held', async () => {
    const search = await searchOver(CABLES);
    expect(await search.ask('what is in 09KABUL77?', { limit: 1 })).toMatchObject({
      abstained: true,
      reason: expect.stringContaining('09KABUL77') as string,
    });
  });

  it('says that the index is empty', async () => {
    const search = await searchOver({});
    expect(await search.ask('anything', { limit: 1 })).toMatchObject({
      abstained: true,
      results: [],
    });
  });

  it('reads a follow-up with the questions before it', async () => {
    const search = await searchOver(CABLES);
    const answer = await search.ask('and in Madrid?', {
      limit: 1,
      history: ['Did oil prices fall?'],
    });
    expect(answer.results[0]).toMatchObject({ cable: '07MADRID1', paragraph: 2 });
  });

  it('quotes exactly, whatever is asked', async () => {
    const search = await searchOver(CABLES);
    const bodies = Object.entries(CABLES).map(([id, paragraphs]) => cableOf(id, paragraphs).body);
    const word = fc.constantFrom(
      'wedding',
      'oil',
      'China',
      '"',
      '(',
      '*',
      'AND',
      '¶',
      '07MADRID1',
      '\u0000',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(word, fc.string()), { minLength: 1 }), async (words) => {
        const question = words.join(' ');
        if (question.trim() === '' || question.length > 2000) return;
        const { results } = await search.ask(question, { limit: 10 });
        for (const { text } of results)
          expect(bodies.some((body) => body.includes(text))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a question', () => {
  it('that is empty or too long is refused with what to do', () => {
    for (const question of ['', ' \n ', 'x'.repeat(10_000)]) {
      expect(() => analyse(question)).toThrow(InputError);
    }
    expect(() => analyse('x'.repeat(10_000))).toThrow(/10000 characters; at most 2000/);
  });

  it('is searched by its content words', () => {
    expect(contentWords('What did the Ambassador say about Zapatero’s visit?')).toEqual([
      'ambassador',
      'zapatero',
      'visit',
    ]);
    expect(contentWords('what about it')).not.toEqual([]);
  });

  it('with a year behind a post does not name a cable', () => {
    expect(analyse('Embassy Madrid 2007').idsWithoutYear).toEqual([]);
    expect(analyse('cable Rio de Janeiro 329').idsWithoutYear).toContain('RIODEJANEIRO329');
  });

  it.each(['and in 2008?', 'why?', 'What about Spain?', 'why did he refuse?', 'Did they agree?'])(
    '%j leans on the one before',
    (question) => {
      expect(isFollowUp(question)).toBe(true);
    },
  );

  it('that stands alone does not lean', () => {
    expect(isFollowUp('What did Zapatero tell the Ambassador about Cuba?')).toBe(false);
  });
});

describe('fusing', () => {
  const candidate: fc.Arbitrary<Candidate> = fc.record({
    passage: fc.integer({ min: 1, max: 10_000 }),
    cosine: fc.double({ min: -1, max: 1, noNaN: true }),
    bm25: fc.double({ min: 0, max: 40, noNaN: true }),
    named: fc.boolean(),
  });

  it('does not depend on the order of the candidates', () => {
    const candidates = fc.uniqueArray(candidate, { selector: (each) => each.passage });
    fc.assert(
      fc.property(candidates, (each) => {
        expect(fuse(each.toReversed())).toEqual(fuse(each));
      }),
    );
  });

  it('puts better before worse: more cosine or more BM25 never ranks lower', () => {
    const a: Candidate = { passage: 1, cosine: 0.7, bm25: 5, named: false };
    expect(fuse([{ ...a, passage: 2, cosine: 0.71 }, a])[0]?.passage).toBe(2);
    expect(fuse([{ ...a, passage: 2, bm25: 6 }, a])[0]?.passage).toBe(2);
    expect(
      fuse([
        { ...a, passage: 2, cosine: 0.99 },
        { ...a, cosine: 0.1, named: true },
      ])[0]?.passage,
    ).toBe(1);
    expect(fuse([])).toEqual([]);
  });

  it('gives a confidence that rises with the cosine and is one half at the threshold', () => {
    expect(confidenceOf(THRESHOLD)).toBe(0.5);
    expect(confidenceOf(0.9)).toBeGreaterThan(0.95);
    expect(confidenceOf(0.3)).toBeLessThan(0.05);
  });
});
