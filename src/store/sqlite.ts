import { z } from 'zod';
import type { Cable } from '../cable/types.js';
import { sha256OfText } from '../sha256.js';
import { CableWriter } from './cable-writer.js';
import { BUSY_MS, Connection } from './connection.js';
import { readingParts, SqliteReader, type ReadingParts } from './reader.js';
import { SCHEMA } from './schema.js';
import type { StoredPassage, WritableStore } from './store.js';

const numberRow = z.number();

/** Opens a finished store for reading. Throws {@link IndexError} where it is no such file. */
export function openStore(file: string): SqliteStore {
  return new SqliteStore(Connection.openPublished(file));
}

/**
 * Opens a store for writing, made anew where the file does not exist. The file is locked until the
 * store is closed. Throws {@link IndexError} where it is no such file, or is locked.
 */
export function openWritableStore(file: string): SqliteStore {
  const connection = Connection.open(file, 'unfinished', { timeout: BUSY_MS });
  try {
    connection.exec('PRAGMA locking_mode = EXCLUSIVE');
    connection.exec('PRAGMA journal_mode = WAL');
    connection.exec('PRAGMA synchronous = NORMAL');
    connection.exec('BEGIN IMMEDIATE');
    const made = "SELECT count(*) FROM sqlite_schema WHERE name = 'cable'";
    if (connection.value(numberRow, made) === 0) connection.exec(SCHEMA);
    connection.exec('COMMIT');
    return new SqliteStore(connection);
  } catch (cause) {
    connection.close();
    throw cause;
  }
}

/** The store in one SQLite file. */
export class SqliteStore extends SqliteReader implements WritableStore {
  readonly #connection: Connection;
  readonly #parts: ReadingParts;
  readonly #writer: CableWriter;

  constructor(connection: Connection) {
    const parts = readingParts(connection);
    super(parts);
    this.#connection = connection;
    this.#parts = parts;
    this.#writer = new CableWriter(connection, parts.lexicon, parts.audiences);
  }

  hashOf(id: string): string | null {
    return this.#connection.value(z.string(), 'SELECT hash FROM cable WHERE id = ?', id);
  }

  idOfBody(body: string, except: string): string | null {
    const sql = 'SELECT id FROM cable WHERE body_hash = ? AND id <> ? ORDER BY id LIMIT 1';
    return this.#connection.value(z.string(), sql, sha256OfText(body), except);
  }

  put(cable: Cable, hash: string, passages: readonly StoredPassage[]): void {
    this.forget();
    this.#writer.put(cable, hash, passages);
  }

  transaction<T>(work: () => T): T {
    try {
      return this.#connection.transaction(work);
    } catch (error) {
      this.#parts.lexicon.forget(); // terms that were given keys are gone with the rest
      this.#parts.audiences.forget();
      this.forget();
      throw error;
    }
  }

  removedVectors(): number[] {
    return this.#connection.values(numberRow, 'SELECT key FROM removed_vector ORDER BY key');
  }

  lastVector(): number {
    return this.#connection.value(numberRow, 'SELECT coalesce(max(key), 0) FROM vector') ?? 0;
  }

  property(name: string): string | null {
    return this.#connection.value(z.string(), 'SELECT value FROM property WHERE name = ?', name);
  }

  forgetRemoved(): void {
    this.#connection.run('DELETE FROM removed_vector');
  }

  setProperty(name: string, value: string): void {
    this.#connection.run(
      'INSERT OR REPLACE INTO property (name, value) VALUES (?, ?)',
      name,
      value,
    );
  }

  lastCable(): number {
    return this.#connection.value(numberRow, 'SELECT coalesce(max(key), 0) FROM cable') ?? 0;
  }

  idsAfter(cable: number): string[] {
    const sql = 'SELECT id FROM cable WHERE key > ? ORDER BY id';
    return this.#connection.values(z.string(), sql, cable);
  }

  /** Makes the file complete in itself, without a log beside it, and closes it. */
  finish(): void {
    this.#connection.exec("INSERT INTO passage_text (passage_text) VALUES ('optimize')");
    this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#connection.exec('PRAGMA journal_mode = DELETE');
    this.close();
  }
}
