import { Piscina } from 'piscina';
import { z } from 'zod';
import { forbidTelemetry } from '../config.js';
import type { Embedder } from './embedder.js';
import { checkModel } from './model-files.js';
import { stemsKnown } from './vocabulary.js';
import type { EmbeddingTask } from './worker.js';
import { compiledWorker } from '../worker-threads.js';

const vector = z.instanceof(Float32Array);
const questionVectors = z.object({ vector, wordMean: vector });
const passageVectors = z.object({ windows: z.array(vector), sentences: z.array(vector) });

/** The model of a folder in worker threads of one thread each, at most `workers` of them. */
export async function openLocalEmbedder(folder: string, workers: number): Promise<Embedder> {
  const { description, fingerprint } = await checkModel(folder);
  forbidTelemetry();
  const pool = new Piscina<EmbeddingTask, unknown>({
    filename: compiledWorker('embedding/worker'),
    workerData: { folder, description },
    minThreads: 1,
    maxThreads: workers,
    idleTimeout: Number.POSITIVE_INFINITY,
    recordTiming: false,
  });
  let words: Promise<ReadonlySet<string>> | null = null;
  return {
    fingerprint,
    words: () => (words ??= stemsKnown(folder)),
    name: description.name,
    dimension: description.dimension,
    embedQuestion: async (text) =>
      questionVectors.parse(await pool.run({ kind: 'question', text })),
    embedPassage: async (context, sentences) =>
      passageVectors.parse(await pool.run({ kind: 'passage', context, sentences })),
    async close() {
      // A thread that is ended while it loads the model takes the whole process with it.
      await Promise.allSettled(pool.threads.map(() => pool.run({ kind: 'load' })));
      await pool.close();
    },
  };
}
