import { parse as parseBibtex } from '@retorquere/bibtex-parser';
// eslint-disable-next-line @typescript-eslint/ban-ts-comment
// @ts-ignore -- it has no types
import { entries } from 'bibtex-parse';
import { cite } from '../../src/quotes/citation.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { quotedSpan, type QuotedSpan } from '../../src/quotes/quote.js';
import { STYLE_NAMES, styleOf, type StyleName } from '../../src/quotes/styles.js';
import { cableOf } from '../support/records.js';
import { publicCables, readPublicCables } from '../support/public-cables.js';

const entrySchema = z.array(z.looseObject({ key: z.string() }));

/** What another parser reads. */
function parsedEntries(text: string): z.infer<typeof entrySchema> {
  return entrySchema.parse((entries as (text: string) => unknown)(text));
}

function quoteOf(change: Partial<QuotedSpan> = {}): QuotedSpan {
  const cable = cableOf('07MADRID1', ['One.', 'Two.']);
  const ordinal = cable.spans.findIndex(({ number }) => number === 2);
  const span = cable.spans[ordinal];
  if (span === undefined) throw new Error('no paragraph');
  // A subject that a test gives has no other title.
  const { title: _, ...quote } = quotedSpan(cable, ordinal, span);
  return { ...quote, ...change };
}

function cited(style: StyleName, change: Partial<QuotedSpan> = {}): string {
  return styleOf(style).text(quoteOf(change));
}

describe('a citation', () => {
  it('in Chicago’s forms has inner quotation marks single, and the id once', () => {
    const subject = 'RUMORS OF "TALKS" AND “MORE”';
    expect(cited('chicago', { subject })).toContain(
      ', “RUMORS OF ‘TALKS’ AND ‘MORE,’” cable 07MADRID1, March 14, 2007, CONFIDENTIAL, ¶2 ',
    );
    expect(cited('chicago-bibliography', { subject })).toContain(
      'Embassy Madrid. “RUMORS OF ‘TALKS’ AND ‘MORE.’” Cable 07MADRID1, March 14, 2007. CONFIDENTIAL. ¶2 ',
    );
    // One stop at its end.
    expect(cited('chicago', { subject: 'LIE TO "THEM."' })).toContain('“LIE TO ‘THEM,’” cable');
    expect(cited('chicago', { subject: 'AUGUST 4, 2006.' })).toContain('“AUGUST 4, 2006,” cable');
    const undated = cited('chicago-bibliography', { subject: 'SO "IT IS."', date: null });
    expect(undated).toContain('“SO ‘IT IS.’” Cable 07MADRID1, n.d. CONFIDENTIAL.');
    for (const style of STYLE_NAMES) {
      const { isProse } = styleOf(style);
      if (isProse) expect(cited(style, { subject: null }).split('07MADRID1')).toHaveLength(2);
    }
  });

  it('stands on lines of its own, whatever a source has in its fields', () => {
    const change = { origin: 'Embassy\nER  - \nTY  - X', classification: 'SECRET\nN1  - U' };
    for (const style of STYLE_NAMES) {
      if (style === 'plain') continue;
      expect(cited(style, change).split('\n')).toHaveLength(cited(style).split('\n').length);
    }
    expect(cited('chicago-bibliography', { subject: 'WILL IT TALK?' })).toContain('TALK?” Cable');
  });

  it('has the subject in title case, where the cable has it in capitals', () => {
    expect(cited('chicago', { subject: 'TALKS WITH MFA', title: 'Talks with MFA' })).toContain(
      '“Talks with MFA,” cable',
    );
  });

  it('tells paragraphs of one number apart', () => {
    const cable = { id: '07MADRID1', origin: null, date: null, classification: null };
    const second = cite(cable, { number: 5, nth: 2, mark: '(C)', kind: 'paragraph' });
    expect(second).toContain('07MADRID1 ¶5 (second) (C), ');
    expect(cited('bibtex', { paragraph: 5, citation: second })).toContain('¶5 (second) ');
    expect(cite(cable, { number: 5, mark: '(C)', kind: 'paragraph' })).toContain(' ¶5 (C), ');
  });

  it('in BibTeX is safe whatever stands in a subject', () => {
    const subject = 'A {brace} } and { @misc{x, "quotes" 100% $5 a_b #1 C:\\temp ~ ^';
    const text = cited('bibtex', { subject });
    const [one, ...others] = parsedEntries(text);
    expect(others).toEqual([]);
    expect(one?.key).toBe('07MADRID1-s2');
    const parsed = parseBibtex(text);
    expect(parsed.errors).toEqual([]);
    expect(parsed.entries).toHaveLength(1);
    expect(parsed.entries[0]?.fields['title']).toContain('brace');
    expect(parsed.entries[0]?.fields['howpublished']).toContain('07MADRID1');
  });

  it('says where the text came from: its release, and the file, of an archive its own name', () => {
    const change = { released: '2010-11-28', source: 'dump.tar.xz!cable/07MADRID1.html' };
    expect(cited('chicago', change)).toMatch(
      /CONFIDENTIAL, ¶2 .+, released November 28, 2010, source dump\.tar\.xz\.$/,
    );
    expect(cited('chicago-bibliography', change)).toContain(
      'CONFIDENTIAL. Released November 28, 2010. Source dump.tar.xz. ¶2 ',
    );
    expect(cited('markdown', change)).toContain(', released 2010-11-28, source dump.tar.xz');
    expect(cited('bibtex', change)).toContain(', released 2010-11-28, source dump.tar.xz}');
    expect(cited('ris', change)).toContain('; released 2010-11-28; source dump.tar.xz');
    expect(JSON.parse(cited('csl-json', change))).toMatchObject({
      'available-date': { 'date-parts': [[2010, 11, 28]] },
      source: change.source,
    });
    for (const style of STYLE_NAMES) {
      const { isProse } = styleOf(style);
      const own = { ...change, source: '07MADRID1.html' };
      if (isProse) expect(cited(style, own).split('07MADRID1')).toHaveLength(2);
    }
  });

  it('has its mark, its paragraph and its cable’s classification in every style', () => {
    for (const style of STYLE_NAMES) {
      const text = cited(style, { mark: '(C)' });
      expect(text, style).toContain('(C)');
      expect(text, style).toContain('¶2');
      expect(text, style).toContain('CONFIDENTIAL');
    }
  });
});

