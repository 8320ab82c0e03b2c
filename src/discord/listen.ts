import { Events, type Client } from 'discord.js';
import type { Bot } from './bot.js';
import { createDispatch } from './dispatch.js';
import { greet } from './first-use.js';
import { createOnMessage } from './on-message.js';
import type { Presence } from './presence.js';

/** Gives each event of Discord's to what deals with it; work that runs is in `working`. */
export function listen(
  client: Client,
  bot: Bot,
  { working, presence }: { readonly working: Set<Promise<void>>; readonly presence: Presence },
): void {
  const dispatch = createDispatch(bot);
  const onMessage = createOnMessage(bot);
  const track = (work: Promise<void>): void => {
    working.add(work);
    void work.finally(() => working.delete(work));
  };
  const { log } = bot;
  client.on(Events.InteractionCreate, (interaction) => {
    track(dispatch(interaction));
  });
  client.on(Events.MessageCreate, (message) => {
    track(onMessage(message));
  });
  client.on(Events.GuildCreate, (guild) => {
    track(
      greet(bot, guild).catch((error: unknown) => {
        const where = { server: guild.id };
        log.once(`greet ${guild.id}`, { error, ...where }, 'a new server could not be greeted');
      }),
    );
  });
  client.on(Events.GuildDelete, ({ id, available }) => {
    // Not available: an outage. Otherwise the bot was removed, and its settings go with it.
    if (!available) return;
    bot.data.forgetServer(id);
    bot.presenceChanged();
  });
  const forget = ({ id, guildId }: { readonly id: string; readonly guildId: string }): void => {
    bot.data.deleteDossier(`channel:${id}`);
    const { channels, ...settings } = bot.data.settingsOf(guildId);
    const { [id]: own, ...others } = channels;
    if (own === undefined) return;
    bot.data.saveSettings(guildId, { ...settings, channels: others });
    bot.presenceChanged();
  };
  client.on(Events.ChannelDelete, (channel) => {
    if (!channel.isDMBased()) forget(channel);
  });
  client.on(Events.ThreadDelete, forget);
  client.on(Events.ClientReady, (ready) => {
    // Those that have removed it while it was away: nobody else would ever tell.
    const left = bot.data.servers().filter((server) => !ready.guilds.cache.has(server));
    for (const server of left) bot.data.forgetServer(server);
    if (left.length > 0) bot.presenceChanged();
    log.info({ user: ready.user.tag, servers: ready.guilds.cache.size }, 'connected to Discord');
  });
  // Of every session, a new one behind one that had become invalid too: presence ends with its session.
  client.on(Events.ShardReady, () => {
    presence.show();
  });
}
