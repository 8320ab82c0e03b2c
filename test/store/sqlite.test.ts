import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { IndexError } from '../../src/errors.js';
import { openStore, openWritableStore } from '../../src/store/sqlite.js';
import { cableOf, put, storeContract } from '../contracts/store.js';
import { temporaryFolder } from '../support/files.js';

storeContract('SQLite', () => openWritableStore(':memory:'));

/** Kept from the garbage collector, as src/store/connection.ts keeps its own. */
const kept: Database.Database[] = [];

describe('the SQLite file', () => {
  function finishedStore(): string {
    const file = path.join(temporaryFolder(), 'cables.sqlite');
    const store = openWritableStore(file);
    put(store, cableOf('07MADRID545', ['The wedding was grand.']));
    store.finish();
    return file;
  }

  it('refuses to quote from a body that is not the one stored', () => {
    const file = finishedStore();
    const database = new Database(file);
    kept.push(database);
    database.exec("UPDATE cable SET body = replace(body, 'grand', 'small')");
    database.close();
    const store = openStore(file);
    expect(() => store.cable('07MADRID545')).toThrow(/not the one that was stored/);
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
    expect(() => openStore(file).ids()).toThrow(IndexError);
  });

  it('is written by one process at a time', () => {
    const file = path.join(temporaryFolder(), 'cables.sqlite');
    const first = openWritableStore(file);
    first.setProperty('a', 'b');
    expect(() => openWritableStore(file)).toThrow(/locked/);
    first.close();
  });
});
