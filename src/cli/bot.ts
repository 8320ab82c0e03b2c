import { once } from 'node:events';
import type { Config } from '../config.js';
import { EXIT } from '../errors.js';
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

const LEAVING = 'told to leave: what runs is finished first';

/**
 * Runs the bot until the process is told to end. Throws in one line what keeps it from starting, and
 * why Discord has closed the connection for good.
 */
export async function runBot(config: Config): Promise<void> {
  // Read here, so that no other command waits for discord.js.
  const { startBot } = await import('../discord/client.js');
  const { createLog } = await import('../discord/log.js');
  const log = createLog(config.discord.logLevel);
  // What nobody has foreseen (a packet of Discord's that its library cannot read) leaves a line in the log, and a
  // process of which nobody knows in what state it is is no longer run: the supervisor starts it again.
  process.once('uncaughtException', (error) => {
    log.error({ error }, 'something went wrong inside; leaving, to be started again');
    process.exit(EXIT.broken);
  });
  const told = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]).then(() => null);
  const leave = new AbortController();
  const starting = startBot(config, log, { signal: leave.signal });
  starting.catch(() => undefined); // awaited below
  const bot = await Promise.race([starting, told]);
  if (bot === null) {
    // Told to leave before it was in: models that are being loaded would abort the process.
    log.info({}, LEAVING);
    leave.abort();
    await starting.then(
      (started) => started.stop(),
      () => undefined,
    );
    process.exit(EXIT.done);
  }
  const ended = await Promise.race([told, bot.ended]);
  log.info({}, ended === null ? LEAVING : 'leaving');
  await bot.stop();
  if (ended !== null) throw ended;
  process.exit(EXIT.done); // what still waits for Discord is cut off
}
