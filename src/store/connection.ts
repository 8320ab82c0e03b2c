import Database from 'better-sqlite3';
import { z } from 'zod';
import { IndexError, messageOf } from '../errors.js';

/**
 * Every connection ever opened, for the life of the process. From Node 24.19 on, better-sqlite3 12
 * (the last for Node 20) aborts the process when the garbage collector frees one of its objects
 * while no JavaScript runs. So its objects are never freed: a closed connection is a few hundred
 * bytes, statements are kept with it, and `pragma` and `iterate`, which make objects of their own
 * each time, are not used. better-sqlite3 13 needs none of this, but does not run on Node 20.
 */
const KEPT: Connection[] = [];

/**
 * A connection to one SQLite file, its statements prepared once, its rows checked by schemas.
 * SQLite's complaints and rows of another shape become an {@link IndexError} that says what to do.
 */
export class Connection {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  private constructor(
    readonly file: string,
    database: Database.Database,
  ) {
    this.#database = database;
    KEPT.push(this);
  }

  /** Throws {@link IndexError} where the file cannot be opened. */
  static open(file: string, options: Database.Options): Connection {
    try {
      return new Connection(file, new Database(file, options));
    } catch (cause) {
      throw damaged(file, cause);
    }
  }

  /** Runs statements that give no rows, or whose rows nobody needs. */
  exec(sql: string): void {
    this.#guard(() => this.#database.exec(sql));
  }

  run(sql: string, ...values: unknown[]): void {
    this.#guard(() => this.#statement(sql).run(...values));
  }

  /** The key of the row that was inserted. */
  insert(sql: string, ...values: unknown[]): number {
    return Number(this.#guard(() => this.#statement(sql).run(...values)).lastInsertRowid);
  }

  /** The first row, or null. */
  row<T>(schema: z.ZodType<T>, sql: string, ...values: unknown[]): T | null {
    return this.#guard(() => {
      const row = this.#statement(sql).get(...values);
      return row === undefined ? null : schema.parse(row);
    });
  }

  rows<T>(schema: z.ZodType<T>, sql: string, ...values: unknown[]): T[] {
    return this.#guard(() =>
      this.#statement(sql)
        .all(...values)
        .map((row) => schema.parse(row)),
    );
  }

  /** The only column of the first row, or null. */
  value<T>(schema: z.ZodType<T>, sql: string, ...values: unknown[]): T | null {
    return this.#guard(() => {
      const value = this.#statement(sql)
        .pluck()
        .get(...values);
      return value === undefined ? null : schema.parse(value);
    });
  }

  /** The only column of every row. */
  values<T>(schema: z.ZodType<T>, sql: string, ...values: unknown[]): T[] {
    return this.#guard(() =>
      this.#statement(sql)
        .pluck()
        .all(...values)
        .map((value) => schema.parse(value)),
    );
  }

  /** Runs `work` in one transaction: all of it counts, or, where it throws, nothing. */
  transaction<T>(work: () => T): T {
    return this.#guard(() => this.#database.transaction(work)());
  }

  close(): void {
    this.#database.close();
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      if (cause instanceof Database.SqliteError || cause instanceof z.ZodError) {
        throw damaged(this.file, cause);
      }
      throw cause;
    }
  }
}

/** The error that says that a store's file is damaged. */
export function damaged(file: string, cause: unknown): IndexError {
  return new IndexError(
    'STORE_DAMAGED',
    `${file} is damaged (${messageOf(cause)}); delete the index folder and run pilcrow ingest again`,
    { cause },
  );
}
