import PQueue from 'p-queue';
import { EXIT, PilcrowError } from '../errors.js';
import { OURS } from './limits.js';

/** As many questions wait as may. */
export class BusyError extends PilcrowError {
  override readonly name = 'BusyError';

  constructor(waiting: number) {
    const what = `${waiting} questions are waiting to be answered already`;
    super(
      'BUSY',
      { what, todo: 'please ask again in a minute', context: { waiting } },
      EXIT.notFound,
    );
  }
}

/** Searches, a few at once; the others wait their turn, up to a limit. */
export interface SearchQueue {
  /** Throws {@link BusyError} at once where too many wait. */
  run<T>(search: () => Promise<T>): Promise<T>;
  /** How many wait for their turn. */
  readonly waiting: number;
  /** Settles when nothing runs and nothing waits. */
  idle(): Promise<void>;
}

export function createSearchQueue(
  atOnce: number = OURS.atOnce,
  waiting: number = OURS.waiting,
): SearchQueue {
  const queue = new PQueue({ concurrency: atOnce });
  return {
    get waiting() {
      return queue.size;
    },
    async run(search) {
      if (queue.size >= waiting) throw new BusyError(queue.size);
      return await queue.add(search);
    },
    idle: () => queue.onIdle(),
  };
}
