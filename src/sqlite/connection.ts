import Database from 'better-sqlite3';
import type { z } from 'zod';

/**
 * Every connection ever opened, for the life of the process. From Node 24.19 on, better-sqlite3 12
 * (the last for Node 20) aborts the process when the garbage collector frees one of its objects
 * while no JavaScript runs. So its objects are never freed: a closed connection is a few hundred
 * bytes, statements are kept with it, and `pragma` and `iterate`, which make objects of their own
 * each time, are not used. better-sqlite3 13 needs none of this, but does not run on Node 20.
 */
const KEPT: Connection[] = [];

/** How long to wait for another process's lock. */
export const BUSY_MS = 1000;

/** What SQLite leaves beside a file that was not closed. */
export const LEFTOVERS = ['-wal', '-journal', '-shm'];

/** Words what SQLite complains of in a file, for whoever the file belongs to. */
export type TellTrouble = (file: string, cause: unknown) => Error;

/**
 * A connection to one SQLite file, its statements prepared once, its rows checked by schemas.
 * SQLite's complaints and rows of another shape become what `tell` makes of them.
 */
export class Connection {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  private constructor(
    readonly file: string,
    private readonly tell: TellTrouble,
    database: Database.Database,
  ) {
    this.#database = database;
    KEPT.push(this);
  }

  /** Throws what `tell` makes of a file that cannot be opened. */
  static open(file: string, tell: TellTrouble, options: Database.Options): Connection {
    try {
      return new Connection(file, tell, new Database(file, options));
    } catch (cause) {
      throw tell(file, cause);
    }
  }

  /** Runs statements that give no rows, or whose rows nobody needs. */
  exec(sql: string): void {
    this.#guard(() => this.#database.exec(sql));
  }

  /** How many rows were changed. */
  run(sql: string, ...values: unknown[]): number {
    return this.#guard(() => this.#statement(sql).run(...values)).changes;
  }

  /** The key of the row that was inserted. */
  insert(sql: string, ...values: unknown[]): number {
    return Number(this.#guard(() => this.#statement(sql).run(...values)).lastInsertRowid);
  }

  /** The first row, or null. */
  row<T>(schema: z.ZodType<T>, sql: string, ...values: unknown[]): T | null {
    return this.#guard(() => {
      const row = this.#statement(sql).get(...values);
      return row === undefined ? null : this.#read(schema, row);
    });
  }

  rows<T>(schema: z.ZodType<T>, sql: string, ...values: unknown[]): T[] {
    return this.#guard(() =>
      this.#statement(sql)
        .all(...values)
        .map((row) => this.#read(schema, row)),
    );
  }

  /** The only column of the first row, or null. */
  value<T>(schema: z.ZodType<T>, sql: string, ...values: unknown[]): T | null {
    return this.#guard(() => {
      const value = this.#statement(sql)
        .pluck()
        .get(...values);
      return value === undefined ? null : this.#read(schema, value);
    });
  }

  /** The only column of every row. */
  values<T>(schema: z.ZodType<T>, sql: string, ...values: unknown[]): T[] {
    return this.#guard(() =>
      this.#statement(sql)
        .pluck()
        .all(...values)
        .map((value) => this.#read(schema, value)),
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
      if (cause instanceof Database.SqliteError) throw this.tell(this.file, cause);
      throw cause;
    }
  }

  /** A row, or what `tell` makes of it where it has another shape: a schema may throw of its own, too. */
  #read<T>(schema: z.ZodType<T>, row: unknown): T {
    try {
      return schema.parse(row);
    } catch (cause) {
      throw this.tell(this.file, cause);
    }
  }
}
