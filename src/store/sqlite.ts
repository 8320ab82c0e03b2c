import Database from 'better-sqlite3';
import { z } from 'zod';
import { spanSchema, type Cable, type Span } from '../cable/types.js';
import { IndexError, messageOf } from '../errors.js';
import { sha256OfText } from '../sha256.js';
import { SCHEMA } from './schema.js';
import type {
  Count,
  LexicalHit,
  StoredPassage,
  StoredSpan,
  StoreStats,
  WritableStore,
} from './store.js';

const REPAIR = 'delete the index folder and run pilcrow ingest again';

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
  return open(file, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
}

/**
 * Opens a store for writing, made anew where the file does not exist. Its lock is exclusive: throws
 * {@link IndexError} while another process writes to it.
 */
export function openWritableStore(file: string): SqliteStore {
  const store = open(file, { readonly: false, timeout: BUSY_MS });
  store.prepareForWriting();
  return store;
}

function open(file: string, options: Database.Options): SqliteStore {
  try {
    return new SqliteStore(new Database(file, options), file);
  } catch (cause) {
    throw damaged(file, cause);
  }
}

function damaged(file: string, cause: unknown): IndexError {
  return new IndexError('STORE_DAMAGED', `${file} is damaged (${messageOf(cause)}); ${REPAIR}`, {
    cause,
  });
}

/**
 * Every store ever opened, for the life of the process. From Node 24.19 on, better-sqlite3 12 (the
 * last for Node 20) aborts the process when the garbage collector frees one of its objects while no
 * JavaScript runs. So its objects are never freed: a closed connection is a few hundred bytes,
 * statements are kept with it, and `pragma` and `iterate`, which make objects of their own each
 * time, are not used. better-sqlite3 13 needs none of this, but does not run on Node 20.
 */
const KEPT: SqliteStore[] = [];

/** Vectors read at once where all are walked over. */
const VECTORS_A_PAGE = 1000;

/** The store in one SQLite file. */
export class SqliteStore implements WritableStore {
  readonly #database: Database.Database;
  readonly #file: string;
  readonly #statements = new Map<string, Database.Statement>();
  readonly #cables = new Map<number, Cable>();

  constructor(database: Database.Database, file: string) {
    this.#database = database;
    this.#file = file;
    KEPT.push(this);
  }

  prepareForWriting(): void {
    try {
      this.#database.exec('PRAGMA locking_mode = EXCLUSIVE');
      this.#database.exec('PRAGMA journal_mode = WAL');
      this.#database.exec('PRAGMA synchronous = NORMAL');
      this.#database.exec('BEGIN IMMEDIATE');
      const made = "SELECT count(*) FROM sqlite_schema WHERE name = 'cable'";
      if (this.#get(numberRow, made) === 0) this.#database.exec(SCHEMA);
      this.#database.exec('COMMIT');
    } catch (cause) {
      this.#database.close();
      if (messageOf(cause).includes('locked')) {
        throw new IndexError(
          'INGEST_RUNNING',
          `another ingest is writing to ${this.#file}; wait for it`,
          {
            cause,
          },
        );
      }
      throw damaged(this.#file, cause);
    }
  }

  cable(id: string): Cable | null {
    const key = this.#get(numberRow, 'SELECT key FROM cable WHERE id = ?', id);
    return key === null ? null : this.#cableOf(key);
  }

  ids(): string[] {
    return this.#all(z.string(), 'SELECT id FROM cable ORDER BY id');
  }

  idsOfAnyYear(postAndNumber: string): string[] {
    return this.#all(
      z.string(),
      'SELECT id FROM cable WHERE post_and_number = ? ORDER BY id',
      postAndNumber,
    );
  }

  spanOfPassage(passage: number): StoredSpan {
    const row = this.#row(
      keyAndOrdinal,
      'SELECT cable, ordinal FROM passage WHERE key = ?',
      passage,
    );
    const cable = row === null ? null : this.#cableOf(row.cable);
    const span = row === null ? undefined : cable?.spans[row.ordinal];
    if (row === null || cable === null || span === undefined) {
      throw damaged(this.#file, new Error(`passage ${passage} has no paragraph`));
    }
    return { cable, ordinal: row.ordinal, span };
  }

  searchWords(words: readonly string[], limit: number): LexicalHit[] {
    if (words.length === 0) return [];
    const query = words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' OR ');
    const sql =
      'SELECT rowid AS passage, -rank AS score FROM passage_text WHERE passage_text MATCH ? ORDER BY rank LIMIT ?';
    return this.#rows(hitRow, sql, query, limit);
  }

