import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { spanSchema, type Cable, type Span } from '../cable/types.js';
import { messageOf } from '../errors.js';
import { parseCableId, postAndNumber } from '../cable/id.js';
import { levelOfClassification } from '../cable/marks.js';
import { sha256OfText } from '../sha256.js';
import { Connection, damaged } from './connection.js';
import { conditionOf, type PassageFilter } from './filter.js';
import { Lexicon, type Term } from './lexicon.js';
import {
  ScoringReader,
  type CorpusTotals,
  type ScoringCable,
  type ScoringPassage,
} from './scoring.js';
import { readThrough } from './read-through.js';
import { packSentences } from './sentence-vectors.js';
import { SCHEMA } from './schema.js';
import type {
  Count,
  LexicalHit,
  StoredPassage,
  StoredSpan,
  StoreStats,
  StoredVector,
  WritableStore,
} from './store.js';
import { toBytes, type TermList } from './term-list.js';

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
const ownerRow = z.object({ key: z.number(), passage: z.number() });
const ownedVectorRow = vectorRow.extend({ passage: z.number() });

/** How long to wait for another process's lock. */
const BUSY_MS = 1000;

/** Characters of cables that stay parsed: an answer quotes ten paragraphs, often of the same cables. */
const KEPT_CABLES = 32 * 1024 * 1024;
/** Passages whose vectors are kept (1.5 kB each), and vectors whose passages are. */
const KEPT_VECTORS = 20_000;
const KEPT_OWNERS = 200_000;

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
  readonly #lexicon: Lexicon;
  readonly #scoring: ScoringReader;
  readonly #cables = new LRUCache<number, Cable>({
    maxSize: KEPT_CABLES,
    sizeCalculation: ({ header, body }) => 1 + header.length + body.length,
  });
  readonly #vectorsOf = new LRUCache<number, readonly StoredVector[]>({ max: KEPT_VECTORS });
  readonly #owners = new LRUCache<number, number>({ max: KEPT_OWNERS });

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#lexicon = new Lexicon(connection);
    this.#scoring = new ScoringReader(connection);
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

  searchWords(words: readonly string[], limit: number, filter: PassageFilter = {}): LexicalHit[] {
    return this.#match(words.map(quoted).join(' OR '), limit, filter);
  }

  searchPhrase(phrase: string, limit: number): number[] {
    return this.#match(quoted(phrase), limit, {}).map(({ passage }) => passage);
  }

  passagesOfCable(id: string): number[] {
    const sql =
      'SELECT passage.key FROM passage JOIN cable ON cable.key = passage.cable WHERE cable.id = ? ORDER BY passage.key';
    return this.#connection.values(numberRow, sql, id);
  }

  passagesOfVectors(vectors: readonly number[]): number[] {
    const sql = 'SELECT key, passage FROM vector WHERE key IN (SELECT value FROM json_each(?))';
    const owners = readThrough(this.#owners, vectors, (missing) =>
      this.#connection
        .rows(ownerRow, sql, JSON.stringify(missing))
        .map(({ key, passage }) => [key, passage]),
    );
    return vectors.map((key) => {
      const passage = owners.get(key);
      if (passage === undefined)
        throw damaged(this.#connection.file, new Error(`vector ${key} has no passage`));
      return passage;
    });
  }

  vectorsOfPassages(passages: readonly number[]): StoredVector[] {
    const read = readThrough(this.#vectorsOf, passages, (missing) => {
      const grouped = new Map<number, StoredVector[]>();
      for (const each of this.#vectors('passage', missing)) {
        const of = grouped.get(each.passage);
        if (of === undefined) grouped.set(each.passage, [each]);
        else of.push(each);
      }
      return grouped;
    });
    return [...read.values()].flat();
  }

  vectorKeys(filter: PassageFilter): number[] {
    const condition = conditionOf(filter);
    return this.#connection.values(
      numberRow,
      `SELECT vector.key FROM vector JOIN passage ON passage.key = vector.passage
       JOIN cable ON cable.key = passage.cable WHERE ${condition?.sql ?? 'true'}`,
      ...(condition?.values ?? []),
    );
  }

  vectors(keys: readonly number[]): StoredVector[] {
    return this.#vectors('key', keys);
  }

  passes(filter: PassageFilter, passages: readonly number[]): number[] {
    if (passages.length === 0) return [];
    const condition = conditionOf(filter);
    return this.#connection.values(
      numberRow,
      `SELECT passage.key FROM passage JOIN cable ON cable.key = passage.cable
       WHERE passage.key IN (SELECT value FROM json_each(?)) AND ${condition?.sql ?? 'true'}`,
      JSON.stringify(passages),
      ...(condition?.values ?? []),
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
    this.#forget();
    const { level, caveats } = levelOfClassification(cable.classification ?? '');
    const key = this.#connection.insert(
      `INSERT INTO cable (id, post, post_and_number, hash, body_hash, date, classification, level, noforn,
         origin, subject, tags, refs, signature, header, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      cable.id,
      parseCableId(cable.id)?.post ?? null,
      postAndNumber(cable.id),
      hash,
      sha256OfText(cable.body),
      cable.date,
      cable.classification,
      level,
      isNoforn(caveats),
      cable.origin,
      cable.subject,
      JSON.stringify(cable.tags),
      JSON.stringify(cable.references),
      cable.signature,
      cable.header,
      cable.body,
    );
    for (const [ordinal, span] of cable.spans.entries()) this.#putSpan(key, ordinal, span);
    for (const tag of new Set(cable.tags)) {
      this.#connection.run('INSERT INTO cable_tag (tag, cable) VALUES (?, ?)', tag, key);
    }
    const context = passages[0]?.context ?? '';
    const texts = passages.map(({ heading, text }) => `${heading} ${text}`);
    const terms = this.#lexicon.add(context, texts);
    this.#connection.run(
      'INSERT INTO cable_scoring (cable, length, context, terms) VALUES (?, ?, ?, ?)',
      key,
      lengthOf(terms.cable),
      toBytes(terms.context),
      toBytes(terms.cable),
    );
    for (const [index, passage] of passages.entries()) {
      const span = cable.spans[passage.ordinal];
      if (span === undefined) throw new RangeError(`${cable.id} has no span ${passage.ordinal}`);
      const position = passages.length < 2 ? 0 : index / (passages.length - 1);
      this.#putPassage(key, passage, span, position, terms.passages[index] ?? new Uint32Array());
    }
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
    this.#cables.clear();
    this.#vectorsOf.clear();
    this.#owners.clear();
    this.#scoring.forget();
  }

  #cableOf(key: number): Cable {
    const kept = this.#cables.get(key);
    if (kept !== undefined) return kept;
    const cable = this.#readCable(key);
    this.#cables.set(key, cable);
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

  #putPassage(
    cable: number,
    passage: StoredPassage,
    span: Span,
    position: number,
    terms: TermList,
  ): void {
    const key = this.#connection.insert(
      'INSERT INTO passage (cable, ordinal, level, noforn) VALUES (?, ?, ?, ?)',
      cable,
      passage.ordinal,
      span.level,
      isNoforn(span.caveats),
    );
    this.#connection.run(
      'INSERT INTO passage_text (rowid, context, heading, text) VALUES (?, ?, ?, ?)',
      key,
      passage.context,
      passage.heading,
      passage.text,
    );
    this.#connection.run(
      `INSERT INTO passage_scoring (passage, position, role, length, terms, sentences)
       VALUES (?, ?, ?, ?, ?, ?)`,
      key,
      position,
      passage.role,
      lengthOf(terms),
      toBytes(terms),
      toBytes(packSentences(passage.sentences)),
    );
    for (const vector of passage.windows) {
      this.#connection.run(
        'INSERT INTO vector (passage, value) VALUES (?, ?)',
        key,
        toBytes(vector),
      );
    }
  }

  #remove(id: string): void {
    const key = this.#connection.value(numberRow, 'SELECT key FROM cable WHERE id = ?', id);
    if (key === null) return;
    const passages = 'SELECT key FROM passage WHERE cable = ?';
    this.#connection.run(
      `INSERT INTO removed_vector SELECT key FROM vector WHERE passage IN (${passages})`,
      key,
    );
    this.#connection.run(`DELETE FROM vector WHERE passage IN (${passages})`, key);
    this.#connection.run(`DELETE FROM passage_text WHERE rowid IN (${passages})`, key);
    this.#lexicon.remove(key);
    this.#connection.run(`DELETE FROM passage_scoring WHERE passage IN (${passages})`, key);
    this.#connection.run('DELETE FROM cable_scoring WHERE cable = ?', key);
    this.#connection.run('DELETE FROM cable_tag WHERE cable = ?', key);
    this.#connection.run('DELETE FROM passage WHERE cable = ?', key);
    this.#connection.run('DELETE FROM span WHERE cable = ?', key);
    this.#connection.run('DELETE FROM cable WHERE key = ?', key);
  }

  /** Runs a query of the full text, best first. The filter is looked up for rows that match. */
  #match(query: string, limit: number, filter: PassageFilter): LexicalHit[] {
    if (query === '') return [];
    const condition = conditionOf(filter);
    const joined =
      condition === null
        ? ''
        : 'JOIN passage ON passage.key = passage_text.rowid JOIN cable ON cable.key = passage.cable';
    const sql = `SELECT passage_text.rowid AS passage, -rank AS score FROM passage_text ${joined}
      WHERE passage_text MATCH ? AND ${condition?.sql ?? 'true'} ORDER BY rank LIMIT ?`;
    return this.#connection.rows(hitRow, sql, query, ...(condition?.values ?? []), limit);
  }

  #vectors(column: 'key' | 'passage', keys: readonly number[]): StoredVector[] {
    const sql = `SELECT key, passage, value FROM vector WHERE ${column} IN (SELECT value FROM json_each(?))`;
    return this.#connection
      .rows(ownedVectorRow, sql, JSON.stringify(keys))
      .map(({ key, passage, value }) => ({ key, passage, vector: toVector(value) }));
  }

  #count(from: string): number {
    return this.#connection.value(numberRow, `SELECT count(*) FROM ${from}`) ?? 0;
  }
}

/** A word or phrase as the full text's query language has it: nothing in it is a sign of the language. */
function quoted(words: string): string {
  return `"${words.replaceAll('\u0000', ' ').replaceAll('"', '""')}"`;
}

function isNoforn(caveats: readonly string[]): number {
  return caveats.includes('NOFORN') ? 1 : 0;
}

/** The words of a text: the sum of its terms' counts. */
function lengthOf(terms: TermList): number {
  let length = 0;
  for (let i = 1; i < terms.length; i += 2) length += terms[i] ?? 0;
  return length;
}

function toVector(bytes: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}
