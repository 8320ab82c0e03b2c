import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Embedder, QuestionVectors } from './embedder.js';
import { checkModel } from './model-files.js';
import { openModelThreads, type ModelRun } from './model-threads.js';
import { stemsKnown } from './vocabulary.js';
import type { EmbeddingTask } from './worker.js';

const vector = z.instanceof(Float32Array);
const questionVectors = z.object({ vector, wordMean: vector });
const passageVectors = z.object({ windows: z.array(vector), sentences: z.array(vector) });

/** Questions whose vectors are kept: one is read for what it wants, searched, and shown again, each by its vector. */
const LAST_QUESTIONS = 256;

/** The model of a folder in worker threads. Throws what {@link openModelThreads} throws. */
export async function openLocalEmbedder(folder: string, how: ModelRun): Promise<Embedder> {
  const { description, fingerprint, projection } = await checkModel(folder);
  const threads = await openModelThreads<EmbeddingTask>(
    'embedding/worker',
    { folder, description },
    how,
  );
  const questions = new LRUCache<string, QuestionVectors>({
    max: LAST_QUESTIONS,
    // One that others push out while its vectors are made is answered all the same.
    ignoreFetchAbort: true,
    fetchMethod: async (text) =>
      questionVectors.parse(await threads.run({ kind: 'question', text })),
  });
  let words: Promise<ReadonlySet<string>> | null = null;
  return {
    fingerprint,
    words: () => (words ??= stemsKnown(folder)),
    name: description.name,
    dimension: description.dimension,
    projection,
    embedQuestion: (text) => questions.forceFetch(text),
    embedPassage: async (context, sentences) =>
      passageVectors.parse(await threads.run({ kind: 'passage', context, sentences })),
    close: () => threads.close(),
  };
}
