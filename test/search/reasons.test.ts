import { describe, expect, it } from 'vitest';
import { NO_CEILING } from '../../src/cable/ceiling.js';
import type { Answer } from '../../src/search/answer.js';
import { cablesOn } from '../../src/search/cables-on.js';
import { searchOver } from '../support/search-over.js';

/** Cables of which one asks to protect two names; by others in their place. */
function cablesWith(waterman: string, han: string): Readonly<Record<string, readonly string[]>> {
  return {
    '05PARIS1': [
      `Jan ${waterman} (strictly protect) sold two ships.`,
      `${waterman} spoke of Mombasa.`,
      `Dr. ${han} (protect) said that the mill had changed hands.`,
    ],
    '05ROME1': [
      'Grain was dear that year.',
      'The mill at Ostia had burned.',
      'Waterfront houses stood.',
    ],
  };
}

/** The answer to a question, where names are masked or not. */
async function askedFor(
  question: string,
  masked: boolean,
  cables = cablesWith('Waterman', 'Han'),
): Promise<Answer> {
  const ceiling = masked ? { ...NO_CEILING, masked } : NO_CEILING;
  return (await searchOver(cables, null, ceiling)).ask(question, { limit: 3 });
}

describe('a name that stands in the cables under a mask alone', () => {
  it.each([
    'What did the bishop think of Jan Waterman?',
    'What did the bishop think of Waterman?',
    'How far did the bishops of Flanders trust Waterman?',
    'how far did the bishops of flanders trust waterman',
    'What did the bishop think of Han?',
    'What did the bishop say of “Han”?',
    'What did the bishop think of Watterman?',
    'Who sold two ships?',
    'Did Waterman sell two ships?',
    'Did Waterman speak of Mombasa?',
    'Did Dr. Han say that the mill had changed hands?',
    '“Jan Waterman”',
  ])('makes no difference to what is answered: %s', async (question) => {
    const told = await askedFor(question, true);
    expect(told).toEqual(await askedFor(question, true, cablesWith('Zuiderling', 'Abt')));
    const shown = [told.reading, told.results.map(({ text, subject }) => [text, subject])];
    expect(JSON.stringify(shown)).not.toMatch(/\b(?:Waterman|Han)\b/);
  });

  it('is told of as one that stands nowhere', async () => {
    const { reason } = await askedFor('What did the bishop think of Waterman?', true);
    expect(reason).toBe('no cable mentions Waterman');
  });

  it('is found by what its cable says besides', async () => {
    const { results } = await askedFor('Did Waterman speak of Mombasa?', true);
    expect(results[0]?.text).toContain('█████ spoke of Mombasa.');
  });

  it('is mentioned, found and searched where it is not masked', async () => {
    const { reason } = await askedFor('How far did the bishops of Flanders trust Waterman?', false);
    expect(reason).toBe('no cable mentions Flanders');
    const { results } = await askedFor('Did Dr. Han say anything?', false);
    expect(results[0]?.text).toContain('Dr. Han (protect) said');
    const phrase = await askedFor('“Jan Waterman (strictly protect) sold”', false);
    expect(phrase.results.map(({ text }) => text)).toEqual([
      expect.stringContaining('Jan Waterman (strictly protect) sold two ships.'),
    ]);
  });

  it('brings no cable that masks it into a list of those that do not', async () => {
    const open = {
      ...cablesWith('Waterman', 'Han'),
      '06OSLO1': ['Waterman lived in Oslo for years.'],
    };
    const search = await searchOver(open, null, { ...NO_CEILING, masked: true });
    const { cables } = await cablesOn(await search.find('Waterman'));
    expect(cables.map(({ id }) => id)).toEqual(['06OSLO1']);
  });
});
