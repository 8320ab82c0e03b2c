import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCable } from '../../src/cable/read.js';
import type { Cable } from '../../src/cable/cable.js';
import { readItems } from '../../src/sources/read.js';
import type { SourceItem } from '../../src/sources/source.js';
import { temporaryFolder } from '../support/files.js';
import {
  csvRow,
  dumpRow,
  jsonLine,
  tarOf,
  tarXz,
  textWithHead,
  writeTree,
  zipOf,
} from '../support/formats.js';
import { publicCables, readAll, readPublicCables, sampleCables } from '../support/public-cables.js';
import { telegram } from '../support/telegram.js';

async function itemsOf(name: string, content: string | Buffer): Promise<SourceItem[]> {
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, content);
  const items: SourceItem[] = [];
  for await (const item of readItems(file)) items.push(item);
  return items;
}

async function cablesOf(name: string, content: string | Buffer): Promise<Cable[]> {
  return (await itemsOf(name, content)).map((item) => {
    if (item.kind !== 'cable') throw new Error(item.reason);
    const reading = readCable(item.cable);
    if (!reading.ok) throw new Error(reading.reason);
    return reading.cable;
  });
}

const ids = (cables: readonly Cable[]): string[] => cables.map(({ id }) => id);

/** A cable without what its form adds or cannot tell: where it was read from, and a line break behind the header. */
const plain = (cable: Cable): object => ({
  ...cable,
  ...{ source: null, released: null, header: cable.header.trimEnd() },
});

describe('the same cables', () => {
  it('come out of CSV, JSONL, JSON and text, plain and in archives', async () => {
    const cables = await sampleCables();
    const csv = cables.map((cable, index) => dumpRow(cable, index + 1)).join('');
    const jsonl = cables.map(jsonLine).join('');
    const list = `[${cables.map(jsonLine).join(',')}]`;
    const texts = Object.fromEntries(
      cables.map((cable) => [`${cable.id}.txt`, textWithHead(cable)]),
    );
    const tar = await tarOf({ 'cables/dump.csv': csv, 'readme/': '' });
    const formats: Record<string, string | Buffer> = {
      'cables.csv': csv,
      'cables.jsonl': jsonl,
      'cables.ndjson.txt': jsonl,
      'cables.json': list,
      'cables.csv.gz': gzipSync(csv),
      'cables.zip': await zipOf(texts),
      'cables.tar': await tarOf(texts),
      'cables.tar.gz': gzipSync(tar),
      'nested.zip': await zipOf({ 'inner/cables.tar.gz': gzipSync(tar) }),
    };
    for (const [name, content] of Object.entries(formats)) {
      expect((await cablesOf(name, content)).map(plain), name).toEqual(cables.map(plain));
    }
  });

  it('know the file that they were read from, and no folder of the machine', async () => {
    const cables = await sampleCables();
    const texts = Object.fromEntries(
      cables.map((cable) => [`a/${cable.id}.txt`, textWithHead(cable)]),
    );
    const read = await cablesOf('dump.tar', await tarOf(texts));
    expect(read.map(({ source }) => source)).toEqual(
      cables.map(({ id }) => `dump.tar!a/${id}.txt`),
    );
    // What was exported keeps where it came from.
    const [exported] = read.map((cable) => JSON.stringify({ ...cable, released: '2010-11-28' }));
    expect((await cablesOf('export.jsonl', exported ?? ''))[0]).toMatchObject({
      source: read[0]?.source,
      released: '2010-11-28',
    });
  });

  it('have the day of their release as page and stamps state it', async () => {
    const body = 'C O N F I D E N T I A L MADRID 000001\n\n1. (C) One.\n';
    const released = async (text: string): Promise<unknown> =>
      (
        await cablesOf(
          'one.txt',
          `07MADRID1\nS\n2007-03-14\nCONFIDENTIAL\nEmbassy Madrid\n\n${text}`,
        )
      )[0]?.released;
    expect(await released(body)).toBeNull();
    expect(
      await released(
        `${body} Declassified/Released US Department of State EO Systematic Review 30 JUN 2005 \n`,
      ),
    ).toBe('2005-06-30');
    const foia =
      'UNCLASSIFIED U.S. Department of State Case No. F-2011-00000 Doc No. C00000000 Date: 11/04/2011';
    expect(await released(`${body}${foia}\n`)).toBe('2011-11-04');
    expect(await released(`${body}${foia.replace('11/04', '13/44')}\n`)).toBeNull();
  });

  it('come out of a JSON document that one cable is spread over', async () => {
    const [cable] = await sampleCables();
    if (cable === undefined) throw new Error('no sample');
    const { id, date, origin, classification, header, body } = cable;
    const document = JSON.stringify({ id, date, origin, classification, header, body }, null, 2);
    expect(ids(await cablesOf('cable.json', document))).toEqual([id]);
  });

  it('keep quotes, commas, line breaks and lone backslashes of a body in CSV', async () => {
    const body =
      'C O N F I D E N T I A L MADRID 000001\n\n¶1. (C) "A, b" \\ C:\\data \\\\ x\r\nnext\n';
    const row = csvRow([
      '1',
      '3/23/2007 17:05',
      '07MADRID1',
      'Embassy Madrid',
      'CONFIDENTIAL',
      '06A1|',
      'FM X',
      body,
    ]);
    const [cable] = await cablesOf('dump.csv', row);
    expect(cable).toMatchObject({ id: '07MADRID1', date: '2007-03-23', body });
    // A writer that does not double backslashes: none is lost either.
    const careless = row.replace(/\\\\/g, '\\');
    expect((await cablesOf('dump.csv', careless))[0]?.body).toContain('C:\\data');
  });

  it('come out of a dump with a head line, and in Windows-1252', async () => {
    const head = 'id,datetime,reference_id,origin,classification,references,header,body\n';
    const row = csvRow([
      '1',
      '2007-03-23 17:05',
      '07MADRID1',
      'E',
      'C',
      '',
      '',
      '¶1. Zapatero’s caf\u00e9',
    ]);
    const bytes = Buffer.from((head + row).replace('’', '\u0092').replace('¶', '\u00b6'), 'latin1');
    const cables = await cablesOf('cables.csv', bytes);
    expect(cables.map(({ body }) => body)).toEqual(['¶1. Zapatero’s café']);
  });

  it('come out of CSV with a byte-order mark, and keep backslashes outside quotes', async () => {
    const row = '1,2007-03-23 17:05,07MADRID1,E,C,,h,1. (C) C:\\data\\x and \\\\srv\n';
    const [cable] = await cablesOf('c.csv', `\ufeff${row}`);
    expect(cable?.body).toBe('1. (C) C:\\data\\x and \\\\srv');
  });

  it('take the references that only the dump’s column has', async () => {
    const row = csvRow([
      '1',
      '2007-03-23',
      '07MADRID1',
      'E',
      'C',
      '06STATE1|BAD|06PARIS2',
      '',
      'REF: STATE 9\n\n1. (C) x',
    ]);
    expect((await cablesOf('c.csv', row))[0]?.references).toEqual([
      '07STATE9',
      '06STATE1',
      '06PARIS2',
    ]);
  });
});

