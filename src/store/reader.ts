import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { showsAll, showsSpan, type Ceiling } from '../cable/ceiling.js';
import type { Cable } from '../cable/types.js';
import { messageOf } from '../errors.js';
import { Audiences } from './audience.js';
import { CableRows } from './cable-rows.js';
import type { Connection } from './connection.js';
import { damaged } from './trouble.js';
import { conditionOf, isNarrow, type PassageFilter } from './filter.js';
import { FullText } from './full-text.js';
import { Lexicon, type Term } from './lexicon.js';
import {
  ScoringReader,
  type CorpusTotals,
  type ScoringCable,
  type ScoringPassage,
} from './scoring.js';
import { statsOf } from './stats.js';
import type {
  CableSummary,
  LexicalHit,
  Store,
  StoredSpan,
  StoredVector,
  StoreStats,
  WordSearch,
} from './store.js';
import { VectorRows } from './vector-rows.js';
import { isShown, isWholeShown, NO_CONDITION, viewOf, type Condition, type View } from './view.js';

const numberRow = z.number();
const keyAndOrdinal = z.object({ cable: z.number(), ordinal: z.number() });

/** What a store's file is read by; one for all ceilings. */
export interface ReadingParts {
  readonly connection: Connection;
  readonly audiences: Audiences;
  readonly lexicon: Lexicon;
  readonly scoring: ScoringReader;
  readonly cables: CableRows;
  readonly vectors: VectorRows;
}

export function readingParts(connection: Connection): ReadingParts {
  const audiences = new Audiences(connection);
  return {
    connection,
    audiences,
    lexicon: new Lexicon(connection, audiences),
    scoring: new ScoringReader(connection),
    cables: new CableRows(connection),
    vectors: new VectorRows(connection),
  };
}

/** Filters whose passages were counted. */
const KEPT_COUNTS = 16;

/** Reads a store: all of it, or what a ceiling shows. */
export class SqliteReader implements Store {
  readonly #parts: ReadingParts;
  readonly #view: View | null;
  readonly #text: FullText;
  readonly #under = new Map<string, Store>();
  readonly #counts = new LRUCache<string, number>({ max: KEPT_COUNTS });
  #totals: CorpusTotals | null = null;

  constructor(parts: ReadingParts, view: View | null = null) {
    this.#parts = parts;
    this.#view = view;
    this.#text = new FullText(parts.connection, this, view);
  }

