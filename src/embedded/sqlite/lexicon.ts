import { z } from 'zod';
import type { Reach } from '../../cable/ceiling.js';
import { reachFrom } from '../../corpus/audience.js';
import type { Term } from '../../corpus/corpus.js';
import { holdingsOf, type Holding } from '../../corpus/holding.js';
import type { TermCounts } from '../../corpus/record.js';
import {
  difference,
  termList,
  unpackTerms,
  termsIn,
  type TermList,
} from '../../corpus/term-list.js';
import type { Connection } from '../../sqlite/connection.js';
import type { Audiences } from './audiences.js';
import type { View } from './view.js';

const bytes = z.instanceof(Uint8Array);
const termRow = z.object({
  stem: z.string(),
  key: z.number(),
  passages: z.number(),
  cables: z.number(),
});
const list = bytes.transform(unpackTerms);
const removedRow = z.object({ terms: list, heading: list, reaches: z.string() });

/** The counts of terms among what a ceiling shows. */
const SHOWN_TERMS = `SELECT stem, term.key, sum(term_audience.passages) AS passages,
    sum(term_audience.cables) AS cables
  FROM term JOIN term_audience ON term_audience.term = term.key
  WHERE term_audience.audience IN (SELECT value FROM json_each(?))`;

/** The terms of the corpus and their counts, kept in step with what is stored. */
export class Lexicon {
  readonly #connection: Connection;
  readonly #audiences: Audiences;
  readonly #keys = new Map<string, number>();
  /** Terms that are not written down yet, by the keys that they are given. */
  readonly #new = new Map<number, string>();
  #lastKey: number | null = null;
  /** What is to be added to the counts of terms when all of a transaction is known. */
  readonly #changes = new Map<number, Map<string, { passages: number; cables: number }>>();

  constructor(connection: Connection, audiences: Audiences) {
    this.#connection = connection;
    this.#audiences = audiences;
  }

  /** The terms among stems that the corpus holds: under a ceiling, what it shows of the corpus. */
  terms(stems: readonly string[], view: View | null): Term[] {
    if (stems.length === 0) return [];
    const among = 'stem IN (SELECT value FROM json_each(?))';
    if (view === null) {
      const sql = `SELECT * FROM term WHERE passages > 0 AND ${among} ORDER BY stem`;
      return this.#connection.rows(termRow, sql, JSON.stringify(stems));
    }
    const sql = `${SHOWN_TERMS} AND ${among} GROUP BY term.key HAVING sum(term_audience.passages) > 0 ORDER BY stem`;
    return this.#connection.rows(termRow, sql, view.audiences, JSON.stringify(stems));
  }

  /** Stems of the corpus that begin with the same letters, in so many passages at least. */
  stemsBeginning(letters: string, passages: number, view: View | null): Term[] {
    const range = [letters, `${letters}\u{10ffff}`];
    if (view === null) {
      const sql = 'SELECT * FROM term WHERE stem >= ? AND stem < ? AND passages >= ? ORDER BY stem';
      return this.#connection.rows(termRow, sql, ...range, passages);
    }
    const sql = `${SHOWN_TERMS} AND stem >= ? AND stem < ? GROUP BY term.key HAVING sum(term_audience.passages) >= ? ORDER BY stem`;
    return this.#connection.rows(termRow, sql, view.audiences, ...range, passages);
  }

  /** Counts a cable's terms. */
  add(holdings: ReadonlyMap<string, Holding>): void {
    for (const [stem, counts] of holdings) this.#count(this.#keyOf(stem), counts, 1);
  }

  /** The list of terms that have been counted. */
  listOf(counts: TermCounts): TermList {
    return termList(new Map([...counts].map(([stem, count]) => [this.#keyOf(stem), count])));
  }

  /** Takes back what {@link add} has counted of a cable. */
  remove(cable: number, reach: Reach): void {
    const passages = this.#connection.rows(
      removedRow,
      `SELECT terms, heading, reaches FROM passage_scoring
       JOIN passage ON passage.key = passage_scoring.passage
       JOIN audience ON audience.key = passage.audience WHERE passage.cable = ?`,
      cable,
    );
    const context = this.#connection.value(
      bytes,
      'SELECT context FROM cable_scoring WHERE cable = ?',
      cable,
    );
    const holdings = holdingsOf(
      context === null ? [] : termsIn(unpackTerms(context)),
      reach,
      passages.map(({ terms, heading, reaches }) => ({
        text: termsIn(difference(terms, heading)),
        heading: termsIn(heading),
        reach: reachFrom(reaches),
      })),
    );
    for (const [term, counts] of holdings) this.#count(term, counts, -1);
  }

  /** Takes out the terms that no cable holds any more. */
  forgetUnheld(): void {
    const unheld = 'SELECT key FROM term WHERE cables <= 0';
    this.#connection.run(`DELETE FROM term_audience WHERE term IN (${unheld})`);
    this.#connection.run('DELETE FROM term WHERE cables <= 0');
    this.#lastKey = null;
    this.#keys.clear();
  }

  /** Forgets the keys it has given: a transaction that gave them was undone. */
  forget(): void {
    this.#changes.clear();
    this.#new.clear();
    this.#lastKey = null;
    this.#keys.clear();
  }

  #keyOf(stem: string): number {
    const known = this.#keys.get(stem);
    if (known !== undefined) return known;
    const stored = this.#connection.value(z.number(), 'SELECT key FROM term WHERE stem = ?', stem);
    const key = stored ?? this.#nextKey();
    if (stored === null) this.#new.set(key, stem);
    this.#keys.set(stem, key);
    return key;
  }

  #nextKey(): number {
    const last = 'SELECT coalesce(max(key), 0) FROM term';
    this.#lastKey = (this.#lastKey ?? this.#connection.value(z.number(), last) ?? 0) + 1;
    return this.#lastKey;
  }

  #count(term: number, { passages, cable }: Holding, sign: 1 | -1): void {
    const counts =
      this.#changes.get(term) ?? new Map<string, { passages: number; cables: number }>();
    this.#changes.set(term, counts);
    const add = (audience: string, more: number, cables: number): void => {
      const before = counts.get(audience) ?? { passages: 0, cables: 0 };
      counts.set(audience, { passages: before.passages + more, cables: before.cables + cables });
    };
    add(cable, 0, sign);
    for (const [audience, count] of passages) add(audience, sign * count, 0);
  }

  /** Writes down what was counted, before a transaction ends: a term is in most cables of it. */
  flush(): void {
    for (const [term, counts] of this.#changes) {
      let [passages, cables] = [0, 0];
      for (const more of counts.values()) {
        passages += more.passages;
        cables += more.cables;
      }
      const stem = this.#new.get(term);
      if (stem === undefined) {
        const sql = 'UPDATE term SET passages = passages + ?, cables = cables + ? WHERE key = ?';
        this.#connection.run(sql, passages, cables, term);
      } else {
        const sql = 'INSERT INTO term (key, stem, passages, cables) VALUES (?, ?, ?, ?)';
        this.#connection.run(sql, term, stem, passages, cables);
      }
      for (const [audience, more] of counts) {
        this.#connection.run(
          `INSERT INTO term_audience (term, audience, passages, cables) VALUES (?, ?, ?, ?)
           ON CONFLICT (term, audience) DO UPDATE
           SET passages = passages + excluded.passages, cables = cables + excluded.cables`,
          term,
          this.#audiences.keyOf(audience),
          more.passages,
          more.cables,
        );
      }
    }
    this.#changes.clear();
    this.#new.clear();
  }
}
