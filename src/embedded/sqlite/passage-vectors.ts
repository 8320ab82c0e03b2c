import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Condition } from '../../corpus/conditions.js';
import type { PackedVectors } from '../../corpus/packed-vectors.js';
import type { Connection } from '../../sqlite/connection.js';
import { PassageSet } from '../passage-set.js';
import { readThrough } from './read-through.js';
import { isDamage } from './trouble.js';
import type { VectorStore } from './vector-store.js';
import { isWholeShown, NO_CONDITION, type View } from './view.js';
import { whereOf } from './where.js';

const contentRow = z.object({ key: z.number(), content: z.string() });

/** Bytes of vectors that are kept: what is often found is not read again. */
const KEPT_VECTORS = 64 * 1024 * 1024;
/** Ceilings and filters whose passages are kept, a bit for each passage: a ceiling narrows every question of a server. */
const KEPT_CEILINGS = 16;
const KEPT_FILTERS = 16;

/** Reads the vectors of passages, and which passages have any that a question may use. */
export class PassageVectorReader {
  readonly #connection: Connection;
  readonly #store: VectorStore | null;
  readonly #read = new LRUCache<number, PackedVectors>({
    maxSize: KEPT_VECTORS,
    sizeCalculation: ({ windows, sentences }) => 1 + windows.byteLength + sentences.byteLength,
  });
  readonly #under = new LRUCache<string, PassageSet>({ max: KEPT_CEILINGS });
  readonly #among = new LRUCache<string, PassageSet>({ max: KEPT_FILTERS });

  /** Without a store no passage has any. */
  constructor(connection: Connection, store: VectorStore | null) {
    this.#connection = connection;
    this.#store = store;
  }

  /** The vectors of those of some passages that have them by now. */
  of(passages: readonly number[]): ReadonlyMap<number, PackedVectors> {
    if (this.#store === null || passages.length === 0) return new Map();
    return readThrough(this.#read, passages, (missing) => {
      const contents = contentsOf(this.#connection, missing);
      const kept = this.#kept([...new Set(contents.values())]);
      return [...contents].flatMap(([passage, content]) => {
        const vectors = kept.get(content);
        return vectors === undefined ? [] : [[passage, vectors] as const];
      });
    });
  }

  /** What cannot be read is as if it had not been made yet: `pilcrow doctor` tells of it. */
  #kept(contents: readonly string[]): ReadonlyMap<string, PackedVectors> {
    try {
      return this.#store?.of(contents) ?? new Map<string, PackedVectors>();
    } catch (error) {
      if (!isDamage(error)) throw error;
      return new Map();
    }
  }

  /**
   * The passages that meet conditions; under a ceiling those of cables that it shows whole: a vector is read behind
   * its cable's subject.
   */
  among(where: readonly Condition[], view: View | null): PassageSet {
    const name = JSON.stringify([where, view?.ceiling]);
    const sets = where.length === 0 ? this.#under : this.#among;
    const kept = sets.get(name);
    if (kept !== undefined) return kept;
    const { sql, values } = whereOf(where, view);
    const whole = view === null ? NO_CONDITION : isWholeShown(view);
    const keys = this.#connection.values(
      z.number(),
      `SELECT passage.key FROM passage JOIN cable ON cable.key = passage.cable
       WHERE ${sql} AND ${whole.sql}`,
      ...values,
      ...whole.values,
    );
    const set = new PassageSet(keys);
    sets.set(name, set);
    return set;
  }
}

/** What passages are embedded by, as their vectors are kept under it. */
export function contentsOf(
  connection: Connection,
  passages: readonly number[],
): Map<number, string> {
  const sql = `SELECT key, lower(hex(content)) AS content FROM passage
    WHERE key IN (SELECT value FROM json_each(?))`;
  const rows = connection.rows(contentRow, sql, JSON.stringify(passages));
  return new Map(rows.map(({ key, content }) => [key, content]));
}
