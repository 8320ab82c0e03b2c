import { z } from 'zod';
import type { Condition } from '../../corpus/conditions.js';
import type { LexicalHit, WordQuery } from '../../corpus/corpus.js';
import type { Connection } from '../../sqlite/connection.js';
import { allOf, isWholeShown, NO_CONDITION, type SqlCondition, type View } from './view.js';
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
  readonly #rank: RankShown;

  constructor(connection: Connection, view: View | null, rank: RankShown) {
    this.#connection = connection;
    this.#view = view;
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
    const { from, condition, values } = this.#filtered(where);
    const sql = `SELECT passage_text.rowid AS passage, -rank AS score FROM ${from}
      WHERE passage_text MATCH ? AND ${condition} ORDER BY rank LIMIT ?`;
    return this.#connection.rows(hitRow, sql, query, ...values, limit);
  }

  /** Passages that hold a phrase, at most limit; not ranked. */
  byPhrase(stems: readonly string[], limit: number): number[] {
    return stems.length === 0 ? [] : this.#matching(quoted(stems), limit, []);
  }

  /** Whether a phrase stands in a passage, or in what surrounds those of a cable that is shown whole; some cables apart. */
  mentions(stems: readonly string[], except: readonly string[]): boolean {
    if (stems.length === 0) return false;
    const others = outside(except);
    if (this.#matching(quoted(stems), 1, [], others).length > 0) return true;
    const whole = this.#view === null ? NO_CONDITION : isWholeShown(this.#view);
    const { sql: condition, values } = allOf(whole, others);
    const sql = `SELECT cable_text.rowid FROM cable_text JOIN cable ON cable.key = cable_text.rowid
      WHERE cable_text MATCH ? AND ${condition} LIMIT 1`;
    return this.#connection.values(numberRow, sql, quoted(stems), ...values).length > 0;
  }

  /**
   * Passages that match a query, not ranked: to rank all that hold a common name takes half a second over
   * a million passages. Under a ceiling heading and context are looked at only where the whole cable is
   * shown.
   */
  #matching(
    query: string,
    limit: number,
    where: readonly Condition[],
    others = NO_CONDITION,
  ): number[] {
    const { from, condition, values } = this.#filtered(where, others);
    const select = `SELECT passage_text.rowid FROM ${from} WHERE passage_text MATCH ? AND ${condition}`;
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

  /** The full text with what conditions look at; what does not narrow is not joined. */
  #filtered(where: readonly Condition[], others = NO_CONDITION) {
    const { sql: condition, values } = allOf(whereOf(where, this.#view), others);
    const joined =
      this.#view !== null || where.length > 0 || others !== NO_CONDITION
        ? ' JOIN passage ON passage.key = passage_text.rowid JOIN cable ON cable.key = passage.cable'
        : '';
    return { from: `passage_text${joined}`, condition, values };
  }
}

/** That it is of none of some cables. */
function outside(ids: readonly string[]): SqlCondition {
  return ids.length === 0
    ? NO_CONDITION
    : { sql: 'cable.id NOT IN (SELECT value FROM json_each(?))', values: [JSON.stringify(ids)] };
}

/** Stems in a row as the full text's query language has them: they hold no sign of the language. */
function quoted(stems: readonly string[]): string {
  return `"${stems.join(' ')}"`;
}
