import { ChannelType, type Message, type BaseInteraction } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { lowerOf, NO_CEILING, readCeiling, type Ceiling } from '../../src/cable/ceiling.js';
import type { Bot } from '../../src/discord/bot.js';
import { placeOf } from '../../src/discord/place.js';
import { ceilingIn, DEFAULT_SETTINGS } from '../../src/discord/settings.js';

const U = readCeiling('U') ?? NO_CEILING;
const C = readCeiling('C without NF') ?? NO_CEILING;

/** As much of a bot and of where something happens as the place is read from. */
function placeIn(
  channel: {
    type: ChannelType;
    parentId?: string | null;
    parent?: { parentId: string | null } | null;
  } | null,
  {
    channels = {},
    direct = NO_CEILING,
    userInstalled = false,
  }: { channels?: Record<string, Ceiling>; direct?: Ceiling; userInstalled?: boolean } = {},
): Ceiling {
  const bot = {
    data: { settingsOf: () => ({ ...DEFAULT_SETTINGS, channels }) },
    options: { directCeiling: direct },
  } as unknown as Bot;
  const isThread = (): boolean => channel?.type === ChannelType.PublicThread;
  const from = {
    guildId: '1',
    channelId: '2',
    channel: channel === null ? null : { ...channel, isThread },
    ...(userInstalled && { authorizingIntegrationOwners: { 1: '9' } }),
  } as unknown as BaseInteraction | Message;
  return placeOf(bot, from).ceiling;
}

describe('the ceiling of a place', () => {
  it('is the channel’s own, else its parent’s, else the server’s', () => {
    const text = { type: ChannelType.GuildText, parentId: null };
    expect(placeIn(text)).toEqual(NO_CEILING);
    expect(placeIn(text, { channels: { 2: U } })).toEqual(U);
    const thread = { type: ChannelType.PublicThread, parentId: '3', parent: { parentId: '4' } };
    expect(placeIn(thread, { channels: { 3: U, 4: C } })).toEqual(U);
    expect(placeIn(thread, { channels: { 4: U } })).toEqual(U);
    expect(placeIn(thread, { channels: { 5: U } })).toEqual(NO_CEILING);
    const inCategory = { type: ChannelType.GuildMedia, parentId: '4' };
    expect(placeIn(inCategory, { channels: { 4: U } })).toEqual(U);
    expect(placeIn(text, { channels: { 3: U } })).toEqual(NO_CEILING);
  });

  it('is the lowest of all where the channel, or a thread’s parent, is not known', () => {
    const channels = { 3: U, 4: C };
    expect(placeIn(null, { channels })).toEqual(lowerOf(U, C));
    const thread = { type: ChannelType.PublicThread, parent: null };
    expect(placeIn({ ...thread, parentId: null }, { channels })).toEqual(lowerOf(U, C));
    expect(placeIn({ ...thread, parentId: '5' }, { channels })).toEqual(lowerOf(U, C));
    expect(placeIn({ ...thread, parentId: '4' }, { channels })).toEqual(C);
    expect(ceilingIn(DEFAULT_SETTINGS, [null])).toEqual(NO_CEILING);
  });

  it('is no higher than that of direct messages where the server has not let the bot in', () => {
    expect(placeIn({ type: ChannelType.GuildText }, { direct: C, userInstalled: true })).toEqual(C);
    expect(placeIn({ type: ChannelType.GuildText }, { direct: C })).toEqual(NO_CEILING);
  });
});
