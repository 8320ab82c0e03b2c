import {
  MessageFlags,
  PermissionFlagsBits,
  type Guild,
  type GuildTextBasedChannel,
} from 'discord.js';
import { ACTIONS } from './actions.js';
import type { Bot } from './bot.js';
import { dismissButton } from './commands/dismiss.js';
import { idOf } from './custom-id.js';
import { button, buttons, notice, withButton, type Rendered } from './render/components.js';
import { examples, privacyTold } from './render/examples.js';
import { directCeilingOf } from './place.js';
import { payloadOf } from './respond.js';
import { ceilingTold } from './settings.js';

/**
 * What is said once when the bot is let in to a server: in the first channel where it may write, or to whoever owns the
 * server (Discord tells nobody else who added it).
 */
export async function greet(bot: Bot, guild: Guild): Promise<void> {
  const channel = await channelFor(guild);
  const payload = {
    ...payloadOf(await greeting(bot, guild, channel === null)),
    flags: [MessageFlags.IsComponentsV2, MessageFlags.SuppressNotifications] as const,
  };
  if (channel === null) await guild.client.users.send(guild.ownerId, payload);
  else await channel.send(payload);
}

async function greeting(bot: Bot, { id, ownerId }: Guild, isDirect: boolean): Promise<Rendered> {
  const { ceiling } = bot.data.settingsOf(id);
  const mention = await bot.mentions(id);
  const lines = [
    '**Pilcrow ¶** quotes diplomatic cables: it finds the paragraphs that answer a question and shows them exactly, each with its classification mark and a citation. It writes no answers of its own.',
    await examples(bot.library.under(isDirect ? directCeilingOf(bot) : ceiling), mention),
    `Shown on the server: ${ceilingTold(ceiling)}. Who may manage it can change that${isDirect ? ` there, with ${mention('settings')}.` : ':'}`,
    privacyTold(bot.options),
  ];
  const settings = isDirect ? null : button('Change what is shown', idOf(ACTIONS.settings, []));
  return withButton(notice(lines.join('\n'), ...buttons(settings)), dismissButton(ownerId));
}

const NEEDED = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages;

/** The channel for messages of the system, or the first one, where the bot may write. */
async function channelFor(guild: Guild): Promise<GuildTextBasedChannel | null> {
  const me = guild.members.me ?? (await guild.members.fetchMe().catch(() => null));
  if (me === null) return null;
  const texts = [...guild.channels.cache.values()]
    .filter((each) => each.isTextBased() && !each.isThread() && !each.isVoiceBased())
    .sort((a, b) => a.rawPosition - b.rawPosition);
  const [first] = [guild.systemChannel, ...texts].filter(
    (each) => each?.permissionsFor(me).has(NEEDED) === true,
  );
  return first ?? null;
}
