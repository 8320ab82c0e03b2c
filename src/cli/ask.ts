import { InputError, messageOf } from '../errors.js';
import { answerBatch, readBatchLines } from './batch.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';
import { shownOf } from '../search/fold.js';
import type { Filters } from '../search/filters.js';
import { openSearchThread } from '../search/thread.js';
import { contracted } from './contract.js';
import { readableExplanation } from './explanation.js';
import { addFilters, filtersOf, parseLimit } from './options.js';
import { createRenderer } from './render.js';

/** Paragraphs shown on a terminal, and listed in JSON, where no limit is given. */
const SHOWN = 3;
const LISTED = 10;

interface AskCommandOptions extends IndexOptions, Filters {
  readonly explain?: true;
  readonly json?: true;
  readonly limit?: number;
  readonly batch?: string;
}

export const askCommand: CliCommand = {
  add(program, { output, input, fellShort }) {
    const command = indexCommand(
      program,
      'ask',
      'answer a question by quoting the paragraphs that answer it',
    );
    addFilters(command)
      .argument('[question...]', 'the question')
      .option('--json', 'print the answer as JSON')
      .option('--limit <n>', 'how many paragraphs at most (3; 10 in JSON)', parseLimit)
      .option(
        '--batch <file>',
        'answer JSONL lines {"id","q","history"?,"filters"?} from a file, or from - (standard input)',
      )
      .option('--explain', 'print every candidate, its scores and why it stands where it does')
      .action(async (words: string[], options: AskCommandOptions) => {
        const question = words.length === 0 ? undefined : words.join(' ');
        const filters = filtersOf(options);
        if (options.batch !== undefined) {
          if (question !== undefined) throw usage('give a question or --batch, not both');
          const lines = readBatchLines(options.batch, input);
          const limit = options.limit ?? LISTED;
          const wrong = await answerBatch(configOf(options), lines, { limit, filters }, (value) => {
            output.out(json(value));
          });
          if (wrong > 0) {
            throw new InputError(
              'BATCH_LINES',
              `${wrong} lines of the batch could not be answered; see "error" in their place`,
            );
          }
          return;
        }
        if (question === undefined)
          throw usage('give a question, as in: pilcrow ask "Who met Tim Stratford?"');
        const search = await openSearchThread(configOf(options));
        try {
          if (options.explain) {
            const explanation = await search.explain(question, { filters });
            output.out(options.json ? json(explanation) : readableExplanation(explanation));
            return;
          }
          const limit = options.limit ?? SHOWN;
          const listed = options.limit ?? LISTED;
          const answer = await search.ask(question, { limit: Math.max(limit, LISTED), filters });
          const results = options.json
            ? answer.results.slice(0, listed)
            : shownOf(answer.results, limit);
          const shown = { ...answer, results };
          output.out(options.json ? json(contracted(shown)) : createRenderer(output).answer(shown));
          if (answer.abstained) fellShort();
        } finally {
          await search.close();
        }
      });
  },
};

function usage(message: string): InputError {
  return new InputError('USAGE', messageOf(message));
}
