import { z } from 'zod';
import type { Reach } from '../../cable/ceiling.js';
import { reachFrom, seesNames } from '../../corpus/audience.js';
import type { Term } from '../../corpus/corpus.js';
import { holdingsOf, type Holding } from '../../corpus/holding.js';
import { difference, unpackTerms, termsIn } from '../../corpus/term-list.js';
import type { Connection } from '../../sqlite/connection.js';
import type { Audiences } from './audiences.js';
import type { Shown } from './view.js';

const bytes = z.instanceof(Uint8Array);
const termRow = z.object({
  stem: z.string(),
  key: z.number(),
  passages: z.number(),
  cables: z.number(),
});
const list = bytes.transform(unpackTerms);
const removedRow = z.object({
  terms: list,
  heading: list,
  names: list.nullable(),
  reaches: z.string(),
});

/** The counts of terms among what a ceiling shows. */
const SHOWN_TERMS = `SELECT stem, term.key, sum(term_audience.passages) AS passages,
    sum(term_audience.cables) AS cables
  FROM term JOIN term_audience ON term_audience.term = term.key
  WHERE term_audience.audience IN (SELECT value FROM json_each(?))`;

/** Terms whose keys are remembered between two transactions: a Map holds 16.7 million at most, and these take 0.4 GB. */
const MOST_KEYS = 4_000_000;

/** The key of a term, by its place among its cable's stems (corpus/record.ts). */
export type KeyOf = (place: number) => number;

/** The terms of the corpus and their counts, kept in step with what is stored. */
export class Lexicon {
  readonly #connection: Connection;
  readonly #audiences: Audiences;
  readonly #keys = new Map<string, number>();
  /** Terms that are not written down yet, by the keys that they are given. */
  readonly #new = new Map<number, string>();
  /** The last key in the file and the last that was given. Where the file had none, `#keys` has all that there are. */
  #last: { readonly before: number; given: number } | null = null;
  /** What is to be added to the counts of terms, by audience, when all of a transaction is known. */
  readonly #changes = new Map<string, Map<number, Counts>>();

  readonly #mostKeys: number;

  constructor(connection: Connection, audiences: Audiences, mostKeys = MOST_KEYS) {
    this.#connection = connection;
    this.#audiences = audiences;
    this.#mostKeys = mostKeys;
  }

  /** The terms among stems that the corpus holds: under a ceiling, what it shows of the corpus. */
  terms(stems: readonly string[], { view, masked }: Shown): Term[] {
    if (stems.length === 0) return [];
    const among = 'stem IN (SELECT value FROM json_each(?))';
    if (view === null) {
      const without = (counts: string): string =>
        masked ? `${counts} - named_${counts} AS ${counts}` : counts;
      const sql = `SELECT key, stem, ${without('passages')}, ${without('cables')} FROM term
        WHERE passages > ${masked ? 'named_passages' : '0'} AND ${among} ORDER BY stem`;
      return this.#connection.rows(termRow, sql, JSON.stringify(stems));
    }
    const sql = `${SHOWN_TERMS} AND ${among} GROUP BY term.key HAVING sum(term_audience.passages) > 0 ORDER BY stem`;
    return this.#connection.rows(termRow, sql, view.audiences, JSON.stringify(stems));
  }

  /**
   * The stems of so many letters that begin with some, of terms that nobody may see or that no passage has any more too. In
   * one string out of the index: there may be hundreds of thousands.
   */
  stemsBeginning(letters: string, shortest: number, longest: number): string[] {
    const sql = `SELECT coalesce(group_concat(stem, ' '), '') FROM term
      WHERE stem >= ? AND stem < ? AND length(stem) BETWEEN ? AND ?`;
    const range = [letters, `${letters}\u{10ffff}`];
    const all = this.#connection.value(z.string(), sql, ...range, shortest, longest) ?? '';
    return all === '' ? [] : all.split(' ');
  }