/** What CSL's schema for input data (citation-style-language, 1.0) says of the variables that an item has: no others. */
const cslDate = z.strictObject({ 'date-parts': z.array(z.array(z.int()).length(3)).length(1) });
const cslItems = z.array(
  z.strictObject({
    id: z.string(),
    type: z.literal('report'),
    genre: z.string(),
    number: z.string(),
    title: z.string().optional(),
    author: z.array(z.strictObject({ literal: z.string() })),
    issued: cslDate.optional(),
    'available-date': cslDate.optional(),
    source: z.string().optional(),
    note: z.string(),
  }),
);

/** Tags of RIS as its description has them: two signs, two blanks, a hyphen. */
const RIS_LINE = /^(?:(?:TY|ID|AU|TI|PY|DA|M3|SN|SP|N1) {2}- .+|ER {2}- ?)$/;

describe.skipIf(publicCables === null)('every paragraph of the 776 cables', () => {
  it('is cited in every style, parsed by others’ parsers, under a key of its own', async () => {
    const quotes: QuotedSpan[] = [];
    for (const { cable } of await readPublicCables()) {
      for (const [ordinal, span] of cable.spans.entries()) {
        if (span.kind === 'paragraph') quotes.push(quotedSpan(cable, ordinal, span));
      }
    }
    expect(quotes.length).toBeGreaterThan(8000);
    const file = (style: StyleName): string => {
      const { text, file: form } = styleOf(style);
      return form?.join(quotes.map(text)) ?? '';
    };
    const keys = parsedEntries(file('bibtex')).map(({ key }) => key);
    expect(new Set(keys).size).toBe(quotes.length);
    const some = quotes.filter((_, i) => i % 8 === 0);
    const { text } = styleOf('bibtex');
    const parsed = parseBibtex(some.map(text).join('\n'));
    expect(parsed.errors).toEqual([]);
    expect(parsed.entries).toHaveLength(some.length);
    const items = cslItems.parse(JSON.parse(file('csl-json')));
    expect(new Set(items.map(({ id }) => id)).size).toBe(quotes.length);
    const lines = file('ris').trim().split('\n');
    expect(lines.filter((line) => !RIS_LINE.test(line))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('ER'))).toHaveLength(quotes.length);
    for (const quote of quotes) {
      for (const style of ['chicago', 'chicago-bibliography'] as const) {
        expect(styleOf(style).text(quote)).toContain(quote.cable);
      }
    }
  });
});
