import { Piscina } from 'piscina';
import { z } from 'zod';
import { forbidTelemetry } from '../config.js';
import { checkFiles, rerankerSchema } from '../embedding/model-files.js';
import { compiledWorker } from '../worker-threads.js';
import type { Reranker } from './reranker.js';
import type { RerankingTask } from './worker.js';

const reading = z.object({ relevance: z.number(), sentences: z.array(z.number()) });

/** The cross-encoder of a folder in worker threads of one thread each, at most `workers` of them. */
export async function openLocalReranker(folder: string, workers: number): Promise<Reranker> {
  const description = await checkFiles(folder, rerankerSchema);
  forbidTelemetry();
  const pool = new Piscina<RerankingTask, unknown>({
    filename: compiledWorker('reranking/worker'),
    workerData: { folder, description },
    minThreads: 1,
    maxThreads: workers,
    idleTimeout: Number.POSITIVE_INFINITY,
    recordTiming: false,
  });
  return {
    name: description.name,
    read: async (question, context, sentences) =>
      reading.parse(await pool.run({ kind: 'read', question, context, sentences })),
    async close() {
      // A thread that is ended while it loads the model takes the whole process with it.
      await Promise.allSettled(pool.threads.map(() => pool.run({ kind: 'load' })));
      await pool.close();
    },
  };
}
