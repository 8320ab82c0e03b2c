import { describe, expect, it } from 'vitest';
import { NO_CEILING } from '../../src/cable/ceiling.js';
import { stemOf } from '../../src/cable/terms.js';
import type { Reranker } from '../../src/reranking/reranker.js';
import { asSpelled, respelledIn } from '../../src/search/own-spelling.js';
import { searchOver } from '../support/search-over.js';

const WORDS = new Set(
  ['german', 'germany', 'holland', 'turkey', 'minister', 'ministry'].map(stemOf),
);
const isWord = (word: string): boolean => WORDS.has(stemOf(word));

/** How a text spells a name of a question. */
function spelled(word: string, text: string, isHeld = false): string | undefined {
  const names = [{ word, isHeld, isWord: isWord(word) }];
  return respelledIn({ names, isWord }, text).get(word);
}

describe('a name that a paragraph spells otherwise', () => {
  it.each([
    ['luschkov', 'Mayor Luzhkov was there.', 'Luzhkov'],
    ['baleriano', 'A book by Flores Valeriano.', 'Valeriano'],
    ['makurumidse', 'MAKURUMIDZE buys diamonds.', 'MAKURUMIDZE'],
    ['jinnit', 'He met Said Djinnit.', 'Djinnit'],
    ['wagadugu', 'Talks were held in Ouagadougou.', 'Ouagadougou'],
    ['zawzaw', 'It is owned by Zaw Zaw.', 'Zaw Zaw'],
    ['gairbek', 'He is a descendant of Gair-Bek.', 'Gair-Bek'],
    ['öğütçü', 'Vice Admiral Ogutcu', undefined], // the same without its marks
  ])('%s in “%s”', (word, text, form) => {
    expect(spelled(word, text)).toBe(form);
  });

  it.each([
    ['in small letters it is no name', 'bogitta', 'bogita'],
    ['the paragraph has it as well', 'luzhkov', 'Luzhkov, or Luschkov'],
    ['another name', 'hovland', 'The Dutch of Holland'],
    ['too short', 'kim', 'Kin'],
    ['a word and another word of the language', 'german', 'Germany'],
    ['a word of the language', 'turgay', 'Turkey'],
    ['two words in capitals', 'zawzaw', 'ZAW ZAW'],
  ])('is another where %s: %s, %s', (_, word, text) => {
    expect(spelled(word, text, isWord(word))).toBeUndefined();
  });

  it('must be nearer where some cable has it so', () => {
    expect(spelled('galina', 'Galyna', true)).toBe('Galyna');
    expect(spelled('jinnit', 'Djinnit', true)).toBeUndefined();
    expect(spelled('yemen', 'Yemeni', true)).toBeUndefined();
  });

  it('is the nearest of several', () => {
    expect(spelled('bogitta', 'Bogota, and Bogita Ongeri')).toBe('Bogita');
  });
});

it('a text is read with names as they are spelled', () => {
  const respelled = new Map([
    ['rene', 'Rene'],
    ['gadaffi', 'Qadhafi'],
  ]);
  expect(asSpelled("René, and Gadaffi's nurse (gadaffi)", respelled)).toBe(
    "Rene, and Qadhafi's nurse (Qadhafi)",
  );
});

const CABLES = {
  '08NAIROBI1': ['The captain was Bogita Mwangura.', 'Bogota is far.', 'So is Bogota.'],
  '08NAIROBI2': ['Ask Muangura who signed.'],
};

/** Asks cables in memory, and says what the second reader was asked beside each paragraph. */
async function asked(
  question: string,
  cables: Readonly<Record<string, readonly string[]>> = CABLES,
): Promise<{ read: Map<string, string>; reading: readonly string[] }> {
  const read = new Map<string, string>();
  const reader: Reranker = {
    name: 'recording',
    read: (as, _, sentences) => {
      const text = sentences.join(' ');
      read.set(text, as);
      const relevance = text.includes('captain') ? 9 : -9;
      return Promise.resolve({ relevance, sentences: sentences.map(() => 0) });
    },
    close: () => Promise.resolve(),
  };
  const search = await searchOver(cables, reader, { ...NO_CEILING, masked: true });
  const { reading } = await search.ask(question, { limit: 3 });
  return { read, reading };
}

describe('the second reader', () => {
  it('reads the question with names as each paragraph has them, and the answer says so', async () => {
    const { read, reading } = await asked('Was Bogitta Muangura the captain?');
    expect(read.get('The captain was Bogita Mwangura.')).toBe('Was Bogita Mwangura the captain?');
    expect(read.get('Ask Muangura who signed.')).toMatch(/^Was \w+ Muangura the captain\?$/);
    expect(reading).toContain('“bogitta” read as “Bogita”');
    expect(reading).toContain('“muangura” read as “Mwangura”');
  });

  it('is told no name that is masked', async () => {
    const { read, reading } = await asked('Was Bogitta Muangura the captain?', {
      '08NAIROBI1': ['The captain was Bogita Mwangura (strictly protect).'],
    });
    expect([...read.values()].join(' ')).not.toMatch(/Bogita|Mwangura/);
    expect(reading.join(' ')).not.toMatch(/Bogita|Mwangura/i);
  });
});

it('a rare name is searched in the other spellings of the corpus as well', async () => {
  const search = await searchOver({
    '05PARIS1': ['A Gaddafi came by ship.'],
    '05ROME1': ['Colonel Qadhafi opened the works.', 'Colonel Qadhafi left.'],
  });
  const { terms, ranked } = await search.find('Which works did Gaddafi open?');
  expect(terms.map(({ stem }) => stem)).toEqual(expect.arrayContaining(['gaddafi', 'qadhafi']));
  expect(ranked.filter(({ respelled }) => respelled.has('gaddafi'))).toHaveLength(2);
});
