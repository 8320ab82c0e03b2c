import { describe, expect, it } from 'vitest';
import { stemOf } from '../../src/cable/terms.js';
import type { Term } from '../../src/corpus/corpus.js';
import { otherSpellings } from '../../src/search/other-spellings.js';
import { isNear } from '../../src/corpus/near.js';
import { alikeTo, corrections, mended, otherWordsOf } from '../../src/search/spelling.js';

/** A corpus of words, each with the passages that hold it. */
const VOCABULARY: Readonly<Record<string, number>> = {
  minister: 900,
  ministry: 700,
  ambassador: 500,
  bottle: 4,
  battle: 60,
  dancing: 5,
  qadhafi: 80,
  karzai: 120,
  kadyrov: 30,
  restrepo: 2,
  holland: 9,
  phosphate: 3,
  kabul: 200,
  airport: 90,
  from: 5000,
  firm: 40,
  hajj: 3,
};
const TERMS: readonly Term[] = Object.entries(VOCABULARY).map(([word, passages], key) => ({
  ...{ key, stem: stemOf(word), passages, cables: passages },
}));

/** The corrections of a text, as a corpus of that vocabulary is asked for them. */
function corrected(text: string): Record<string, string> {
  const words = text.toLowerCase().split(' ');
  const alike = alikeTo(words);
  const asked = new Set([...words.map(stemOf), ...otherWordsOf(words, words)]);
  const found = corrections(words, words, {
    terms: TERMS.filter(({ stem }) => asked.has(stem)),
    alike: TERMS.filter(
      ({ stem }) =>
        alike.beginnings.some((each) => stem.startsWith(each)) &&
        alike.words.some((word) => isNear(word, stem)),
    ),
  });
  return Object.fromEntries(
    found.map(({ word, meant }) => [word, meant.map(({ stem }) => stem).join(' ')]),
  );
}

describe('a word that no cable holds', () => {
  it.each([
    ['a letter too few', 'ambasador', 'ambassador'],
    ['two letters that changed places', 'kazrai', 'karzai'],
    ['the same before an ending', 'dancnig', stemOf('dancing')],
    ['a neighbour on the keyboard', 'kadyriv', stemOf('kadyrov')],
    ['another transliteration', 'gaddafi', stemOf('qadhafi')],
    ['another one', 'kadhafi', stemOf('qadhafi')],
    ['a sound, of a rare name', 'restreppo', 'restrepo'],
    ['the nearer one, though the other is more frequent', 'botle', 'bottl'],
    ['a word that asks is not meant', 'frim', 'firm'],
    ['two words in one', 'kabulairport', 'kabul airport'],
  ])('is read by %s: %s', (_, written, meant) => {
    expect(corrected(written)[written]).toBe(meant);
  });

  it('may be one word in two', () => {
    expect(corrected('the phos phate company')).toMatchObject({ 'phos phate': 'phosphat' });
  });

  it('is another name by another consonant, and no short word is mended', () => {
    expect(corrected('hovland')).toEqual({});
    expect(corrected('kab')).toEqual({});
  });

  it('is sought among the terms that begin with its letters, one of them instead of another', () => {
    const { words, beginnings } = alikeTo(['kadhafi']);
    expect(words).toEqual(['kadhafi']);
    expect(beginnings).toEqual(expect.arrayContaining(['ka', 'qa', 'ga', 'ca', 'kh']));
  });

  it('is mended in the text that is embedded, and nothing else is', () => {
    const [karzai] = TERMS.filter(({ stem }) => stem === 'karzai');
    const text = mended('Did Kazrai meet kazraian?', [
      { word: 'kazrai', meant: karzai === undefined ? [] : [karzai], others: [] },
    ]);
    expect(text).toBe('Did karzai meet kazraian?');
  });
});

describe('how a rare name may be written elsewhere', () => {
  const spellings = (word: string, isHeld: boolean): string[] => {
    const name = { word, isHeld, isWord: false };
    return otherSpellings(name, TERMS, (stem) => stem === 'battl').map(({ stem }) => stem);
  };

  it.each([
    ['gaddafi', false, ['qadhafi']],
    ['restreppo', true, ['restrepo']],
    ['kadyriv', false, ['kadyrov']],
    ['kadyriv', true, ['kadyrov']], // a vowel does not change the sound
    ['holand', true, ['holland']],
    ['kabul', true, []], // itself
    ['hovland', false, []], // another name
  ])('%s, held: %s', (word, isHeld, others) => {
    expect(spellings(word, isHeld)).toEqual(others.map(stemOf));
  });
});
