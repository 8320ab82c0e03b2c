import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalId, idsInText, parseCableId } from '../../src/cable/id.js';

describe('a cable’s id', () => {
  it.each([
    ['07BEIJING1689', '07BEIJING1689'],
    ['07 Beijing 1689', '07BEIJING1689'],
    ['2007 beijing 001689', '07BEIJING1689'],
    ['07-BEIJING-1689', '07BEIJING1689'],
    ['06 Rio de Janeiro 329', '06RIODEJANEIRO329'],
    ['09 SECSTATE 14070', '09STATE14070'],
    ['06SECDEF123', '06SECDEF123'],
    ['BEIJING 001689 (2007)', '07BEIJING1689'],
    ['Beijing 1689, 2007', '07BEIJING1689'],
    ['MADRID 2007', null],
    ['hello', null],
    ['BEIJING 1689', null],
    ['', null],
  ])('%j is %j', (text, id) => {
    expect(canonicalId(text)).toBe(id);
  });

  it('may lack its year', () => {
    expect(parseCableId('BEIJING 001689')).toEqual({ year: null, post: 'BEIJING', number: '1689' });
  });

  it('is found in a question', () => {
    expect(idsInText('What does 07BEIJING1689 say?')).toEqual(['07BEIJING1689']);
    expect(idsInText('what is in 06 madrid 2657, please')).toEqual(['06MADRID2657']);
    expect(idsInText('Who met in March 2007?')).toEqual([]);
  });

  it('reads any text without throwing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseCableId(text);
        idsInText(text);
      }),
    );
  });
});

describe('an id with something of its classification line in it', () => {
  it.each([
    ['10EFTOKABUL668', '10KABUL668'],
    ['08ECTION01OF02MANAMA492', '08MANAMA492'],
    ['07COTON0U611', '07COTONOU611'],
  ])('%s is found as %s', (printed, id) => {
    expect(canonicalId(printed)).toBe(id);
  });
});
