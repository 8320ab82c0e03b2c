import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEVELS } from '../../src/cable/types.js';
import { displayText } from '../../src/quotes/display.js';
import { csvRow } from '../support/formats.js';
import { readingOf } from '../support/reading.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-second-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Words of the planted cable alone. */
const PLANTED = 'ZEBRAWORD';
const POSTS = ['MADRID', 'LA PAZ', 'THE HAGUE', 'CAIRO', 'STATE', 'PORT AU PRINCE'];
const NAMES = ['CONFIDENTIAL', 'SECRET', 'UNCLAS', 'LIMITED OFFICIAL USE'];
const spaced = (level: string): string =>
  level === 'SECRET' || level === 'CONFIDENTIAL' ? Array.from(level).join(' ') : level;

const cable = fc.record({
  post: fc.constantFrom(...POSTS),
  number: fc.integer({ min: 1, max: 29_999 }),
  level: fc.constantFrom(...NAMES).map(spaced),
  sections: fc.constantFrom('', 'SECTION 01 OF 03 ', 'SECTION 1 ON 2 '),
  paragraphs: fc.integer({ min: 1, max: 6 }),
  numbered: fc.boolean(),
});
/** A telegram of any section. */
type Telegram = Omit<Made, 'sections'> & { readonly sections: string };
type Made = typeof cable extends fc.Arbitrary<infer T> ? T : never;

function bodyOf(
  { post, number, level, sections, paragraphs, numbered }: Telegram,
  word: string,
): string {
  const texts = Array.from({ length: paragraphs }, (_, i) => {
    const text = `The ${word} minister spoke of the harbour on the day ${String(i + 1)} and said that nothing would change.`;
    return numbered ? `${String(i + 1)}. ${text}` : text;
  });
  return [
    `${level} ${sections}${post} ${String(number).padStart(6, '0')}`,
    '',
    'E.O. 12958: N/A',
    'TAGS: PREL',
    `SUBJECT: THE ${word} MATTER`,
    '',
    texts.join('\n\n'),
    'SMITH',
    '',
  ].join('\n');
}

const idOf = ({ post, number }: Made, year: string): string =>
  `${year}${post.replaceAll(' ', '')}${String(number)}`;

/** In what shape the second cable stands in the first one's body. */
const SHAPES: Readonly<Record<string, (made: Made) => string>> = {
  'its classification line alone': (made) => bodyOf(made, PLANTED),
  'its own header': (made) =>
    `R 191558Z MAR 08\nFM AMEMBASSY ${made.post}\nTO SECSTATE WASHDC 4444\n\n${bodyOf(made, PLANTED)}`,
  'a header run in to its classification line': (made) =>
    `R 191558Z MAR 08\nFM AMEMBASSY ${made.post}\nTO RUEHC/SECSTATE WASHDC 4444${bodyOf(made, PLANTED)}`,
  'its id on a line': (made) => `${idOf(made, '08')}\n${bodyOf(made, PLANTED)}`,
  'a head of five lines': (made) =>
    `${idOf(made, '08')}\nTHE ${PLANTED} MATTER\nWed Mar 19 00:00:00 +0100 2008\nSECRET\nEmbassy\n${bodyOf(made, PLANTED)}`,
  "a dump's row": (made) =>
    `121752\t2008-03-19 12:50:00\t${idOf(made, '08')}\tEmbassy\tSECRET\t\tR 191558Z MAR 08\nFM AMEMBASSY ${made.post}\t${bodyOf(made, PLANTED)}`,
  'a row of SQL': (made) =>
    `INSERT INTO cable (id, refid, content) VALUES (2, '${idOf(made, '08')}', '${bodyOf(made, PLANTED)}');`,
  'a section of it': (made) => bodyOf({ ...made, sections: 'SECTION 02 OF 02 ' }, PLANTED),
};

