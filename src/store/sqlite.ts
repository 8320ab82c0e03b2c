import { z } from 'zod';
import { spanSchema, type Cable, type Span } from '../cable/types.js';
import { messageOf } from '../errors.js';
import { postAndNumber } from '../cable/id.js';
import { sha256OfText } from '../sha256.js';
import { Connection, damaged } from './connection.js';
import { SCHEMA } from './schema.js';
import type {
  Count,
  LexicalHit,
  StoredPassage,
  StoredSpan,
  StoreStats,
  WritableStore,
} from './store.js';

const textList = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)));
const cableRow = z.object({
  key: z.number(),
  id: z.string(),
  body_hash: z.string(),
  date: z.string().nullable(),
  classification: z.string().nullable(),
  origin: z.string().nullable(),
  subject: z.string().nullable(),
  tags: textList,
  refs: textList,
  signature: z.string().nullable(),
  header: z.string(),
  body: z.string(),
});
type CableRow = z.infer<typeof cableRow>;
const spanRow = spanSchema.extend({
  caveats: textList,
  inherited: z.number().transform((flag) => flag === 1),
});
const numberRow = z.number();
const countRow = z.object({ name: z.string(), count: z.number() });
const hitRow = z.object({ passage: z.number(), score: z.number() });
const keyAndOrdinal = z.object({ cable: z.number(), ordinal: z.number() });
const vectorRow = z.object({ key: z.number(), value: z.instanceof(Uint8Array) });

/** How long to wait for another process's lock. */
const BUSY_MS = 1000;

/** How many cables, last used first, stay parsed: an answer quotes ten paragraphs, often of few. */
const KEPT_CABLES = 64;

/** Opens a finished store for reading. Throws {@link IndexError} where it is no such file. */
export function openStore(file: string): SqliteStore {
  return new SqliteStore(
    Connection.open(file, { readonly: true, fileMustExist: true, timeout: BUSY_MS }),
  );
}

/**
 * Opens a store for writing, made anew where the file does not exist. The file is locked until the
 * store is closed. Throws {@link IndexError} where it is no such file, or is locked.
 */
