import { constants, setPriority } from 'node:os';
import { runEmbed } from '../app.js';
import type { CableOrder } from '../corpus/corpus.js';
import { messageOf } from '../errors.js';
import {
  configOf,
  indexCommand,
  json,
  type CliCommand,
  type IndexOptions,
  type Output,
} from './command.js';
import { stoppable, vectorsTold } from './ingest.js';
import { embedFirstOption } from './options.js';

interface EmbedOptions extends IndexOptions {
  readonly json?: true;
  readonly anew?: boolean;
  readonly embedFirst?: CableOrder;
}

/** Questions come first. Where a system call filter forbids it, that is told and the work goes on. */
function lowerPriority(output: Output): void {
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch (error) {
    output.err(`its priority cannot be lowered (${messageOf(error)})\n`);
  }
}

export const embedCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(
      program,
      'embed',
      'make the vectors that the index lacks, at low priority, while the bot answers; with another PILCROW_MODEL, all of them',
    )
      .option('--json', 'print the report as JSON')
      .option(
        '--anew',
        'look at every vector that is kept, make damaged ones again and rebuild the HNSW graph',
      )
      .addOption(embedFirstOption())
      .action(async ({ anew = false, embedFirst = 'newest', ...options }: EmbedOptions) => {
        lowerPriority(output);
        const report = await stoppable(output, (watched) =>
          runEmbed(configOf(options), { ...watched, anew, order: embedFirst }),
        );
        output.out(options.json ? json(report) : `${vectorsTold(report)}\n`);
      });
  },
};
