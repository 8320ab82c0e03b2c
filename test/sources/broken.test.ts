import { createWriteStream, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SOURCE_LIMITS, type SourceLimits } from '../../src/sources/limits.js';
import { readItems } from '../../src/sources/read.js';
import type { SetAside } from '../../src/sources/source.js';
import { temporaryFolder } from '../support/files.js';
import { csvRow, tarOf, zipOf } from '../support/formats.js';
import { pilcrow } from '../support/pilcrow.js';

const body = (n: number): string => `UNCLAS MADRID ${n}\n\n¶1. (U) Text ${n}, with "quotes".\n`;
const row = (n: number): string =>
  csvRow([
    String(n),
    '2007-03-14 12:00',
    `07MADRID${n}`,
    'Embassy Madrid',
    'UNCLASSIFIED',
    '',
    'FM X',
    body(n),
  ]);
const line = (n: number): string => `${JSON.stringify({ id: `07MADRID${n}`, body: body(n) })}\n`;

interface Read {
  readonly ids: readonly (string | null)[];
  readonly setAside: readonly SetAside[];
}

async function read(
  name: string,
  content: string | Buffer,
  limits: SourceLimits = SOURCE_LIMITS,
): Promise<Read> {
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, content);
  return readFile(file, limits);
}

async function readFile(file: string, limits: SourceLimits = SOURCE_LIMITS): Promise<Read> {
  const ids: (string | null)[] = [];
  const setAside: SetAside[] = [];
  for await (const item of readItems(file, { limits })) {
    if (item.kind === 'cable') ids.push(item.cable.id);
    else setAside.push({ ...item, file: path.relative(path.dirname(file), item.file) });
  }
  return { ids, setAside };
}

const reason = (text: string): string => expect.stringContaining(text) as string;

describe('a broken CSV file', () => {
  it('that is cut in mid-quote gives the rows before the cut, and names the one that is cut', async () => {
    const text = row(1) + row(2) + row(3);
    const { ids, setAside } = await read('c.csv', text.slice(0, -30));
    expect(ids).toEqual(['07MADRID1', '07MADRID2']);
    expect(setAside).toMatchObject([{ file: 'c.csv', line: 9, reason: reason('cut short') }]);
  });

  it('with too few columns in a row loses that row alone', async () => {
    const { ids, setAside } = await read('c.csv', `${row(1)}"2","a","b"\n${row(3)}`);
    expect(ids).toEqual(['07MADRID1', '07MADRID3']);
    expect(setAside).toMatchObject([
      { line: 5, reason: reason('row 2: 3 columns instead of 8'), start: '2,a,b' },
    ]);
  });

  it('with a quote out of place loses that row alone', async () => {
    const broken = row(2).replace('"07MADRID2"', '"07MADRID2"x');
    const { ids, setAside } = await read('c.csv', row(1) + broken + row(3));
    expect(ids).toEqual(['07MADRID1', '07MADRID3']);
    expect(setAside).toMatchObject([{ line: 5, reason: reason('quotes do not fit') }]);
  });
});

describe('a line of 200 MB', () => {
  it.each([
    ['long.jsonl', line(1), `{"id":"`, `"}\n`, line(2)],
    ['long.csv', row(1), '"2","', '"\n', row(2)],
  ])('in %s is named, and the rest is read', async (name, before, start, end, behind) => {
    const file = path.join(temporaryFolder(), name);
    const stream = createWriteStream(file);
    stream.write(before + start);
    const block = Buffer.alloc(1_000_000, 'x');
    for (let written = 0; written < 200; written++) {
      if (!stream.write(block)) await once(stream, 'drain');
    }
    stream.end(end + behind);
    await once(stream, 'finish');
    const { ids, setAside } = await readFile(file);
    expect(setAside).toMatchObject([{ reason: reason('larger than a cable can be') }]);
    expect(ids).toEqual(['07MADRID1', '07MADRID2']);
    expect(setAside[0]?.line).toBe(name === 'long.csv' ? 5 : 2);
  });
});

describe('a line that is too long', () => {
  const limits = { ...SOURCE_LIMITS, line: 2000 };
  const long = 'x'.repeat(5000);

  it.each([
    ['a row of its own', `"2","${long}"\n`],
    ['in the middle of a body', row(2).replace('Text 2', `Text\n${long}\nmore`)],
    [
      'at the end of a body',
      row(2).replace('."\n', `.\n${long}"\n`).replace('.\n"', `.\n${long}"`),
    ],
  ])('in CSV costs its row alone: %s', async (_, broken) => {
    const { ids, setAside } = await read('c.csv', row(1) + broken + row(3) + row(4), limits);
    expect(ids).toEqual(['07MADRID1', '07MADRID3', '07MADRID4']);
    expect(setAside).toMatchObject([{ line: 5, reason: reason('larger than a cable can be') }]);
  });
});

