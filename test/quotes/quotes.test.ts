import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { replaceRunInStamps, stampsAmong } from '../../src/cable/stamps.js';
import { trimmedLine } from '../../src/cable/lines.js';
import { searchText } from '../../src/cable/search-text.js';
import { PilcrowError } from '../../src/errors.js';
import { cite } from '../../src/quotes/citation.js';
import { displayText, STAMP_LEFT_OUT, wrapText } from '../../src/quotes/display.js';
import { quoteSpan } from '../../src/quotes/quote.js';
import { cableOf } from '../support/records.js';
import { publicCables, readPublicCables } from '../support/public-cables.js';

/** What display may leave out: stamps and the kind of white space. */
function bare(text: string): string {
  const lines = text.split(/\r\n|\n|\r/).map(trimmedLine);
  const stamps = stampsAmong(lines);
  return lines
    .filter((_, index) => stamps[index] !== true)
    .map((line) => replaceRunInStamps(line, ''))
    .join('')
    .replace(/\s/g, '');
}

function expectUnchanged(text: string): void {
  const shown = displayText(text).replaceAll(STAMP_LEFT_OUT, '').replace(/\s/g, '');
  expect(shown).toBe(bare(text).replaceAll(STAMP_LEFT_OUT, ''));
}

describe('a quote', () => {
  const cable = cableOf('07MADRID1', ['One.', 'Two.']);

  it('is the exact slice of the body', () => {
    for (const span of cable.spans) {
      expect(quoteSpan(cable, span).text).toBe(cable.body.slice(span.start, span.end));
    }
  });

  it('is refused where the offsets do not lie in the body', () => {
    const [span] = cable.spans;
    if (span === undefined) throw new Error('no span');
    for (const wrong of [
      { start: -1, end: 4 },
      { start: 4, end: 4 },
      { start: 0, end: cable.body.length + 1 },
    ]) {
      expect(() => quoteSpan(cable, { ...span, ...wrong })).toThrow(PilcrowError);
    }
  });

  it('never shows a mark that is not printed', () => {
    expect(cite(cable, { number: 3, mark: null, kind: 'paragraph' })).toBe(
      '07MADRID1 ¶3 (no mark), Embassy Madrid, 2007-03-14, CONFIDENTIAL',
    );
    expect(cite(cable, { number: null, mark: '(U)', kind: 'paragraph' })).toContain(
      'without a number',
    );
  });
});

describe('display', () => {
  it('folds hard-wrapped lines, keeps blank lines as one, and bullets on their own', () => {
    const text =
      '¶1. (C) On March 6 the Assistant Secretary met with the\nMinistry of Labor in Beijing.\n\n\n- a bullet of ' +
      'some length, long enough to be wrapped\n- another\n';
    expect(displayText(text)).toBe(
      '¶1. (C) On March 6 the Assistant Secretary met with the Ministry of Labor in Beijing.\n\n- a bullet of ' +
        'some length, long enough to be wrapped\n- another',
    );
  });

  it('leaves page stamps out and says where', () => {
    const text =
      'The minister said that the talks would go on and that\n\nDUBLIN 00001020  002 OF 003\n\n\nnobody would leave.';
    expect(displayText(text)).toBe(
      `The minister said that the talks would go on and that ${STAMP_LEFT_OUT} nobody would leave.`,
    );
  });

  it('keeps damage as it is: USTR?s stays', () => {
    expect(displayText('Stratford recalled USTR?s decision.')).toBe(
      'Stratford recalled USTR?s decision.',
    );
    expect(searchText('Stratford recalled USTR?s decision.')).toBe(
      'Stratford recalled USTR’s decision.',
    );
    expect(searchText('made &concessions8 at the G8 summit')).toBe(
      'made “concessions” at the G8 summit',
    );
  });

  it('keeps the lines of a table (09MEXICO193)', () => {
    const table =
      'Organized crime related killings     2007     2008\nPolice and military deaths           267      522';
    expect(displayText(table).split('\n')).toHaveLength(2);
  });

  it('wraps lines at blanks and changes no other character', () => {
    expect(wrapText('one two three', 8)).toBe('one two\nthree');
    expect(wrapText('cafe\u0301 \u212b', 80)).toBe('cafe\u0301 \u212b');
    const text = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (each, columns) => {
        const wrapped = wrapText(each, columns);
        expect(wrapped.replace(/\s/g, '')).toBe(each.replace(/\s/g, ''));
        for (const line of wrapped.split('\n')) {
          expect(line.length <= columns || !/\S\s+\S/.test(line.trim())).toBe(true);
        }
      }),
    );
  });

  it('changes no character of any text but white space and stamps', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '',
        'SIPDIS',
        'DUBLIN 00001020  002 OF 003',
        '- x',
        '-----',
        'PAGE 02 RUEHFRA0170',
        'A'.repeat(60),
      ),
    );
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n', '\n\n'), (lines, ending) => {
        expectUnchanged(lines.join(ending));
      }),
      { numRuns: 500 },
    );
  });

  it.skipIf(publicCables === null)(
    'changes no character of any paragraph of the public cables',
    async () => {
      for (const { cable } of await readPublicCables()) {
        for (const span of cable.spans) expectUnchanged(cable.body.slice(span.start, span.end));
      }
    },
  );
});

describe.skipIf(publicCables === null)('the search text of the public cables', () => {
  let texts: string[] = [];
  beforeAll(async () => {
    texts = (await readPublicCables()).map(({ cable }) => searchText(cable.body));
  });

  it('holds no page stamp and no run of white space', () => {
    const stamp = /[A-Z] \d{8} {1,2}\d{3}(?:\.\d)? OF \d{3} [a-z]/;
    expect(texts.filter((text) => stamp.test(text))).toHaveLength(0);
    expect(texts.filter((text) => /\s\s|\n/.test(text))).toHaveLength(0);
  });
});