export function openWritableStore(file: string): SqliteStore {
  const connection = Connection.open(file, { timeout: BUSY_MS });
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

/** Vectors read at once where all are walked over. */
const VECTORS_A_PAGE = 1000;

/** The store in one SQLite file. */
export class SqliteStore implements WritableStore {
  readonly #connection: Connection;
  readonly #cables = new Map<number, Cable>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  cable(id: string): Cable | null {
    const key = this.#connection.value(numberRow, 'SELECT key FROM cable WHERE id = ?', id);
    return key === null ? null : this.#cableOf(key);
  }

  ids(): string[] {
    return this.#connection.values(z.string(), 'SELECT id FROM cable ORDER BY id');
  }

  idsOfAnyYear(postAndNumber: string): string[] {
    return this.#connection.values(
      z.string(),
      'SELECT id FROM cable WHERE post_and_number = ? ORDER BY id',
      postAndNumber,
    );
  }

  spanOfPassage(passage: number): StoredSpan {
    const row = this.#connection.row(
      keyAndOrdinal,
      'SELECT cable, ordinal FROM passage WHERE key = ?',
      passage,
    );
    const cable = row === null ? null : this.#cableOf(row.cable);
    const span = row === null ? undefined : cable?.spans[row.ordinal];
    if (row === null || cable === null || span === undefined) {
      throw damaged(this.#connection.file, new Error(`passage ${passage} has no paragraph`));
    }
    return { cable, ordinal: row.ordinal, span };
  }

  searchWords(words: readonly string[], limit: number): LexicalHit[] {
    if (words.length === 0) return [];
    const query = words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' OR ');
    const sql =
      'SELECT rowid AS passage, -rank AS score FROM passage_text WHERE passage_text MATCH ? ORDER BY rank LIMIT ?';
    return this.#connection.rows(hitRow, sql, query, limit);
  }

  passagesOfCable(id: string): number[] {
    const sql =
      'SELECT passage.key FROM passage JOIN cable ON cable.key = passage.cable WHERE cable.id = ? ORDER BY passage.key';
    return this.#connection.values(numberRow, sql, id);
  }

  passagesOfVectors(vectors: readonly number[]): number[] {
    return vectors.map((key) => {
      const passage = this.#connection.value(
        numberRow,
        'SELECT passage FROM vector WHERE key = ?',
        key,
      );
      if (passage === null)
        throw damaged(this.#connection.file, new Error(`vector ${key} has no passage`));
      return passage;
    });
  }

  vectorsOfPassage(passage: number): Float32Array[] {
    const sql = 'SELECT key, value FROM vector WHERE passage = ? ORDER BY key';
    return this.#connection.rows(vectorRow, sql, passage).map((row) => toVector(row.value));
  }

  *vectorsAfter(after: number): Generator<readonly [number, Float32Array]> {
    const sql = 'SELECT key, value FROM vector WHERE key > ? ORDER BY key LIMIT ?';
    for (let last = after; ;) {
      const page = this.#connection.rows(vectorRow, sql, last, VECTORS_A_PAGE);
      for (const { key, value } of page) yield [key, toVector(value)];
      const end = page.at(-1);
      if (end === undefined) return;
      last = end.key;
    }
  }

  stats(): StoreStats {
    const counts = (select: string, from: string): Count[] =>
      this.#connection.rows(
        countRow,
        `SELECT coalesce(${select}, 'unknown') AS name, count(*) AS count FROM ${from} GROUP BY 1 ORDER BY 2 DESC, 1`,
      );
    const paragraphs = "span WHERE kind = 'paragraph'";
    return {
      cables: this.#count('cable'),
      paragraphs: this.#count(paragraphs),
      vectors: this.#count('vector'),
      byOrigin: counts('origin', 'cable'),
      byYear: counts('substr(date, 1, 4)', 'cable'),
      byClassification: counts('classification', 'cable'),
      byMark: counts("coalesce(mark, 'none')", paragraphs),
    };
  }

  damage(): string | null {
    try {
      const found = this.#connection.value(z.string(), 'PRAGMA integrity_check(1)');
      if (found !== 'ok') return found ?? 'no answer to the integrity check';
      for (const key of this.#connection.values(numberRow, 'SELECT key FROM cable'))
        this.#readCable(key);
      return null;
    } catch (error) {
      return messageOf(error);
    }
  }

  hashOf(id: string): string | null {
    return this.#connection.value(z.string(), 'SELECT hash FROM cable WHERE id = ?', id);
  }

  idOfBody(body: string, except: string): string | null {
    const sql = 'SELECT id FROM cable WHERE body_hash = ? AND id <> ? ORDER BY id LIMIT 1';
    return this.#connection.value(z.string(), sql, sha256OfText(body), except);
  }

  put(cable: Cable, hash: string, passages: readonly StoredPassage[]): void {
    this.#remove(cable.id);
    const key = this.#connection.insert(
      `INSERT INTO cable (id, post_and_number, hash, body_hash, date, classification, origin, subject, tags, refs, signature, header, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      cable.id,
      postAndNumber(cable.id),
      hash,
      sha256OfText(cable.body),
      cable.date,
      cable.classification,
      cable.origin,
      cable.subject,
      JSON.stringify(cable.tags),
      JSON.stringify(cable.references),
      cable.signature,
      cable.header,
      cable.body,
    );
    for (const [ordinal, span] of cable.spans.entries()) this.#putSpan(key, ordinal, span);
    for (const passage of passages) this.#putPassage(key, passage);
  }

  transaction<T>(work: () => T): T {
    return this.#connection.transaction(work);
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

  /** Makes the file complete in itself, without a log beside it, and closes it. */
  finish(): void {
    this.#connection.exec("INSERT INTO passage_text (passage_text) VALUES ('optimize')");
    this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#connection.exec('PRAGMA journal_mode = DELETE');
    this.close();
  }

  close(): void {
    this.#cables.clear();
    this.#connection.close();
  }

  #cableOf(key: number): Cable {
    const kept = this.#cables.get(key);
    if (kept !== undefined) {
      this.#cables.delete(key);
      this.#cables.set(key, kept);
      return kept;
    }
    const cable = this.#readCable(key);
    this.#cables.set(key, cable);
    const oldest = this.#cables.keys().next();
    if (this.#cables.size > KEPT_CABLES && oldest.done !== true) this.#cables.delete(oldest.value);
    return cable;
  }

  /** Reads a cable and compares its body with the hash kept of it. */
  #readCable(key: number): Cable {
    const row: CableRow | null = this.#connection.row(
      cableRow,
      'SELECT * FROM cable WHERE key = ?',
      key,
    );
    if (row === null) throw damaged(this.#connection.file, new Error(`cable ${key} is gone`));
    const { id, date, classification, origin, subject, tags, signature, header, body } = row;
    if (sha256OfText(body) !== row.body_hash) {
      throw damaged(
        this.#connection.file,
        new Error(`the body of ${id} is not the one that was stored`),
      );
    }
    const spans = this.#connection.rows(
      spanRow,
      'SELECT * FROM span WHERE cable = ? ORDER BY ordinal',
      key,
    );
    return {
      id,
      header,
      body,
      date,
      classification,
      origin,
      subject,
      tags,
      references: row.refs,
      signature,
      spans,
    };
  }

  #putSpan(cable: number, ordinal: number, span: Span): void {
    this.#connection.run(
      'INSERT INTO span VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      cable,
      ordinal,
      span.kind,
      span.number,
      span.mark,
      span.level,
      JSON.stringify(span.caveats),
      span.inherited ? 1 : 0,
      span.start,
      span.end,
    );
  }

  #putPassage(cable: number, passage: StoredPassage): void {
    const key = this.#connection.insert(
      'INSERT INTO passage (cable, ordinal) VALUES (?, ?)',
      cable,
      passage.ordinal,
    );
    this.#connection.run(
      'INSERT INTO passage_text (rowid, context, heading, text) VALUES (?, ?, ?, ?)',
      key,
      passage.context,
      passage.heading,
      passage.text,
    );
    for (const vector of passage.vectors) {
      const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
      this.#connection.run('INSERT INTO vector (passage, value) VALUES (?, ?)', key, bytes);
    }
  }

  #remove(id: string): void {
    const key = this.#connection.value(numberRow, 'SELECT key FROM cable WHERE id = ?', id);
    if (key === null) return;
    this.#cables.delete(key);
    const passages = 'SELECT key FROM passage WHERE cable = ?';
    this.#connection.run(
      `INSERT INTO removed_vector SELECT key FROM vector WHERE passage IN (${passages})`,
      key,
    );
    this.#connection.run(`DELETE FROM vector WHERE passage IN (${passages})`, key);
    this.#connection.run(`DELETE FROM passage_text WHERE rowid IN (${passages})`, key);
    this.#connection.run('DELETE FROM passage WHERE cable = ?', key);
    this.#connection.run('DELETE FROM span WHERE cable = ?', key);
    this.#connection.run('DELETE FROM cable WHERE key = ?', key);
  }

  #count(from: string): number {
    return this.#connection.value(numberRow, `SELECT count(*) FROM ${from}`) ?? 0;
  }
}

function toVector(bytes: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}
