import { Piscina } from 'piscina';
import { forbidTelemetry } from '../config.js';
import { compiledWorker } from '../worker-threads.js';

/** What every worker that holds a model may be asked: to load it. */
export interface LoadTask {
  readonly kind: 'load';
}

/** Worker threads that hold a model, of one thread each. */
export interface ModelThreads<Task> {
  run(task: Task): Promise<unknown>;
  close(): Promise<void>;
}

/** Starts at most so many threads of a worker, by its path under src/; `data` is given to each. */
export function openModelThreads<Task>(
  worker: string,
  data: object,
  workers: number,
): ModelThreads<Task> {
  forbidTelemetry();
  const pool = new Piscina<Task | LoadTask, unknown>({
    filename: compiledWorker(worker),
    workerData: data,
    minThreads: 1,
    maxThreads: workers,
    idleTimeout: Number.POSITIVE_INFINITY,
    recordTiming: false,
  });
  return {
    run: (task) => pool.run(task),
    async close() {
      // A thread that is ended while it loads the model takes the whole process with it.
      await Promise.allSettled(pool.threads.map(() => pool.run({ kind: 'load' })));
      await pool.close();
    },
  };
}