  passagesOfCable(id: string): number[] {
    const sql =
      'SELECT passage.key FROM passage JOIN cable ON cable.key = passage.cable WHERE cable.id = ? ORDER BY passage.key';
    return this.#all(numberRow, sql, id);
  }

  passagesOfVectors(vectors: readonly number[]): number[] {
    return vectors.map((key) => {
      const passage = this.#get(numberRow, 'SELECT passage FROM vector WHERE key = ?', key);
      if (passage === null) throw damaged(this.#file, new Error(`vector ${key} has no passage`));
      return passage;
    });
  }

  vectorsOfPassage(passage: number): Float32Array[] {
    const sql = 'SELECT key, value FROM vector WHERE passage = ? ORDER BY key';
    return this.#rows(vectorRow, sql, passage).map((row) => toVector(row.value));
  }

  *vectorsAfter(after: number): Generator<readonly [number, Float32Array]> {
    const sql = 'SELECT key, value FROM vector WHERE key > ? ORDER BY key LIMIT ?';
    for (let last = after; ;) {
      const page = this.#rows(vectorRow, sql, last, VECTORS_A_PAGE);
      for (const { key, value } of page) yield [key, toVector(value)];
      const end = page.at(-1);
      if (end === undefined) return;
      last = end.key;
    }
  }

  stats(): StoreStats {
    const counts = (select: string, from: string): Count[] =>
      this.#rows(
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
      const found = this.#get(z.string(), 'PRAGMA integrity_check(1)');
      if (found !== 'ok') return found ?? 'no answer to the integrity check';
      for (const key of this.#all(numberRow, 'SELECT key FROM cable')) this.#readCable(key);
      return null;
    } catch (error) {
      return messageOf(error);
    }
  }

  hashOf(id: string): string | null {
    return this.#get(z.string(), 'SELECT hash FROM cable WHERE id = ?', id);
  }

  put(cable: Cable, hash: string, passages: readonly StoredPassage[]): void {
    this.#remove(cable.id);
    const key = this.#insert(
      `INSERT INTO cable (id, post_and_number, hash, body_hash, date, classification, origin, subject, tags, refs, signature, header, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      cable.id,
      cable.id.slice(2),
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
    return this.#guard(() => this.#database.transaction(work)());
  }

  removedVectors(): number[] {
    return this.#all(numberRow, 'SELECT key FROM removed_vector ORDER BY key');
  }

  lastVector(): number {
    return this.#get(numberRow, 'SELECT coalesce(max(key), 0) FROM vector') ?? 0;
  }

  property(name: string): string | null {
    return this.#get(z.string(), 'SELECT value FROM property WHERE name = ?', name);
  }

  forgetRemoved(): void {
    this.#run('DELETE FROM removed_vector');
  }

  setProperty(name: string, value: string): void {
    this.#run('INSERT OR REPLACE INTO property (name, value) VALUES (?, ?)', name, value);
  }

  /** Makes the file complete in itself, without a log beside it, and closes it. */
  finish(): void {
    this.#guard(() => {
      this.#database.exec("INSERT INTO passage_text (passage_text) VALUES ('optimize')");
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      this.#database.exec('PRAGMA journal_mode = DELETE');
    });
    this.close();
  }

  close(): void {
    this.#cables.clear();
    this.#database.close();
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
    const row: CableRow | null = this.#row(cableRow, 'SELECT * FROM cable WHERE key = ?', key);
    if (row === null) throw damaged(this.#file, new Error(`cable ${key} is gone`));
    const { id, date, classification, origin, subject, tags, signature, header, body } = row;
    if (sha256OfText(body) !== row.body_hash) {
      throw damaged(this.#file, new Error(`the body of ${id} is not the one that was stored`));
    }
    const spans = this.#rows(spanRow, 'SELECT * FROM span WHERE cable = ? ORDER BY ordinal', key);
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
    this.#run(
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
    const key = this.#insert(
      'INSERT INTO passage (cable, ordinal) VALUES (?, ?)',
      cable,
      passage.ordinal,
    );
    this.#run(
      'INSERT INTO passage_text (rowid, context, heading, text) VALUES (?, ?, ?, ?)',
      key,
      passage.context,
      passage.heading,
      passage.text,
    );
    for (const vector of passage.vectors) {
      const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
      this.#run('INSERT INTO vector (passage, value) VALUES (?, ?)', key, bytes);
    }
  }

  #remove(id: string): void {
    const key = this.#get(numberRow, 'SELECT key FROM cable WHERE id = ?', id);
    if (key === null) return;
    this.#cables.delete(key);
    const passages = 'SELECT key FROM passage WHERE cable = ?';
    this.#run(
      `INSERT INTO removed_vector SELECT key FROM vector WHERE passage IN (${passages})`,
      key,
    );
    this.#run(`DELETE FROM vector WHERE passage IN (${passages})`, key);
    this.#run(`DELETE FROM passage_text WHERE rowid IN (${passages})`, key);
    this.#run('DELETE FROM passage WHERE cable = ?', key);
    this.#run('DELETE FROM span WHERE cable = ?', key);
    this.#run('DELETE FROM cable WHERE key = ?', key);
  }

  #count(from: string): number {
    return this.#get(numberRow, `SELECT count(*) FROM ${from}`) ?? 0;
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#guard(() => this.#database.prepare(sql));
    this.#statements.set(sql, statement);
    return statement;
  }

  #run(sql: string, ...values: unknown[]): void {
    this.#guard(() => this.#statement(sql).run(...values));
  }

  #insert(sql: string, ...values: unknown[]): number {
    return Number(this.#guard(() => this.#statement(sql).run(...values)).lastInsertRowid);
  }

  #row<T>(schema: z.ZodType<T>, sql: string, ...values: unknown[]): T | null {
    const row = this.#guard(() => this.#statement(sql).get(...values));
    return row === undefined ? null : this.#guard(() => schema.parse(row));
  }

  #rows<T>(schema: z.ZodType<T>, sql: string, ...values: unknown[]): T[] {
    const rows = this.#guard(() => this.#statement(sql).all(...values));
    return this.#guard(() => rows.map((row) => schema.parse(row)));
  }

  /** The only column of the first row, or null. */
  #get<T>(schema: z.ZodType<T>, sql: string, ...values: unknown[]): T | null {
    const value = this.#guard(() =>
      this.#statement(sql)
        .pluck()
        .get(...values),
    );
    return value === undefined ? null : this.#guard(() => schema.parse(value));
  }

  /** The only column of every row. */
  #all<T>(schema: z.ZodType<T>, sql: string, ...values: unknown[]): T[] {
    const found = this.#guard(() =>
      this.#statement(sql)
        .pluck()
        .all(...values),
    );
    return this.#guard(() => found.map((value) => schema.parse(value)));
  }

  /** SQLite's complaints about the file become an IndexError that says what to do. */
  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      if (cause instanceof Database.SqliteError || cause instanceof z.ZodError) {
        throw damaged(this.#file, cause);
      }
      throw cause;
    }
  }
}

function toVector(bytes: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}
