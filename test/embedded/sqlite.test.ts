import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { IndexError } from '../../src/errors.js';
import type { Cable } from '../../src/cable/cable.js';
import { botDataTrouble } from '../../src/discord/bot-data-trouble.js';
import { storeDamage } from '../../src/embedded/sqlite/damage.js';
import { packText, unpackText } from '../../src/sqlite/packed-text.js';
import { Lexicon } from '../../src/embedded/sqlite/lexicon.js';
import { storeParts } from '../../src/embedded/sqlite/parts.js';
import { openPublished } from '../../src/embedded/sqlite/published.js';
import { isDamage, storeTrouble, tellAs } from '../../src/embedded/sqlite/trouble.js';
import { WritableStore } from '../../src/embedded/sqlite/writable.js';
import { Connection } from '../../src/sqlite/connection.js';
import { temporaryFolder } from '../support/files.js';
import { cableOf, recordFor } from '../support/records.js';

const ALL = { view: null, masked: false };

/** Kept from the garbage collector, as src/sqlite/connection.ts keeps its own. */
const kept: Database.Database[] = [];

describe('the SQLite file', () => {
  function finishedStore(): string {
    const file = path.join(temporaryFolder(), 'cables.sqlite');
    const store = WritableStore.open(file);
    store.put([recordFor(cableOf('07MADRID545', ['The wedding was grand.']))]);
    store.finish();
    return file;
  }

  /** A finished file as readers open it. */
  function openStore(file: string) {
    const parts = storeParts(openPublished(file));
    return {
      cable: (): Cable => parts.cables.cable(1),
      ids: () => {
        parts.connection.exec('SELECT id FROM cable');
      },
      damage: () => storeDamage(parts),
      close: () => {
        parts.connection.close();
      },
    };
  }

  it('refuses to quote from a body that is not the one stored', () => {
    const file = finishedStore();
    const database = new Database(file);
    kept.push(database);
    const body = unpackText(
      z.instanceof(Uint8Array).parse(database.prepare('SELECT body FROM cable').pluck().get()),
    );
    const update = database.prepare('UPDATE cable SET body = ?');
    update.run(packText(body.replace('grand', 'small')));
    database.close();
    const store = openStore(file);
    expect(() => store.cable()).toThrow(/not the one that was stored/);
    expect(store.damage()).toMatch(/not the one that was stored/);
    store.close();
  });

  it('is refused as an IndexError that says what to do where its bytes are damaged', () => {
    const file = finishedStore();
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4096);
    writeFileSync(file, bytes);
    const read = (): void => {
      const store = openStore(file);
      try {
        store.ids();
      } finally {
        store.close();
      }
    };
    expect(read).toThrow(IndexError);
    expect(read).toThrow(/run pilcrow ingest again/);
    writeFileSync(file, 'no database');
    expect(() => {
      openStore(file).ids();
    }).toThrow(IndexError);
  });

  it('takes back all that belongs to a cable that is replaced', () => {
    const store = WritableStore.open(path.join(temporaryFolder(), 'cables.sqlite'));
    store.put([recordFor(cableOf('07MADRID545', ['The wedding was grand.', 'Oil prices fell.']))]);
    const first = store.parts.connection.values(z.number(), 'SELECT key FROM passage ORDER BY key');
    store.put([recordFor(cableOf('07MADRID545', ['Another text.']))]);
    expect(store.removedPassages()).toEqual(first);
    const second = store.parts.connection.values(z.number(), 'SELECT key FROM passage');
    expect(second).toHaveLength(1);
    expect(first).not.toContain(second[0]);
    expect(store.parts.lexicon.terms(['wed'], ALL)).toEqual([]);
    store.close();
  });

  it('is written by one process at a time', () => {
    const file = path.join(temporaryFolder(), 'cables.sqlite');
    const first = WritableStore.open(file);
    first.setProperty('a', 'b');
    expect(() => WritableStore.open(file)).toThrow(/locked/);
    first.close();
  });

  it.each(['-wal', '-journal', '-shm'])('is refused where a %s lies beside it', (ending) => {
    const file = finishedStore();
    writeFileSync(file + ending, 'x');
    expect(() => openStore(file)).toThrow(/would change what is read from it.*move it away/);
    expect(() => openStore(file)).toThrow(IndexError);
    rmSync(file + ending);
    openStore(file).close();
  });

  it('gives what it gave when it was opened, whatever log is laid beside it later', () => {
    const file = finishedStore();
    const other = path.join(temporaryFolder(), 'other.sqlite');
    copyFileSync(file, other);
    // A log that changes every mark, as SQLite itself writes it.
    const writer = new Database(other);
    kept.push(writer);
    writer.exec('PRAGMA journal_mode = WAL');
    writer.exec("UPDATE span SET mark = '(U)', level = 'U'");
    const store = openStore(file);
    const before = store.cable();
    copyFileSync(`${other}-wal`, `${file}-wal`);
    expect(store.cable()).toEqual(before);
    expect(store.damage()).toBeNull();
    store.close();
    writer.close();
    expect(() => openStore(file)).toThrow(/lies beside a finished store/);
  });

  it.each([
    ['SQLITE_FULL', 'published', /no room is left on the disk .*make room/],
    ['SQLITE_IOERR_WRITE', 'unfinished', /the disk failed while .*check the disk/],
    ['SQLITE_BUSY', 'published', /another process has .* locked.*wait/],
    ['SQLITE_READONLY_DIRECTORY', 'published', /may not be written.*check the permissions/],
    ['SQLITE_CANTOPEN', 'published', /cannot be opened.*check that it is there/],
    ['SQLITE_NOMEM', 'published', /memory ran out/],
    ['SQLITE_CORRUPT_VTAB', 'published', /is damaged.*restore it from a backup.*another --index/],
    ['SQLITE_NOTADB', 'unfinished', /is damaged.*begun anew.*the index is as it was/],
    ['SQLITE_CORRUPT', 'own', /is damaged.*restore it from a backup, or move it away/],
  ] as const)('tells %s of what is %s as what it is', (code, role, told) => {
    const cause = new Database.SqliteError('so it is', code);
    const error =
      role === 'own' ? botDataTrouble('x.sqlite', cause) : storeTrouble('x.sqlite', cause, role);
    expect(error.message).toMatch(told);
    expect(error.message).not.toMatch(/delete/);
    if (role === 'own') expect(error.context).toMatchObject({ trouble: 'damaged' });
    else expect(isDamage(error)).toBe(/CORRUPT|NOTADB/.test(code));
  });

  it('that has no room left says so, and what was done is kept', () => {
    const file = path.join(temporaryFolder(), 'cables.sqlite');
    const connection = Connection.open(file, tellAs('unfinished'), {});
    connection.exec('CREATE TABLE a (text TEXT)');
    connection.exec('PRAGMA max_page_count = 20');
    expect(() => {
      for (;;) connection.run('INSERT INTO a VALUES (?)', 'x'.repeat(4000));
    }).toThrow(/no room is left on the disk/);
    connection.close();
  });

  it.each([
    ['a span’s offsets', 'UPDATE span SET end = end - 1 WHERE ordinal = 1'],
    ['a mark', "UPDATE span SET mark = '(U)', level = 'U' WHERE kind = 'paragraph'"],
    ['a caveat', `UPDATE span SET caveats = '["REL"]' WHERE kind = 'paragraph'`],
    ['a span that is gone', "DELETE FROM span WHERE kind = 'paragraph'"],
    ['a classification', "UPDATE cable SET classification = 'UNCLASSIFIED'"],
    ['a level', "UPDATE cable SET level = 'U'"],
    ['a subject', "UPDATE cable SET fields = json_set(fields, '$.subject', 'ANOTHER')"],
    ['a header', `UPDATE cable SET header = x'${packText('FM NOWHERE').toString('hex')}'`],
    ['a body that is no packed text', `UPDATE cable SET body = x'00ff'`],
  ])('never gives %s that is not the one stored', (_, change) => {
    const file = finishedStore();
    const database = new Database(file);
    kept.push(database);
    database.exec(change);
    database.close();
    const store = openStore(file);
    expect(() => store.cable()).toThrow(/is damaged/);
    expect(store.damage()).toMatch(/stored|cover|damaged/);
    store.close();
  });

  it('gives a term the same key though its own memory of them is full', () => {
    const store = WritableStore.open(path.join(temporaryFolder(), 'cables.sqlite'));
    const { connection, audiences } = store.parts;
    const lexicon = new Lexicon(connection, audiences, 2);
    const put = (stems: readonly string[]): number[] => {
      const keyOf = lexicon.keysOf(stems);
      const places = [...stems.keys()];
      const passages = Uint32Array.from(places.flatMap((place) => [place, 1]));
      store.transaction(() => {
        lexicon.add([{ audience: 'U U ', passages, shown: Uint32Array.from(places) }], keyOf);
        lexicon.flush();
      });
      return places.map(keyOf);
    };
    expect(put(['wedding', 'grand', 'palace'])).toEqual([1, 2, 3]);
    expect(put(['palace', 'minister', 'wedding'])).toEqual([3, 4, 1]);
    expect(put(['minister'])).toEqual([4]);
    const terms = lexicon.terms(['minister', 'palace', 'wedding'], ALL);
    expect(terms.map(({ stem, passages }) => [stem, passages])).toEqual([
      ['minister', 2],
      ['palace', 2],
      ['wedding', 2],
    ]);
    store.close();
  });
});
