import type { z } from 'zod';

/** The exit codes of the command line (contract). */
export const EXIT = { done: 0, notFound: 1, usage: 2, index: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * An error that a user can act on. The message is one line: what, where, what to do. `code` names it
 * for programs, `exit` is the command line's exit code.
 */
export class PilcrowError extends Error {
  override readonly name: string = 'PilcrowError';

  constructor(
    readonly code: string,
    message: string,
    readonly exit: ExitCode,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Wrong usage or bad input: exit 2. */
export class InputError extends PilcrowError {
  override readonly name = 'InputError';

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(code, message, EXIT.usage, options);
  }
}

/** Whether wrong usage or bad input was told of: also by the search thread, which sends no class. */
export function isBadInput(error: unknown): boolean {
  return error instanceof PilcrowError && error.exit === EXIT.usage;
}

/** The index is missing, damaged, or of another model: exit 3. */
export class IndexError extends PilcrowError {
  override readonly name = 'IndexError';

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(code, message, EXIT.index, options);
  }
}

/** The thing asked for was not found: exit 1. */
export class NotFoundError extends PilcrowError {
  override readonly name = 'NotFoundError';

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(code, message, EXIT.notFound, options);
  }
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
