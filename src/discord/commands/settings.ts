import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type BaseInteraction,
} from 'discord.js';
import { NO_CEILING, showsMore, type Ceiling } from '../../cable/ceiling.js';
import { levelSchema } from '../../cable/types.js';
import { InputError } from '../../errors.js';
import { ACTIONS, type DraftStep, type PanelPage } from '../actions.js';
import type { Bot } from '../bot.js';
import { channelsOf, directCeilingOf } from '../place.js';
import type { Rendered } from '../render/components.js';
import { renderConfirmation, renderPanel, type Draft } from '../render/panel.js';
import { ceilingIn, serverSettings, type ServerSettings } from '../settings.js';
import type { Turn } from '../turn.js';
import { chosenIn, replies, type Pressed, type SlashCommand } from './command.js';

export const settings: SlashCommand = {
  kind: 'slash',
  visibility: 'private',
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'settings',
    description: 'What Pilcrow shows on this server, and how',
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
  },
  run: (turn, interaction) => {
    required(turn, interaction);
    return panel(turn, 'shown', interaction);
  },
  actions: [
    replies(ACTIONS.settings, (turn, _, pressed) => {
      required(turn, pressed);
      return panel(turn, 'shown', pressed);
    }),
    replies(ACTIONS.panel, (turn, [page], pressed) => {
      required(turn, pressed);
      return panel(turn, page, pressed);
    }),
    replies(ACTIONS.draft, (turn, [step, channel, mark, classification, noforn], pressed) =>
      drafted(turn, { channel, ceiling: { mark, classification, noforn } }, step, pressed),
    ),
    replies(ACTIONS.set, (turn, [name, value], pressed) => changed(turn, name, value, pressed)),
  ],
};

/** The server that is meant. Throws where there is none, or where whoever asks may not set it. */
function required({ bot, place }: Turn, interaction: BaseInteraction): string {
  const { server } = place;
  if (server === null) {
    throw new InputError('NO_SERVER', {
      what: 'settings are a server’s',
      todo: 'ask for them there',
    });
  }
  const { setters } = bot.data.settingsOf(server);
  if (!maySetAll(interaction) && !rolesOf(interaction).some((role) => setters.includes(role))) {
    throw new InputError('NOT_ALLOWED', {
      what: 'only who may manage the server, or has a role that it names for this, can see and change its settings',
    });
  }
  return server;
}

function maySetAll({ memberPermissions }: BaseInteraction): boolean {
  return memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true;
}

function rolesOf({ member }: BaseInteraction): readonly string[] {
  if (member === null) return [];
  return Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()];
}

/** The ceiling that holds on the server, or in a channel of it with all that it stands in. */
function currentIn(settings: ServerSettings, channel: string, { guild }: BaseInteraction): Ceiling {
  if (channel === '') return settings.ceiling;
  return ceilingIn(settings, channelsOf(channel, guild?.channels.cache.get(channel) ?? null));
}

async function panel(
  turn: Turn,
  page: PanelPage,
  interaction: BaseInteraction,
  draft?: Draft,
): Promise<Rendered> {
  const { bot, place } = turn;
  const of = place.server === null ? place.settings : bot.data.settingsOf(place.server);
  const current = currentIn(of, draft?.channel ?? '', interaction);
  const shown = draft ?? { channel: '', ceiling: current };
  const under = (ceiling: Ceiling) => bot.library.under(ceiling)(({ stats }) => stats());
  return renderPanel(page, {
    settings: of,
    draft: shown,
    current,
    direct: { ceiling: directCeilingOf(bot), isSet: bot.options.directCeiling !== null },
    ...(page === 'shown' && {
      counts: { under: await under(shown.ceiling), all: await under(NO_CEILING) },
    }),
  });
}

function save(bot: Bot, server: string, change: Partial<ServerSettings>): void {
  bot.data.saveSettings(
    server,
    serverSettings.parse({ ...bot.data.settingsOf(server), ...change }),
  );
  bot.presenceChanged();
}

/** One step of setting a ceiling. What shows more than before is asked for twice. */
function drafted(turn: Turn, draft: Draft, step: DraftStep, pressed: Pressed): Promise<Rendered> {
  const { bot } = turn;
  const { channel, ceiling } = draft;
  const server = required(turn, pressed);
  const before = bot.data.settingsOf(server);
  const [value = ''] = chosenIn(pressed);
  const on = (change: Partial<Ceiling>): Promise<Rendered> =>
    panel(turn, 'shown', pressed, { channel, ceiling: { ...ceiling, ...change } });
  const inChannel = (id: string, of: ServerSettings): Promise<Rendered> =>
    panel(turn, 'shown', pressed, { channel: id, ceiling: currentIn(of, id, pressed) });
  const { [channel]: own, ...others } = before.channels;
  const following = { ...before, channels: others };
  const current = currentIn(before, channel, pressed);
  switch (step) {
    case 'channel':
      return inChannel(value, before);
    case 'mark':
      return on({ mark: levelSchema.parse(value) });
    case 'classification':
      return on({ classification: levelSchema.parse(value) });
    case 'noforn':
      return on({ noforn: !ceiling.noforn });
    case 'back':
      return on({});
    case 'follow': {
      const after = currentIn(following, channel, pressed);
      if (own !== undefined && showsMore(after, own)) {
        return Promise.resolve(renderConfirmation(own, { channel, ceiling: after }, 'followed'));
      }
      break;
    }
    case 'save':
      if (showsMore(ceiling, current)) {
        return Promise.resolve(renderConfirmation(current, draft, 'confirmed'));
      }
      break;
    case 'followed':
    case 'confirmed':
      break;
  }
  if (step === 'follow' || step === 'followed') {
    save(bot, server, following);
    return inChannel(channel, following);
  }
  save(
    bot,
    server,
    channel === '' ? { ceiling } : { channels: { ...before.channels, [channel]: ceiling } },
  );
  return on({});
}

/** One of the other settings, by its name: a button carries its value, a menu has it chosen. */
function changed(turn: Turn, name: string, value: string, pressed: Pressed): Promise<Rendered> {
  const { bot } = turn;
  const server = required(turn, pressed);
  const chosen = chosenIn(pressed);
  const is = value === '1';
  switch (name) {
    case 'private':
    case 'whole':
      save(bot, server, { [name]: is });
      break;
    case 'links':
    case 'inline':
      if (is && !bot.options.messageContent) {
        throw new InputError('NO_MESSAGE_CONTENT', {
          what: 'that reads messages, for which whoever runs Pilcrow must set DISCORD_MESSAGE_CONTENT=1 and turn on the Message Content intent in Discord’s developer portal',
        });
      }
      save(bot, server, { [name]: is });
      break;
    case 'cooldown':
      save(bot, server, { cooldown: Number(chosen[0]) });
      break;
    case 'dates':
      save(bot, server, serverSettings.pick({ dates: true }).parse({ dates: chosen[0] }));
      break;
    case 'setters':
      if (!maySetAll(pressed)) {
        throw new InputError('NOT_ALLOWED', {
          what: 'only who may manage the server can say who else may set this',
        });
      }
      save(bot, server, { setters: [...chosen] });
      return panel(turn, 'who', pressed);
    default:
      throw new InputError('NO_SETTING', { what: 'Pilcrow no longer has this setting' });
  }
  return panel(turn, 'answers', pressed);
}
