import { Piscina } from 'piscina';
import { forbidTelemetry } from '../config.js';
import type { Embedder } from './embedder.js';
import { checkModel } from './model-files.js';
import type { EmbeddingTask } from './worker.js';

/**
 * The worker is always the compiled one: a worker thread of Node 20 does not read TypeScript, and
 * tests import this file from src/.
 */
const WORKER = new URL('../../dist/embedding/worker.js', import.meta.url);

/** The model of a folder in worker threads of one thread each, at most `workers` of them. */
export async function openLocalEmbedder(folder: string, workers: number): Promise<Embedder> {
  const { description, fingerprint } = await checkModel(folder);
  forbidTelemetry();
  const pool = new Piscina<EmbeddingTask, Float32Array[]>({
    filename: WORKER.href,
    workerData: { folder, description },
    minThreads: 1,
    maxThreads: workers,
    idleTimeout: Number.POSITIVE_INFINITY,
    recordTiming: false,
  });
  const first = (vectors: readonly Float32Array[]): Float32Array => {
    const [vector] = vectors;
    if (vector === undefined) throw new Error('the embedding worker gave no vector');
    return vector;
  };
  return {
    fingerprint,
    name: description.name,
    dimension: description.dimension,
    embedQuestion: async (text) => first(await pool.run({ kind: 'question', text })),
    embedPassage: (context, text) => pool.run({ kind: 'passage', context, text }),
    close: () => pool.close(),
  };
}
