import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { detailsOf } from '../../src/cable/details.js';
import { passagesOf } from '../../src/cable/passage.js';
import { readCable, readFields } from '../../src/cable/read.js';
import { chunk } from '../../src/cable/spans/chunk.js';
import type { Span } from '../../src/cable/types.js';
import { displayText } from '../../src/quotes/display.js';
import { decode } from '../../src/sources/decode.js';
import { readHtml } from '../../src/sources/html.js';
import { readTelegrams } from '../../src/sources/text.js';
import { publicCables, readPublicCables } from '../support/public-cables.js';

/** The promise of design.md: no gap, no overlap, character for character. */
function expectLossless(body: string): void {
  expectCovered(body, chunk(body).spans);
}

function expectCovered(body: string, spans: readonly Span[]): void {
  let end = 0;
  for (const span of spans) {
    if (span.start !== end || span.end <= span.start) expect(span).toEqual({ start: end });
    end = span.end;
  }
  expect(end).toBe(body.length);
  expect(spans.map((span) => body.slice(span.start, span.end)).join('') === body).toBe(true);
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
  fc.constantFrom(
    'C)',
    '(U)',
    '(S//NF)',
    '(S',
    'S/NF]',
    '(5/NF)',
    '- (C)',
    'A. (SBU)',
    'SECRET:',
    '|',
    '📨/NF)',
  ),
  fc.string({ maxLength: 90 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const body = fc
  .array(
    fc.tuple(piece, fc.constantFrom('\n', '\n\n', ' \n', '\r\n', '\r', ' ', '\n \n', ' Text. ')),
    {
      maxLength: 40,
    },
  )
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

  it('cover a line that begins with a character outside the basic plane before a slash', () => {
    // A `u` pattern whose lastIndex stands between the two halves begins at the first: for ever.
    expectLossless('\u{1F4E8}/\n');
    expectLossless('1. (C) One.\n\u{10000}//NF) Two.\n\u{1F4E8}');
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
    expectLossless(`1. (U) x. ${'(C) Aa. (U) Bb. '.repeat(40_000)}`);
    expectLossless('\n'.repeat(300_000));
    expectLossless('x'.repeat(3_000_000));
  });

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

  it('cover 4000 mutations of them, of which every reader makes something', () => {
    const mutation = fc.record({
      which: fc.nat(),
      other: fc.nat(),
      at: fc.nat(),
      kind: fc.nat({ max: MUTATIONS - 1 }),
    });
    fc.assert(
      fc.property(mutation, ({ which, other, at, kind }) => {
        expectRead(mutate(bodies, which, other, at, kind));
      }),
      { numRuns: 4000 },
    );
  });
});

describe('random bytes', () => {
  it('never make a reader throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        const decoded = decode(bytes);
        if (!decoded.ok) return;
        expectRead(decoded.text);
        for (const reading of readTelegrams(decoded.text)) if (reading.ok) readCable(reading.cable);
        readHtml(decoded.text);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Every pure reader of a cable, on one text: none throws, and no span is lost. */
function expectRead(text: string): void {
  const half = text.length >> 1;
  const raw = { header: text.slice(0, Math.min(half, 4000)), body: text, head: {} };
  const read = readFields('09TEST1', raw);
  expectCovered(text, read.cable.spans);
  detailsOf(read.cable, read);
  passagesOf(read.cable);
  displayText(text.slice(0, 20_000));
}

const MUTATIONS = 11;

function swapped(lines: readonly string[], one: number, other: number): string[] {
  const copy = [...lines];
  [copy[one], copy[other]] = [lines[other] ?? '', lines[one] ?? ''];
  return copy;
}

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
    () => one.toLowerCase(),
    () => swapped(lines, line, other % lines.length).join('\n'),
    () => one.replace(/\s+/g, ' ').replace(new RegExp(`(.{${10 + (at % 90)}}) `, 'g'), '$1\n'),
    () => {
      const bytes = Buffer.from(one);
      const end = Math.min(place + (other % 4), bytes.length);
      return bytes.fill(at % 256, place, end).toString('latin1');
    },
  ];
  return (mutations[kind] ?? (() => one))();
}
