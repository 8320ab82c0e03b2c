import { z } from 'zod';
import type { CableRecord } from '../../corpus/record.js';
import { BUSY_MS, Connection } from '../../sqlite/connection.js';
import { CableWriter } from './cable-writer.js';
import { forgetRows, storeParts, type StoreParts } from './parts.js';
import { SCHEMA } from './schema.js';
import { tellAs } from './trouble.js';

/** What words are found by: deleted rows leave them only when it is optimized. */
const FULL_TEXTS = [
  ...['passage_text', 'cable_text', 'passage_printed', 'cable_printed', 'span_shingles'],
] as const;

const hashRow = z.object({ id: z.string(), hash: z.string() });

/** A store that is being built, in one SQLite file that is locked until it is closed. */
export class WritableStore {
  readonly parts: StoreParts;
  readonly #writer: CableWriter;

  private constructor(connection: Connection) {
    this.parts = storeParts(connection);
    this.#writer = new CableWriter(connection, this.parts.lexicon, this.parts.audiences);
  }

  /**
   * Opens a file for writing, made anew where it does not exist. Throws {@link IndexError} where it is no
   * such file, or is locked.
   */
  static open(file: string): WritableStore {
    const connection = Connection.open(file, tellAs('unfinished'), { timeout: BUSY_MS });
    try {
      connection.exec('PRAGMA locking_mode = EXCLUSIVE');
      connection.exec('PRAGMA journal_mode = WAL');
      connection.exec('PRAGMA synchronous = NORMAL');
      connection.exec('BEGIN IMMEDIATE');
      const made = "SELECT count(*) FROM sqlite_schema WHERE name = 'cable'";
      if (connection.value(z.number(), made) === 0) connection.exec(SCHEMA);
      connection.exec('COMMIT');
      return new WritableStore(connection);
    } catch (cause) {
      connection.close();
      throw cause;
    }
  }

  get #connection(): Connection {
    return this.parts.connection;
  }

  /** Stores cables in place of those with their ids: all of them, or none. */
  put(records: readonly CableRecord[]): void {
    this.transaction(() => {
      for (const record of records) this.#writer.put(record);
      this.parts.lexicon.flush();
    });
  }

  /** Takes cables out; nothing of what they said is left in the file, nor of what was taken out of it before. */
  remove(ids: readonly string[]): void {
    this.transaction(() => {
      for (const id of ids) this.#writer.remove(id);
      this.parts.lexicon.flush();
      this.parts.lexicon.forgetUnheld();
    });
    for (const table of FULL_TEXTS) this.#optimize(table);
    this.#connection.exec('VACUUM');
  }

  #optimize(table: (typeof FULL_TEXTS)[number]): void {
    this.#connection.exec(`INSERT INTO ${table} (${table}) VALUES ('optimize')`);
  }

  /** Runs `work` in one transaction. */
  transaction(work: () => void): void {
    forgetRows(this.parts);
    try {
      this.#connection.transaction(work);
    } catch (error) {
      this.parts.lexicon.forget(); // terms that were given keys are gone with the rest
      this.parts.audiences.forget();
      throw error;
    }
  }

  idOfBody(bodyHash: string, except: string): string | null {
    const sql = 'SELECT id FROM cable WHERE body_hash = ? AND id <> ? ORDER BY id LIMIT 1';
    return this.#connection.value(z.string(), sql, bodyHash, except);
  }

  /** Keys of passages removed since `forgetRemoved` was last called. */
  removedPassages(): number[] {
    return this.#connection.values(z.number(), 'SELECT key FROM removed_passage ORDER BY key');
  }

  forgetRemoved(): void {
    this.#connection.run('DELETE FROM removed_passage');
  }

  paragraphs(): number {
    const sql = "SELECT count(*) FROM span WHERE kind = 'paragraph'";
    return this.#connection.value(z.number(), sql) ?? 0;
  }

  lastCable(): number {
    return this.#connection.value(z.number(), 'SELECT coalesce(max(key), 0) FROM cable') ?? 0;
  }

  /** The ids of the cables stored since one was the last. */
  idsAfter(cable: number): string[] {
    const sql = 'SELECT id FROM cable WHERE key > ? ORDER BY id';
    return this.#connection.values(z.string(), sql, cable);
  }

  property(name: string): string | null {
    return this.#connection.value(z.string(), 'SELECT value FROM property WHERE name = ?', name);
  }

  setProperty(name: string, value: string): void {
    const sql = 'INSERT OR REPLACE INTO property (name, value) VALUES (?, ?)';
    this.#connection.run(sql, name, value);
  }

  /** Makes the file complete in itself, without a log beside it, and closes it. */
  finish(): void {
    this.#optimize('passage_text');
    this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#connection.exec('PRAGMA journal_mode = DELETE');
    this.close();
  }

  close(): void {
    this.#connection.close();
  }
}

/** The content hashes of those of some cables that a store holds. */
export function hashesOf(connection: Connection, ids: readonly string[]): Map<string, string> {
  const sql = 'SELECT id, hash FROM cable WHERE id IN (SELECT value FROM json_each(?))';
  const rows = connection.rows(hashRow, sql, JSON.stringify(ids));
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}
