import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import { decode } from '../../src/sources/decode.js';
import { listFiles } from '../../src/sources/files.js';
import { readHtml } from '../../src/sources/html.js';
import { readItems } from '../../src/sources/read.js';
import type { SourceItem } from '../../src/sources/source.js';
import { readText } from '../../src/sources/text.js';
import { SAMPLES, temporaryFolder } from '../support/files.js';
import { telegram } from '../support/telegram.js';

const PAGE = `<!DOCTYPE html><html><body><h3>Viewing cable 07MADRID545, SPAIN/CUBA: FM</h3>
<table class='cable'><tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>
<tr><td><a href='#'>07MADRID545</a></td><td>2007-03-23 17:05</td><td>2010-12-10</td><td>CONFIDENTIAL</td><td>Embassy Madrid</td></tr></table>
<code><pre>P 231710Z MAR 07&#x000A;FM AMEMBASSY MADRID</pre></code>
<code><pre>C O N F I D E N T I A L MADRID 000545 &#x000A;&#x000A;TAGS: <a href='/tag/PREL_0.html'>PREL</a>&#x000A;&#x000A;<a id='par1' href='#par1'>¶</a>1. (C) &lt;Text&gt; &amp; more.</pre></code></body></html>`;

async function read(name: string, content: string | Uint8Array) {
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, content);
  return readOne(file);
}

/** What a file that holds a single thing yields. */
async function readOne(file: string): Promise<SourceItem | undefined> {
  const items: SourceItem[] = [];
  for await (const item of readItems(file)) items.push(item);
  expect(items).toHaveLength(1);
  return items[0];
}

describe('a public page', () => {
  it('gives id, date, classification, origin, header and body without markup', () => {
    expect(readHtml(PAGE)).toEqual({
      ok: true,
      cable: {
        id: '07MADRID545',
        header: 'P 231710Z MAR 07\nFM AMEMBASSY MADRID',
        body: 'C O N F I D E N T I A L MADRID 000545 \n\nTAGS: PREL\n\n¶1. (C) <Text> & more.',
        head: {
          date: '2007-03-23',
          released: '2010-12-10',
          classification: 'CONFIDENTIAL',
          origin: 'Embassy Madrid',
          subject: 'SPAIN/CUBA: FM',
        },
      },
    });
  });

  it('that is cut short is refused, wherever the cut is, and says what is missing', () => {
    for (let cut = PAGE.indexOf('<table'); cut < PAGE.lastIndexOf('</pre>'); cut += 7) {
      const reading = readHtml(PAGE.slice(0, cut));
      expect(reading.ok, PAGE.slice(cut - 20, cut)).toBe(false);
    }
    expect(readHtml(PAGE.slice(0, PAGE.indexOf('more.')))).toMatchObject({
      reason: expect.stringContaining('cut short') as string,
    });
  });
});

describe('a text file', () => {
  it('with a head of five lines gives what the head states', () => {
    const reading = readText(readFileSync(path.join(SAMPLES, '001_f0863c296af1ceca.txt'), 'utf8'));
    expect(reading).toMatchObject({
      ok: true,
      cable: {
        id: '07BEIJING1689',
        head: {
          date: '2007-03-14',
          subject: 'USTR PROPOSES BILATERAL LABOR DIALOGUE WITH CHINA',
          classification: 'UNCLASSIFIED//FOR OFFICIAL USE ONLY',
          origin: 'Embassy Beijing',
        },
      },
    });
    if (!reading.ok) return;
    expect(reading.cable.header.endsWith('USMISSION GENEVA 1660')).toBe(true);
    expect(reading.cable.body.startsWith('UNCLAS BEIJING 001689')).toBe(true);
  });

  it('loses no character: header and body are the rest of the file', () => {
    const file = path.join(SAMPLES, '000_a451d78a1c05f3da.txt');
    const text = readFileSync(file, 'utf8');
    const reading = readText(text);
    if (!reading.ok) throw new Error(reading.reason);
    expect(reading.cable.header + reading.cable.body).toBe(text);
  });

  it('that is no cable says what a cable has', () => {
    expect(readText('Dear diary,\ntoday nothing happened.\n')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('no cable') as string,
    });
    expect(readText('')).toMatchObject({ ok: false });
  });
});

