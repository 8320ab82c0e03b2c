import { z } from 'zod';
import { stemOf, wordsOf } from '../cable/terms.js';
import { bm25, rarityOf } from './bm25.js';
import type { Connection } from './connection.js';
import { conditionOf, type PassageFilter } from './filter.js';
import type { LexicalHit, Store, WordSearch } from './store.js';
import { countOf } from './term-list.js';
import { isWholeShown, type View } from './view.js';

const numberRow = z.number();
const hitRow = z.object({ passage: z.number(), score: z.number() });

/** Passages that match and are ranked under a ceiling, at most. */
const MOST_RANKED = 2000;

/** What passages are ranked by under a ceiling. */
type RankingStore = Pick<
  Store,
  'terms' | 'totals' | 'scoringPassages' | 'scoringCables' | 'isNarrow'
>;

/** The full text of a store, as far as a view shows it. */
export class FullText {
  readonly #connection: Connection;
  /** What ranks under a ceiling: the store as it is seen there. */
  readonly #store: RankingStore;
  readonly #view: View | null;

  constructor(connection: Connection, store: RankingStore, view: View | null) {
    this.#connection = connection;
    this.#store = store;
    this.#view = view;
  }

  /** Passages that hold words, filters met, best first by BM25, at most limit. */
  byWords(
    words: readonly string[],
    limit: number,
    { filter = {}, match = 'any' }: WordSearch,
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

  /** Passages that hold a phrase, filters met, at most limit; not ranked. */
  byPhrase(phrase: string, limit: number, filter: PassageFilter): number[] {
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
    const totals = this.#store.totals();
    const terms = this.#store.terms(stems).map(({ key, passages: holding }) => ({
      key,
      weight: 1,
      rarity: rarityOf(holding, totals.passages),
    }));
    const scored = this.#store.scoringPassages(passages);
    const cables = this.#store.scoringCables(scored.map(({ cable }) => cable));
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

  /** The full text with what a filter looks at; what does not narrow is not joined. */
  #filtered(filter: PassageFilter): { from: string; where: string; values: readonly unknown[] } {
    const { sql, values } = conditionOf(filter, this.#view);
    const joined = this.#store.isNarrow(filter)
      ? ' JOIN passage ON passage.key = passage_text.rowid JOIN cable ON cable.key = passage.cable'
      : '';
    return { from: `passage_text${joined}`, where: sql, values };
  }
}

/** A word or phrase as the full text's query language has it: nothing in it is a sign of the language. */
function quoted(words: string): string {
  return `"${words.replaceAll('\u0000', ' ').replaceAll('"', '""')}"`;
}
