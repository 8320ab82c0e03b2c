import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { ModelId } from '../../corpus/engine.js';
import type { PackedVectors } from '../../corpus/packed-vectors.js';
import { BUSY_MS, Connection, LEFTOVERS } from '../../sqlite/connection.js';
import { isDamage, tellAs } from './trouble.js';

/** Vectors by what they were made of (corpus/record.ts, in hexadecimal). */
export interface KeptVectors extends PackedVectors {
  readonly content: string;
}

/**
 * One row for a text, whatever cables hold it, packed (corpus/packed-vectors.ts). Rows are only ever
 * added, one behind the other, so that pages are full; the checksum tells a row that was damaged on the disk.
 */
const SCHEMA = `
CREATE TABLE embedding (
  key INTEGER PRIMARY KEY,
  content BLOB NOT NULL UNIQUE,
  windows BLOB NOT NULL,
  sentences BLOB NOT NULL,
  checksum INTEGER NOT NULL
);
`;
/** Rows of two kilobytes leave less of a page empty than of SQLite's 4 KiB. */
const PAGE_BYTES = 16_384;
/** Rows looked at between two looks at the event loop, where all are. */
const ROWS_A_PAGE = 1000;
/** Rows copied at once: those beside a damaged one are lost with it. */
const ROWS_COPIED = 200;
/** How long a write waits for whoever reads, in milliseconds. */
const PATIENCE = 60_000;

const bytes = z.instanceof(Uint8Array);
const keptRow = z
  .object({
    key: z.number(),
    content: bytes,
    windows: bytes,
    sentences: bytes,
    checksum: z.number(),
  })
  .transform(({ key, content, windows, sentences, checksum }) => ({
    key,
    isWhole: checksumOf(content, windows, sentences) === checksum,
    content: Buffer.from(content).toString('hex'),
    windows: signed(windows),
    sentences,
  }));
const KEPT = 'SELECT key, content, windows, sentences, checksum FROM embedding';

/** The file of a model's vectors in an index folder. */
export function vectorStoreFile(
  folder: string,
  { fingerprint }: Pick<ModelId, 'fingerprint'>,
): string {
  const name = fingerprint.replace(/\W/g, '').slice(0, 12);
  return path.join(folder, `vectors-of-${name}.sqlite`);
}

/**
 * The vectors of one model, kept for good under what they were made of: no generation of an index owns them, and
 * no text is embedded twice. One process writes while others read.
 */
export class VectorStore {
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Opens a file to read and to write, made where it is missing. Throws {@link IndexError}. */
  static open(file: string): VectorStore {
    return VectorStore.#opened(
      Connection.open(file, tellAs('vectors'), { timeout: PATIENCE }),
      true,
    );
  }

  /**
   * Opens a file to read; null where there is none. A write that was cut off is taken back, where the folder allows
   * it. Throws {@link IndexError}.
   */
  static toRead(file: string): VectorStore | null {
    if (!existsSync(file)) return null;
    const options = { timeout: BUSY_MS, fileMustExist: true };
    return VectorStore.#opened(Connection.open(file, tellAs('vectors'), options), false);
  }

  static #opened(connection: Connection, make: boolean): VectorStore {
    try {
      const made = "SELECT count(*) FROM sqlite_schema WHERE name = 'embedding'";
      if (make && connection.value(z.number(), made) === 0) {
        connection.exec(`PRAGMA page_size = ${PAGE_BYTES}`);
        connection.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT`);
      }
      connection.row(keptRow, `${KEPT} LIMIT 1`);
      return new VectorStore(connection);
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  get isEmpty(): boolean {
    return (
      this.#connection.value(
        z.number(),
        'SELECT count(*) FROM (SELECT 1 FROM embedding LIMIT 1)',
      ) === 0
    );
  }

  /** Puts a file that is damaged aside, and opens another with all that could be read of it. */
  static async salvage(file: string): Promise<VectorStore> {
    const aside = `${file}.damaged`;
    await rename(file, aside);
    for (const ending of LEFTOVERS) await rm(file + ending, { force: true });
    const store = VectorStore.open(file);
    const damaged = VectorStore.#readable(aside);
    try {
      damaged?.copyTo(store);
    } catch (error) {
      if (!isDamage(error)) throw error; // nothing of it can be read
    } finally {
      damaged?.close();
    }
    return store;
  }

  static #readable(file: string): VectorStore | null {
    try {
      return VectorStore.toRead(file);
    } catch (error) {
      if (!isDamage(error)) throw error;
      return null;
    }
  }

  /** Those of some texts that are kept, and whole. */
  of(contents: readonly string[]): Map<string, PackedVectors> {
    const sql = `${KEPT} WHERE content IN (SELECT unhex(value) FROM json_each(?))`;
    const rows = this.#connection.rows(keptRow, sql, JSON.stringify(contents));
    return new Map(rows.flatMap((row) => (row.isWhole ? [[row.content, row] as const] : [])));
  }

  put(made: readonly KeptVectors[]): void {
    this.#connection.transaction(() => {
      for (const { content, windows, sentences } of made) {
        const values = [Buffer.from(content, 'hex'), plain(windows), sentences] as const;
        const sql = `INSERT INTO embedding (content, windows, sentences, checksum) VALUES (?, ?, ?, ?)
          ON CONFLICT (content) DO UPDATE SET windows = excluded.windows,
            sentences = excluded.sentences, checksum = excluded.checksum`;
        this.#connection.run(sql, ...values, checksumOf(...values));
      }
    });
  }

  /** Counts rows, and those of them that are damaged; reads all. Throws {@link IndexError} for a damaged file. */
  examine(): { readonly rows: number; readonly damaged: readonly number[] } {
    let rows = 0;
    const damaged: number[] = [];
    for (let last = 0; ;) {
      const sql = `${KEPT} WHERE key > ? ORDER BY key LIMIT ?`;
      const page = this.#connection.rows(keptRow, sql, last, ROWS_A_PAGE);
      rows += page.length;
      damaged.push(...page.flatMap(({ key, isWhole }) => (isWhole ? [] : [key])));
      const end = page.at(-1);
      if (end === undefined) return { rows, damaged };
      last = end.key;
    }
  }

  /** Copies all rows that can be read to another store; whoever writes or reads meanwhile hardly waits. */
  copyTo(target: VectorStore): void {
    const last =
      this.#connection.value(z.number(), 'SELECT coalesce(max(key), 0) FROM embedding') ?? 0;
    for (let from = 0; from < last; from += ROWS_COPIED) {
      try {
        const sql = `${KEPT} WHERE key > ? AND key <= ? ORDER BY key`;
        const rows = this.#connection.rows(keptRow, sql, from, from + ROWS_COPIED);
        target.put(rows.filter(({ isWhole }) => isWhole));
      } catch (error) {
        if (!isDamage(error)) throw error; // those rows are made again
      }
    }
  }

  /** Forgets damaged rows: they are made again as if they had never been. */
  forget(keys: readonly number[]): void {
    const sql = 'DELETE FROM embedding WHERE key IN (SELECT value FROM json_each(?))';
    this.#connection.run(sql, JSON.stringify(keys));
  }

  close(): void {
    this.#connection.close();
  }
}

function checksumOf(content: Uint8Array, windows: Uint8Array, sentences: Uint8Array): number {
  return crc32(sentences, crc32(windows, crc32(content)));
}

function signed(packed: Uint8Array): Int8Array {
  return new Int8Array(packed.buffer, packed.byteOffset, packed.byteLength);
}

function plain(packed: Int8Array): Buffer {
  return Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
}
