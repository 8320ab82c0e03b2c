import { z } from 'zod';
import type { Cable } from '../cable/types.js';
import { messageOf } from '../errors.js';
import { sha256OfText } from '../sha256.js';
import { CableRows } from './cable-rows.js';
import { CableWriter } from './cable-writer.js';
import { Connection, damaged } from './connection.js';
import { conditionOf, isNarrow, type PassageFilter } from './filter.js';
import { Lexicon, type Term } from './lexicon.js';
import {
  ScoringReader,
  type CorpusTotals,
  type ScoringCable,
  type ScoringPassage,
} from './scoring.js';
import { SCHEMA } from './schema.js';
import { VectorRows } from './vector-rows.js';
import type {
  CableSummary,
  Count,
  LexicalHit,
  StoredPassage,
  StoredSpan,
  StoreStats,
  WordSearch,
  StoredVector,
  WritableStore,
} from './store.js';

const numberRow = z.number();
const countRow = z.object({ name: z.string(), count: z.number() });
const hitRow = z.object({ passage: z.number(), score: z.number() });
const keyAndOrdinal = z.object({ cable: z.number(), ordinal: z.number() });

/** How long to wait for another process's lock. */
const BUSY_MS = 1000;

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

/** The store in one SQLite file. */
export class SqliteStore implements WritableStore {
  readonly #connection: Connection;
  readonly #lexicon: Lexicon;
  readonly #scoring: ScoringReader;
  readonly #cables: CableRows;
  readonly #vectors: VectorRows;
  readonly #writer: CableWriter;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#lexicon = new Lexicon(connection);
    this.#scoring = new ScoringReader(connection);
    this.#cables = new CableRows(connection);
    this.#vectors = new VectorRows(connection);
    this.#writer = new CableWriter(connection, this.#lexicon);
  }

  cable(id: string): Cable | null {
    const key = this.#connection.value(numberRow, 'SELECT key FROM cable WHERE id = ?', id);
    return key === null ? null : this.#cables.cable(key);
  }

  ids(): string[] {
    return this.#connection.values(z.string(), 'SELECT id FROM cable ORDER BY id');
  }

  summaries(): Iterable<CableSummary> {
    return this.#cables.summaries();
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
    const span = row === null ? null : this.#cables.span(row.cable, row.ordinal);
    if (row === null || span === null) {
      throw damaged(this.#connection.file, new Error(`passage ${passage} has no paragraph`));
    }
    return { cable: this.#cables.fields(row.cable), ordinal: row.ordinal, span };
  }

  searchWords(
    words: readonly string[],
    limit: number,
    { filter = {}, match = 'any' }: WordSearch = {},
  ): LexicalHit[] {
    return this.#match(words.map(quoted).join(match === 'any' ? ' OR ' : ' AND '), limit, filter);
  }

  searchPhrase(phrase: string, limit: number, filter: PassageFilter = {}): number[] {
    // Not ranked: to rank all that hold a common name takes half a second over a million passages.
    const { from, where, values } = filtered(filter);
    const sql = `SELECT passage_text.rowid FROM ${from} WHERE passage_text MATCH ? AND ${where} LIMIT ?`;
    return this.#connection.values(numberRow, sql, quoted(phrase), ...values, limit);
  }

  passagesOfCable(id: string): number[] {
    const sql =
      'SELECT passage.key FROM passage JOIN cable ON cable.key = passage.cable WHERE cable.id = ? ORDER BY passage.key';
    return this.#connection.values(numberRow, sql, id);
  }

  passagesOfVectors(vectors: readonly number[]): number[] {
    return this.#vectors.owners(vectors);
  }

  vectorsOfPassages(passages: readonly number[]): StoredVector[] {
    return this.#vectors.ofPassages(passages);
  }

  vectorKeys(filter: PassageFilter): ReadonlySet<number> {
    return this.#vectors.keys(filter);
  }

  vectors(keys: readonly number[]): StoredVector[] {
    return this.#vectors.byKeys(keys);
  }

  vectorsAfter(after: number): Iterable<readonly [number, Float32Array]> {
    return this.#vectors.after(after);
  }

  passes(filter: PassageFilter, passages: readonly number[]): number[] {
    if (passages.length === 0) return [];
    const { sql, values } = conditionOf(filter);
    return this.#connection.values(
      numberRow,
      `SELECT passage.key FROM passage JOIN cable ON cable.key = passage.cable
       WHERE passage.key IN (SELECT value FROM json_each(?)) AND ${sql}`,
      JSON.stringify(passages),
      ...values,
    );
  }

  terms(stems: readonly string[]): Term[] {
    return this.#lexicon.terms(stems);
  }

  stemsBeginning(letters: string, passages: number): Term[] {
    return this.#lexicon.stemsBeginning(letters, passages);
  }

  scoringPassages(keys: readonly number[]): ScoringPassage[] {
    return this.#scoring.passages(keys);
  }

  scoringCables(keys: readonly number[]): ScoringCable[] {
    return this.#scoring.cables(keys);
  }

  totals(): CorpusTotals {
    return this.#scoring.totals();
  }

  posts(): string[] {
    const sql = 'SELECT DISTINCT post FROM cable WHERE post IS NOT NULL ORDER BY post';
    return this.#connection.values(z.string(), sql);
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
        this.#cables.cable(key);
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
    this.#forget();
    this.#writer.put(cable, hash, passages);
  }

  transaction<T>(work: () => T): T {
    try {
      return this.#connection.transaction(work);
    } catch (error) {
      this.#lexicon.forget(); // terms that were given keys are gone with the rest
      this.#forget();
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

  /** Makes the file complete in itself, without a log beside it, and closes it. */
  finish(): void {
    this.#connection.exec("INSERT INTO passage_text (passage_text) VALUES ('optimize')");
    this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#connection.exec('PRAGMA journal_mode = DELETE');
    this.close();
  }

  close(): void {
    this.#forget();
    this.#connection.close();
  }

  /** Forgets what it keeps of the file: it has changed. */
  #forget(): void {
    this.#cables.forget();
    this.#vectors.forget();
    this.#scoring.forget();
  }

  /** Runs a query of the full text, best first. The filter is looked up for rows that match. */
  #match(query: string, limit: number, filter: PassageFilter): LexicalHit[] {
    if (query === '') return [];
    const { from, where, values } = filtered(filter);
    const sql = `SELECT passage_text.rowid AS passage, -rank AS score FROM ${from}
      WHERE passage_text MATCH ? AND ${where} ORDER BY rank LIMIT ?`;
    return this.#connection.rows(hitRow, sql, query, ...values, limit);
  }

  #count(from: string): number {
    return this.#connection.value(numberRow, `SELECT count(*) FROM ${from}`) ?? 0;
  }
}

/** The full text with what a filter looks at; what a filter does not narrow is not joined. */
function filtered(filter: PassageFilter): {
  from: string;
  where: string;
  values: readonly unknown[];
} {
  const { sql, values } = conditionOf(filter);
  const joined = isNarrow(filter)
    ? ' JOIN passage ON passage.key = passage_text.rowid JOIN cable ON cable.key = passage.cable'
    : '';
  return { from: `passage_text${joined}`, where: sql, values };
}

/** A word or phrase as the full text's query language has it: nothing in it is a sign of the language. */
function quoted(words: string): string {
  return `"${words.replaceAll('\u0000', ' ').replaceAll('"', '""')}"`;
}
