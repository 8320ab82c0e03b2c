import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReceipt, readReceipts, receiptHash, receiptOf } from '../../src/quotes/receipt.js';
import { changesTold, wordChanges } from '../../src/quotes/word-changes.js';

const TEXT =
  '4. (C) The minister said that 40 million barrels were not sold,\nand thanked the ambassador.';

describe('a receipt', () => {
  it('is read again from words around it, whatever it is of', () => {
    for (const place of [
      4,
      { in: 'header' as const, start: 10, end: 40 },
      { in: 'body' as const, start: 0, end: 9 },
    ]) {
      const receipt = receiptOf('07BEIJING1689', place, TEXT);
      expect(receipt.length).toBeLessThanOrEqual(96);
      const read = readReceipt(`Receipt: \`${receipt}\`.`);
      expect(read).toEqual({
        ...{ cable: '07BEIJING1689', place },
        hash: receiptHash('07BEIJING1689', TEXT),
        masked: false,
      });
      const masked = receiptOf('07BEIJING1689', place, TEXT, true);
      expect(readReceipt(masked)).toEqual({ ...read, masked: true });
    }
    expect(readReceipt('07BEIJING1689/4')).toBeNull();
    expect(readReceipt('nothing')).toBeNull();
    const [one, two] = ['07BEIJING1689/4/Qm3xT8rK2v1ZbYcA', '10ROME1/5/Qm3xT8rK2v1ZbYcA'];
    expect(readReceipts(`${one} and ${two}, ${one}.`)).toEqual([
      readReceipt(one),
      readReceipt(two),
    ]);
    expect(readReceipts(`${one}\n/masked.`)).toEqual([readReceipt(`${one}/masked`)]);
  });

  it('is another for any change of the text but of its white space, and for any other cable', () => {
    const hash = receiptHash('07MADRID1', TEXT);
    fc.assert(
      fc.property(
        fc.nat(TEXT.length - 1),
        fc.string({ unit: 'binary', maxLength: 3 }),
        (at, put) => {
          const changed = TEXT.slice(0, at) + put + TEXT.slice(at + 1);
          const fold = (text: string): string => text.replace(/\s+/g, ' ').trim();
          expect(receiptHash('07MADRID1', changed) === hash).toBe(fold(changed) === fold(TEXT));
        },
      ),
      { numRuns: 2000 },
    );
    expect(receiptHash('07MADRID1', TEXT.replaceAll('\n', '\r\n  '))).toBe(hash);
    expect(receiptHash('07MADRID2', TEXT)).not.toBe(hash);
  });

  it('tells any string from one, in time that grows with its length', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => readReceipt(text)).not.toThrow();
      }),
    );
    expect(readReceipt('0'.repeat(100_000))).toBeNull();
  });
});

describe('what has changed in a text', () => {
  it('is told word by word, with some words around it', () => {
    const after = TEXT.replace('40', '45').replace('not ', '');
    const changes = wordChanges(TEXT, after);
    const told = changesTold(changes);
    expect(told).toContain('[-40-]{+45+} million');
    expect(told).toContain('[-not -]');
    expect(
      changes
        .filter(({ kind }) => kind !== 'added')
        .map(({ words }) => words)
        .join(''),
    ).toBe(TEXT.replace('\n', ' '));
  });

  it('is told of texts that have little in common as one for the other, in no time', () => {
    const words = (letter: string): string =>
      Array.from({ length: 20_000 }, (_, i) => `${letter}${String(i)}`).join(' ');
    const changes = wordChanges(words('a'), words('b'));
    expect(changes.map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });

  it('leaves out what is the same between changes that stand far apart', () => {
    const many = 'so '.repeat(100);
    const told = changesTold(wordChanges(`one ${many}two`, `three ${many}four`));
    expect(told).toMatch(/^\[-one-\]\{\+three\+\} so [^…]*…[^…]* so \[-two-\]\{\+four\+\}$/);
    expect(told.length).toBeLessThan(130);
  });
});
