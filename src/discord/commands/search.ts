import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type { Filters } from '../../search/filters.js';
import { ACTIONS } from '../actions.js';
import { fittingId } from '../custom-id.js';
import { OURS } from '../limits.js';
import { bold, escapeMarkdown, small } from '../markdown.js';
import { buttons, pageButtons, pageTold, text, type Rendered } from '../render/components.js';
import { textLength } from '../render/message-text.js';
import { quoteContainers } from '../render/quotes.js';
import { EVERYWHERE, replies, type SlashCommand } from './command.js';
import { filterOptions, filtersIn, PRIVATE_OPTION } from './options.js';
import type { Turn } from '../turn.js';

async function page(
  { library, look }: Turn,
  words: string,
  filters: Filters,
  at: number,
): Promise<Rendered> {
  const from = at * OURS.hitsAPage;
  const hits = await library((shown) =>
    shown.words(words, { filters, from, limit: OURS.hitsAPage }),
  );
  const pages = Math.max(Math.ceil(hits.found / OURS.hitsAPage), 1);
  const to = (other: number): string | null =>
    other < 0 ? null : fittingId(ACTIONS.words, { page: other, words, filters });
  const [before, after] = [to(at - 1), to(at + 1)];
  const count = `${hits.more ? 'more than ' : ''}${hits.found} paragraph${hits.found === 1 ? '' : 's'}`;
  const lines = [
    bold(escapeMarkdown(words)),
    small(
      escapeMarkdown(
        [`${count} with these very words`, ...hits.told.map((told) => `only ${told}`)].join('; '),
      ),
    ),
    ...pageTold(at, pages),
    ...(pages > 1 && after === null && before === null
      ? [
          small(
            'Your words and filters are too long for a button that turns the page: look for fewer.',
          ),
        ]
      : []),
  ];
  const head = [text(lines.join('\n'))];
  return {
    components: [
      ...head,
      ...quoteContainers(hits.page, { taken: textLength({ components: head }), look }),
      ...buttons(...pageButtons(at, pages, to)),
    ],
  };
}

export const search: SlashCommand = {
  kind: 'slash',
  visibility: 'asked',
  data: {
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    name: 'search',
    description: 'Find paragraphs that hold words, or phrases between quotation marks, exactly',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'words',
        description: 'As in: Stratford "labor dialogue"',
        required: true,
        max_length: OURS.words,
      },
      ...filterOptions,
      PRIVATE_OPTION,
    ],
  },
  run: (turn, interaction) =>
    page(turn, interaction.options.getString('words', true).trim(), filtersIn(interaction), 0),
  actions: [
    replies(ACTIONS.words, (turn, { page: at, words, filters }) => page(turn, words, filters, at)),
  ],
};
