import { describe, expect, it } from 'vitest';
import { levelOfClassification } from '../../src/cable/marks/classification.js';
import { markAt, markBehindNumber, markInText } from '../../src/cable/marks/portion.js';

describe('a portion mark', () => {
  it.each([
    ['(U) Text', 'U', []],
    ['(SBU) Text', 'SBU', []],
    ['(FOUO)', 'SBU', []],
    ['(LOU)', 'SBU', []],
    ['(U/FOUO)', 'SBU', []],
    ['(C/NF)', 'C', ['NOFORN']],
    ['(C//NF)', 'C', ['NOFORN']],
    ['(C-NF)', 'C', ['NOFORN']],
    ['(C NF)', 'C', ['NOFORN']],
    ['(S//OC/NF)', 'S', ['ORCON', 'NOFORN']],
    ['(C/REL MCFI)', 'C', ['REL MCFI']],
    ['(S/Rel China)', 'S', ['REL CHINA']],
    ['(S/REL to RUSSIA)', 'S', ['REL RUSSIA']],
    ['(C - ENTIRE TEXT).', 'C', []],
    ['(secret//rel germany)', 'S', ['REL GERMANY']],
    ['(TS)', 'TS', []],
    ['( C )', 'C', []],
    ['(SNF)', 'S', ['NOFORN']],
    ['(S//FGI//NF)', 'S', ['FGI', 'NOFORN']],
    ['(C REL UK)', 'C', ['REL UK']],
    ['(S/REL)', 'S', ['REL']],
    ['(S/REL to USA, FVEY)', 'S', ['REL USA', 'REL FVEY']],
    [
      '(S//REL CHINA, AFGHANISTAN,\nINDIA, AND QATAR) Text',
      'S',
      ['REL CHINA', 'REL AFGHANISTAN', 'REL INDIA', 'REL QATAR'],
    ],
  ])('%j', (text, level, caveats) => {
    expect(markAt(text)).toMatchObject({ level, caveats });
  });

  it('is kept as printed', () => {
    expect(markAt('(S/Rel China) The U.S.')?.printed).toBe('(S/Rel China)');
  });

  it.each([
    '(a) item',
    '(Comment: no mark)',
    '(c, as it were)',
    '(CIA)',
    '(see ref A)',
    'C) text',
    '',
    '(C) '.slice(1),
  ])('is not %j', (text) => {
    expect(markAt(text)).toBeNull();
  });
});

describe('the mark behind a paragraph’s number', () => {
  it.each([
    ['C) Summary', 'C)', 'C', []], // 10ROME1
    ['(C Summary', '(C', 'C', []],
    ['S/NF) Summary', 'S/NF)', 'S', ['NOFORN']],
    ['Summary: (SBU) Japanese', '(SBU)', 'SBU', []],
    ['Summary: (C) In a January 20 meeting', '(C)', 'C', []], // 09ISLAMABAD155
    ['(S/NF) Text', '(S/NF)', 'S', ['NOFORN']],
    ['(C NF) President Karzai', '(C NF)', 'C', ['NOFORN']], // 09KABUL376
  ])('of %j', (text, printed, level, caveats) => {
    expect(markBehindNumber(text)).toEqual({ printed, level, caveats });
  });

  it.each([
    'A) item',
    'CIA) text',
    'The Party (C) did',
    '(Comment: text)',
    'U.S. policy',
    'The king will abdicate. (U) The press',
  ])('is none in %j', (text) => {
    expect(markBehindNumber(text)).toBeNull();
  });
});

describe('a mark inside a paragraph', () => {
  it('holds nothing but what is known, in capitals', () => {
    expect(markInText('(S//REL TO USA, ACGU) The')).toMatchObject({ level: 'S' });
    expect(markInText('(S/WCI) attended')).toBeNull(); // 07ALGIERS652
    expect(markInText('(S/GC), summarised')).toBeNull(); // 09PARIS933
    expect(markInText('(c) third')).toBeNull();
  });
});

describe('a cable’s classification', () => {
  it.each([
    ['UNCLASSIFIED', 'U', []],
    ['UNCLASSIFIED//FOR OFFICIAL USE ONLY', 'SBU', []],
    ['CONFIDENTIAL//NOFORN', 'C', ['NOFORN']],
    ['SECRET', 'S', []],
    ['TOP SECRET', 'TS', []],
    ['LIMITED OFFICIAL USE', 'SBU', []],
    ['unheard of', null, []],
  ])('%j', (text, level, caveats) => {
    expect(levelOfClassification(text)).toEqual({ level, caveats });
  });
});