  get #connection(): Connection {
    return this.#parts.connection;
  }

  under(ceiling: Ceiling): Store {
    if (showsAll(ceiling)) return this;
    const name = JSON.stringify([ceiling.mark, ceiling.classification, ceiling.noforn]);
    const known = this.#under.get(name);
    if (known !== undefined) return known;
    const made = new SqliteReader(this.#parts, viewOf(ceiling, this.#parts.audiences));
    this.#under.set(name, made);
    return made;
  }

  cable(id: string): Cable | null {
    const shown = isShown('cable', this.#view);
    const sql = `SELECT key FROM cable WHERE id = ? AND ${shown.sql}`;
    const key = this.#connection.value(numberRow, sql, id, ...shown.values);
    return key === null ? null : this.#parts.cables.cable(key);
  }

  held(ids: readonly string[]): string[] {
    const shown = isShown('cable', this.#view);
    const sql = `SELECT id FROM cable WHERE id IN (SELECT value FROM json_each(?)) AND ${shown.sql}`;
    return this.#connection.values(z.string(), sql, JSON.stringify(ids), ...shown.values);
  }

  ids(): string[] {
    const shown = isShown('cable', this.#view);
    const sql = `SELECT id FROM cable WHERE ${shown.sql} ORDER BY id`;
    return this.#connection.values(z.string(), sql, ...shown.values);
  }

  summaries(): Iterable<CableSummary> {
    return this.#parts.cables.summaries(this.#view);
  }

  idsOfAnyYear(postAndNumber: string): string[] {
    const shown = isShown('cable', this.#view);
    const sql = `SELECT id FROM cable WHERE post_and_number = ? AND ${shown.sql} ORDER BY id`;
    return this.#connection.values(z.string(), sql, postAndNumber, ...shown.values);
  }

  spanOfPassage(passage: number): StoredSpan {
    const row = this.#connection.row(
      keyAndOrdinal,
      'SELECT cable, ordinal FROM passage WHERE key = ?',
      passage,
    );
    const { cables } = this.#parts;
    const span = row === null ? null : cables.span(row.cable, row.ordinal);
    if (row === null || span === null) {
      throw damaged(this.#connection.file, new Error(`passage ${passage} has no paragraph`));
    }
    const cable = cables.fields(row.cable);
    // What the rows say was compared with their hashes; what led to them was not.
    if (this.#view !== null && !showsSpan(this.#view.ceiling, cable, span)) {
      throw damaged(this.#connection.file, new Error(`passage ${passage} is another than it says`));
    }
    return { cable, ordinal: row.ordinal, span };
  }

  searchWords(words: readonly string[], limit: number, search: WordSearch = {}): LexicalHit[] {
    return this.#text.byWords(words, limit, search);
  }

  searchPhrase(phrase: string, limit: number, filter: PassageFilter = {}): number[] {
    return this.#text.byPhrase(phrase, limit, filter);
  }

  passagesOfCable(id: string): number[] {
    const shown = isShown('passage', this.#view);
    const sql = `SELECT passage.key FROM passage JOIN cable ON cable.key = passage.cable
      WHERE cable.id = ? AND ${shown.sql} ORDER BY passage.key`;
    return this.#connection.values(numberRow, sql, id, ...shown.values);
  }

  passagesOfVectors(vectors: readonly number[]): number[] {
    return this.#parts.vectors.owners(vectors);
  }

  vectorsOfPassages(passages: readonly number[]): StoredVector[] {
    const usable =
      this.#view === null ? passages : this.#passing({}, passages, isWholeShown(this.#view));
    return this.#parts.vectors.ofPassages(usable);
  }

  vectorKeys(filter: PassageFilter): ReadonlySet<number> {
    return this.#parts.vectors.keys(filter, this.#view);
  }

  vectors(keys: readonly number[]): StoredVector[] {
    return this.#parts.vectors.byKeys(keys);
  }

  vectorsAfter(after: number): Iterable<readonly [number, Float32Array]> {
    return this.#parts.vectors.after(after);
  }

  count(filter: PassageFilter): number {
    const name = JSON.stringify(filter);
    const known = this.#counts.get(name);
    if (known !== undefined) return known;
    const { sql, values } = conditionOf(filter, this.#view);
    const counted = `SELECT count(*) FROM passage JOIN cable ON cable.key = passage.cable WHERE ${sql}`;
    const passages = this.#connection.value(numberRow, counted, ...values) ?? 0;
    this.#counts.set(name, passages);
    return passages;
  }

  isNarrow(filter: PassageFilter): boolean {
    return this.#view !== null || isNarrow(filter);
  }

  passes(filter: PassageFilter, passages: readonly number[]): number[] {
    return this.#passing(filter, passages, NO_CONDITION);
  }

  #passing(filter: PassageFilter, passages: readonly number[], extra: Condition): number[] {
    if (passages.length === 0) return [];
    const { sql, values } = conditionOf(filter, this.#view);
    return this.#connection.values(
      numberRow,
      `SELECT passage.key FROM passage JOIN cable ON cable.key = passage.cable
       WHERE passage.key IN (SELECT value FROM json_each(?)) AND ${sql} AND ${extra.sql}`,
      JSON.stringify(passages),
      ...values,
      ...extra.values,
    );
  }

  terms(stems: readonly string[]): Term[] {
    return this.#parts.lexicon.terms(stems, this.#view);
  }

  stemsBeginning(letters: string, passages: number): Term[] {
    return this.#parts.lexicon.stemsBeginning(letters, passages, this.#view);
  }

  scoringPassages(keys: readonly number[]): ScoringPassage[] {
    return this.#parts.scoring.passages(keys, this.#view);
  }

  scoringCables(keys: readonly number[]): ScoringCable[] {
    return this.#parts.scoring.cables(keys, this.#view);
  }

  totals(): CorpusTotals {
    return (this.#totals ??= this.#parts.scoring.totals(this.#view));
  }

  posts(): string[] {
    const shown = isShown('cable', this.#view);
    const sql = `SELECT DISTINCT post FROM cable WHERE post IS NOT NULL AND ${shown.sql} ORDER BY post`;
    return this.#connection.values(z.string(), sql, ...shown.values);
  }

  stats(): StoreStats {
    return statsOf(this.#connection, this.#view);
  }

  damage(): string | null {
    try {
      const found = this.#connection.value(z.string(), 'PRAGMA integrity_check(1)');
      if (found !== 'ok') return found ?? 'no answer to the integrity check';
      for (const key of this.#connection.values(numberRow, 'SELECT key FROM cable'))
        this.#parts.cables.cable(key);
      return null;
    } catch (error) {
      return messageOf(error);
    }
  }

  close(): void {
    this.forget();
    this.#connection.close();
  }

  /** Forgets what it keeps of the file: it has changed. */
  protected forget(): void {
    const { cables, vectors, scoring } = this.#parts;
    cables.forget();
    vectors.forget();
    scoring.forget();
    this.#under.clear();
    this.#counts.clear();
    this.#totals = null;
  }
}
