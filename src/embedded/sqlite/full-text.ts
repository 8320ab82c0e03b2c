import { z } from 'zod';
import type { Condition } from '../../corpus/conditions.js';
import type { LexicalHit, WordQuery } from '../../corpus/corpus.js';
import type { Connection } from '../../sqlite/connection.js';
import { isWholeShown, NO_CONDITION, type Shown, type View } from './view.js';
import { whereOf } from './where.js';

const numberRow = z.number();
const hitRow = z.object({ passage: z.number(), score: z.number() });

/** Passages that match and are ranked under a ceiling, at most. */
const MOST_RANKED = 2000;

/** Ranks passages that hold any of some stems: the full text's own rank counts what a ceiling hides too. */
export type RankShown = (stems: readonly string[], passages: readonly number[]) => LexicalHit[];

/** The full text of a store, as far as a view shows it. */
export class FullText {
  readonly #connection: Connection;
  readonly #view: View | null;
  readonly #masked: boolean;
  readonly #rank: RankShown;

  constructor(connection: Connection, { view, masked }: Shown, rank: RankShown) {
    this.#connection = connection;
    this.#view = view;
    this.#masked = masked;
    this.#rank = rank;
  }

  /** Passages that hold words or phrases, conditions met, best first by BM25. */
  byWords({ phrases, match, limit, where }: Omit<WordQuery, 'named'>): LexicalHit[] {
    const held = phrases.filter((stems) => stems.length > 0);
    if (held.length === 0) return [];
    const query = held.map(quoted).join(match === 'any' ? ' OR ' : ' AND ');
    if (this.#view !== null) {
      return this.#rank(held.flat(), this.#matching(query, MOST_RANKED, where)).slice(0, limit);
    }
    const { from, condition, values } = this.#filtered('passage_text', where);
    const sql = `SELECT passage_text.rowid AS passage, -rank AS score FROM ${from}
      WHERE passage_text MATCH ? AND ${condition} ORDER BY rank LIMIT ?`;
    const hits = this.#connection.rows(hitRow, sql, query, ...values, limit);
    const printed = this.#matchingPrinted(query, MOST_RANKED, where);
    if (printed.length === 0) return hits;
    const ranked = this.#rank(held.flat(), printed);
    const again = new Set(printed);
    return [...hits.filter(({ passage }) => !again.has(passage)), ...ranked]
      .sort((a, b) => b.score - a.score || a.passage - b.passage)
      .slice(0, limit);
  }

  /** Passages that hold a phrase, at most limit; not ranked. */
  byPhrase(stems: readonly string[], limit: number): number[] {
    return stems.length === 0 ? [] : this.#matching(quoted(stems), limit, []);
  }

  /** Whether a phrase stands in a passage, or in what surrounds those of a cable that is shown whole. */
  mentions(stems: readonly string[]): boolean {
    if (stems.length === 0) return false;
    if (this.#matching(quoted(stems), 1, []).length > 0) return true;
    const { sql: whole, values } = this.#view === null ? NO_CONDITION : isWholeShown(this.#view);
    return (['cable_text', 'cable_printed'] as const).some((table) => {
      if (table === 'cable_printed' && this.#masked) return false;
      const sql = `SELECT ${table}.rowid FROM ${table} JOIN cable ON cable.key = ${table}.rowid
        WHERE ${table} MATCH ? AND ${whole} LIMIT 1`;
      return this.#connection.values(numberRow, sql, quoted(stems), ...values).length > 0;
    });
  }

  /**
   * Passages that match a query, not ranked: to rank all that hold a common name takes half a second over
   * a million passages. Under a ceiling heading and context are looked at only where the whole cable is
   * shown.
   */
  #matching(query: string, limit: number, where: readonly Condition[]): number[] {
    const found = this.#matchingIn('passage_text', query, limit, where);
    if (found.length === limit) return found;
    return [...new Set([...found, ...this.#matchingPrinted(query, limit, where)])].slice(0, limit);
  }

  /** The same of the texts with names that are to be protected, where they are shown. */
  #matchingPrinted(query: string, limit: number, where: readonly Condition[]): number[] {
    return this.#masked ? [] : this.#matchingIn('passage_printed', query, limit, where);
  }

  #matchingIn(
    table: PassageTable,
    query: string,
    limit: number,
    where: readonly Condition[],
  ): number[] {
    const { from, condition, values } = this.#filtered(table, where);
    const select = `SELECT ${table}.rowid FROM ${from} WHERE ${table} MATCH ? AND ${condition}`;
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

  /** A full text with what conditions look at; what does not narrow is not joined. */
  #filtered(table: PassageTable, where: readonly Condition[]) {
    const { sql: condition, values } = whereOf(where, this.#view);
    const joined =
      this.#view !== null || where.length > 0
        ? ` JOIN passage ON passage.key = ${table}.rowid JOIN cable ON cable.key = passage.cable`
        : '';
    return { from: `${table}${joined}`, condition, values };
  }
}

/** The texts of passages, and of those with names that are to be protected as they are printed. */
type PassageTable = 'passage_text' | 'passage_printed';

/** Stems in a row as the full text's query language has them: they hold no sign of the language. */
function quoted(stems: readonly string[]): string {
  return `"${stems.join(' ')}"`;
}
