import { ApplicationCommandType } from 'discord.js';
import { InputError } from '../../errors.js';
import { ACTIONS } from '../actions.js';
import { sentence, type Rendered } from '../render/components.js';
import { renderPreferences } from '../render/preferences.js';
import { preferences as schema, type Preferences } from '../settings.js';
import type { Turn } from '../turn.js';
import { chosenIn, EVERYWHERE, replies, type SlashCommand } from './command.js';

export const preferences: SlashCommand = {
  kind: 'slash',
  visibility: 'private',
  data: {
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    name: 'preferences',
    description: 'How Pilcrow answers you, wherever you are',
  },
  run: (turn) => Promise.resolve(panel(turn)),
  actions: [
    replies(ACTIONS.prefer, (turn, [name, value], pressed) => {
      const { bot, user } = turn;
      const change = changeOf(name, value, chosenIn(pressed)[0]);
      const before = bot.data.preferencesOf(user);
      bot.data.savePreferences(user, schema.parse({ ...before, ...change }));
      return Promise.resolve(panel(turn));
    }),
    replies(ACTIONS.forget, ({ bot, user, place }) => {
      bot.cooldowns.take(user, place.settings.cooldown); // every verdict is looked at
      const chosen = bot.data.forgetPerson(user);
      const votes = bot.data.forgetVotes((vote) => bot.voterOf(user, vote.question, vote));
      const quotes = bot.data.forgetDossiers(user);
      const told = [
        chosen ? 'your preferences' : null,
        votes > 0 ? `${votes} verdict${votes === 1 ? '' : 's'}` : null,
        quotes > 0 ? `${quotes} quote${quotes === 1 ? '' : 's'} of dossiers` : null,
      ].filter((each) => each !== null);
      return Promise.resolve(
        sentence(
          told.length === 0
            ? 'Nothing was kept of you.'
            : `Deleted: ${told.join(' and ')}. Nothing else is kept of you.`,
        ),
      );
    }),
  ],
};

function panel({ bot, user, place }: Turn): Rendered {
  return renderPreferences(bot.data.preferencesOf(user), place.settings);
}

function changeOf(name: string, value: string, chosen: string | undefined): object {
  const is = value === '1';
  switch (name) {
    case 'private':
    case 'noInline':
      return { [name]: is } satisfies Partial<Preferences>;
    case 'whole':
      return { whole: value === '' ? null : is } satisfies Partial<Preferences>;
    case 'style':
      return { style: chosen };
    default:
      throw new InputError('NO_SETTING', { what: 'Pilcrow no longer has this preference' });
  }
}
