import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowsOf } from '../../src/embedding/windows.js';

const LIMIT = 10;
const OVERLAP = 3;

describe('the windows of a text', () => {
  it('are one where it fits', () => {
    expect(windowsOf(['a', 'b'], [5, 5], LIMIT, OVERLAP)).toEqual(['a b']);
  });

  it('overlap where it does not', () => {
    const words = 'a b c d e f g h i j k l m n o'.split(' ');
    expect(
      windowsOf(
        words,
        words.map(() => 1),
        LIMIT,
        OVERLAP,
      ),
    ).toEqual(['a b c d e f g h i j', 'h i j k l m n o']);
  });

  it('hold every word, none more than the limit unless a single word is longer', () => {
    const words = fc.array(fc.nat({ max: 14 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(words, fc.nat({ max: 12 }), (tokens, overlap) => {
        const names = tokens.map((_, index) => `w${String(index)}`);
        const windows = windowsOf(names, tokens, LIMIT, overlap).map((each) => each.split(' '));
        expect([...new Set(windows.flat())]).toEqual(names);
        for (const window of windows) {
          const sum = window.reduce(
            (total, name) => total + (tokens[Number(name.slice(1))] ?? 0),
            0,
          );
          expect(window.length === 1 || sum <= LIMIT).toBe(true);
        }
      }),
    );
  });
});
