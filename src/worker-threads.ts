import { workerData } from 'node:worker_threads';

/**
 * The compiled file of a worker, by its path under src/ without the ending: from tests as well, since
 * Node 20's threads do not read TypeScript.
 */
export function compiledWorker(file: string): string {
  return new URL(`../dist/${file}.js`, import.meta.url).href;
}

/** What the pool of this worker was given for it: Piscina hands its own data first, then that. */
export function givenData(): unknown {
  const data: unknown = workerData;
  return Array.isArray(data) ? data[1] : data;
}
