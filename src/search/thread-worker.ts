import { openIndex } from '../app.js';
import { PilcrowError, type ExitCode } from '../errors.js';
import { givenData } from '../worker-threads.js';
import type { Answer } from './answer.js';
import { explain, type Explanation } from './explain.js';
import type { AskOptions, QuestionContext } from './search.js';
import { searchSettings } from './thread.js';

/** What the thread is asked for. */
export type SearchTask =
  | { readonly kind: 'open' }
  | { readonly kind: 'ask'; readonly question: string; readonly options: AskOptions }
  | { readonly kind: 'explain'; readonly question: string; readonly context: QuestionContext }
  | { readonly kind: 'close' };

/** What it replies: an error of ours in a form that passes between threads. */
export type SearchReply =
  | { readonly kind: 'done' }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'explanation'; readonly explanation: Explanation }
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly message: string;
      readonly exit: ExitCode;
    };

const index = openIndex(searchSettings.parse(givenData()));
index.catch(() => undefined); // each task tells of it

/** Does one task. Tasks overlap: while one waits for its embedding, another is searched. */
export default async function serve(task: SearchTask): Promise<SearchReply> {
  try {
    const { search, store, ...open } = await index;
    switch (task.kind) {
      case 'open':
        return { kind: 'done' };
      case 'ask':
        return { kind: 'answer', answer: await search.ask(task.question, task.options) };
      case 'explain': {
        const found = await search.find(task.question, task.context);
        return { kind: 'explanation', explanation: explain(store, found) };
      }
      case 'close':
        await open.close();
        return { kind: 'done' };
    }
  } catch (error) {
    if (!(error instanceof PilcrowError)) throw error;
    const { code, message, exit } = error;
    return { kind: 'error', code, message, exit };
  }
}
