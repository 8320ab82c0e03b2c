import { IndexError, messageOf } from '../errors.js';

/** What a SQLite file is to Pilcrow: a finished index, one that is being made, or the bot's own. */
export type FileRole = 'published' | 'unfinished' | 'own';

/** What to do where an index cannot be mended: nothing is thrown away before another stands. */
export const INGEST_ELSEWHERE =
  'restore it from a backup, or run pilcrow ingest again with another --index and remove this one then';

/** What to do about a file that is damaged, by what it is. */
const CURES: Readonly<Record<FileRole, string>> = {
  published: INGEST_ELSEWHERE,
  unfinished: 'run the same command again: it is begun anew, and the index is as it was',
  own: 'restore it from a backup, or move it away: it is then begun anew, without settings and feedback',
};

/** SQLite's codes by their beginnings → what is the matter and what to do; all else is damage. */
const TROUBLES: readonly (readonly [
  codes: readonly string[],
  code: string,
  tell: (file: string) => string,
])[] = [
  [
    ['SQLITE_FULL'],
    'STORE_FULL',
    (file) =>
      `no room is left on the disk for ${file}; make room and run the same command again: what was done is kept`,
  ],
  [
    ['SQLITE_BUSY', 'SQLITE_LOCKED'],
    'STORE_BUSY',
    (file) => `another process has ${file} locked; wait for it and run the same command again`,
  ],
  [
    ['SQLITE_READONLY', 'SQLITE_PERM', 'SQLITE_AUTH'],
    'STORE_READONLY',
    (file) => `${file} may not be written; check the permissions of it and of its folder`,
  ],
  [
    ['SQLITE_CANTOPEN'],
    'STORE_CANNOT_OPEN',
    (file) => `${file} cannot be opened; check that it is there, and its permissions`,
  ],
  [
    ['SQLITE_IOERR'],
    'STORE_IO',
    (file) =>
      `the disk failed while ${file} was used; check the disk and its space, and run the same command again`,
  ],
  [
    ['SQLITE_NOMEM'],
    'STORE_MEMORY',
    (file) => `memory ran out while ${file} was used; free some and run the same command again`,
  ],
];

/** What SQLite complains of, as one line that says what to do and advises nothing that destroys. */
export function storeTrouble(file: string, cause: unknown, role: FileRole): IndexError {
  const sqlite = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const known = TROUBLES.find(([codes]) => codes.some((each) => sqlite.startsWith(each)));
  if (known === undefined) return damaged(file, cause, role);
  const [, code, tell] = known;
  const [what = '', ...todo] = tell(file).split('; ');
  return new IndexError(code, `${what} (${sqlite}: ${messageOf(cause)}); ${todo.join('; ')}`, {
    cause,
  });
}

/** The error that says that a file is damaged. */
export function damaged(file: string, cause: unknown, role: FileRole = 'published'): IndexError {
  return new IndexError(
    'STORE_DAMAGED',
    `${file} is damaged (${messageOf(cause)}); ${CURES[role]}`,
    { cause },
  );
}

/** Whether a file cannot be used because of what stands in it. */
export function isDamage(error: unknown): boolean {
  return error instanceof IndexError && error.code === 'STORE_DAMAGED';
}
