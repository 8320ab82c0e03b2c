import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import { readFieldMap } from '../../src/sources/field-map.js';
import { SOURCE_FORMS } from '../../src/sources/forms.js';
import { displayText } from '../../src/quotes/display.js';
import { pdfOf } from '../support/pdf.js';
import { ROOT, temporaryFolder } from '../support/files.js';
import { paragraphsOf, readingOf } from '../support/reading.js';

const BODY = `C O N F I D E N T I A L MADRID 000001

TAGS: PREL
SUBJECT: BOATS

1. (C) He said "the boats are blue".

2. (C) Comment: none.
SMITH
`;

/** A telegram of the National Archives, made up. */
const ARCHIVED = ` Declassified/Released US Department of State EO Systematic Review 30 JUN 2005
Message Text
LIMITED OFFICIAL USE

PAGE 01  LA PAZ 05124  122050Z

70
ACTION ARA-02

INFO  OCT-01  ISO-00  PA-01  INR-01  /005 W
                       ---------------------     046107
R 121930Z AUG 74
FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC 3877
INFO AMEMBASSY LIMA

LIMITED OFFICIAL USE LA PAZ 5124

FOR: ARA/AND

THE PRESIDENT SENT A MESSAGE TO THE NEW GOVERN-
LIMITED OFFICIAL USE

LIMITED OFFICIAL USE

PAGE 02  LA PAZ 05124  122050Z

MENT OF PERU, AND THE PAPERS PRINTED IT.

   A SECOND PARAGRAPH SPEAKS OF THE PRICE OF TIN.
STEDMAN


LIMITED OFFICIAL USE



NNN

 Declassified/Released US Department of State EO Systematic Review 30 JUN 2005
Message Attributes
Current Classification: UNCLASSIFIED
Document Number: 1974LAPAZ05124
Draft Date: 12 AUG 1974
From: LA PAZ
Original Classification: LIMITED OFFICIAL USE
Reference: STATE 44074 (NOTAL)
Subject: MESSAGE TO PERU
TAGS: PFOR, BL
To: STATE
`;

describe('a telegram of the National Archives', () => {
  const wanted = {
    id: '74LAPAZ5124',
    date: '1974-08-12',
    classification: 'LIMITED OFFICIAL USE',
    level: 'SBU',
    origin: 'Embassy La Paz',
    subject: 'MESSAGE TO PERU',
    tags: ['PFOR', 'BL'],
    references: ['74STATE44074'],
    signature: 'STEDMAN',
  };

  it('as text: what it prints is read first, what it does not print is the archive’s', async () => {
    const { cables, setAside } = await readingOf(temporaryFolder(), 'a.txt', ARCHIVED);
    expect(setAside).toEqual([]);
    expect(cables).toMatchObject([wanted]);
    const [cable] = cables;
    const shown = cable?.spans
      .filter(({ kind }) => kind === 'paragraph')
      .map(({ start, end }) => displayText(cable.body.slice(start, end)));
    expect(shown).toEqual([
      'THE PRESIDENT SENT A MESSAGE TO THE NEW GOVERN- [stamp] MENT OF PERU, AND THE PAPERS PRINTED IT.',
      'A SECOND PARAGRAPH SPEAKS OF THE PRICE OF TIN.',
    ]);
    expect(cable?.spans.at(-1)?.kind).toBe('trailer');
  });

  it('as PDF', async () => {
    const { cables } = await readingOf(temporaryFolder(), 'a.pdf', pdfOf(ARCHIVED));
    expect(cables).toMatchObject([wanted]);
    expect(cables.flatMap(paragraphsOf)).toHaveLength(2);
  });

  it('without a text says so', async () => {
    const text = ARCHIVED.slice(ARCHIVED.indexOf('Message Attributes'));
    const { setAside } = await readingOf(temporaryFolder(), 'a.txt', text);
    expect(setAside).toEqual(['1974LAPAZ05124 has attributes and no text']);
  });

  it('behind another one in a file is a cable of its own', async () => {
    const second = ARCHIVED.replaceAll('5124', '5199').replaceAll('05124', '05199');
    const { cables } = await readingOf(temporaryFolder(), 'a.txt', ARCHIVED + second);
    expect(cables.map(({ id }) => id)).toEqual(['74LAPAZ5124', '74LAPAZ5199']);
  });
});

