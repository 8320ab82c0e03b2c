import { describe, expect, it } from 'vitest';
import { CooldownError } from '../../src/discord/cooldowns.js';
import { tellable } from '../../src/discord/error-words.js';
import { IndexError, InputError, messageOf, NotFoundError } from '../../src/errors.js';
import { readFilters, type Filters } from '../../src/search/filters.js';

function errorOf(filters: Filters): unknown {
  try {
    return readFilters(filters, { posts: () => ['MADRID'], idsOfAnyYear: () => [] });
  } catch (error) {
    return error;
  }
}

describe('an error', () => {
  it.each([
    [
      { from: 'soon' },
      '--from "soon" is no date; write a year, 2007-03 or 2007-03-14',
      'From "soon" is no date; write a year, 2007-03 or 2007-03-14.',
    ],
    [
      { from: '2008', to: '2007' },
      '--from "2008" is later than --to 2007',
      'From "2008" is later than to "2007".',
    ],
    [
      { origin: 'Mordor' },
      '--origin "Mordor" is no post, city or country that is known; pilcrow stats lists the origins',
      'Origin "Mordor" is no post, city or country that is known; /stats lists the origins.',
    ],
  ])('of %j is worded by the terminal and by Discord', (filters, terminal, discord) => {
    const error = errorOf(filters);
    expect(messageOf(error)).toBe(terminal);
    expect(tellable(error)).toBe(discord);
    expect(tellable(error)).not.toContain('--');
  });

  it('is what is wrong, what to do, what it is about and what it comes from', () => {
    const cause = new Error('so it is');
    const error = new InputError('CODE', {
      what: 'it is wrong',
      todo: 'do it again',
      context: { file: 'x' },
      cause,
    });
    expect(error).toMatchObject({
      code: 'CODE',
      what: 'it is wrong',
      todo: 'do it again',
      exit: 2,
    });
    expect(error.context).toEqual({ file: 'x' });
    expect(error.cause).toBe(cause);
    expect(error.message).toBe('it is wrong; do it again');
  });

  it('of the index, or of ours, is not told to who asks', () => {
    expect(tellable(new IndexError('STORE_DAMAGED', { what: 'x.sqlite is damaged' }))).toBeNull();
    expect(tellable(new TypeError('undefined'))).toBeNull();
    expect(tellable(new NotFoundError('A', { what: 'no cable x', todo: 'look' }))).toBe(
      'No cable x; look.',
    );
    expect(tellable(new CooldownError(3))).toMatch(/^One question every 3 seconds, please; ask/);
  });
});
