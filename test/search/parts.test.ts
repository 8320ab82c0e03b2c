import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentenceRanges, sentencesOf } from '../../src/cable/sentences.js';
import { searchText } from '../../src/cable/search-text.js';
import { passageText } from '../../src/cable/passage.js';
import { placedSentences } from '../../src/cable/placed-sentences.js';
import { bm25, rarityOf } from '../../src/corpus/bm25.js';
import {
  packSentences,
  packWindows,
  sentenceCosines,
  unpackWindows,
  windowCosines,
} from '../../src/corpus/packed-vectors.js';
import { dot } from '../../src/corpus/vector.js';
import { countOf, termList, unpackTerms, termsIn, packTerms } from '../../src/corpus/term-list.js';
import { highlightsOf } from '../../src/search/answering-sentences.js';
import { shownOf } from '../../src/search/shown.js';
import { searchedTerms, type QuestionTerm } from '../../src/search/terms.js';
import { vectorOf } from '../contracts/vector-index.js';
import { publicCables, readPublicCables } from '../support/public-cables.js';

const words = fc
  .array(
    fc.constantFrom(
      'He',
      'said',
      'no.',
      'U.S.',
      'Mr.',
      'Oil',
      '3.5',
      'fell;',
      '"So',
      'it',
      'ends."',
      'because',
    ),
    { maxLength: 60 },
  )
  .map((each) => each.join(' '));

describe('sentences', () => {
  it('end at a full stop before a capital, not behind a title or an initial', () => {
    const text =
      'Mr. Smith of the U.S. Embassy met J. Edgar on January 3.5 of that year. "He said that nothing was to be done." They parted then and there; nobody spoke again of it.';
    expect(sentencesOf(text)).toEqual(
      [
        'Mr. Smith of the U.S. Embassy met J. Edgar on January 3.5 of that year.',
        '"He said that nothing was to be done."',
        'They parted then and there; nobody spoke again of it.',
      ].flatMap((each, i, all) => (i === 1 ? [`${each} ${all[2] ?? ''}`] : i === 2 ? [] : [each])),
    );
  });

  it('joined by blanks are the folded text, and ranges lie in order', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(sentencesOf(text).join(' ')).toBe(text);
        let last = 0;
        for (const [start, end] of sentenceRanges(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThanOrEqual(start);
          last = end;
        }
      }),
    );
  });
});

describe('highlights', () => {
  it('are the sentences with the best scores, in the order of the text', () => {
    const text =
      '¶1. (C) First it was quiet in the whole city. Then the\n guests danced. At last they went.';
    const sentences = [
      'First it was quiet in the whole city.',
      'Then the guests danced.',
      'At last they went.',
    ];
    const marked = (scores: readonly number[]): string[] =>
      highlightsOf(placedSentences(text, sentences), scores).map(([start, end]) =>
        text.slice(start, end),
      );
    expect(marked([0.1, 0.9, 0.2])).toEqual(['Then the\n guests danced.']);
    expect(marked([0.89, 0.5, 0.9])).toEqual([
      'First it was quiet in the whole city.',
      'At last they went.',
    ]);
    expect(highlightsOf(placedSentences('One.', ['One.']), [1])).toEqual([]);
  });

  it.skipIf(publicCables === null)(
    'of public cables begin and end with a sentence’s own letters',
    async () => {
      const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
      let found = 0;
      let sought = 0;
      for (const { cable } of (await readPublicCables()).filter((_, i) => i % 8 === 0)) {
        for (const span of cable.spans.filter(({ kind }) => kind === 'paragraph')) {
          const text = cable.body.slice(span.start, span.end);
          const sentences = sentencesOf(passageText(cable.body, span));
          if (sentences.length < 2) continue;
          for (const chosen of sentences.keys()) {
            sought++;
            const ranges = highlightsOf(
              placedSentences(text, sentences),
              sentences.map((_, i) => (i === chosen ? 1 : 0)),
            );
            for (const [start, end] of ranges) {
              found++;
              const marked = letters(text.slice(start, end));
              const sentence = letters(sentences[chosen] ?? '');
              expect(marked.startsWith(sentence.slice(0, 8))).toBe(true);
              expect(marked.endsWith(sentence.slice(-8))).toBe(true);
            }
          }
        }
      }
      expect(found / sought).toBeGreaterThan(0.95);
      expect(searchText('a  b')).toBe('a b');
    },
  );
});

