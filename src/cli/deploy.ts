import { InvalidArgumentError } from 'commander';
import { readConfig } from '../config.js';
import { json, type CliCommand } from './command.js';

interface DeployOptions {
  readonly guild?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export const deployCommand: CliCommand = {
  add(program, { output }) {
    program
      .command('deploy')
      .description('register the bot’s commands with Discord, and print the invitation link')
      .option('--guild <id>', 'only on this server, where they appear at once', parseGuild)
      .option('--dry-run', 'only show what would change')
      .option('--json', 'print it as JSON')
      .action(async (options: DeployOptions) => {
        const { guild = null, dryRun = false, json: asJson } = options;
        // Read here, so that no other command waits for discord.js.
        const { deploy } = await import('../discord/deploy.js');
        const { COMMANDS } = await import('../discord/registry.js');
        await deploy(readConfig().discord, { commands: COMMANDS, guild, dryRun }, (deployed) => {
          if (asJson) {
            output.out(json(deployed));
            return;
          }
          const { added, changed, removed, unchanged, profile, compared } = deployed;
          const told = [
            ...added.map((name) => `+ ${name}`),
            ...changed.map((name) => `~ ${name}`),
            ...removed.map((name) => `- ${name}`),
            ...unchanged.map((name) => `  ${name}`),
            ...(profile === 'changed' ? ['~ what the application says of itself'] : []),
          ];
          const where = guild === null ? 'everywhere' : `on server ${guild}`;
          output.out(
            `${told.join('\n')}\n\n${dryRun ? 'would be registered' : 'registering'} ${where}\n`,
          );
          if (!compared) {
            output.out(
              'Discord was not asked what it holds: it cannot be reached, or there is no token\n',
            );
          }
          output.out(
            deployed.invitation === null
              ? 'its links need the application’s id: set DISCORD_APPLICATION_ID\n'
              : `invite it to a server with: ${deployed.invitation}\ninstall it for yourself with: ${deployed.personal ?? ''}\n`,
          );
        });
      });
  },
};

function parseGuild(text: string): string {
  if (!/^\d{17,20}$/.test(text)) throw new InvalidArgumentError('It should be a server’s id.');
  return text;
}
