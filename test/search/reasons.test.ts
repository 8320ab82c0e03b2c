import { describe, expect, it } from 'vitest';
import { NO_CEILING } from '../../src/cable/ceiling.js';
import type { Answer } from '../../src/search/answer.js';
import { namesAny } from '../../src/cable/masks.js';
import { cablesOn } from '../../src/search/cables-on.js';
import { searchOver } from '../support/search-over.js';

const CABLES = {
  '05PARIS1': [
    'Jan Waterman (strictly protect) sold two ships.',
    'Waterman spoke of Mombasa.',
    'Dr. Han (protect) said that the mill had changed hands.',
  ],
  '05ROME1': [
    'Grain was dear that year.',
    'The mill at Ostia had burned.',
    'Waterfront houses stood.',
  ],
};

/** The answer to a question, where names are masked or not. */
async function askedFor(question: string, masked: boolean): Promise<Answer> {
  const ceiling = masked ? { ...NO_CEILING, masked } : NO_CEILING;
  const search = await searchOver(CABLES, null, ceiling);
  const telling = (more: readonly string[]): string[] =>
    masked && namesAny([question, ...more].join(' '), ['Jan Waterman', 'Waterman', 'Han'])
      ? ['05PARIS1']
      : [];
  return search.ask(question, { limit: 3, telling });
}

describe('a name that stands in the cables under a mask alone', () => {
  it.each([
    ['What did the bishop think of Jan Waterman?', 'Waterman'],
    ['What did the bishop think of Waterman?', 'Waterman'],
    ['How far did the bishops of Flanders trust Waterman?', 'Waterman'],
    ['how far did the bishops of flanders trust waterman', 'waterman'],
    ['What did the bishop think of Han?', 'Han'],
    ['What did the bishop say of “Han”?', 'Han'],
    ['What did the bishop think of Watterman?', 'Watterman'],
  ])('is told of as one that stands nowhere: %s', async (question, name) => {
    const nobody = question.replace(name, name === 'waterman' ? 'zuylen' : 'Zuylen');
    const told = await askedFor(question, true);
    const expected = await askedFor(nobody, true);
    expect(told.reason?.toLowerCase()).toBe(
      expected.reason?.toLowerCase().replace('zuylen', name.toLowerCase()),
    );
    expect(told.results.map(({ cable }) => cable)).not.toContain('05PARIS1');
    expect(told.reading.join(' ')).not.toMatch(/\b(?:Waterman|Han)\b/);
  });

  it('is mentioned where it is not masked', async () => {
    const { reason } = await askedFor('How far did the bishops of Flanders trust Waterman?', false);
    expect(reason).toBe('no cable mentions Flanders');
  });

  it('brings no cable that masks it into a list of those that do not', async () => {
    const open = { ...CABLES, '06OSLO1': ['Waterman lived in Oslo for years.'] };
    const search = await searchOver(open, null, { ...NO_CEILING, masked: true });
    const found = await search.find('Waterman', { telling: () => ['05PARIS1'] });
    const { cables } = await cablesOn(found);
    expect(cables.map(({ id }) => id)).toEqual(['06OSLO1']);
  });

  it('does not hide what its cable says besides', async () => {
    const { reason } = await askedFor('What did the bishop of Mombasa think of Waterman?', true);
    expect(reason).toContain('Waterman');
    expect(reason).not.toContain('Mombasa');
  });
});
