import Database from 'better-sqlite3';
import { IndexError, messageOf } from '../errors.js';

/** A lock that is held. */
export interface FolderLock {
  release(): void;
}

/** Kept from the garbage collector, see src/store/sqlite.ts. */
const KEPT: Database.Database[] = [];

/**
 * Locks a file against every other process, by a transaction of SQLite's on it: the operating system
 * ends the lock with the process, however that ends. Throws {@link IndexError} where another holds it.
 */
export function lockFolder(file: string): FolderLock {
  try {
    const database = new Database(file, { timeout: 0 });
    KEPT.push(database);
    try {
      database.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      throw error;
    }
    return {
      release: () => {
        database.close();
      },
    };
  } catch (cause) {
    const busy = messageOf(cause).includes('locked');
    throw new IndexError(
      busy ? 'INGEST_RUNNING' : 'LOCK',
      busy
        ? `another ingest or reindex is changing the index (${file} is locked); wait for it`
        : `cannot lock the index: ${file}: ${messageOf(cause)}; check the folder and its permissions`,
      { cause },
    );
  }
}
