import { z } from 'zod';
import { termCounts } from '../cable/terms.js';
import type { Connection } from './connection.js';
import { termList, termListFrom, termsIn, type TermList } from './term-list.js';

const bytes = z.instanceof(Uint8Array);
const termRow = z.object({
  stem: z.string(),
  key: z.number(),
  passages: z.number(),
  cables: z.number(),
});

/** A stem of the corpus, with how many passages and cables hold it. */
export type Term = z.infer<typeof termRow>;

/** The terms of the corpus and their counts, kept in step with what is stored. */
export class Lexicon {
  readonly #connection: Connection;
  readonly #keys = new Map<string, number>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The terms among stems that the corpus holds. */
  terms(stems: readonly string[]): Term[] {
    if (stems.length === 0) return [];
    return this.#connection.rows(
      termRow,
      'SELECT * FROM term WHERE passages > 0 AND stem IN (SELECT value FROM json_each(?)) ORDER BY key',
      JSON.stringify(stems),
    );
  }

  /** Stems of the corpus that begin with the same letters, in so many passages at least. */
  stemsBeginning(letters: string, passages: number): Term[] {
    return this.#connection.rows(
      termRow,
      'SELECT * FROM term WHERE stem >= ? AND stem < ? AND passages >= ?',
      letters,
      `${letters}\u{10ffff}`,
      passages,
    );
  }

  /**
   * Counts the words of a cable that has been stored; gives the list of each passage's terms, the
   * context's and the whole cable's.
   */
  add(
    context: string,
    texts: readonly string[],
  ): { context: TermList; passages: TermList[]; cable: TermList } {
    const inContext = termCounts(context);
    const inTexts = texts.map((text) => termCounts(text));
    const whole = new Map(inContext);
    for (const counts of inTexts) {
      for (const [stem, count] of counts) whole.set(stem, (whole.get(stem) ?? 0) + count);
    }
    const holding = passagesHolding(
      inContext.keys(),
      inTexts.map((counts) => counts.keys()),
    );
    for (const [stem, passages] of holding) this.#count(stem, passages);
    const listOf = (counts: ReadonlyMap<string, number>): TermList =>
      termList(new Map([...counts].map(([stem, count]) => [this.#keys.get(stem) ?? 0, count])));
    return { context: listOf(inContext), passages: inTexts.map(listOf), cable: listOf(whole) };
  }

  /** Takes back what {@link add} has counted of a cable. */
  remove(cable: number): void {
    const listsOf = (sql: string): TermList[] =>
      this.#connection.values(bytes, sql, cable).map(termListFrom);
    const passages = listsOf(
      `SELECT terms FROM passage_scoring WHERE passage IN (SELECT key FROM passage WHERE cable = ?)`,
    );
    const [context = new Uint32Array()] = listsOf(
      'SELECT context FROM cable_scoring WHERE cable = ?',
    );
    const holding = passagesHolding(termsIn(context), passages.map(termsIn));
    const sql = 'UPDATE term SET passages = passages - ?, cables = cables - 1 WHERE key = ?';
    for (const [term, count] of holding) this.#connection.run(sql, count, term);
  }

  /** Forgets the keys it has given: a transaction that gave them was undone. */
  forget(): void {
    this.#keys.clear();
  }

  #count(stem: string, passages: number): void {
    const known = this.#keys.get(stem);
    if (known !== undefined) {
      const sql = 'UPDATE term SET passages = passages + ?, cables = cables + 1 WHERE key = ?';
      this.#connection.run(sql, passages, known);
      return;
    }
    const sql = `INSERT INTO term (stem, passages, cables) VALUES (?, ?, 1)
      ON CONFLICT (stem) DO UPDATE SET passages = passages + excluded.passages, cables = cables + 1
      RETURNING key`;
    this.#keys.set(stem, this.#connection.value(z.number(), sql, stem, passages) ?? 0);
  }
}

/** How many of a cable's passages hold each term: all of them those of the context before them. */
function passagesHolding<Name>(
  context: Iterable<Name>,
  passages: readonly Iterable<Name>[],
): Map<Name, number> {
  const inContext = new Set(context);
  const holding = new Map([...inContext].map((term) => [term, passages.length]));
  for (const passage of passages) {
    for (const term of passage) {
      if (!inContext.has(term)) holding.set(term, (holding.get(term) ?? 0) + 1);
    }
  }
  return holding;
}
