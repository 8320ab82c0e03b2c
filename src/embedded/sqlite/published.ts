import { existsSync } from 'node:fs';
import { z } from 'zod';
import { IndexError } from '../../errors.js';
import { BUSY_MS, Connection, LEFTOVERS } from '../../sqlite/connection.js';
import { tellAs } from './trouble.js';

/**
 * Opens a finished file as something that nobody changes. SQLite would play a log or a journal that lies
 * beside it into what is read: where there is one, the file is refused. The lock that the first read
 * takes is kept, so that none that comes later is looked for. Throws {@link IndexError}.
 */
export function openPublished(file: string): Connection {
  refuseLeftovers(file);
  const options = { readonly: true, fileMustExist: true, timeout: BUSY_MS };
  const connection = Connection.open(file, tellAs('published'), options);
  try {
    connection.exec('PRAGMA locking_mode = EXCLUSIVE');
    connection.value(z.number(), 'SELECT count(*) FROM sqlite_schema');
    refuseLeftovers(file);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Throws {@link IndexError} where something lies beside a finished file that SQLite would play into it. */
function refuseLeftovers(file: string): void {
  const found = LEFTOVERS.map((ending) => file + ending).find((name) => existsSync(name));
  if (found === undefined) return;
  throw new IndexError('STORE_LEFTOVER', {
    what:
      `${found} lies beside a finished store and would change what is read from it, and Pilcrow leaves ` +
      'no such file',
    todo: 'find out who does, move it away, and run pilcrow doctor',
    context: { file: found },
  });
}
