import { publishedOf } from '../app.js';
import { InputError } from '../errors.js';
import { listFiles } from '../sources/files.js';
import { runBot } from './bot.js';
import { chat } from './chat.js';
import { configOf, indexCommand, type CliCommand, type IndexOptions } from './command.js';
import { ingestWithProgress } from './ingest.js';

export const startCommand: CliCommand = {
  add(program, context) {
    indexCommand(
      program,
      'start',
      'what npm start runs: an index of the samples if there is none, then the bot (with DISCORD_TOKEN) or the chat',
    ).action(async (options: IndexOptions) => {
      const config = configOf(options);
      if ((await publishedOf(config)) === null) {
        context.output.err(`no index in ${config.index} yet: taking in the sample cables\n`);
        const { cables } = await ingestWithProgress(
          config,
          await listFiles([config.samples]),
          context.output,
          { samples: true },
        );
        if (cables.added === 0) {
          throw new InputError('NO_SAMPLES', {
            what: `no sample cable could be read from ${config.samples}`,
            todo: 'restore the folder from the repository',
          });
        }
      }
      if (config.discord.token === null) await chat(config, context);
      else await runBot(config);
    });
  },
};
