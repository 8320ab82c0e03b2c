import { isWithin, type Ceiling, type Reach } from '../cable/ceiling.js';
import { LEVELS, type Level } from '../cable/types.js';
import type { Connection } from './connection.js';
import { z } from 'zod';

/**
 * Whom something is shown to: the reaches of its pieces, of which any one is enough. Rows name their
 * audience by a key, so that what a ceiling shows is a short list of keys. There are a few dozen.
 */
export type Audience = readonly Reach[];

/** A level's place; behind the last stands what is not known. */
const ALPHABET = '012345';

function digitOf(level: Level | null): string {
  return ALPHABET.charAt(level === null ? LEVELS.length : LEVELS.indexOf(level));
}

function levelOf(digit: string | undefined): Level | null {
  return LEVELS[ALPHABET.indexOf(digit ?? '')] ?? null;
}

/** `201`: mark C, any cable, NOFORN. */
export function reachText({ mark, classification, noforn }: Reach): string {
  return `${digitOf(mark)}${digitOf(classification)}${noforn ? '1' : '0'}`;
}

export function reachFrom(text: string): Reach {
  return { mark: levelOf(text[0]), classification: levelOf(text[1]), noforn: text[2] === '1' };
}

/** Whether every ceiling that shows what has reach `b` shows what has reach `a`. */
function isWider(a: string, b: string): boolean {
  return [0, 1, 2].every((at) => (a[at] ?? '') <= (b[at] ?? ''));
}

/** The text of an audience: its widest reaches, in order. */
export function audienceText(reaches: Iterable<string>): string {
  const all = [...new Set(reaches)].sort();
  return all
    .filter((each) => !all.some((other) => other !== each && isWider(other, each)))
    .join('|');
}

export function audienceFrom(text: string): Audience {
  return text === '' ? [] : text.split('|').map(reachFrom);
}

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
