import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { chunk } from '../../src/cable/spans/chunk.js';
import { publicCables, readPublicCables } from '../support/public-cables.js';

/** The promise of design.md: no gap, no overlap, character for character. */
function expectLossless(body: string): void {
  const { spans } = chunk(body);
  let end = 0;
  for (const span of spans) {
    expect(span.start).toBe(end);
    expect(span.end).toBeGreaterThan(span.start);
    end = span.end;
  }
  expect(end).toBe(body.length);
  expect(spans.map((span) => body.slice(span.start, span.end)).join('')).toBe(body);
}

/** Pieces that the chunker has rules for, so that generated bodies meet them in every order. */
const piece = fc.oneof(
  fc.constantFrom(
    '¶1. (SBU) Summary: text. End summary.',
    '¶2. (C) A paragraph',
    '2. (C/NF) Another. 3. (S) A third run in.',
    '15. (SBU) Representatives',
    '2003. Analysts agree',
    '(C) 4. Marked before',
    '5) A list item',
    '(6). (U) Codel',
    'Q (C/NF) Several',
    'A Heading\n---------',
    '----------\nRULED\n----------',
    '//COMMENT//',
    '- a bullet',
    '¶B. LISBON 750',
    'DUBLIN 00001020  002 OF 003',
    'SIPDIS',
    'XXXXXXXXXXXX',
    'TAGS: PREL CH',
    'SUBJECT: A SUBJECT',
    'REF: A. MADRID 426',
    'Classified By: DCM Hugo Llorens',
    'C O N F I D E N T I A L SECTION 01 OF 03 MADRID 000545',
    'RANDT',
    'NNNN',
  ),
  fc.string({ maxLength: 90 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const body = fc
  .array(fc.tuple(piece, fc.constantFrom('\n', '\n\n', ' \n', '\r\n', '\r', ' ', '\n \n')), {
    maxLength: 40,
  })
  .map((pieces) => pieces.flat().join(''));

describe('the spans of a body', () => {
  it('cover generated bodies character for character', () => {
    fc.assert(fc.property(body, expectLossless), { numRuns: 1500 });
  });

  it('cover any string at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), expectLossless), {
      numRuns: 500,
    });
  });

  it('cover a body of one very long line, and one of very many numbers, in reasonable time', () => {
    expectLossless('word '.repeat(200_000));
    expectLossless('1. (C) text.\n'.repeat(20_000));
    expectLossless(`${'-'.repeat(100_000)}\n${' '.repeat(100_000)}x`);
    expectLossless(`${'('.repeat(50_000)}${'¶'.repeat(50_000)}`);
    expectLossless(`END ${'_'.repeat(5000)}!\n\nEnd ${'a '.repeat(5000)}!`);
    expectLossless(`¶1. (C) One.\n\n${'A-'.repeat(20_000)}`);
    expectLossless('(C) x.\n\n'.repeat(50_000));
    expectLossless('xxxx'.repeat(20_000) + 'y');
  }, 20_000);

  it('are none for an empty body', () => {
    expect(chunk('').spans).toEqual([]);
  });
});

describe.skipIf(publicCables === null)('the spans of the public cables', () => {
  let bodies: string[] = [];
  beforeAll(async () => {
    bodies = (await readPublicCables()).map(({ cable }) => cable.body);
  });

  it('cover every one of the 778 bodies', () => {
    expect(bodies).toHaveLength(778);
    for (const each of bodies) expectLossless(each);
  });

  it('cover them cut, joined, doubled, and with lines dropped, in other case or of other width', () => {
    const cut = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat({ max: 6 }));
    fc.assert(
      fc.property(cut, ([which, other, at, kind]) => {
        expectLossless(mutate(bodies, which, other, at, kind));
      }),
      { numRuns: 800 },
    );
  });
});

function mutate(bodies: readonly string[], which: number, other: number, at: number, kind: number) {
  const one = bodies[which % bodies.length] ?? '';
  const two = bodies[other % bodies.length] ?? '';
  const place = at % (one.length + 1);
  const lines = one.split('\n');
  const line = at % lines.length;
  const mutations = [
    () => one.slice(0, place),
    () => one.slice(place),
    () => one.slice(0, place) + two.slice(other % (two.length + 1)),
    () => lines.toSpliced(line, 1).join('\n'),
    () => lines.toSpliced(line, 0, lines[other % lines.length] ?? '').join('\n'),
    () => one.toUpperCase().replaceAll('\n', at % 2 === 0 ? '\r\n' : ' '),
    () => one.slice(0, place) + String.fromCharCode(other % 65_536) + one.slice(place + 1),
  ];
  return (mutations[kind] ?? (() => one))();
}