describe('what is shown', () => {
  const ranked = (cables: readonly (readonly [cable: string, score: number])[]) =>
    cables.map(([cable, score]) => ({ cable, score }));

  it('has two of a cable at most while others are nearly as likely, and keeps the order else', () => {
    const results = ranked([
      ['a', 9],
      ['a', 8],
      ['a', 7],
      ['b', 6],
      ['a', 5],
      ['c', 1],
    ]);
    const places = (count: number): number[] => shownOf(results, count);
    expect(places(3)).toEqual([0, 1, 3]);
    expect(places(6)).toEqual([0, 1, 3, 2, 4, 5]);
    expect(places(1)).toEqual([0]);
  });

  it('is of one cable where no other answers', () => {
    const results = ranked([
      ['a', 9],
      ['a', 8],
      ['a', 7],
      ['b', 1],
    ]);
    expect(shownOf(results, 3)).toEqual([0, 1, 2]);
  });
});

describe('terms', () => {
  const term = (key: number, passages: number): QuestionTerm => ({
    key,
    stem: String(key),
    passages,
    cables: passages,
    weight: 1,
    rarity: rarityOf(passages, 1000),
    cableRarity: 1,
  });

  it('are stored so that each count is found again', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.integer({ min: 1, max: 9e6 }).map(String),
          fc.integer({ min: 1, max: 999 }),
        ),
        (counts) => {
          const entries = Object.entries(counts).map(
            ([key, count]) => [Number(key), count] as const,
          );
          const list = unpackTerms(packTerms(termList(new Map(entries))));
          expect(termsIn(list)).toEqual(entries.map(([key]) => key).sort((a, b) => a - b));
          for (const [key, count] of entries) expect(countOf(list, key)).toBe(count);
          expect(countOf(list, 0)).toBe(0);
        },
      ),
    );
  });

  it('weigh more the rarer they are, and a text more the more of them it holds', () => {
    const rare = term(1, 2);
    const common = term(2, 900);
    const score = (held: readonly number[], length = 100): number =>
      bm25([rare, common], (key) => (held.includes(key) ? 1 : 0), length, 100);
    expect(score([1])).toBeGreaterThan(score([2]));
    expect(score([1, 2])).toBeGreaterThan(score([1]));
    expect(score([1], 50)).toBeGreaterThan(score([1], 500));
    expect(score([])).toBe(0);
    expect(rarityOf(1000, 1000)).toBeGreaterThan(0);
  });

  it('are searched the rarest first, until too many passages hold them', () => {
    const searched = (rows: number, terms = [term(1, 500), term(2, 3), term(3, 100)]): unknown => {
      const others = terms.length === 0 ? [] : [term(8, 7), term(9, 900)];
      const { terms: chosen, match } = searchedTerms(terms, others, rows);
      return [match, ...chosen.map(({ key }) => key)];
    };
    expect(searched(700)).toEqual(['any', 2, 3, 1, 8]);
    expect(searched(10)).toEqual(['any', 2]);
    expect(searched(103)).toEqual(['any', 2, 3]);
    expect(searched(9999)).toEqual(['any', 2, 3, 1, 8, 9]);
    expect(searched(2)).toEqual(['all', 2, 3]);
    expect(searched(10, [term(1, 500)])).toEqual(['all', 1]);
    expect(searched(10, [])).toEqual(['any']);
  });
});

describe('packed vectors', () => {
  const vectors = [1, 2, 3, 4, 5].map((seed) => vectorOf(seed, 384));

  it('of windows keep their direction to within two degrees, of sentences to within seven', () => {
    const windows = packWindows(vectors);
    const sentences = packSentences(vectors);
    for (const [row, vector] of vectors.entries()) {
      const cosines = windowCosines(windows, vector);
      expect(cosines).toHaveLength(5);
      expect(cosines[row]).toBeGreaterThan(Math.cos((2 * Math.PI) / 180));
      const coarse = sentenceCosines(sentences, vector);
      expect(coarse).toHaveLength(5);
      expect(coarse[row]).toBeGreaterThan(Math.cos((7 * Math.PI) / 180));
      expect(coarse[row]).toBeLessThanOrEqual(1 + 1e-6);
    }
    expect(windows).toHaveLength(5 * 384);
    expect(sentences).toHaveLength(5 * 192);
    expect(packWindows([])).toHaveLength(0);
    expect(packSentences([])).toHaveLength(0);
  });

  it('of windows are unpacked to length 1', () => {
    for (const [row, vector] of unpackWindows(packWindows(vectors), 384).entries()) {
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
      expect(dot(vector, vectors[row] ?? vector)).toBeGreaterThan(0.9994);
    }
  });
});