/** In what form the first cable comes. */
const FORMS: Readonly<Record<string, (id: string, header: string, body: string) => string>> = {
  'text.txt': (_, header, body) => `${header}\n\n${body}`,
  'head.txt': (id, header, body) =>
    `${id}\nA SUBJECT\nWed Mar 14 00:00:00 +0100 2007\nCONFIDENTIAL\nEmbassy\n${header}\n${body}`,
  'page.html': (id, header, body) =>
    `<html><body><table class='cable'><tr><th>Reference ID</th><th>Created</th></tr><tr><td>${id}</td><td>2007-03-14 09:44</td></tr></table><pre>${header}</pre><pre>${body}</pre></body></html>`,
  'dump.csv': (id, header, body) =>
    csvRow(['1', '3/14/2007 9:44', id, 'Embassy', 'CONFIDENTIAL', '', header, body]),
  'rfc.csv': (id, header, body) =>
    `${['1', '3/14/2007 9:44', id, 'Embassy', 'CONFIDENTIAL', '', header, body]
      .map((field) => `"${field.replaceAll('"', '""')}"`)
      .join(',')}\n`,
  'lines.jsonl': (id, header, body) =>
    `${JSON.stringify({ id, header, body, date: '2007-03-14' })}\n`,
  'front.md': (id, header, body) => `---\nid: ${id}\ndate: 2007-03-14\n---\n${header}\n\n${body}`,
};

describe('a second cable, planted at a random place of a random body', () => {
  for (const [form, write] of Object.entries(FORMS)) {
    it(`is never quoted under the first one's id, in ${form}`, async () => {
      await fc.assert(
        fc.asyncProperty(
          cable,
          cable,
          fc.constantFrom(...Object.keys(SHAPES)),
          fc.nat({ max: 40 }),
          fc.boolean(),
          async (host, another, shape, place, isNeighbour) => {
            // Of the same post, its number a digit away: what a misprint of the first one's would be.
            const neighbour = { ...another, post: host.post, number: host.number ^ 1 };
            const second = isNeighbour && neighbour.number > 0 ? neighbour : another;
            fc.pre(idOf(host, '') !== idOf(second, ''));
            const lines = bodyOf(host, 'OWN').split('\n');
            // Behind the first text: in the head a second classification line is the cable's own.
            const at = 7 + (place % Math.max(1, lines.length - 8));
            const planted = SHAPES[shape]?.(second) ?? '';
            const body = [...lines.slice(0, at), planted, ...lines.slice(at)].join('\n');
            const header = `P 140708Z MAR 07\nFM AMEMBASSY ${host.post}\nTO SECSTATE WASHDC 4444`;
            const id = idOf(host, '07');
            const { cables, setAside } = await readingOf(folder, form, write(id, header, body));
            const own = cables.filter((each) => each.id === id);
            expect(own).toHaveLength(1);
            for (const each of own) expect(each.body).not.toContain(PLANTED);
            const others = cables.filter((each) => each.id !== id);
            // Nothing is lost: it is a cable of its own, or it is told of.
            expect(others.length + setAside.length).toBeGreaterThan(0);
            for (const each of others) expect(each.id).toBe(idOf(second, '08'));
          },
        ),
        { numRuns: 300 },
      );
    });
  }

  it('keeps what a cable quotes between BEGIN TEXT and END TEXT, under the higher level', async () => {
    const body =
      'C O N F I D E N T I A L MADRID 000001\n\nTAGS: PREL\nSUBJECT: A\n\n1. The message says:\n\nBEGIN TEXT\n\nS E C R E T CAIRO 000174\n\nThe harbour is closed.\n\nEND TEXT\n\n2. Comment: none.\nSMITH\n';
    const { cables } = await readingOf(
      folder,
      'quoted.jsonl',
      `${JSON.stringify({ id: '07MADRID1', body, date: '2007-03-14' })}\n`,
    );
    expect(cables).toMatchObject([{ id: '07MADRID1', classification: 'CONFIDENTIAL', level: 'S' }]);
    const levels = cables[0]?.spans.map(({ level }) => LEVELS.indexOf(level ?? 'TS')) ?? [];
    expect(Math.min(...levels)).toBe(LEVELS.indexOf('S'));
  });

  it('keeps the sections of one cable together, their headers shown as stamps', async () => {
    const section = (n: number, text: string): string =>
      `R 140708Z MAR 07\nFM AMEMBASSY MADRID\nTO SECSTATE WASHDC 4444\n\nC O N F I D E N T I A L SECTION 0${String(n)} OF 02 MADRID 000545\n\n${text}`;
    const text = `${section(1, 'TAGS: PREL\nSUBJECT: A\n\n1. (C) The minister spoke of the')}\n\n${section(2, 'harbour.\n\n2. (C) Comment: none.\nSMITH\n')}`;
    const { cables } = await readingOf(folder, 'sections.txt', text);
    expect(cables.map(({ id }) => id)).toEqual(['07MADRID545']);
    const [first] = cables[0]?.spans.filter(({ number }) => number === 1) ?? [];
    expect(displayText(cables[0]?.body.slice(first?.start, first?.end) ?? '')).toBe(
      '1. (C) The minister spoke of the\n[stamp] harbour.',
    );
  });

  it('keeps a section whose number is misprinted, but not one of another subject', async () => {
    const read = async (subject: string): Promise<number> => {
      const body = `C O N F I D E N T I A L SECTION 01 OF 02 MADRID 000545\n\nSUBJECT: THE HARBOUR OF CADIZ\n\n1. (C) One.\n\nC O N F I D E N T I A L SECTION 02 OF 02 MADRID 000546\n\nTAGS: PREL\nSUBJECT: ${subject}\n\n2. (C) Two.\nSMITH\n`;
      const { cables } = await readingOf(
        folder,
        's.jsonl',
        JSON.stringify({ id: '07MADRID545', body }),
      );
      return cables[0]?.spans.filter(({ kind }) => kind === 'paragraph').length ?? 0;
    };
    expect(await read('THE HARBOR OF CADIZ')).toBe(2);
    expect(await read('THE VISIT OF A MINISTER')).toBe(1);
  });

  it('takes a sentence that names a cable for a sentence', async () => {
    const body =
      'C O N F I D E N T I A L MADRID 000001\n\nSUBJECT: A\n\n1. (C) We answered what the embassy had said in\nSECRET CAIRO 1234 and were told that\nit was late.\n\n2. (C) Comment: none.\nSMITH\n';
    const { cables, setAside } = await readingOf(
      folder,
      'sentence.jsonl',
      `${JSON.stringify({ id: '07MADRID1', body })}\n`,
    );
    expect(setAside).toEqual([]);
    expect(cables[0]?.body).toBe(body);
  });
});
