import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import { z } from 'zod';
import type { Filters } from '../../search/filters.js';
import { customId, pageField } from '../custom-id.js';
import { LIMITS, OURS } from '../limits.js';
import { bold, escapeMarkdown } from '../markdown.js';
import { carriedFilters } from '../message-text.js';
import { CARRIED_FILTERS } from '../render/answer.js';
import { button, buttons, small, text, textLength, type Rendered } from '../render/message.js';
import { quoteContainers } from '../render/quotes.js';
import {
  action,
  EVERYWHERE,
  filterOptions,
  filtersIn,
  PRIVATE_OPTION,
  type SlashCommand,
} from './command.js';
import type { Turn } from '../turn.js';

async function page(
  { library }: Turn,
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
    customId('words', String(other), words, ...CARRIED_FILTERS.map((name) => filters[name] ?? ''));
  const [before, after] = [to(at - 1), to(at + 1)];
  const count = `${hits.more ? 'more than ' : ''}${hits.found} paragraph${hits.found === 1 ? '' : 's'}`;
  const lines = [
    bold(escapeMarkdown(words)),
    small(
      escapeMarkdown(
        [`${count} with these very words`, ...hits.told.map((told) => `only ${told}`)].join('; '),
      ),
    ),
    ...(pages > 1 ? [small(`page ${at + 1} of ${pages}`)] : []),
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
      ...quoteContainers(hits.page, {
        taken: textLength({ components: head }),
        judged: false,
      }),
      ...buttons(
        at > 0 && before !== null ? button('◀', before) : null,
        at < pages - 1 && after !== null ? button('▶', after) : null,
      ),
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
  actions: {
    words: action(
      'in place',
      z.tuple([pageField, z.string().max(LIMITS.customId)], z.string()),
      (turn, [at, words, ...filters]) => page(turn, words, carriedFilters(filters), at),
    ),
  },
};
