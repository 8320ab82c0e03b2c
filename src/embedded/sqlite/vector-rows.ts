import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Condition } from '../../corpus/conditions.js';
import type { StoredVector } from '../../corpus/corpus.js';
import type { Connection } from '../../sqlite/connection.js';
import { readThrough } from './read-through.js';
import { vectorFrom } from './vector-bytes.js';
import { damaged } from './trouble.js';
import { isWholeShown, NO_CONDITION, type View } from './view.js';
import { whereOf } from './where.js';

const vectorRow = z.object({
  key: z.number(),
  value: z.instanceof(Uint8Array).transform(vectorFrom),
});
const ownerRow = z.object({ key: z.number(), passage: z.number() });
const ownedVectorRow = vectorRow.extend({ passage: z.number() });

/** Passages whose vectors are kept (1.5 kB each), and vectors whose passages are. */
const KEPT_VECTORS = 20_000;
const KEPT_OWNERS = 200_000;
/** Filters whose vectors are kept: a ceiling narrows every question of a server. */
const KEPT_FILTERS = 4;
/** Vectors read at once where all are walked over. */
const VECTORS_A_PAGE = 1000;

/** Reads the vectors of windows and the passages they belong to, those last read from memory. */
export class VectorRows {
  readonly #connection: Connection;
  readonly #vectorsOf = new LRUCache<number, readonly StoredVector[]>({ max: KEPT_VECTORS });
  readonly #owners = new LRUCache<number, number>({ max: KEPT_OWNERS });
  readonly #keys = new LRUCache<string, ReadonlySet<number>>({ max: KEPT_FILTERS });

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The passage that each vector belongs to, in the order of the keys given. */
  owners(vectors: readonly number[]): number[] {
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

  ofPassages(passages: readonly number[]): StoredVector[] {
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

  /** The vectors of passages that meet conditions; under a ceiling those of cables that it shows whole: a vector is read behind its subject. */
  keys(where: readonly Condition[], view: View | null): ReadonlySet<number> {
    const name = JSON.stringify([where, view?.ceiling]);
    const kept = this.#keys.get(name);
    if (kept !== undefined) return kept;
    const { sql, values } = whereOf(where, view);
    const whole = view === null ? NO_CONDITION : isWholeShown(view);
    const keys = this.#connection.values(
      z.number(),
      `SELECT vector.key FROM vector JOIN passage ON passage.key = vector.passage
       JOIN cable ON cable.key = passage.cable WHERE ${sql} AND ${whole.sql}`,
      ...values,
      ...whole.values,
    );
    const set = new Set(keys);
    this.#keys.set(name, set);
    return set;
  }

  byKeys(keys: readonly number[]): StoredVector[] {
    return this.#vectors('key', keys);
  }

  /** Every vector behind a key, in order of their keys. */
  *after(after: number): Generator<readonly [number, Float32Array]> {
    const sql = 'SELECT key, value FROM vector WHERE key > ? ORDER BY key LIMIT ?';
    for (let last = after; ;) {
      const page = this.#connection.rows(vectorRow, sql, last, VECTORS_A_PAGE);
      for (const { key, value } of page) yield [key, value];
      const end = page.at(-1);
      if (end === undefined) return;
      last = end.key;
    }
  }

  /** Forgets what it keeps: the store has changed. */
  forget(): void {
    this.#vectorsOf.clear();
    this.#owners.clear();
    this.#keys.clear();
  }

  #vectors(column: 'key' | 'passage', keys: readonly number[]): StoredVector[] {
    const sql = `SELECT key, passage, value FROM vector WHERE ${column} IN (SELECT value FROM json_each(?))`;
    return this.#connection
      .rows(ownedVectorRow, sql, JSON.stringify(keys))
      .map(({ passage, value }) => ({ passage, vector: value }));
  }
}
