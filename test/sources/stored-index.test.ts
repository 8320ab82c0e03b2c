import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { readCable } from '../../src/cable/read.js';
import { readItems } from '../../src/sources/read.js';
import type { SourceItem } from '../../src/sources/source.js';
import { ROOT, temporaryFolder } from '../support/files.js';
import { sampleCables } from '../support/public-cables.js';

/** An index of the two samples, as each schema had it. */
const SCHEMAS = [5, 6, 7, 8, 9];
const packed = (schema: number): string =>
  path.join(ROOT, 'test', 'fixtures', `cables-of-schema-${schema}.sqlite.gz`);

function storeOf(schema: number): string {
  const file = path.join(temporaryFolder(), 'cables-1.sqlite');
  writeFileSync(file, gunzipSync(readFileSync(packed(schema))));
  return file;
}

async function itemsOf(file: string): Promise<SourceItem[]> {
  const items: SourceItem[] = [];
  for await (const item of readItems(file)) items.push(item);
  return items;
}

describe('an index of an earlier Pilcrow', () => {
  it.each(SCHEMAS)('of schema %i gives its cables to the letter', async (schema) => {
    const items = await itemsOf(storeOf(schema));
    const cables = items.map((item) => {
      if (item.kind !== 'cable') throw new Error(item.reason);
      const reading = readCable(item.cable);
      if (!reading.ok) throw new Error(reading.reason);
      return reading.cable;
    });
    const samples = await sampleCables();
    const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
    const source = schema < 9 ? { source: null } : {};
    expect(cables.sort(byId)).toEqual(samples.map((each) => ({ ...each, ...source })).sort(byId));
  });

  it('is set aside in an archive, and where it holds no cables', async () => {
    expect(await itemsOf(packed(8))).toMatchObject([
      { kind: 'setAside', reason: 'a SQLite file inside an archive is not read; unpack it first' },
    ]);
    const other = path.join(temporaryFolder(), 'other.sqlite');
    const database = new Database(other);
    database.exec('CREATE TABLE x (y)');
    database.close();
    expect(await itemsOf(other)).toMatchObject([
      { kind: 'setAside', reason: 'a SQLite file that holds no cables of a Pilcrow index' },
    ]);
  });

  it('sets aside a cable whose text is another than was stored, and a file that is cut off', async () => {
    const file = storeOf(7);
    const database = new Database(file);
    database.exec("UPDATE cable SET body = body || '.' WHERE key = 1");
    database.close();
    const [first, second] = await itemsOf(file);
    expect(first).toMatchObject({ kind: 'setAside' });
    expect(JSON.stringify(first)).toContain('is not the one that was stored');
    expect(second).toMatchObject({ kind: 'cable' });
    const cut = storeOf(8);
    writeFileSync(cut, readFileSync(cut).subarray(0, 20_000));
    const [told] = await itemsOf(cut);
    expect(told).toMatchObject({ kind: 'setAside' });
    expect(JSON.stringify(told)).toContain('cannot be read as the cables of an index');
  });
});