describe('a text with several telegrams', () => {
  const header = (id: string, n: string): string =>
    `P 140708Z MAR 07\nFM AMEMBASSY ${id}\nTO SECSTATE WASHDC\n\nC O N F I D E N T I A L ${id} ${n}\n\nTAGS: PREL\n\n1. (C) Text of ${id}.\n\nNAME\n`;

  it('is cut at the next header, mail lines with the telegram they bring', async () => {
    const text = `${header('MADRID', '000545')}\n\nFrom someone@example Mon Mar 14 2007\nSubject: fw\n\n${header('LISBON', '000750')}`;
    const items = await itemsOf('mail.txt', text);
    expect(items).toMatchObject([
      { kind: 'cable', line: 1 },
      { kind: 'cable', line: 14 },
    ]);
    const cables = await cablesOf('mail.txt', text);
    expect(ids(cables)).toEqual(['07MADRID545', '07LISBON750']);
    expect(cables[0]?.body).not.toContain('someone');
    expect(cables.map(({ signature }) => signature)).toEqual(['NAME', 'NAME']);
  });

  it('is cut at heads of five lines as well', async () => {
    const text = telegram('07MADRID1', ['One.']) + telegram('07LISBON2', ['Two.']);
    expect(ids(await cablesOf('two.txt', text))).toEqual(['07MADRID1', '07LISBON2']);
  });

  it('leaves what a mail’s sender wrote out of the cable above, and a quoted telegram in its own', async () => {
    const mail = 'From bob@example Mon Mar 14 2007\nSubject: fw\n\nBob, FYI, please see below.\n\n';
    const text = `${header('MADRID', '000545')}\n${mail}${header('LISBON', '000750')}`;
    const [first] = await cablesOf('mail.txt', text);
    expect(first?.signature).toBe('NAME');
    expect(first?.body).not.toContain('Bob');
    const quoting = `${header('MADRID', '000545')}\n2. (C) BEGIN TEXT:\n\n${header('PARIS', '000002')}\nEND TEXT.\n\n3. (C) Madrid thinks so too.\n`;
    const cables = await cablesOf('quote.txt', quoting);
    expect(ids(cables)).toEqual(['07MADRID545']);
    expect(cables[0]?.body).toContain('Madrid thinks so too');
  });

  it('stays whole where the headers are those of one telegram’s sections', async () => {
    const section = (n: number): string =>
      `VZCZCXRO123${n}\nP 140708Z MAR 07\nFM AMEMBASSY MADRID\n\nC O N F I D E N T I A L SECTION 0${n} OF 02 MADRID 000545\n\n${n}. (C) Section ${n}.\n\n`;
    const cables = await cablesOf('sections.txt', section(1) + section(2));
    expect(ids(cables)).toEqual(['07MADRID545']);
  });
});

