import { Piscina } from 'piscina';
import { forbidTelemetry, type Device } from '../config.js';
import { InputError, messageOf } from '../errors.js';
import { compiledWorker } from '../worker-threads.js';

/** What every worker that holds a model may be asked: to load it. */
export interface LoadTask {
  readonly kind: 'load';
}

/** Texts that a device with many cores of its own reads together. */
const BATCH = 32;

/** Worker threads that hold a model, of one thread each. */
export interface ModelThreads<Task> {
  run(task: Task): Promise<unknown>;
  close(): Promise<void>;
}

/** On how many threads, and on what, a model runs. */
export interface ModelRun {
  readonly workers: number;
  readonly device: Device;
  /** Texts that are read together, at most: by itself one on a processor (docs/performance.md), 32 elsewhere. */
  readonly batch?: number;
  /** It is loaded when it is first asked for, and not at once. */
  readonly whenNeeded?: boolean;
}

/**
 * Starts at most so many threads of a worker, by its path under src/; `data` is given to each. Throws
 * {@link InputError} where the device is not to be had.
 */
export async function openModelThreads<Task>(
  worker: string,
  data: object,
  { workers, device, batch = device === 'cpu' ? 1 : BATCH, whenNeeded = false }: ModelRun,
): Promise<ModelThreads<Task>> {
  forbidTelemetry();
  const pool = new Piscina<Task | LoadTask, unknown>({
    filename: compiledWorker(worker),
    workerData: { ...data, device, batch },
    concurrentTasksPerWorker: batch,
    minThreads: whenNeeded ? 0 : 1,
    maxThreads: workers,
    idleTimeout: Number.POSITIVE_INFINITY,
    recordTiming: false,
  });
  if (device !== 'cpu') {
    try {
      await pool.run({ kind: 'load' });
    } catch (cause) {
      await pool.destroy();
      throw new InputError('NO_DEVICE', {
        what: `PILCROW_DEVICE=${device} is not to be had on this machine (${messageOf(cause)})`,
        todo: 'install what it needs, or set it to cpu',
        cause,
      });
    }
  }
  return {
    run: (task) => pool.run(task),
    async close() {
      // A thread that is ended while it loads the model takes the whole process with it.
      await Promise.allSettled(pool.threads.map(() => pool.run({ kind: 'load' })));
      await pool.close();
    },
  };
}
