import { z } from 'zod';
import { isWithin, type Ceiling } from '../../cable/ceiling.js';
import { audienceFrom } from '../../corpus/audience.js';
import type { Connection } from '../../sqlite/connection.js';

const row = z.object({ key: z.number(), reaches: z.string() });

/** The audiences of a store, by their keys. */
export class Audiences {
  readonly #connection: Connection;
  readonly #keys = new Map<string, number>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The key of an audience, a new one where it has none. */
  keyOf(text: string): number {
    const known = this.#keys.get(text);
    if (known !== undefined) return known;
    const sql = `INSERT INTO audience (reaches) VALUES (?)
      ON CONFLICT (reaches) DO UPDATE SET reaches = excluded.reaches RETURNING key`;
    const key = this.#connection.value(z.number(), sql, text) ?? 0;
    this.#keys.set(text, key);
    return key;
  }

  /** The keys of those that a ceiling shows. */
  within(ceiling: Ceiling): number[] {
    return this.#connection
      .rows(row, 'SELECT key, reaches FROM audience ORDER BY key')
      .filter(({ reaches }) => audienceFrom(reaches).some((reach) => isWithin(ceiling, reach)))
      .map(({ key }) => key);
  }

  /** Forgets the keys it has given: a transaction that gave them was undone. */
  forget(): void {
    this.#keys.clear();
  }
}
