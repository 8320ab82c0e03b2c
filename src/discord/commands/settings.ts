import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { z } from 'zod';
import { ceilingSchema, type Ceiling } from '../../cable/ceiling.js';
import { LEVELS } from '../../cable/types.js';
import { InputError } from '../../errors.js';
import type { Bot } from '../bot.js';
import { directCeilingOf } from '../place.js';
import { notice, type Rendered } from '../render/components.js';
import {
  ceilingTold,
  DATES,
  LONGEST_COOLDOWN,
  serverSettings,
  type ServerSettings,
} from '../settings.js';
import type { Turn } from '../turn.js';
import type { SlashCommand } from './command.js';

const levels = LEVELS.map((name) => ({ name, value: name }));
const {
  String: STRING,
  Boolean: BOOLEAN,
  Integer: INTEGER,
  Channel: CHANNEL,
  Subcommand: SUB,
} = ApplicationCommandOptionType;

/** Channels in which answers are shown. */
const CHANNELS = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
] as const;

export const settings: SlashCommand = {
  kind: 'slash',
  visibility: 'private',
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'settings',
    description: 'What Pilcrow shows on this server, and how',
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
    options: [
      { type: SUB, name: 'show', description: 'The settings as they are' },
      {
        type: SUB,
        name: 'ceiling',
        description: 'The highest classification shown, on the server or in one channel',
        options: [
          {
            type: STRING,
            name: 'mark',
            description: 'Paragraphs up to this mark',
            required: true,
            choices: levels,
          },
          {
            type: STRING,
            name: 'classification',
            description:
              'Subjects, TAGS and references of cables classified up to this; as the mark if not said',
            choices: levels,
          },
          {
            type: BOOLEAN,
            name: 'noforn',
            description: 'Also what is marked NOFORN (yes if not said)',
          },
          {
            type: CHANNEL,
            name: 'channel',
            description: 'Only in this channel and its threads',
            channel_types: [...CHANNELS],
          },
        ],
      },
      {
        type: SUB,
        name: 'clear-ceiling',
        description: 'A channel follows the server again',
        options: [
          {
            type: CHANNEL,
            name: 'channel',
            description: 'Which',
            required: true,
            channel_types: [...CHANNELS],
          },
        ],
      },
      {
        type: SUB,
        name: 'private',
        description:
          'Whether answers are seen by who asks alone, unless the question says otherwise',
        options: [{ type: BOOLEAN, name: 'on', description: 'Private', required: true }],
      },
      {
        type: SUB,
        name: 'links',
        description: 'Whether cable ids in messages are linked (reads messages; off by default)',
        options: [{ type: BOOLEAN, name: 'on', description: 'Link them', required: true }],
      },
      {
        type: SUB,
        name: 'cooldown',
        description: 'Seconds between two questions of one person',
        options: [
          {
            type: INTEGER,
            name: 'seconds',
            description: '0 to 300',
            required: true,
            min_value: 0,
            max_value: LONGEST_COOLDOWN,
          },
        ],
      },
      {
        type: SUB,
        name: 'dates',
        description: 'How days are written on cards; citations stay as they are',
        options: [
          {
            type: STRING,
            name: 'language',
            description: 'iso: 2007-03-14; reader: each in their own language',
            required: true,
            choices: DATES.map((name) => ({ name, value: name })),
          },
        ],
      },
    ],
  },
  run: (turn, interaction) => Promise.resolve(settle(turn, interaction)),
};

const changes: Readonly<Record<string, Change>> = {
  ceiling(before, { options }) {
    const mark = options.getString('mark', true);
    const ceiling: Ceiling = ceilingSchema.parse({
      mark,
      classification: options.getString('classification') ?? mark,
      noforn: options.getBoolean('noforn') ?? true,
    });
    const channel = options.getChannel('channel');
    return channel === null
      ? { ...before, ceiling }
      : { ...before, channels: { ...before.channels, [channel.id]: ceiling } };
  },
  'clear-ceiling'(before, { options }) {
    const { [options.getChannel('channel', true).id]: _, ...channels } = before.channels;
    return { ...before, channels };
  },
  private: (before, { options }) => ({ ...before, private: options.getBoolean('on', true) }),
  links: (before, { options }) => ({ ...before, links: options.getBoolean('on', true) }),
  cooldown: (before, { options }) => ({ ...before, cooldown: options.getInteger('seconds', true) }),
  dates: (before, { options }) => ({
    ...before,
    dates: z.enum(DATES).parse(options.getString('language', true)),
  }),
};

function settle({ bot, place }: Turn, interaction: ChatInputCommandInteraction): Rendered {
  const { server } = place;
  if (server === null)
    throw new InputError('NO_SERVER', {
      what: 'settings are a server’s',
      todo: 'ask for them there',
    });
  // Discord hides the command from others, but a server's own rules may have opened it to them.
  if (interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) !== true) {
    throw new InputError('NOT_ALLOWED', {
      what: 'only who may manage the server can see and change its settings',
    });
  }
  const before = place.settings;
  const changed = changes[interaction.options.getSubcommand()]?.(before, interaction) ?? before;
  if (changed.links && !bot.options.messageContent) {
    throw new InputError('NO_MESSAGE_CONTENT', {
      what: 'linking reads messages, for which whoever runs Pilcrow must set DISCORD_MESSAGE_CONTENT=1 and turn on the Message Content intent in Discord’s developer portal',
    });
  }
  if (changed !== before) {
    bot.data.saveSettings(server, serverSettings.parse(changed));
    bot.presenceChanged();
  }
  return notice([told(changed), directTold(bot)].join('\n'));
}

/** What direct messages show, and why. */
function directTold(bot: Bot): string {
  const why =
    bot.options.directCeiling === null
      ? 'the lowest that any server has set'
      : 'set by whoever runs Pilcrow';
  return `Direct messages and people’s own installations: ${ceilingTold(directCeilingOf(bot))} (${why})`;
}

type Change = (before: ServerSettings, interaction: ChatInputCommandInteraction) => ServerSettings;

/** Channels with a ceiling of their own that are named. */
const LISTED = 25;

function told({
  ceiling,
  channels,
  private: isPrivate,
  links,
  cooldown,
  dates,
}: ServerSettings): string {
  const inChannels = Object.entries(channels);
  return [
    '**Settings of this server**',
    `Shown: ${ceilingTold(ceiling)}`,
    ...inChannels.slice(0, LISTED).map(([id, of]) => `In <#${id}>: ${ceilingTold(of)}`),
    ...(inChannels.length > LISTED ? [`and in ${inChannels.length - LISTED} more channels`] : []),
    `Answers: ${isPrivate ? 'seen by who asks alone' : 'for the channel'}`,
    `Cable ids in messages: ${links ? 'linked' : 'not linked'}`,
    `Cooldown: ${cooldown} seconds`,
    `Dates: ${dates}`,
  ].join('\n');
}
