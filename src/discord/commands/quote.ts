import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import { showsSpan } from '../../cable/ceiling.js';
import { NotFoundError } from '../../errors.js';
import { paragraphsOf } from '../../quotes/paragraphs.js';
import { quotedSpan } from '../../quotes/quote.js';
import { STYLES } from '../../quotes/styles.js';
import { z } from 'zod';
import { spanText } from '../custom-id.js';
import { renderReading } from '../render/reading.js';
import { completeId, EVERYWHERE, idOption, type SlashCommand } from './command.js';

export const quote: SlashCommand = {
  kind: 'slash',
  visibility: 'public',
  data: {
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    name: 'quote',
    description: 'Quote paragraphs of a cable for the channel, exactly, with their citation',
    options: [
      idOption('id', 'As in 07BEIJING1689'),
      {
        type: ApplicationCommandOptionType.String,
        name: 'paragraphs',
        description: '4, 4-6 or summary',
        required: true,
        max_length: 12,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'style',
        description: 'How the citation is written; those for programs come as a file',
        choices: STYLES.map((name) => ({ name, value: name })),
      },
    ],
  },
  complete: completeId,
  async run({ bot, place }, interaction) {
    const id = interaction.options.getString('id', true);
    const { cable } = await bot.library.use(({ lookup }) => lookup.call('cable', id));
    const wanted = paragraphsOf(cable, interaction.options.getString('paragraphs', true));
    const shown = wanted.filter(({ span }) => showsSpan(place.ceiling, span));
    const [first] = shown;
    const last = shown.at(-1);
    if (first === undefined || last === undefined) {
      throw new NotFoundError(
        'ABOVE_CEILING',
        `what you name of ${cable.id} is above what may be shown here`,
      );
    }
    const style = z.enum(STYLES).parse(interaction.options.getString('style') ?? 'plain');
    return renderReading(
      shown.map(({ span, ordinal }) => quotedSpan(cable, ordinal, span)),
      {
        ceiling: place.ceiling,
        page: 0,
        style,
        state: [spanText({ cable: cable.id, ordinal: first.ordinal }), String(last.ordinal)],
      },
    );
  },
};