  /** The keys of some stems by their places, new ones for those that have none. */
  keysOf(stems: readonly string[]): KeyOf {
    const keys = stems.map((stem) => this.#keyOf(stem));
    return (place) => {
      const key = keys[place];
      if (key === undefined) throw new RangeError(`a cable has no stem ${place}`);
      return key;
    };
  }

  /** Counts the terms of a cable's record. */
  add(holdings: readonly Holding[], keyOf: KeyOf): void {
    this.#count(holdings, 1, keyOf);
  }

  /** Takes back what {@link add} has counted of a cable. */
  remove(cable: number, reach: Reach): void {
    const passages = this.#connection.rows(
      removedRow,
      `SELECT terms, heading, names, reaches FROM passage_scoring
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
      passages.map(({ terms, heading, names, reaches }) => ({
        text: termsIn(difference(terms, heading)),
        heading: termsIn(heading),
        names: names === null ? [] : termsIn(names),
        reach: reachFrom(reaches),
      })),
    );
    this.#count(holdings, -1, (term) => term);
  }

  /** Takes out the terms that no cable holds any more. */
  forgetUnheld(): void {
    const unheld = 'SELECT key FROM term WHERE cables <= 0';
    this.#connection.run(`DELETE FROM term_audience WHERE term IN (${unheld})`);
    this.#connection.run('DELETE FROM term WHERE cables <= 0');
    this.#forgetKeys();
  }

  /** Forgets the keys it has given: a transaction that gave them was undone. */
  forget(): void {
    this.#changes.clear();
    this.#new.clear();
    this.#forgetKeys();
  }

  #keyOf(stem: string): number {
    const known = this.#keys.get(stem);
    if (known !== undefined) return known;
    this.#last ??= this.#lastInFile();
    const sql = 'SELECT key FROM term WHERE stem = ?';
    const stored = this.#last.before === 0 ? null : this.#connection.value(z.number(), sql, stem);
    const key = stored ?? ++this.#last.given;
    if (stored === null) this.#new.set(key, stem);
    this.#keys.set(stem, key);
    return key;
  }

  #lastInFile(): { readonly before: number; given: number } {
    const sql = 'SELECT coalesce(max(key), 0) FROM term';
    const before = this.#connection.value(z.number(), sql) ?? 0;
    return { before, given: before };
  }

  #count(holdings: readonly Holding[], sign: 1 | -1, keyOf: KeyOf): void {
    for (const { audience, passages, shown } of holdings) {
      const changes = this.#changes.get(audience) ?? new Map<number, Counts>();
      this.#changes.set(audience, changes);
      for (let i = 0; i < passages.length; i += 2) {
        countsIn(changes, keyOf(passages[i] ?? 0)).passages += sign * (passages[i + 1] ?? 0);
      }
      for (const term of shown) countsIn(changes, keyOf(term)).cables += sign;
    }
  }

  /** Writes down what was counted, before a transaction ends: a term is in most cables of it. */
  flush(): void {
    const whole = new Map<number, Counts>();
    const named = new Map<number, Counts>();
    for (const [audience, changes] of this.#changes) {
      const all = seesNames(audience) ? [whole, named] : [whole];
      for (const [term, { passages, cables }] of changes) {
        for (const each of all) {
          const counts = countsIn(each, term);
          counts.passages += passages;
          counts.cables += cables;
        }
      }
    }
    // In their order, so that what stands together in the file is written together.
    for (const [term, { passages, cables }] of inOrder(whole)) {
      const stem = this.#new.get(term);
      const masked = named.get(term) ?? { passages: 0, cables: 0 };
      const counts = [passages, cables, masked.passages, masked.cables];
      if (stem === undefined) {
        const sql = `UPDATE term SET passages = passages + ?, cables = cables + ?,
          named_passages = named_passages + ?, named_cables = named_cables + ? WHERE key = ?`;
        this.#connection.run(sql, ...counts, term);
      } else {
        const sql = `INSERT INTO term (key, stem, passages, cables, named_passages, named_cables)
          VALUES (?, ?, ?, ?, ?, ?)`;
        this.#connection.run(sql, term, stem, ...counts);
      }
    }
    for (const [audience, changes] of this.#changes) {
      const key = this.#audiences.keyOf(audience);
      for (const [term, { passages, cables }] of inOrder(changes)) {
        this.#connection.run(
          `INSERT INTO term_audience (term, audience, passages, cables) VALUES (?, ?, ?, ?)
           ON CONFLICT (term, audience) DO UPDATE
           SET passages = passages + excluded.passages, cables = cables + excluded.cables`,
          ...[term, key, passages, cables],
        );
      }
    }
    this.#changes.clear();
    this.#new.clear();
    if (this.#keys.size > this.#mostKeys) this.#forgetKeys(); // they are in the file now
  }

  #forgetKeys(): void {
    this.#last = null;
    this.#keys.clear();
  }
}

/** Passages and cables that hold a term, or by how much these have become more. */
interface Counts {
  passages: number;
  cables: number;
}

function countsIn(changes: Map<number, Counts>, term: number): Counts {
  const known = changes.get(term);
  if (known !== undefined) return known;
  const made = { passages: 0, cables: 0 };
  changes.set(term, made);
  return made;
}

function inOrder(changes: ReadonlyMap<number, Counts>): [number, Counts][] {
  return [...changes].sort(([a], [b]) => a - b);
}
