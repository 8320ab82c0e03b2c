import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import { z } from 'zod';
import { showsSpan } from '../../cable/ceiling.js';
import { NotFoundError } from '../../errors.js';
import { paragraphsOf } from '../../quotes/paragraphs.js';
import { quotedSpan } from '../../quotes/quote.js';
import { STYLES, type Style } from '../../quotes/styles.js';
import { cableField, pageField, shortCustomId } from '../custom-id.js';
import type { Rendered } from '../render/message.js';
import { renderReading } from '../render/reading.js';
import {
  action,
  completeId,
  EVERYWHERE,
  idOption,
  type SlashCommand,
  type Turn,
} from './command.js';

/** Characters of `4-6`, with room for signs and blanks. */
const PARAGRAPHS = 12;

/** A page of some paragraphs of a cable, with their citations. */
async function page(
  { bot, place }: Turn,
  id: string,
  paragraphs: string,
  style: Style,
  at: number,
): Promise<Rendered> {
  const { ceiling } = place;
  const { cable } = await bot.library.use(({ lookup }) => lookup.call('cable', id, ceiling));
  const quotes = paragraphsOf(cable, paragraphs, ceiling)
    .filter(({ span }) => showsSpan(ceiling, cable, span))
    .map(({ ordinal, span }) => quotedSpan(cable, ordinal, span, ceiling));
  if (quotes.length === 0) {
    throw new NotFoundError(
      'ABOVE_CEILING',
      `what you name of ${cable.id} is above what may be shown here`,
    );
  }
  return renderReading(quotes, {
    page: at,
    style,
    turnTo: (other) => shortCustomId('quotes', cable.id, paragraphs, style, String(other)),
  });
}

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
        max_length: PARAGRAPHS,
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
  run(turn, { options }) {
    const style = z.enum(STYLES).parse(options.getString('style') ?? 'plain');
    const paragraphs = options.getString('paragraphs', true);
    return page(turn, options.getString('id', true), paragraphs, style, 0);
  },
  actions: {
    quotes: action(
      'in place',
      z.tuple([cableField, z.string().max(PARAGRAPHS), z.enum(STYLES), pageField]),
      (turn, [id, paragraphs, style, at]) => page(turn, id, paragraphs, style, at),
    ),
  },
};
