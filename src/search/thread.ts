import { z } from 'zod';
import type { Ceiling } from '../cable/ceiling.js';
import { openThread, type Thread } from '../thread-calls.js';
import type { Answer, AnswerResult } from './answer.js';
import type { Explanation } from './explain.js';
import type { HighlightedSpan, SpanPlace } from './highlighted.js';
import type { RelatedTo } from './related.js';
import type { AskOptions, QuestionContext } from './search.js';

/** What the thread needs of the configuration. */
export const searchSettings = z.object({
  index: z.string(),
  model: z.string(),
  workers: z.number(),
});
export type SearchSettings = z.infer<typeof searchSettings>;

/** What the thread does. */
export type SearchMethods = Readonly<{
  ask(question: string, options: AskOptions): Promise<Answer>;
  explain(question: string, context: QuestionContext): Promise<Explanation>;
  /** The nearest paragraphs of other cables, one a cable, nearest first. */
  related(to: RelatedTo, limit: number, ceiling?: Ceiling): Promise<AnswerResult[]>;
  /** Spans that were found for a question before, with the sentences that answer it. */
  highlighted(
    question: string,
    places: readonly SpanPlace[],
    ceiling: Ceiling,
  ): Promise<HighlightedSpan[]>;
}>;

/** Answers questions from a thread of its own, so that nothing here ever waits for a search. */
export interface SearchThread {
  ask(question: string, options: AskOptions): Promise<Answer>;
  explain(question: string, context: QuestionContext): Promise<Explanation>;
  related(to: RelatedTo, limit: number, ceiling?: Ceiling): Promise<AnswerResult[]>;
  highlighted: SearchMethods['highlighted'];
  close(): Promise<void>;
}

/**
 * Opens an index in a thread: store, vectors and the model's own threads. Throws what opening the
 * index throws.
 */
export async function openSearchThread(settings: SearchSettings): Promise<SearchThread> {
  const thread: Thread<SearchMethods> = await openThread(
    'search/thread-worker',
    searchSettings.parse(settings),
  );
  return {
    ask: (question, options) => thread.call('ask', question, options),
    explain: (question, context) => thread.call('explain', question, context),
    related: (to, limit, ceiling) => thread.call('related', to, limit, ceiling),
    highlighted: (question, places, ceiling) =>
      thread.call('highlighted', question, places, ceiling),
    close: () => thread.close(),
  };
}
