import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import { z } from 'zod';
import { DEFAULT_STYLE, STYLE_NAMES, type StyleName } from '../../quotes/styles.js';
import { ACTIONS, PARAGRAPHS } from '../actions.js';
import { idOf } from '../custom-id.js';
import type { Rendered } from '../render/components.js';
import { renderQuotePages } from '../render/quote-pages.js';
import { EVERYWHERE, replies, type SlashCommand } from './command.js';
import { completeId, idOption } from './options.js';
import type { Turn } from '../turn.js';

/** A page of some paragraphs of a cable, with their citations. */
async function page(
  { library }: Turn,
  id: string,
  paragraphs: string,
  style: StyleName,
  at: number,
): Promise<Rendered> {
  const quotes = await library((shown) => shown.quotes(id, paragraphs));
  const cable = quotes[0]?.cable ?? id;
  return renderQuotePages(quotes, {
    page: at,
    style,
    turnTo: (other) => idOf(ACTIONS.quotes, [cable, paragraphs, style, other]),
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
        choices: STYLE_NAMES.map((name) => ({ name, value: name })),
      },
    ],
  },
  complete: completeId,
  run(turn, { options }) {
    const style = z.enum(STYLE_NAMES).parse(options.getString('style') ?? DEFAULT_STYLE);
    const paragraphs = options.getString('paragraphs', true);
    return page(turn, options.getString('id', true), paragraphs, style, 0);
  },
  actions: [
    replies(ACTIONS.quotes, (turn, [id, paragraphs, style, at]) =>
      page(turn, id, paragraphs, style, at),
    ),
  ],
};
