import { Piscina } from 'piscina';
import { z } from 'zod';
import { PilcrowError } from '../errors.js';
import { compiledWorker } from '../worker-threads.js';
import type { Answer } from './answer.js';
import type { Explanation } from './explain.js';
import type { AskOptions, QuestionContext } from './search.js';
import type { SearchReply, SearchTask } from './thread-worker.js';

/** What the thread needs of the configuration. */
export const searchSettings = z.object({
  index: z.string(),
  model: z.string(),
  workers: z.number(),
});
export type SearchSettings = z.infer<typeof searchSettings>;

/** Answers questions from a thread of its own, so that nothing here ever waits for a search. */
export interface SearchThread {
  ask(question: string, options: AskOptions): Promise<Answer>;
  explain(question: string, context: QuestionContext): Promise<Explanation>;
  close(): Promise<void>;
}

/** Questions in the thread at once: while one waits for its embedding, others are searched. */
const AT_ONCE = 16;

/**
 * Opens an index in a thread: store, vectors and the model's own threads. Throws what opening the
 * index throws.
 */
export async function openSearchThread(settings: SearchSettings): Promise<SearchThread> {
  const pool = new Piscina<SearchTask, SearchReply>({
    filename: compiledWorker('search/thread-worker'),
    workerData: searchSettings.parse(settings),
    minThreads: 1,
    maxThreads: 1,
    concurrentTasksPerWorker: AT_ONCE,
    idleTimeout: Number.POSITIVE_INFINITY,
    recordTiming: false,
  });
  const reply = async (task: SearchTask): Promise<SearchReply> => {
    const replied = await pool.run(task);
    if (replied.kind !== 'error') return replied;
    throw new PilcrowError(replied.code, replied.message, replied.exit);
  };
  try {
    await reply({ kind: 'open' });
  } catch (error) {
    await pool.destroy();
    throw error;
  }
  return {
    async ask(question, options) {
      const replied = await reply({ kind: 'ask', question, options });
      if (replied.kind !== 'answer') throw new Error(`the search thread replied ${replied.kind}`);
      return replied.answer;
    },
    async explain(question, context) {
      const replied = await reply({ kind: 'explain', question, context });
      if (replied.kind !== 'explanation') {
        throw new Error(`the search thread replied ${replied.kind}`);
      }
      return replied.explanation;
    },
    async close() {
      await reply({ kind: 'close' });
      await pool.destroy();
    },
  };
}
