import { InputError } from '../errors.js';
import { answerBatch, readBatchLines } from './batch.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';
import type { Filters } from '../search/filters.js';
import { openLibraryThread } from '../library-thread.js';
import { contracted, contractedList } from './contract.js';
import { readableExplanation } from './explanation.js';
import { addFilters, filtersOf, parseLimit } from './options.js';
import { createRenderer } from './render.js';

/** Paragraphs shown on a terminal, and listed in JSON, where no limit is given. */
const SHOWN = 3;
const LISTED = 10;
/** Cables of a list where no limit is given. */
const CABLES = 20;

interface AskCommandOptions extends IndexOptions, Filters {
  readonly explain?: true;
  readonly list?: true;
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
      .option(
        '--limit <n>',
        'how many paragraphs at most (3; 10 in JSON), or cables of a list (20)',
        parseLimit,
      )
      .option(
        '--batch <file>',
        'answer JSONL lines {"id","q","history"?,"filters"?} from a file, or from - (standard input)',
      )
      .option('--list', 'list the cables that are asked for, or that are about it, one line each')
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
            throw new InputError('BATCH_LINES', {
              what: `${wrong} lines of the batch could not be answered`,
              todo: 'see "error" in their place',
            });
          }
          return;
        }
        if (question === undefined)
          throw usage('give a question, as in: pilcrow ask "Who met Tim Stratford?"');
        const thread = await openLibraryThread(configOf(options));
        const library = thread.libraryFor();
        try {
          if (options.explain) {
            const explanation = await library.explain(question, { filters });
            output.out(options.json ? json(explanation) : readableExplanation(explanation));
            return;
          }
          if (options.list) {
            const limit = options.limit ?? CABLES;
            const list = await library.list(question, { filters, from: 0, limit });
            output.out(
              options.json ? json(contractedList(list)) : createRenderer(output).list(list),
            );
            if (list.count === 0) fellShort();
            return;
          }
          const shown = options.limit ?? SHOWN;
          const limit = Math.max(shown, LISTED);
          const answer = await library.ask(question, { limit, shown, filters });
          output.out(
            options.json
              ? json(contracted(answer, options.limit ?? LISTED))
              : createRenderer(output).answer(answer),
          );
          if (answer.abstained) fellShort();
        } finally {
          await thread.close();
        }
      });
  },
};

function usage(message: string): InputError {
  return new InputError('USAGE', { what: message });
}