describe('a broken archive', () => {
  it('in gzip that is cut short gives what stood before the cut', async () => {
    const text = Array.from({ length: 50 }, (_, n) => line(n + 1)).join('');
    const whole = gzipSync(text, { level: 1 });
    const { ids, setAside } = await read('c.jsonl.gz', whole.subarray(0, whole.length / 2));
    expect(ids.length).toBeGreaterThan(10);
    expect(ids[0]).toBe('07MADRID1');
    expect(setAside.at(-1)).toMatchObject({ file: 'c.jsonl.gz', reason: reason('cut short') });
  });

  it('in gzip whose bytes are damaged says so', async () => {
    const text = Array.from({ length: 3000 }, (_, n) => line(n + 1)).join('');
    const whole = gzipSync(text, { level: 1 });
    whole.fill(0xff, whole.length / 2, whole.length / 2 + 50);
    const { ids, setAside } = await read('c.jsonl.gz', whole);
    expect(ids[0]).toBe('07MADRID1');
    expect(setAside.at(-1)?.reason).toMatch(/damaged|not JSON/);
  });

  it('in tar that is cut short gives the files before the cut', async () => {
    const whole = await tarOf({ 'a.jsonl': line(1), 'b.jsonl': line(2), 'c.jsonl': line(3) });
    const { ids, setAside } = await read('c.tar', whole.subarray(0, 3 * 512 + 10));
    expect(ids).toEqual(['07MADRID1']);
    expect(setAside.at(-1)).toMatchObject({ reason: reason('the tar data is cut short') });
  });

  it('in zip without its directory, or with a damaged file, says so and reads the others', async () => {
    const whole = await zipOf({ 'a.jsonl': line(1), 'b.jsonl': line(2) });
    expect(await read('c.zip', whole.subarray(0, whole.length - 30))).toMatchObject({
      ids: [],
      setAside: [{ reason: reason('cut short') }],
    });
    const data = deflateRawSync(line(1));
    const at = whole.indexOf(data.subarray(0, 20));
    whole.fill(0xff, at, at + 10);
    const { ids, setAside } = await read('c.zip', whole);
    expect(ids).toEqual(['07MADRID2']);
    expect(setAside).toMatchObject([
      { file: 'c.zip!a.jsonl', reason: reason('zip data is damaged') },
    ]);
  });

  it('inside a tar costs itself, and the files behind it are read', async () => {
    const bad = gzipSync(line(9)).subarray(0, 30);
    const tar = await tarOf({ 'a.jsonl': line(1), 'b.jsonl.gz': bad, 'c.jsonl': line(3) });
    const { ids, setAside } = await read('c.tar', tar);
    expect(ids).toEqual(['07MADRID1', '07MADRID3']);
    expect(setAside.at(-1)).toMatchObject({ file: 'c.tar!b.jsonl.gz' });
  });

  it('in zip whose bytes are not those that were packed says so', async () => {
    const whole = await zipOf({ 'a.txt': 'x'.repeat(50) });
    whole.writeUInt32LE(0x12345678, whole.indexOf('PK\u0001\u0002') + 16);
    const { setAside } = await read('c.zip', whole);
    expect(setAside).toMatchObject([{ reason: reason('its checksum is another') }]);
  });

  it.each([
    ['zip', () => zipOf({})],
    ['tar', () => tarOf({})],
    ['tar of a folder', () => tarOf({ 'folder/': '' })],
    ['JSON', () => Promise.resolve(Buffer.from('[]'))],
    ['CSV', () => Promise.resolve(Buffer.from('id,datetime,reference_id,origin\n'))],
  ])('or file without a cable is named (%s)', async (_, content) => {
    expect(await read('c', await content())).toEqual({
      ids: [],
      setAside: [{ kind: 'setAside', file: 'c', reason: 'no cable in it' }],
    });
  });

  it('that expands beyond all measure is stopped, and says by how much', async () => {
    const limits = { ...SOURCE_LIMITS, expansion: { free: 1_000_000, ratio: 10 } };
    const bomb = `${' '.repeat(99)}\n`.repeat(100_000);
    for (const [name, content] of [
      ['bomb.jsonl.gz', gzipSync(line(1) + bomb)],
      ['bomb.zip', await zipOf({ 'a.jsonl': line(1), 'bomb.jsonl': bomb })],
      ['bomb.tar.gz', gzipSync(await tarOf({ 'a.jsonl': line(1), 'bomb.jsonl': bomb }))],
    ] as const) {
      const { ids, setAside } = await read(name, content, limits);
      expect(ids, name).toEqual(['07MADRID1']);
      expect(setAside.at(-1)?.reason, name).toMatch(/expand to more than 1\.\d MB/);
    }
  });

  it('with a path that climbs out has that file refused, and the others read', async () => {
    const tar = await tarOf({
      'a.jsonl': line(1),
      '../../evil.jsonl': line(2),
      'b.jsonl': line(3),
    });
    expect(await read('c.tar', tar)).toMatchObject({
      ids: ['07MADRID1', '07MADRID3'],
      setAside: [{ reason: reason('leads out of the archive') }],
    });
    // yazl writes no such name: `xx/evil` becomes `../evil` in the finished file.
    const zip = await zipOf({ 'a.jsonl': line(1), 'xx/evil.jsonl': line(2), 'b.jsonl': line(3) });
    const climbing = Buffer.from(zip.toString('latin1').replaceAll('xx/evil', '../evil'), 'latin1');
    expect(await read('c.zip', climbing)).toMatchObject({
      ids: ['07MADRID1', '07MADRID3'],
      setAside: [{ reason: reason('leads out of the archive') }],
    });
  });

  it('inside too many others is named, as is one of a kind that is not read', async () => {
    let nested: Buffer = Buffer.from(line(1));
    for (let depth = 0; depth < 6; depth++) nested = gzipSync(nested);
    expect((await read('c.gz', nested)).setAside).toMatchObject([{ reason: reason('deep') }]);
    const sevenZip = Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]);
    expect((await read('c.7z', sevenZip)).setAside).toMatchObject([
      { reason: reason('a 7z archive, which is not read; unpack it first') },
    ]);
  });

  it('keeps hidden files and folders to itself', async () => {
    const tar = await tarOf({ './a.jsonl': line(1), '__MACOSX/._a': 'x', '.git/b.jsonl': line(2) });
    expect(await read('c.tar', tar)).toEqual({ ids: ['07MADRID1'], setAside: [] });
  });
});

