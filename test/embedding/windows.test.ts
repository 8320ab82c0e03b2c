import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowsOf } from '../../src/embedding/windows.js';

const LIMIT = 10;
const OVERLAP = 3;

describe('the windows of a text', () => {
  it('are one where it fits', () => {
    expect(windowsOf([5, 5], LIMIT, OVERLAP)).toEqual([[0, 2]]);
  });

  it('overlap where it does not', () => {
    const tokens = Array.from({ length: 15 }, () => 1);
    expect(windowsOf(tokens, LIMIT, OVERLAP)).toEqual([
      [0, 10],
      [7, 15],
    ]);
  });

  it('hold every word, none more than the limit unless a single word is longer', () => {
    const words = fc.array(fc.nat({ max: 14 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(words, fc.nat({ max: 12 }), (tokens, overlap) => {
        const windows = windowsOf(tokens, LIMIT, overlap);
        const held = windows.flatMap(([first, end]) =>
          Array.from({ length: end - first }, (_, i) => first + i),
        );
        expect([...new Set(held)]).toEqual(tokens.map((_, word) => word));
        for (const [first, end] of windows) {
          const sum = tokens.slice(first, end).reduce((total, each) => total + each, 0);
          expect(end - first === 1 || sum <= LIMIT).toBe(true);
        }
      }),
    );
  });
});
