import type { Client } from 'discord.js';

/** A command as it stands in a message: one presses it, and it is begun. */
export type CommandMention = (name: string) => string;

/** Names of commands as they can be pressed, on a server or (null) in direct messages. */
export type CommandMentions = (server: string | null) => Promise<CommandMention>;

/**
 * Asks Discord once for the numbers of the commands, those of the server before those for everywhere. Where it does not
 * tell, or does not know them yet, they are names alone.
 */
export function createCommandMentions(client: () => Client | null): CommandMentions {
  const known = new Map<string | null, Promise<ReadonlyMap<string, string>>>();
  const idsOf = async (server: string | null): Promise<ReadonlyMap<string, string>> => {
    const commands = client()?.application?.commands;
    const found = await commands?.fetch({ ...(server !== null && { guildId: server }) });
    return new Map(found?.map(({ name, id }) => [name, id] as const));
  };
  const once = (server: string | null): Promise<ReadonlyMap<string, string>> => {
    const asked = known.get(server);
    if (asked !== undefined) return asked;
    const asking = idsOf(server)
      .catch(() => new Map<string, string>())
      .then((ids) => {
        if (ids.size === 0) known.delete(server); // it is asked again the next time
        return ids;
      });
    known.set(server, asking);
    return asking;
  };
  return async (server) => {
    const [everywhere, own] = await Promise.all([
      once(null),
      server === null ? new Map<string, string>() : once(server),
    ]);
    return (name) => {
      const id = own.get(name) ?? everywhere.get(name);
      return id === undefined ? `\`/${name}\`` : `</${name}:${id}>`;
    };
  };
}
