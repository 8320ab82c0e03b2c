import {
  ApplicationFlags,
  ChannelType,
  InteractionType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import type { Request } from './rest.js';
import type { SentMessage } from './validation.js';

/** A message that the bot or a person has written. */
export interface LocalMessage {
  readonly id: string;
  readonly channel: string;
  sent: SentMessage;
  files: Request['files'];
  readonly author: string;
  ephemeral: boolean;
  deleted: boolean;
  /** Who invoked the interaction that it answers. */
  readonly invoker: string | null;
}

/** Where something is done: a channel of a server, or direct messages; installed there or by a person. */
export interface LocalPlace {
  readonly channel: string;
  readonly server: string | null;
  readonly userInstalled?: boolean;
  /** What apps that people have installed write is seen by who asked alone. */
  readonly forcedPrivate?: boolean;
  /** Roles of the person. */
  readonly roles?: readonly string[];
  /** What the person may do there. */
  readonly permissions?: bigint;
}

export const APPLICATION = '100000000000000000';
export const SERVER = '200000000000000000';
export const CHANNEL = '300000000000000000';
export const OTHER_CHANNEL = '300000000000000001';
export const DIRECT = '400000000000000000';
/** The role that Discord makes for the bot when it is invited. */
export const BOT_ROLE = '500000000000000000';

/** Every permission. */
const ALL = '2251799813685247';

/** What everyone may do on a server where nobody has set anything. */
const EVERYONE = (PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages).toString();

/** Every permission but Attach Files, and Administrator, which has them all. */
export const NO_FILES = (
  BigInt(ALL) & ~(PermissionFlagsBits.AttachFiles | PermissionFlagsBits.Administrator)
).toString();

export function messageOf(message: LocalMessage): object {
  const { sent } = message;
  return {
    id: message.id,
    type: 0,
    channel_id: message.channel,
    author: userOf(message.author),
    content: sent.content ?? '',
    components: sent.components ?? [],
    flags: (sent.flags ?? 0) | (message.ephemeral ? MessageFlags.Ephemeral : 0),
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    pinned: false,
    ...(message.invoker !== null && {
      interaction_metadata: {
        id: message.id,
        type: InteractionType.ApplicationCommand,
        user: userOf(message.invoker),
        authorizing_integration_owners: {},
      },
    }),
  };
}

export function interactionOf(
  id: string,
  token: string,
  user: string,
  place: LocalPlace,
  type: InteractionType,
  data: unknown,
  pressed: LocalMessage | null,
): object {
  const { server, channel } = place;
  const owners = place.userInstalled === true ? { '1': user } : { '0': server ?? '0' };
  return {
    id,
    token,
    type,
    data,
    version: 1,
    application_id: APPLICATION,
    channel_id: channel,
    channel: {
      id: channel,
      type: server === null ? ChannelType.DM : ChannelType.GuildText,
      permissions: ALL,
    },
    context: server !== null ? 0 : place.userInstalled === true ? 2 : 1,
    authorizing_integration_owners: owners,
    app_permissions: ALL,
    locale: 'en-GB',
    entitlements: [],
    attachment_size_limit: 10 * 1024 * 1024,
    ...(server === null
      ? { user: userOf(user) }
      : {
          guild_id: server,
          guild: { id: server, locale: 'en-US', features: [] },
          guild_locale: 'en-US',
          member: memberOf(user, place),
        }),
    ...(pressed && { message: messageOf(pressed) }),
  };
}

export function userOf(id: string): object {
  const bot = id === APPLICATION;
  return {
    id,
    username: bot ? 'pilcrow' : `person${id.slice(-3)}`,
    discriminator: '0',
    global_name: null,
    avatar: null,
    ...(bot && { bot: true }),
  };
}

export function memberOf(
  user: string,
  { permissions = PermissionFlagsBits.SendMessages, roles = [] }: LocalPlace,
): object {
  return {
    user: userOf(user),
    roles,
    joined_at: '2026-01-01T00:00:00.000Z',
    deaf: false,
    mute: false,
    flags: 0,
    permissions: permissions.toString(),
  };
}

export function readyOf(session: string, port: number): object {
  return {
    v: 10,
    user: userOf(APPLICATION),
    guilds: [{ id: SERVER, unavailable: true }],
    session_id: session,
    resume_gateway_url: `ws://127.0.0.1:${String(port)}`,
    application: {
      id: APPLICATION,
      flags: ApplicationFlags.GatewayMessageContentLimited,
    },
  };
}

export function guildOf(id = SERVER): object {
  const channel = (id: string, name: string): object => ({
    id,
    type: ChannelType.GuildText,
    name,
    position: 0,
    permission_overwrites: [],
    parent_id: null,
  });
  return {
    id,
    name: 'A newsroom',
    owner_id: '600000000000000000',
    joined_at: '2026-01-01T00:00:00.000Z',
    large: false,
    unavailable: false,
    member_count: 3,
    roles: [
      { id, name: '@everyone', permissions: EVERYONE, position: 0, color: 0 },
      {
        id: BOT_ROLE,
        name: 'Pilcrow',
        permissions: ALL,
        position: 1,
        color: 0,
        managed: true,
        tags: { bot_id: APPLICATION },
      },
    ],
    emojis: [],
    features: [],
    channels: [channel(CHANNEL, 'cables'), channel(OTHER_CHANNEL, 'public')],
    members: [{ ...memberOf(APPLICATION, { channel: '', server: id }), roles: [BOT_ROLE] }],
    threads: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    stickers: [],
    premium_tier: 0,
    preferred_locale: 'en-US',
    system_channel_flags: 0,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
  };
}
