import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import { OURS } from '../limits.js';
import { escapeMarkdown } from '../markdown.js';
import { notice, text } from '../render/components.js';
import { textLength } from '../render/message-text.js';
import { quoteContainers } from '../render/quotes.js';
import { EVERYWHERE, type SlashCommand } from './command.js';
import { completeId, idOption, PRIVATE_OPTION } from './options.js';

export const related: SlashCommand = {
  kind: 'slash',
  visibility: 'asked',
  data: {
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    name: 'related',
    description:
      'Paragraphs of other cables that are nearest to a cable, or to one of its paragraphs',
    options: [
      idOption('id', 'As in 07BEIJING1689'),
      {
        type: ApplicationCommandOptionType.String,
        name: 'paragraph',
        description: 'One of its paragraphs: 4, or summary',
        max_length: 12,
      },
      PRIVATE_OPTION,
    ],
  },
  complete: completeId,
  async run({ bot, place, user, library, look }, interaction) {
    const id = interaction.options.getString('id', true);
    const paragraph = interaction.options.getString('paragraph');
    bot.cooldowns.take(user, place.settings.cooldown);
    const found = await bot.searches.run(() =>
      library((shown) => shown.related(id, paragraph, OURS.moreAtOnce)),
    );
    const name = `${found.id}${paragraph === null ? '' : ` ¶${paragraph.replace('¶', '')}`}`;
    if (found.results.length === 0) {
      return notice(`Nothing that may be shown here is near to ${escapeMarkdown(name)}.`);
    }
    const head = [text(`Nearest to **${escapeMarkdown(name)}** in other cables:`)];
    const taken = textLength({ components: head });
    return {
      components: [...head, ...quoteContainers(found.results, { taken, look })],
    };
  },
};
