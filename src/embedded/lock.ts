import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { IndexError, InputError, messageOf } from '../errors.js';
import { Connection } from '../sqlite/connection.js';
import { isDamage, tellAs } from './sqlite/trouble.js';

/** What a process does that no other may do meanwhile, the file held locked for it, and who has it then. */
const LOCKS = {
  change: {
    file: 'lock',
    code: 'INGEST_RUNNING',
    who: 'another process is changing the index, or copying it',
  },
  embed: {
    file: 'embed-lock',
    code: 'EMBED_RUNNING',
    who: 'another process is giving the index its vectors',
  },
} as const;

/** A lock that is held. */
export interface FolderLock {
  release(): void;
}

/**
 * Locks an index folder, made where it is missing, against every other process that would do the same, by a
 * transaction of SQLite's on a file: the operating system ends the lock with the process, however that ends. Throws
 * {@link IndexError} where another holds it, {@link InputError} where the folder cannot be made.
 */
export async function lockFolder(
  folder: string,
  what: keyof typeof LOCKS,
  { again = true }: { readonly again?: boolean } = {},
): Promise<FolderLock> {
  const { file: name, code, who } = LOCKS[what];
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    const what = `cannot make the folder ${folder}: ${messageOf(cause)}`;
    throw new InputError('NO_FOLDER', { what, context: { folder }, cause });
  }
  const file = path.join(folder, name);
  let connection: Connection | null = null;
  try {
    const held = Connection.open(file, tellAs('unfinished'), { timeout: 0 });
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
      throw new IndexError(code, {
        what: `${who} (${file} is locked)`,
        todo: 'wait for it',
        context: { file },
        cause,
      });
    }
    if (!again || !isDamage(cause)) throw cause;
    // What is no database is nobody's lock.
    await rm(file);
    return lockFolder(folder, what, { again: false });
  }
}
