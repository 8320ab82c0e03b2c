import PQueue from 'p-queue';
import { OURS } from './limits.js';

/** As many questions wait as may. */
export class BusyError extends Error {
  override readonly name = 'BusyError';

  constructor(waiting: number) {
    super(`${waiting} questions are waiting to be answered already; please ask again in a minute`);
  }
}

/** Searches, a few at once; the others wait their turn, up to a limit. */
export interface SearchQueue {
  /** Throws {@link BusyError} at once where too many wait. */
  run<T>(search: () => Promise<T>): Promise<T>;
  /** Settles when nothing runs and nothing waits. */
  idle(): Promise<void>;
}

export function createSearchQueue(
  atOnce: number = OURS.atOnce,
  waiting: number = OURS.waiting,
): SearchQueue {
  const queue = new PQueue({ concurrency: atOnce });
  return {
    async run(search) {
      if (queue.size >= waiting) throw new BusyError(queue.size);
      return await queue.add(search);
    },
    idle: () => queue.onIdle(),
  };
}