describe.skipIf(publicCables === null)('the 776 public cables', () => {
  let pages: Cable[] = [];
  beforeAll(async () => {
    const read = await readPublicCables();
    pages = read.filter(({ file }) => file.endsWith('.html')).map(({ cable }) => cable);
    expect(pages).toHaveLength(776);
  });

  async function expectSame(file: string, expected: readonly Cable[] = pages): Promise<void> {
    const cables = (await readAll(file)).map(({ cable }) => cable);
    expect(ids(cables).sort()).toEqual(ids(expected).sort());
    const whole = (cable: Cable): string => JSON.stringify(plain(cable));
    const byId = new Map(cables.map((cable) => [cable.id, whole(cable)]));
    const different = expected.filter((cable) => byId.get(cable.id) !== whole(cable));
    expect(ids(different)).toEqual([]);
  }

  it('are the same as CSV with the dump’s quoting, plain and compressed', async () => {
    const folder = temporaryFolder();
    const csv = pages.map((cable, index) => dumpRow(cable, index + 1)).join('');
    writeTree(folder, { 'cables.csv': csv, 'cables.csv.gz': gzipSync(csv) });
    await expectSame(path.join(folder, 'cables.csv'));
    await expectSame(path.join(folder, 'cables.csv.gz'));
  });

  it('are the same as JSONL', async () => {
    const folder = temporaryFolder();
    writeTree(folder, { 'cables.jsonl': pages.map(jsonLine).join('') });
    await expectSame(path.join(folder, 'cables.jsonl'));
  });

  it('are the same as text with a head, in a zip and in a .tar.xz', async () => {
    const folder = temporaryFolder();
    // A text’s body begins at its classification line: these have none, or text before it.
    const inText = pages.filter(({ id }) => !NOT_AS_TEXT.includes(id));
    const texts = Object.fromEntries(
      inText.map((cable) => [`${cable.id}.txt`, textWithHead(cable)]),
    );
    writeTree(path.join(folder, 'texts'), texts);
    tarXz(path.join(folder, 'texts'), path.join(folder, 'texts.tar.xz'));
    writeTree(folder, { 'texts.zip': await zipOf(texts) });
    await expectSame(path.join(folder, 'texts.tar.xz'), inText);
    await expectSame(path.join(folder, 'texts.zip'), inText);
  });

  it('are the same pages in the .tar.xz that they come in', async () => {
    await expectSame(
      path.resolve(import.meta.dirname, '../../../shared/cables/cablegate-html.tar.xz'),
    );
  });
});

/**
 * Cables whose body does not begin at its first classification line: the reader of text, which has
 * nothing else to tell header and body apart, puts more into the header, or less.
 */
const NOT_AS_TEXT: readonly string[] = [
  '03ABUDHABI2641', // the header has a classification line as well
  '07SANAA473', // `E C R E T SANAA 000473`
  '08STATE93970', // `NOTE - DO NOT PUBLISH` above it
  '09KUWAIT110', // `ID: 190648 / ORIGIN: …` above it
  '09NAIROBI2497', // what is left of a page above it
  '09STATE119085', // the header has a classification line as well
  '09ULAANBAATAR234', // what is left of a page above it
  '10BERLIN180', // `ID: 248711 / ORIGIN: …` above it
];
