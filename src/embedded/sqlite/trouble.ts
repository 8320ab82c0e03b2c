import { IndexError, messageOf, type Trouble } from '../../errors.js';
import { codeOf, fileTroubleOf, type FileTrouble } from '../../sqlite/trouble.js';
import type { TellTrouble } from '../../sqlite/connection.js';

/** What a SQLite file is to Pilcrow: a finished index, one that is being made, or the vectors that are kept. */
export type FileRole = 'published' | 'unfinished' | 'vectors';

/** What to do where an index cannot be mended: nothing is thrown away before another stands. */
export const INGEST_ELSEWHERE =
  'restore it from a backup, or run pilcrow ingest again with another --index and remove this one then';

/** What to do about a file that is damaged, by what it is. */
const CURES: Readonly<Record<FileRole, string>> = {
  published: INGEST_ELSEWHERE,
  vectors: 'run pilcrow embed --anew',
  unfinished: 'run the same command again: it is begun anew, and the index is as it was',
};

/** The code of each trouble, what is wrong and what to do; damage is told by the file's role. */
const TOLD: Readonly<
  Record<Exclude<FileTrouble, 'damaged'>, (file: string) => Trouble & { readonly code: string }>
> = {
  full: (file) => ({
    code: 'STORE_FULL',
    what: `no room is left on the disk for ${file}`,
    todo: 'make room and run the same command again',
  }),
  busy: (file) => ({
    code: 'STORE_BUSY',
    what: `another process has ${file} locked`,
    todo: 'wait for it and run the same command again',
  }),
  readonly: (file) => ({
    code: 'STORE_READONLY',
    what: `${file} may not be written`,
    todo: 'check the permissions of it and of its folder',
  }),
  'cannot open': (file) => ({
    code: 'STORE_CANNOT_OPEN',
    what: `${file} cannot be opened`,
    todo: 'check that it is there, and its permissions',
  }),
  io: (file) => ({
    code: 'STORE_IO',
    what: `the disk failed while ${file} was used`,
    todo: 'check the disk and its space, and run the same command again',
  }),
  memory: (file) => ({
    code: 'STORE_MEMORY',
    what: `memory ran out while ${file} was used`,
    todo: 'free some and run the same command again',
  }),
};

/** What SQLite complains of in a file of an index; nothing that it advises destroys anything. */
export function storeTrouble(file: string, cause: unknown, role: FileRole): IndexError {
  const trouble = fileTroubleOf(cause);
  if (trouble === 'damaged') return damaged(file, cause, role);
  const { code, what, ...rest } = TOLD[trouble](file);
  const sqlite = `${codeOf(cause)}: ${messageOf(cause)}`;
  return new IndexError(code, {
    ...rest,
    what: `${what} (${sqlite})`,
    context: { file, sqlite },
    cause,
  });
}

/** Words the troubles of an index's file. */
export function tellAs(role: FileRole): TellTrouble {
  return (file, cause) => storeTrouble(file, cause, role);
}

/** The error that says that a file of an index is damaged. */
export function damaged(file: string, cause: unknown, role: FileRole = 'published'): IndexError {
  return new IndexError('STORE_DAMAGED', {
    what: `${file} is damaged (${messageOf(cause)})`,
    todo: CURES[role],
    context: { file },
    cause,
  });
}

/** Whether a file cannot be used because of what stands in it. */
export function isDamage(error: unknown): boolean {
  return error instanceof IndexError && error.code === 'STORE_DAMAGED';
}
