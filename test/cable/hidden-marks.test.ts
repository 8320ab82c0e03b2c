import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { showsSpan, type Ceiling } from '../../src/cable/ceiling.js';
import { levelOfClassification } from '../../src/cable/marks/classification.js';
import { readFields } from '../../src/cable/read.js';
import { SHARED } from '../support/files.js';

const UNCLASSIFIED: Ceiling = { mark: 'U', classification: 'U', noforn: true };

/** What a ceiling of U shows of a body: its table says U, so that its marks alone can raise it. */
function shownUnderU(body: string, classification = 'UNCLASSIFIED'): string {
  const { cable } = readFields('09ZAGREB1', { header: '', body, head: { classification } });
  return cable.spans
    .filter((span) => span.kind === 'paragraph' && showsSpan(UNCLASSIFIED, cable, span))
    .map(({ start, end }) => body.slice(start, end))
    .join('|');
}

const opening = '1. (U) Open text here';

describe('a mark inside a paragraph that begins with (U)', () => {
  it.each([
    '(TS//SI//NF) HIDDEN',
    '(S//FGI UK) HIDDEN',
    '(S//HCS//NF) HIDDEN',
    '[S/NF] HIDDEN',
    '{S//NF} HIDDEN',
    '(S/NF HIDDEN text without an end',
    'S/NF) HIDDEN',
    'S//NF: HIDDEN',
    'SECRET: HIDDEN text',
    '(SECRET) HIDDEN',
    '(S E C R E T) HIDDEN',
    '(secret//noforn) HIDDEN',
    '(s/nf) HIDDEN',
    '(S \n/NF) HIDDEN',
    '( S // NF ) HIDDEN',
    '（S／NF）HIDDEN',
    '(\u200bS\u200b/NF) HIDDEN',
    '\u00a0(S) HIDDEN',
    '(S\\NF) HIDDEN',
    '(S – NF) HIDDEN',
    '(S_NF) HIDDEN',
    '(S).  HIDDEN',
    '(S): HIDDEN',
    '(C) HIDDEN',
    '(SBU) HIDDEN',
    '(U//FOUO) HIDDEN',
    '(NS) HIDDEN',
    '(S//REL TO USA, GBR) HIDDEN',
    '(S//RELIDO) HIDDEN',
    '(S//SAR-XYZ) HIDDEN',
    '(C//PROPIN/ORCON) HIDDEN',
    '(S−NF) HIDDEN',
    '(C‑NF) HIDDEN',
    '(S.NF) HIDDEN',
    '(S*NF) HIDDEN',
    '(S##ORCON) HIDDEN',
    '(NF/S) HIDDEN',
    '(S.E.C.R.E.T) HIDDEN',
    '(//JOINT S AUS USA) HIDDEN',
    '(//AUS S) HIDDEN',
    '(5BU) HIDDEN',
    '(S/0RC0N) HIDDEN',
    '(ClNF) HIDDEN',
    '(T.S./N.F.) HIDDEN',
    '((S)) HIDDEN',
    'SECRET - HIDDEN',
    '(SRD) HIDDEN',
    '(CTSA) HIDDEN',
    '(NR) HIDDEN',
    '«S/NF» HIDDEN',
    '\u0085(S) HIDDEN',
  ])('%j at a block’s start raises the level', (mark) => {
    expect(shownUnderU(`${opening}.\n\n${mark} sentence.\n`)).not.toContain('HIDDEN');
    expect(shownUnderU(`${opening}.\n\n${mark} sentence.\n`)).toContain('Open text here');
  });

  it.each([
    '.\n-- (S/NF) HIDDEN',
    ':\n• (S//SI) HIDDEN',
    ':\n\t* (S)\tHIDDEN',
    ':\na. (S) HIDDEN',
    ':\n(1) (S//NF) HIDDEN',
    ':\nII. (S) HIDDEN',
    '.\n| (S) HIDDEN | other |',
    ':  (S//NF) HIDDEN',
    '; (S) HIDDEN',
    ' -- (C/NF) HIDDEN',
    '. Comment: (S) HIDDEN',
    '\n(S//SI) HIDDEN',
    ' (S//NF) HIDDEN',
    ' (S//SI) hidden words and HIDDEN',
    '.” (S) HIDDEN',
    '... (S) HIDDEN',
    '.\nZAGREB 00000501  002 OF 003\n\n(S) HIDDEN',
  ])('behind %j as well', (text) => {
    expect(shownUnderU(`${opening}${text} sentence.\n`)).not.toContain('HIDDEN');
  });

  it('raises it where two marks stand in a row, and holds until a lower one follows', () => {
    expect(shownUnderU('1. (U) (S/NF) HIDDEN.\n')).not.toContain('HIDDEN');
    expect(shownUnderU('1. (U)(S) HIDDEN.\n')).not.toContain('HIDDEN');
    expect(shownUnderU('1. (U) (C) HIDDEN.\n')).not.toContain('HIDDEN');
    for (const row of [
      '(S) (U)',
      '(S//NF) (U)',
      'S) (U)',
      '(S)\n(U)',
      '(5/NF) (U)',
      '(S) -- (U)',
    ]) {
      for (const before of ['1. ', '', `${opening}.\n`, `${opening}.\n\n`, `${opening}. `]) {
        expect(shownUnderU(`${before}${row} HIDDEN.\n`, 'SECRET')).not.toContain('HIDDEN');
      }
    }
    const body = `${opening}. (S//XYZ) HIDDEN one.\n\nHIDDEN two. (U) Open again.\n\n2. (U) Open too.\n`;
    const shown = shownUnderU(body);
    expect(shown).not.toContain('HIDDEN');
    expect(shown).toContain('Open again.');
    expect(shown).toContain('Open too.');
  });

  it('is not lowered by a caveat that nobody knows, nor by a mark in the midst of a sentence', () => {
    const body = '1. (S) HIDDEN one. (U//QQQ) HIDDEN two, and (U) HIDDEN three.\n\n2. (U) Open.\n';
    expect(shownUnderU(body, 'SECRET')).toContain('Open.');
    expect(shownUnderU(body, 'SECRET')).not.toMatch(/HIDDEN (?:one|three)/);
  });

  it('is told by any level, caveats, signs and place, made up as they come', () => {
    const caveat = fc.constantFrom(
      'NF',
      'NOFORN',
      'OC',
      'SI',
      'TK',
      'REL TO USA, FVEY',
      'QQZ',
      'FGI',
    );
    const made = fc
      .record({
        brackets: fc.constantFrom(['(', ')'], ['[', ']'], ['{', '}'], ['（', '）']),
        level: fc.constantFrom('S', 'TS', 'SECRET', 'TOP SECRET', 'CONFIDENTIAL'),
        caveats: fc.array(caveat, { minLength: 1, maxLength: 3 }),
        separator: fc.constantFrom('/', '//', ' // ', '/ '),
        before: fc.constantFrom('.\n\n', '.\n', '.\n- ', '. ', ':\n\t• ', ';\nb) ', '.\n| '),
        behind: fc.constantFrom(' ', '  ', '\t', '. ', '\n'),
      })
      .map(({ brackets: [open = '', close = ''], level, caveats, separator, before, behind }) => {
        const mark = [level, ...caveats].join(separator);
        return `${opening}${before}${open}${mark}${close}${behind}HIDDEN sentence.\n`;
      });
    fc.assert(
      fc.property(made, (body) => {
        expect(shownUnderU(body)).not.toContain('HIDDEN');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what looks a little like a mark', () => {
  it.each([
    'Andrew Morrison (S/WCI), and Vijay Padmanabhan attended.', // 07ALGIERS652
    'the Guantanamo Detention Facility (S/GC), summarized it.', // 09PARIS933
    'three persons(s) came, and the company (c) did not.',
    'see refs A and (C) for more.',
    'it flew in a C-130 (C-130) to the base.',
    'as the Council said (S/RES/1701) in its resolution.',
    'Under Secretary (U/S) William Burns came.', // 10DAMASCUS168
    'a system of command and control\n(C&C) communications.', // 79LAPAZ4058
    'points (A) one, (B) two, (C) three.',
    'under 1.4 (C) and (D).',
    'detention (Refs A, B, and\nC). (NOTE: it was long.)', // 06MADRID3104
    'the Strategic and Economic Dialogue (S&ED). It went on.', // 09BEIJING1761
  ])('is none: %j', (text) => {
    const end = 'It is all open to the last word OPENEND.';
    expect(shownUnderU(`1. (U) We heard of ${text} ${end}\n`)).toContain('OPENEND');
  });
});

describe('a classification', () => {
  it.each([
    ['SECRET//ORCON/NOFORN', 'S', true],
    ['SECRET//NOFORN/EXDIS', 'S', true],
    ['SECRET NOFORN', 'S', true],
    ['SECRET - NOFORN', 'S', true],
    ['S E C R E T', 'S', false],
    ['UNCLASSIFIED//FOUO', 'SBU', false],
    ['UNCLASSIFIED/FOR OFFICIAL USE ONLY', 'SBU', false],
    ['UNCLAS SENSITIVE', 'SBU', false],
    ['SENSITIVE BUT UNCLASSIFIED', 'SBU', false],
    ['NATO SECRET', 'S', false],
    ['TOP SECRET//SI//NOFORN', 'TS', true],
    ['(CONFIDENTIAL)', 'C', false],
    ['RESTRICTED', null, false],
  ])('%j is read whole', (text, level, noforn) => {
    const read = levelOfClassification(text);
    expect(read.level).toBe(level);
    expect(read.caveats.includes('NOFORN')).toBe(noforn);
  });

  it('is the higher of what table, body and marks say', () => {
    const of = (classification: string, body: string) =>
      readFields('09ZAGREB1', { header: '', body, head: { classification } }).cable;
    const secretBody =
      'S E C R E T ZAGREB 000501\n\nNOFORN\n\nSUBJECT: X\n\n1. Text without a mark.\n';
    expect(of('CONFIDENTIAL', secretBody)).toMatchObject({ level: 'S', caveats: ['NOFORN'] });
    const unmarked = of('CONFIDENTIAL', secretBody).spans.find(({ number }) => number === 1);
    expect(unmarked).toMatchObject({ level: 'S', inherited: true });
    expect(of('UNCLASSIFIED', 'UNCLAS ZAGREB 1\n\nSUBJECT: X\n\n1. (C/NF) Text.\n')).toMatchObject({
      level: 'C',
      caveats: ['NOFORN'],
      classification: 'UNCLASSIFIED',
    });
    expect(of('SECRET', 'UNCLAS ZAGREB 1\n\n1. (U) Text.\n').level).toBe('S');
  });
});

const MARKS = path.join(SHARED, 'conformance', 'attacks', 'marks.json');

describe.skipIf(!existsSync(MARKS))('the attacks of ../shared', () => {
  it('show nothing that is marked above U', () => {
    const attacks = z
      .array(z.object({ name: z.string(), body: z.string() }))
      .parse(JSON.parse(readFileSync(MARKS, 'utf8')));
    const shown = attacks.filter(({ body }) =>
      shownUnderU(body, 'SECRET//NOFORN').includes('HIDDEN'),
    );
    expect(attacks.length).toBeGreaterThan(25);
    expect(shown.map(({ name }) => name)).toEqual([]);
  });
});