describe('a file', () => {
  it('has its format told from its content, whatever its name', async () => {
    expect(await read('page.txt', PAGE)).toMatchObject({
      kind: 'cable',
      cable: { id: '07MADRID545' },
    });
    expect(await read('cable.html', telegram('07MADRID1', ['One.']))).toMatchObject({
      kind: 'cable',
      cable: { id: '07MADRID1' },
    });
  });

  it.each([
    ['binary', Uint8Array.from([0x7f, 0x45, 0, 1, 2]), 'binary'],
    ['empty', '', 'empty'],
    ['prose', 'Only some words.', 'no cable'],
    ['half a page', PAGE.slice(0, PAGE.length - 60), 'cut short'],
  ])(
    'that cannot be read as a cable (%s) is set aside with the reason',
    async (_, content, reason) => {
      expect(await read('file', content)).toMatchObject({
        kind: 'setAside',
        reason: expect.stringContaining(reason) as string,
      });
    },
  );

  it('that is gone or a folder is set aside, never thrown', async () => {
    const folder = temporaryFolder();
    expect(await readOne(path.join(folder, 'gone'))).toMatchObject({ kind: 'setAside' });
    expect(await readOne(folder)).toMatchObject({ kind: 'setAside' });
  });

  it('is found in folders below, hidden ones left out, in order, each once', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'b', '.git'), { recursive: true });
    for (const name of ['c.txt', 'b/a.txt', 'b/.git/x', '.hidden']) {
      writeFileSync(path.join(folder, name), 'x');
    }
    const files = await listFiles([folder, path.join(folder, 'c.txt')]);
    expect(files.map((file) => path.relative(folder, file.path))).toEqual(['b/a.txt', 'c.txt']);
    await expect(listFiles([path.join(folder, 'gone')])).rejects.toThrow(InputError);
  });

  it('is found through links, also where one leads back', async () => {
    const folder = temporaryFolder();
    const other = temporaryFolder();
    writeFileSync(path.join(other, 'x.txt'), 'x');
    symlinkSync(other, path.join(folder, 'link'));
    symlinkSync(folder, path.join(other, 'back'));
    const files = await listFiles([folder]);
    expect(files.map((file) => path.relative(folder, file.path))).toEqual(['link/x.txt']);
  });
});

describe('decoding', () => {
  const text = 'Zapatero’s “café” – €5';

  it('reads UTF-8 and UTF-16 with and without a mark, and Windows-1252', () => {
    const utf8 = new TextEncoder().encode(text);
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    const windows1252 = Uint8Array.from([0x5a, 0x92, 0x93, 0xe9, 0x96, 0x80]);
    expect(decode(utf8)).toMatchObject({ ok: true, text });
    expect(decode(Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8]))).toMatchObject({ ok: true, text });
    expect(decode(utf16)).toMatchObject({ ok: true, text });
    const unmarked = Buffer.from(text, 'utf16le');
    expect(decode(unmarked)).toMatchObject({ ok: true, text });
    expect(decode(unmarked.swap16())).toMatchObject({ ok: true, text });
    expect(decode(Uint8Array.from([0x50, 0, 0, 0x51, 0, 0]))).toMatchObject({ ok: false });
    expect(decode(windows1252)).toMatchObject({ ok: true, text: 'Z’“é–€' });
  });

  it('keeps a UTF-8 text with a damaged byte, but for that byte', () => {
    const bytes = Buffer.concat([Buffer.from('¶1. Zapatero’s café', 'utf8'), Buffer.from([0x96])]);
    expect(decode(bytes)).toMatchObject({ ok: true, text: '¶1. Zapatero’s café–' });
  });

  it('keeps every byte of a text in Latin-1 as a character of its own', () => {
    const bytes = fc.uint8Array({ min: 0xa0, max: 0xff, minLength: 1 });
    fc.assert(
      fc.property(bytes, (each) => {
        fc.pre(each[0] !== 0xff && each[0] !== 0xfe); // a mark of UTF-16
        const decoded = decode(each);
        if (!decoded.ok) throw new Error(decoded.reason);
        if (decoded.encoding !== 'windows-1252') return;
        expect(decoded.text).toBe(Buffer.from(each).toString('latin1'));
      }),
    );
  });
});
