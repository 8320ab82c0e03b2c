import { once } from 'node:events';
import type { Config } from '../config.js';
import { startBot } from '../discord/client.js';
import { createLog } from '../discord/log.js';
import { configOf, indexCommand, type CliCommand, type IndexOptions } from './command.js';

export const botCommand: CliCommand = {
  add(program) {
    indexCommand(program, 'bot', 'run the Discord bot (DISCORD_TOKEN, docs/discord.md)').action(
      async (options: IndexOptions) => {
        await runBot(configOf(options));
      },
    );
  },
};

/** Runs the bot until the process is told to end. */
export async function runBot(config: Config): Promise<void> {
  const log = createLog(config.discord.logLevel);
  const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  const bot = await startBot(config, log);
  await stopped;
  log.info({}, 'told to leave: what runs is finished first');
  await bot.stop();
}
