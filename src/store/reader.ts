import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { showsAll, showsSpan, type Ceiling } from '../cable/ceiling.js';
import { stemOf, wordsOf } from '../cable/terms.js';
import type { Cable } from '../cable/types.js';
import { messageOf } from '../errors.js';
import { Audiences } from './audience.js';
import { bm25, rarityOf } from './bm25.js';
import { CableRows } from './cable-rows.js';
import type { Connection } from './connection.js';
import { damaged } from './trouble.js';
import { conditionOf, isNarrow, type PassageFilter } from './filter.js';
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
import { countOf } from './term-list.js';
import { VectorRows } from './vector-rows.js';
import { isShown, isWholeShown, NO_CONDITION, viewOf, type Condition, type View } from './view.js';

const numberRow = z.number();
const hitRow = z.object({ passage: z.number(), score: z.number() });
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

/** Passages that match and are ranked under a ceiling, at most. */
const MOST_RANKED = 2000;

/** Filters whose passages were counted. */
const KEPT_COUNTS = 16;

/** Reads a store: all of it, or what a ceiling shows. */
export class SqliteReader implements Store {
  readonly #parts: ReadingParts;
  readonly #view: View | null;
  readonly #under = new Map<string, Store>();
  readonly #counts = new LRUCache<string, number>({ max: KEPT_COUNTS });
  #totals: CorpusTotals | null = null;

  constructor(parts: ReadingParts, view: View | null = null) {
    this.#parts = parts;
    this.#view = view;
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

  searchWords(
    words: readonly string[],
    limit: number,
    { filter = {}, match = 'any' }: WordSearch = {},
  ): LexicalHit[] {
    if (words.length === 0) return [];
    const query = words.map(quoted).join(match === 'any' ? ' OR ' : ' AND ');
    if (this.#view !== null) {
      return this.#ranked(words, this.#matching(query, MOST_RANKED, filter)).slice(0, limit);
    }
    const { from, where, values } = this.#filtered(filter);
    const sql = `SELECT passage_text.rowid AS passage, -rank AS score FROM ${from}
      WHERE passage_text MATCH ? AND ${where} ORDER BY rank LIMIT ?`;
    return this.#connection.rows(hitRow, sql, query, ...values, limit);
  }

  searchPhrase(phrase: string, limit: number, filter: PassageFilter = {}): number[] {
    return this.#matching(quoted(phrase), limit, filter);
  }

  /**
   * Passages that match a query, not ranked: to rank all that hold a common name takes half a second over
   * a million passages. Under a ceiling heading and context are looked at only where the whole cable is
   * shown.
   */
  #matching(query: string, limit: number, filter: PassageFilter): number[] {
    const { from, where, values } = this.#filtered(filter);
    const select = `SELECT passage_text.rowid FROM ${from} WHERE passage_text MATCH ? AND ${where}`;
    if (this.#view === null) {
      return this.#connection.values(numberRow, `${select} LIMIT ?`, query, ...values, limit);
    }
    const whole = isWholeShown(this.#view);
    return this.#connection.values(
      numberRow,
      `${select} AND (${whole.sql}) UNION ALL ${select} AND NOT (${whole.sql}) LIMIT ?`,
      ...[query, ...values, ...whole.values],
      ...[`{text} : (${query})`, ...values, ...whole.values],
      limit,
    );
  }

  /**
   * Passages by BM25 among what the ceiling shows: the full text's own rank counts what it hides as well.
   */
  #ranked(words: readonly string[], passages: readonly number[]): LexicalHit[] {
    const stems = [...new Set(words.flatMap(wordsOf).map(stemOf))];
    const totals = this.totals();
    const terms = this.terms(stems).map(({ key, passages: holding }) => ({
      key,
      weight: 1,
      rarity: rarityOf(holding, totals.passages),
    }));
    const scored = this.scoringPassages(passages);
    const cables = this.scoringCables(scored.map(({ cable }) => cable));
    const contexts = new Map(cables.map(({ cable, context }) => [cable, context]));
    return scored
      .map(({ passage, cable, length, terms: own, masked }) => {
        const context = masked ? undefined : contexts.get(cable);
        const count = (term: number): number =>
          countOf(own, term) + (context === undefined ? 0 : countOf(context, term));
        return { passage, score: bm25(terms, count, length, totals.passageLength) };
      })
      .sort((a, b) => b.score - a.score || a.passage - b.passage);
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

  /** The full text with what a filter looks at; what does not narrow is not joined. */
  #filtered(filter: PassageFilter): { from: string; where: string; values: readonly unknown[] } {
    const { sql, values } = conditionOf(filter, this.#view);
    const joined = this.isNarrow(filter)
      ? ' JOIN passage ON passage.key = passage_text.rowid JOIN cable ON cable.key = passage.cable'
      : '';
    return { from: `passage_text${joined}`, where: sql, values };
  }
}

/** A word or phrase as the full text's query language has it: nothing in it is a sign of the language. */
function quoted(words: string): string {
  return `"${words.replaceAll('\u0000', ' ').replaceAll('"', '""')}"`;
}
