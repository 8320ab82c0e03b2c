import { IndexError } from '../errors.js';
import { Connection } from './connection.js';

/** A lock that is held. */
export interface FolderLock {
  release(): void;
}

/**
 * Locks a file against every other process, by a transaction of SQLite's on it: the operating system
 * ends the lock with the process, however that ends. Throws {@link IndexError} where another holds it.
 */
export function lockFolder(file: string): FolderLock {
  let connection: Connection | null = null;
  try {
    const held = Connection.open(file, 'own', { timeout: 0 });
    connection = held;
    held.exec('BEGIN EXCLUSIVE');
    return {
      release: () => {
        held.close();
      },
    };
  } catch (cause) {
    connection?.close();
    if (cause instanceof IndexError && cause.code === 'STORE_BUSY') {
      const message = `another ingest or reindex is changing the index (${file} is locked); wait for it`;
      throw new IndexError('INGEST_RUNNING', message, { cause });
    }
    throw cause;
  }
}
