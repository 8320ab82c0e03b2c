import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type AutocompleteInteraction,
} from 'discord.js';
import { z } from 'zod';
import { PilcrowError } from '../../errors.js';
import { STYLE_NAMES } from '../../quotes/styles.js';
import { ACTIONS, PARAGRAPHS } from '../actions.js';
import { LIMITS } from '../limits.js';
import { cut } from '../markdown.js';
import { quotePage } from '../quoting.js';
import { firstWords } from '../render/quotes.js';
import { EVERYWHERE, replies, type Choice, type SlashCommand } from './command.js';
import { plain } from './opened.js';
import { completeId, idOption } from './options.js';
import type { Turn } from '../turn.js';

/** The paragraphs of the cable that is named: number, mark and first words of each. */
async function completeParagraphs(
  { library }: Turn,
  interaction: AutocompleteInteraction,
): Promise<Choice[]> {
  const typed = interaction.options.getFocused().replace(/^¶/, '').trim();
  const id = interaction.options.getString('id') ?? '';
  const { spans } = await library((shown) => shown.cable(id));
  const quotes = new Map(
    spans.flatMap(({ number, quote: quoted }) =>
      number === null || quoted === null ? [] : [[number, quoted] as const],
    ),
  );
  return [...quotes]
    .filter(([number]) => String(number).startsWith(typed))
    .slice(0, LIMITS.choices)
    .map(([number, quoted]) => ({
      name: cut(
        `¶${number} ${quoted.mark ?? '(no mark)'} ${firstWords(quoted, LIMITS.choiceText)}`,
        LIMITS.choiceText,
      ),
      value: String(number),
    }));
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
        autocomplete: true,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'style',
        description: 'How the citation is written; those for programs come as a file',
        choices: STYLE_NAMES.map((name) => ({ name, value: name })),
      },
    ],
  },
  async complete(turn, interaction) {
    if (interaction.options.getFocused(true).name === 'id') return completeId(turn, interaction);
    try {
      return await completeParagraphs(turn, interaction);
    } catch (error) {
      if (error instanceof PilcrowError) return []; // no such cable, or none yet
      throw error;
    }
  },
  run(turn, { options }) {
    const style = z.enum(STYLE_NAMES).parse(options.getString('style') ?? turn.preferences.style);
    const paragraphs = options.getString('paragraphs', true);
    return quotePage(turn, options.getString('id', true), paragraphs, style, 0);
  },
  actions: [
    replies(ACTIONS.quotes, (turn, [id, paragraphs, style, at]) =>
      quotePage(turn, id, paragraphs, style, at),
    ),
    replies(ACTIONS.plain, (turn, [place]) => plain(turn, place)),
  ],
};
