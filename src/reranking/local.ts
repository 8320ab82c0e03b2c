import { z } from 'zod';
import { checkFiles, rerankerSchema } from '../embedding/model-files.js';
import { openModelThreads, type ModelRun } from '../embedding/model-threads.js';
import type { Reranker } from './reranker.js';
import type { RerankingTask } from './worker.js';

const reading = z.object({ relevance: z.number(), sentences: z.array(z.number()) });

/** The cross-encoder of a folder in worker threads. Throws what {@link openModelThreads} throws. */
export async function openLocalReranker(folder: string, how: ModelRun): Promise<Reranker> {
  const description = await checkFiles(folder, rerankerSchema, 'PILCROW_RERANKER');
  const threads = await openModelThreads<RerankingTask>(
    'reranking/worker',
    { folder, description },
    how,
  );
  return {
    name: description.name,
    read: async (question, context, sentences) =>
      reading.parse(await threads.run({ kind: 'read', question, context, sentences })),
    close: () => threads.close(),
  };
}
