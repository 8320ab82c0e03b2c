import {
  ApplicationIntegrationType,
  type BaseInteraction,
  type Channel,
  type Message,
} from 'discord.js';
import { lowerOf, type Ceiling } from '../cable/ceiling.js';
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
  const directCeiling = directCeilingOf(bot);
  if (guildId === null) {
    return { server: null, settings: DEFAULT_SETTINGS, ceiling: directCeiling };
  }
  const settings = bot.data.settingsOf(guildId);
  const ceiling = ceilingIn(settings, channelsOf(channelId, channel));
  return {
    server: guildId,
    settings,
    // Where a server has not let the bot in, somebody's own installation shows what they may see alone.
    ceiling: isOnServer(from) ? ceiling : lowerOf(ceiling, directCeiling),
  };
}

/**
 * What direct messages show, and somebody's own installation: what whoever runs Pilcrow has set, or else
 * no more than every server shows. Without a limit they would be a way around each of those.
 */
export function directCeilingOf({ options, data }: Pick<Bot, 'options' | 'data'>): Ceiling {
  return options.directCeiling ?? data.lowestCeiling();
}

function isOnServer(from: BaseInteraction | Message): boolean {
  if (!('authorizingIntegrationOwners' in from)) return true;
  return from.authorizingIntegrationOwners[ApplicationIntegrationType.GuildInstall] !== undefined;
}

/** A channel and what it stands in, from within; null from where Discord has not told of it. */
export function channelsOf(id: string | null, channel: Channel | null): (string | null)[] {
  if (id === null || channel === null) return [id, null];
  if (channel.isThread()) {
    const { parent, parentId } = channel;
    return [id, parentId, ...(parent === null ? [null] : above(parent.parentId))];
  }
  return [id, ...above('parentId' in channel ? channel.parentId : null)];
}

/** The category that a channel stands in, if it stands in one. */
function above(category: string | null): string[] {
  return category === null ? [] : [category];
}
