/** What is the matter with a file, by SQLite's code. */
export type FileTrouble =
  'full' | 'busy' | 'readonly' | 'cannot open' | 'io' | 'memory' | 'damaged';

/** SQLite's codes by their beginnings; all else is damage. */
const CODES: readonly (readonly [beginning: string, trouble: FileTrouble])[] = [
  ['SQLITE_FULL', 'full'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_READONLY', 'readonly'],
  ['SQLITE_PERM', 'readonly'],
  ['SQLITE_AUTH', 'readonly'],
  ['SQLITE_CANTOPEN', 'cannot open'],
  ['SQLITE_IOERR', 'io'],
  ['SQLITE_NOMEM', 'memory'],
];

/** Tells SQLite's codes apart. */
export function fileTroubleOf(cause: unknown): FileTrouble {
  const code = codeOf(cause);
  return CODES.find(([beginning]) => code.startsWith(beginning))?.[1] ?? 'damaged';
}

/** SQLite's own code, as in `SQLITE_BUSY`; empty where it is none of its errors. */
export function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}
