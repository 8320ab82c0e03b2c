import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reranker } from '../../src/reranking/reranker.js';
import { THRESHOLD } from '../../src/search/threshold.js';
import { cableOf } from '../support/records.js';
import { searchOver } from '../support/search-over.js';

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
    const answer = await search.ask('how is a runny sourdough starter mended', { limit: 2 });
    expect(answer).toMatchObject({
      abstained: true,
      reason: 'no cable mentions runny or sourdough or starter',
    });
    expect(answer.confidence).toBeLessThan(THRESHOLD);
    expect(answer.results).toHaveLength(2);
  });

  it('names the person or treaty that no cable mentions', async () => {
    const search = await searchOver(CABLES);
    const answer = await search.ask('What does China think of the Oxus Pipeline Treaty?', {
      limit: 1,
    });
    expect(answer).toMatchObject({
      abstained: true,
      reason: 'no cable mentions Oxus Pipeline Treaty',
    });
  });

  it('says that the corpus ends before what is asked about', async () => {
    const search = await searchOver(CABLES);
    for (const question of [
      'Oil prices in Madrid in 2011',
      'Did oil prices fall in Madrid in June 2007?',
    ]) {
      expect(await search.ask(question, { limit: 1 }), question).toMatchObject({
        abstained: true,
        reason: 'nothing in the corpus is later than March 2007',
        confidence: 0,
      });
    }
    const early = await search.ask('Did oil prices fall in Madrid in March 2007?', { limit: 1 });
    expect(early.reason ?? '').not.toMatch(/later/);
  });

  it('may speak of a year to come', async () => {
    const search = await searchOver({
      '07MADRID1': ['Madrid wants solar power for all homes by 2020.'],
    });
    const answer = await search.ask('Madrid solar power for all homes by 2020', { limit: 1 });
    expect(answer).toMatchObject({ abstained: false });
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

  it('never says that no cable mentions the id of one that is held', async () => {
    // A second reader that finds no answer anywhere.
    const search = await searchOver(CABLES, {
      name: 'no reader',
      read: (_, __, sentences) =>
        Promise.resolve({ relevance: -99, sentences: sentences.map(() => -99) }),
      close: () => Promise.resolve(),
    });
    for (const id of ['07MADRID1', 'Madrid 1', '2007 MADRID 0001']) {
      const { abstained, reason } = await search.ask(`sourdough and 699666 in ${id}`, { limit: 1 });
      expect([abstained, reason], id).toEqual([true, 'no cable mentions sourdough or 699666']);
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

  it('reads a follow-up with the questions before it, and says so', async () => {
    const search = await searchOver(CABLES);
    const answer = await search.ask('and in Madrid?', {
      limit: 1,
      history: ['Did oil prices fall?'],
    });
    expect(answer.results[0]).toMatchObject({ cable: '07MADRID1', paragraph: 2 });
    expect(answer.reading).toEqual(['read with: Did oil prices fall?']);
  });

  it('looks for another paragraph of the cable that answered before', async () => {
    const search = await searchOver(CABLES);
    const { ranked } = await search.find('and then?', { history: ['Did oil prices fall?'] });
    const said = ranked.filter(({ said }) => said);
    const before = ranked.filter(({ before }) => before);
    expect(said).toHaveLength(1);
    expect(new Set(before.map(({ cable }) => cable.id)).size).toBe(1);
    expect(before).toContain(said[0]);
    expect(before.length).toBeGreaterThan(1);
    const alone = await search.find('and then?');
    expect(alone.ranked.some(({ said, before }) => said || before)).toBe(false);
  });

  it('has the best few read a second time, ranks and judges by it, and marks what it says', async () => {
    const asked: string[] = [];
    const reader: Reranker = {
      name: 'a reader of one word',
      read(question, context, sentences) {
        asked.push(`${question} | ${context} | ${sentences.join(' ')}`);
        const odds = sentences.map((each) => (each.includes('midnight') ? 99 : -99));
        return Promise.resolve({ relevance: Math.max(...odds), sentences: odds });
      },
      close: () => Promise.resolve(),
    };
    const cables = {
      ...CABLES,
      '08ROME3': ['Oil prices fell in Rome. They had risen before. At midnight they fell again.'],
    };
    const question = 'Did oil prices fall in Madrid?';
    const plain = await (await searchOver(cables)).ask(question, { limit: 3 });
    expect(plain.results[0]?.cable).toBe('07MADRID1');
    const [first, ...others] = (
      await (await searchOver(cables, reader)).ask(question, { limit: 9 })
    ).results;
    expect(first?.text).toContain('midnight');
    expect(first?.highlights.map(([start, end]) => first.text.slice(start, end))).toEqual(
      first?.cable === '08ROME3' ? ['At midnight they fell again.'] : [],
    );
    expect(asked.every((each) => each.startsWith(`${question} | `))).toBe(true);
    const scores = [first, ...others].map((each) => each?.score ?? 0);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('finds what a misspelt word means, and says how it was read', async () => {
    const search = await searchOver({
      '07MADRID1': Array.from({ length: 4 }, (_, n) => `The ambassador saw minister ${String(n)}.`),
      '06PARIS2': ['Oil prices fell.'],
    });
    const answer = await search.ask('who did the ambasador see', { limit: 1 });
    expect(answer.results[0]).toMatchObject({ cable: '07MADRID1' });
    expect(answer.reading).toEqual(['“ambasador” read as “ambassador”']);
  });

  it('narrows to the filters that are given or asked for in words, and states them', async () => {
    const search = await searchOver(CABLES);
    const given = await search.ask('oil prices', { limit: 9, filters: { origin: 'France' } });
    expect(new Set(given.results.map(({ cable }) => cable))).toEqual(new Set(['06PARIS2']));
    expect(given.reading).toEqual(['only cables from PARIS']);
    const stated = await search.ask('cables from Embassy Paris about oil prices', { limit: 9 });
    expect(new Set(stated.results.map(({ cable }) => cable))).toEqual(new Set(['06PARIS2']));
    const none = await search.ask('oil prices', { limit: 9, filters: { classification: 'S' } });
    expect(none).toMatchObject({ abstained: true, results: [] });
    expect(none.reason).toMatch(/under the filters: cables classified S/);
  });

  it('gives paragraphs with the very words between quotation marks, or says that none has them', async () => {
    const search = await searchOver({
      '07MADRID1': ['The guests danced until late midnight.', 'They danced\nuntil  midnight.'],
      '06PARIS2': ['Guests of the wedding danced.'],
    });
    const answer = await search.ask('who “danced until midnight”?', { limit: 5 });
    expect(answer.results.map(({ cable, paragraph }) => [cable, paragraph])).toEqual([
      ['07MADRID1', 2],
    ]);
    expect(answer.reading).toEqual(['only paragraphs with the words “danced until midnight”']);
    expect(await search.ask('who "danced until dawn"?', { limit: 5 })).toMatchObject({
      abstained: true,
      reason: 'no paragraph holds the words “danced until dawn”',
    });
  });

  it('folds a paragraph that another cable sends again', async () => {
    const text =
      'The minister told the ambassador that the talks on the pipeline would go on in the spring.';
    const search = await searchOver({
      '07MADRID1': [text],
      '07MADRID2': [text],
      '06PARIS2': ['Oil.'],
    });
    const { results } = await search.ask('talks on the pipeline in the spring', { limit: 3 });
    expect(results.map(({ cable }) => cable)).toEqual(['07MADRID1', '06PARIS2']);
    expect(results[0]?.again).toEqual([
      '07MADRID2 ¶1 (C), Embassy Madrid, 2007-03-14, CONFIDENTIAL',
    ]);
  });

  it('marks the sentence that answers, by offsets into the exact text', async () => {
    const search = await searchOver({
      '07MADRID1': [
        'Nobody cleared this message before it was sent on its way. The wedding guests danced until\n' +
          'midnight in the old palace. Oil prices fell again in the spring of that year, he said.',
      ],
    });
    const { results } = await search.ask('who danced at the wedding until midnight in the palace', {
      limit: 1,
    });
    const marked = results.flatMap(({ text, highlights }) =>
      highlights.map(([start, end]) => text.slice(start, end)),
    );
    expect(marked).toEqual(['The wedding guests danced until\nmidnight in the old palace.']);
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
      'only secret cables',
      'cables from Paris in 2007',
      'tagged PREL',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(word, fc.string()), { minLength: 1 }), async (words) => {
        const question = words.join(' ');
        if (question.trim() === '' || question.length > 2000) return;
        const { results, confidence } = await search.ask(question, { limit: 10 });
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        for (const { text, highlights } of results) {
          expect(bodies.some((body) => body.includes(text))).toBe(true);
          for (const [start, end] of highlights) {
            expect(0 <= start && start < end && end <= text.length).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
