import { openIndex } from '../app.js';
import { InputError, messageOf } from '../errors.js';
import { answerBatch, readBatchLines } from './batch.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';
import { parseLimit } from './options.js';
import { createRenderer } from './render.js';

/** Paragraphs shown on a terminal, and listed in JSON, where no limit is given. */
const SHOWN = 3;
const LISTED = 10;

interface AskCommandOptions extends IndexOptions {
  readonly json?: true;
  readonly limit?: number;
  readonly batch?: string;
}

export const askCommand: CliCommand = {
  add(program, { output, input, fellShort }) {
    indexCommand(program, 'ask', 'answer a question by quoting the paragraphs that answer it')
      .argument('[question...]', 'the question')
      .option('--json', 'print the answer as JSON')
      .option('--limit <n>', 'how many paragraphs at most (3; 10 in JSON)', parseLimit)
      .option(
        '--batch <file>',
        'answer JSONL lines {"id","q","history"?} from a file, or from - (standard input)',
      )
      .action(async (words: string[], options: AskCommandOptions) => {
        const question = words.length === 0 ? undefined : words.join(' ');
        if (options.batch !== undefined) {
          if (question !== undefined) throw usage('give a question or --batch, not both');
          const lines = readBatchLines(options.batch, input);
          const limit = options.limit ?? LISTED;
          const wrong = await answerBatch(configOf(options), lines, limit, (value) => {
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
        const index = await openIndex(configOf(options));
        try {
          const limit = options.limit ?? (options.json ? LISTED : SHOWN);
          const answer = await index.search.ask(question, { limit });
          output.out(options.json ? json(answer) : createRenderer(output).answer(answer));
          if (answer.abstained) fellShort();
        } finally {
          await index.close();
        }
      });
  },
};

function usage(message: string): InputError {
  return new InputError('USAGE', messageOf(message));
}
