import type { BaseInteraction, Message } from 'discord.js';
import type { Ceiling } from '../cable/ceiling.js';
import type { Bot } from './bot.js';
import { ceilingIn, DEFAULT_SETTINGS, type ServerSettings } from './settings.js';

/** Where something is shown: a channel of a server, or direct messages. */
export interface Place {
  /** Null for direct messages. */
  readonly server: string | null;
  readonly settings: ServerSettings;
  readonly ceiling: Ceiling;
}

/** The place of an interaction or a message, with what its server has settled. */
export function placeOf(bot: Bot, from: BaseInteraction | Message): Place {
  const { guildId, channelId, channel } = from;
  if (guildId === null) {
    return { server: null, settings: DEFAULT_SETTINGS, ceiling: bot.options.directCeiling };
  }
  const settings = bot.data.settingsOf(guildId);
  // Of a channel that is not known (an archived thread) the parent is not either.
  const parent = channel !== null && 'parentId' in channel ? channel.parentId : null;
  const channels = channel === null ? null : [channelId, parent].filter((id) => id !== null);
  return { server: guildId, settings, ceiling: ceilingIn(settings, channels) };
}