describe('a long stretch of what is no cable', () => {
  it('is counted behind the first of it, and what follows is read', async () => {
    const limits = { ...SOURCE_LIMITS, badStretch: 3 };
    const text = `${line(1)}${'nope\n'.repeat(20)}${line(2)}${'nope\n'.repeat(2)}`;
    const { ids, setAside } = await read('c.jsonl', text, limits);
    expect(ids).toEqual(['07MADRID1', '07MADRID2']);
    expect(setAside.map((each) => each.line ?? each.reason)).toEqual([
      2,
      3,
      4,
      '17 more in a row that are no cables, up to line 21',
      23,
      24,
    ]);
  });
});

describe('JSON that is no cable', () => {
  it('is named by its line, its reason and its start', async () => {
    const text = `${line(1)}nope\n\n{"body":1}\n{"id":"07MADRID9","body":"x","date":"March"}\n${line(2)}`;
    const { ids, setAside } = await read('c.jsonl', text);
    expect(ids).toEqual(['07MADRID1', '07MADRID2']);
    expect(setAside).toMatchObject([
      { line: 2, reason: reason('not JSON'), start: 'nope' },
      { line: 4, reason: reason('id:') },
      { line: 5, reason: reason('date: should begin with YYYY-MM-DD') },
    ]);
    expect((await read('c.txt', `# export\nP 140708Z MAR 07\n${line(1)}${line(2)}`)).ids).toEqual(
      [],
    );
    expect((await read('c.txt', `[${line(1)}]`)).ids).toEqual(['07MADRID1']);
    const utf16 = Buffer.from(`\ufeff${line(1)}${line(2)}`, 'utf16le');
    expect(await read('c', utf16)).toEqual({ ids: ['07MADRID1', '07MADRID2'], setAside: [] });
    expect((await read('c.jsonl', line(1).replace('Text', '<html>'))).ids).toEqual(['07MADRID1']);
    expect((await read('c.json', `[${line(1)},{"id":1}]`)).setAside).toMatchObject([
      { reason: reason('value 2: no cable in it') },
    ]);
  });
});

describe('the exit code', () => {
  it('of parse is 0 for whole input, 5 where something was set aside, 2 where nothing was read', async () => {
    const folder = temporaryFolder();
    const files = { whole: row(1), part: `${row(1)}"2","a"\n`, none: '"2","2007-03-14","x"\n' };
    const codes: number[] = [];
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(path.join(folder, `${name}.csv`), content);
      codes.push((await pilcrow(['parse', path.join(folder, `${name}.csv`)])).code);
    }
    expect(codes).toEqual([0, 5, 2]);
  });
});

describe('what would take hours or gigabytes', () => {
  it('a page whose elements stand four hundred thousand deep in each other is set aside', async () => {
    const page = `<!doctype html><html>${'<b>'.repeat(400_000)}`;
    expect((await read('deep.html', page)).setAside).toMatchObject([{ reason: reason('deep') }]);
  });

  it('a line of commas is set aside, and the rows behind it are read', async () => {
    const text = `${row(1)}"2","2007-03-14 12:00","x"${','.repeat(5_000_000)}\n${row(3)}`;
    const { ids, setAside } = await read('c.csv', text);
    expect(ids).toEqual(['07MADRID1', '07MADRID3']);
    expect(setAside).toMatchObject([{ reason: reason('commas') }]);
  });
});