describe('a PDF', () => {
  it('whose pages are pictures says so', async () => {
    const { setAside } = await readingOf(temporaryFolder(), 'a.pdf', pdfOf(''));
    expect(setAside).toEqual([expect.stringContaining('a PDF without text')]);
  });

  it('that is damaged says so', async () => {
    const { setAside } = await readingOf(temporaryFolder(), 'a.pdf', '%PDF-1.4\nnothing');
    expect(setAside).toEqual([expect.stringContaining('a PDF that cannot be read')]);
  });
});

describe('markdown with front matter', () => {
  it('states its fields there', async () => {
    const text = `---\nid: 07MADRID1\ndate: 2007-03-14\norigin: Embassy Madrid\nclassification: CONFIDENTIAL\n---\n\n${BODY}`;
    const { cables } = await readingOf(temporaryFolder(), 'a.md', text);
    expect(cables).toMatchObject([{ id: '07MADRID1', date: '2007-03-14', subject: 'BOATS' }]);
  });

  it.each([
    ['---\nid: 07MADRID1\n', 'front matter that does not end'],
    ['---\nid: [\n---\n', 'front matter that is no YAML'],
    ['---\ntitle: none\n---\ntext', 'no cable in it: id'],
  ])('%j is set aside with the reason', async (text, reason) => {
    const { setAside } = await readingOf(temporaryFolder(), 'a.md', text);
    expect(setAside).toEqual([expect.stringContaining(reason)]);
  });
});

describe('fields under other names', () => {
  const map = readFieldMap('id=identifier,body=content.text,date=when');

  it('are read from JSON, into objects by a dot', async () => {
    const line = JSON.stringify({
      identifier: '07MADRID1',
      content: { text: BODY },
      when: '3/14/2007',
    });
    const { cables } = await readingOf(temporaryFolder(), 'a.jsonl', `${line}\n`, { map });
    expect(cables).toMatchObject([{ id: '07MADRID1', date: '2007-03-14', body: BODY }]);
  });

  it('are read from CSV by its first row', async () => {
    const csv = `when,identifier,content.text\n2007-03-14,07MADRID1,"${BODY.replaceAll('"', '""')}"\n`;
    const { cables } = await readingOf(temporaryFolder(), 'a.csv', csv, { map });
    expect(cables).toMatchObject([{ id: '07MADRID1', date: '2007-03-14', body: BODY }]);
  });

  it('that are not there are told', async () => {
    const { setAside } = await readingOf(temporaryFolder(), 'a.jsonl', '{"id":"07MADRID1"}\n', {
      map,
    });
    expect(setAside).toEqual([expect.stringMatching(/id.*with --map id=identifier/)]);
  });

  it('a first row of our own names needs no map', async () => {
    const csv = `id,body,date\n07MADRID1,"${BODY.replaceAll('"', '""')}",2007-03-14\n`;
    const { cables } = await readingOf(temporaryFolder(), 'a.csv', csv);
    expect(cables).toMatchObject([{ id: '07MADRID1', date: '2007-03-14', body: BODY }]);
  });

  it.each(['identifier', 'who=x', 'id=', 'id=a,id=b', 'id=a=b'])('%j is no map', (text) => {
    expect(() => readFieldMap(text)).toThrow(InputError);
  });
});

describe('quotes in CSV', () => {
  const row = (quote: string): string =>
    `"1","3/14/2007 9:44","07MADRID1","Embassy Madrid","CONFIDENTIAL","","FM AMEMBASSY MADRID","${BODY.replaceAll('"', quote)}"\n`;

  it.each(['\\"', '""'])('are read where they are escaped as %j', async (quote) => {
    const { cables } = await readingOf(temporaryFolder(), 'a.csv', row(quote));
    expect(cables.map(({ body }) => body)).toEqual([BODY]);
  });

  it('are read in one file with both, and a backslash before a field’s end is text where they are doubled', async () => {
    const path = row('""').replace('07MADRID1', '07MADRID2').replace('SMITH\n', 'C:\\DATA\\');
    const { cables } = await readingOf(
      temporaryFolder(),
      'a.csv',
      row('\\"') + row('""').replace('07MADRID1', '07MADRID3') + path,
    );
    expect(cables.map(({ id }) => id)).toEqual(['07MADRID1', '07MADRID3', '07MADRID2']);
    expect(cables.at(-1)?.body.endsWith('C:\\DATA\\')).toBe(true);
  });
});

describe('docs/sources.md', () => {
  it('is the table of the forms', () => {
    const docs = readFileSync(path.join(ROOT, 'docs', 'sources.md'), 'utf8').replace(/ +/g, ' ');
    for (const { name, how } of SOURCE_FORMS) expect(docs).toContain(`| ${name} | ${how} |`);
  });
});
