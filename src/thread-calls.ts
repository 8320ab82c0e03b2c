import { Piscina } from 'piscina';
import { PilcrowError, type ErrorContext, type ExitCode } from './errors.js';

/** What a thread offers: functions by their names. What goes in and out must pass between threads. */
export type Methods = Readonly<Record<string, (...given: never[]) => unknown>>;

interface Call {
  readonly method: string;
  readonly given: readonly unknown[];
}

/** An error of ours in a form that passes between threads. */
interface SentError {
  readonly code: string;
  readonly what: string;
  readonly todo: string | null;
  readonly context: ErrorContext;
  readonly exit: ExitCode;
}

/** What a thread replies. */
type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: SentError };

/** A thread of which methods are called from here. One that dies is started anew: calls under way fail. */
export interface Thread<M extends Methods> {
  call<K extends keyof M & string>(
    method: K,
    ...given: Parameters<M[K]>
  ): Promise<Awaited<ReturnType<M[K]>>>;
  /** Closes what it has open and ends it, once; no call may be under way, and none can be made then. */
  close(): Promise<void>;
}

/** Calls in a thread at once: while one waits for something, others are worked on. */
const AT_ONCE = 16;

/** Opened by each thread before its first call: throws what cannot be opened. */
const OPEN = 'open';
/** Closes what the thread has open. */
const CLOSE = 'close';

/**
 * Starts a thread that {@link serve}s the methods M, and waits until it has opened what it needs. `file`
 * is the worker's, compiled. Throws what opening throws.
 */
export async function openThread<M extends Methods>(
  file: string,
  data: unknown,
): Promise<Thread<M>> {
  const pool = new Piscina<Call, Reply>({
    filename: file,
    workerData: data,
    minThreads: 1,
    maxThreads: 1,
    concurrentTasksPerWorker: AT_ONCE,
    idleTimeout: Number.POSITIVE_INFINITY,
    recordTiming: false,
  });
  const run = async (method: string, given: readonly unknown[]): Promise<unknown> => {
    const reply = await pool.run({ method, given });
    if (reply.ok) return reply.value;
    const { code, what, todo, context, exit } = reply.error;
    throw new PilcrowError(code, { what, ...(todo !== null && { todo }), context }, exit);
  };
  let closing: Promise<unknown> | null = null;
  try {
    await run(OPEN, []);
  } catch (error) {
    await pool.destroy();
    throw error;
  }
  return {
    // The thread serves the very methods M: its reply is what the method gives.
    call<K extends keyof M & string>(method: K, ...given: Parameters<M[K]>) {
      if (closing !== null) return Promise.reject(new Error('the thread was closed')); // else a new one starts
      return run(method, given) as Promise<Awaited<ReturnType<M[K]>>>;
    },
    close() {
      closing ??= run(CLOSE, []).finally(() => pool.destroy()); // no call is under way
      return closing.then(() => undefined);
    },
  };
}

/** What a thread has opened. */
export interface Opened<M extends Methods> {
  readonly methods: M;
  readonly close: () => unknown;
}

/** What a thread's file exports: does one call after the other, those that wait overlapping. */
export function serve<M extends Methods>(
  opening: Promise<Opened<M>>,
): (call: Call) => Promise<Reply> {
  opening.catch(() => undefined); // each call tells of it
  return async ({ method, given }) => {
    try {
      const { methods, close } = await opening;
      if (method === OPEN) return { ok: true, value: null };
      if (method === CLOSE) return { ok: true, value: await close() };
      const own = methods[method] as ((...given: readonly unknown[]) => unknown) | undefined;
      if (own === undefined) throw new Error(`the thread has no method ${method}`);
      return { ok: true, value: await own(...given) };
    } catch (error) {
      if (!(error instanceof PilcrowError)) throw error;
      const { code, what, todo, context, exit } = error;
      return { ok: false, error: { code, what, todo, context, exit } };
    }
  };
}
