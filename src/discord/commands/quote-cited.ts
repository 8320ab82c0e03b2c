import { ApplicationCommandType } from 'discord.js';
import { NotFoundError } from '../../errors.js';
import { namedPlaces } from '../../quotes/named-places.js';
import { quoteNamed } from '../quoting.js';
import { readableText, withoutMarkdown } from '../read-message.js';
import { EVERYWHERE, type MessageCommand } from './command.js';

export const quoteCited: MessageCommand = {
  kind: 'message',
  visibility: 'asked',
  data: { ...EVERYWHERE, type: ApplicationCommandType.Message, name: 'Quote what this cites' },
  async run(turn, interaction) {
    const places = namedPlaces(withoutMarkdown(readableText(interaction.targetMessage)));
    const quoted = await quoteNamed(turn, places);
    if (quoted !== null) return quoted;
    throw new NotFoundError('CITES_NOTHING', {
      what: 'that message names no cable that is held and may be shown here',
      todo: 'an id states its year, as in 07BEIJING1689 ¶4',
    });
  },
};
