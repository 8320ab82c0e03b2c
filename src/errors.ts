import type { z } from 'zod';

/** The exit codes of the command line (contract); 70, as sysexits has it: something went wrong inside a bot that ran. */
export const EXIT = {
  done: 0,
  notFound: 1,
  usage: 2,
  index: 3,
  refused: 4,
  someSetAside: 5,
  broken: 70,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What an error is about, by name: whoever words it for a reader takes it from here. */
export type ErrorContext = Readonly<Record<string, string | number>>;

/** What is wrong, as data. Both sentences are short, begin small and have no full stop. */
export interface Trouble {
  /** What is wrong, and where. */
  readonly what: string;
  /** What to do about it; nothing where that is plain. */
  readonly todo?: string;
  readonly context?: ErrorContext;
  readonly cause?: unknown;
}

/**
 * An error that a user can act on. `code` names it for programs and for whoever words it; the message is
 * the terminal's: what is wrong, a semicolon, what to do. `exit` is the command line's exit code.
 */
export class PilcrowError extends Error {
  override readonly name: string = 'PilcrowError';
  readonly what: string;
  readonly todo: string | null;
  readonly context: ErrorContext;

  constructor(
    readonly code: string,
    { what, todo, context = {}, cause }: Trouble,
    readonly exit: ExitCode,
  ) {
    super(todo === undefined ? what : `${what}; ${todo}`, cause === undefined ? {} : { cause });
    this.what = what;
    this.todo = todo ?? null;
    this.context = context;
  }
}

/** Discord lets the bot in under no circumstances: its token, an intent or its application must be changed first. */
export class RefusedError extends PilcrowError {
  override readonly name = 'RefusedError';

  constructor(code: string, trouble: Trouble) {
    super(code, trouble, EXIT.refused);
  }
}

/** Wrong usage or bad input: exit 2. */
export class InputError extends PilcrowError {
  override readonly name = 'InputError';

  constructor(code: string, trouble: Trouble) {
    super(code, trouble, EXIT.usage);
  }
}

/** Whether wrong usage or bad input was told of: also by a thread, which sends no class. */
export function isBadInput(error: unknown): boolean {
  return error instanceof PilcrowError && error.exit === EXIT.usage;
}

/** The index is missing, damaged, or of another model: exit 3. */
export class IndexError extends PilcrowError {
  override readonly name = 'IndexError';

  constructor(code: string, trouble: Trouble) {
    super(code, trouble, EXIT.index);
  }
}

/** What is wrong with a disk and what to do, by Node's code. */
const DISK: Readonly<Record<string, Required<Pick<Trouble, 'what' | 'todo'>>>> = {
  ENOSPC: { what: 'no room is left on the disk', todo: 'make room and run the same command again' },
  EDQUOT: { what: 'the quota is full', todo: 'make room and run the same command again' },
  EROFS: { what: 'the disk is read-only', todo: 'make it writable, or use another' },
  EACCES: { what: 'permission is denied', todo: 'check the permissions' },
  EPERM: { what: 'permission is denied', todo: 'check the permissions' },
  EIO: { what: 'the disk failed', todo: 'check the disk and its space' },
};

/** What the disk refuses, where that was thrown and nobody told of it: exit 3, as with all that ails an index. */
export function diskTrouble(error: unknown): IndexError | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  const told = DISK[code ?? ''];
  if (told === undefined) return null;
  const file = dest ?? path;
  return new IndexError('DISK_TROUBLE', {
    what: `${told.what}${file === undefined ? '' : ` for ${file}`} (${messageOf(error)})`,
    todo: told.todo,
    cause: error,
  });
}

/** The thing asked for was not found: exit 1. */
export class NotFoundError extends PilcrowError {
  override readonly name = 'NotFoundError';

  constructor(code: string, trouble: Trouble) {
    super(code, trouble, EXIT.notFound);
  }
}

/** Whether the thing asked for was not found: also by a thread, which sends no class. */
export function isNotFound(error: unknown): boolean {
  return error instanceof PilcrowError && error.exit === EXIT.notFound;
}

/** The message of whatever was thrown, on one line. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\s*\n\s*/g, ' ');
}

/** What a schema refuses, in a sentence; `whole` names the value itself. */
export function problemsOf(error: z.ZodError, whole: string): string {
  return error.issues
    .map(({ path, message }) => `${path.join('.') || whole}: ${message}`)
    .join('; ');
}
