import { describe, expect, it } from 'vitest';
import { NO_CEILING } from '../../src/cable/ceiling.js';
import { searchOver } from '../support/search-over.js';

const CABLES = {
  '05PARIS1': ['Jan Waterman (strictly protect) sold two ships.', 'Waterman spoke of Mombasa.'],
  '05ROME1': [
    'Grain was dear that year.',
    'The mill at Ostia had burned.',
    'Waterfront houses stood.',
  ],
};

/** Why a question is not answered, where names are masked or not. */
async function reasonFor(question: string, masked: boolean): Promise<string | null> {
  const ceiling = masked ? { ...NO_CEILING, masked } : NO_CEILING;
  const search = await searchOver(CABLES, null, ceiling);
  const telling = masked ? ['05PARIS1'] : [];
  return (await search.ask(question, { limit: 3, telling })).reason;
}

describe('a name that stands in the cables under a mask alone', () => {
  it.each([
    'What did the bishop think of Jan Waterman?',
    'What did the bishop think of Waterman?',
    'how far did the bishops of flanders trust waterman',
  ])('is told of as one that stands nowhere: %s', async (question) => {
    const nobody = question.replace(/waterman/i, (name) =>
      name === 'Waterman' ? 'Zuylen' : 'zuylen',
    );
    const expected = (await reasonFor(nobody, true))?.replace(/zuylen/i, 'waterman');
    expect((await reasonFor(question, true))?.toLowerCase()).toBe(expected?.toLowerCase());
    expect(expected).toContain('no cable mentions');
  });

  it('is mentioned where it is not masked', async () => {
    const reason = await reasonFor('How far did the bishops of Flanders trust Waterman?', false);
    expect(reason).toBe('no cable mentions Flanders');
  });

  it('does not hide what its cable says besides', async () => {
    const reason = await reasonFor('What did the bishop of Mombasa think of Waterman?', true);
    expect(reason).toContain('Waterman');
    expect(reason).not.toContain('Mombasa');
  });
});
