import { ApplicationCommandType } from 'discord.js';
import type { Count } from '../../corpus/corpus.js';
import { escapeMarkdown } from '../markdown.js';
import { container, text } from '../render/components.js';
import { EVERYWHERE, type SlashCommand } from './command.js';
import { PRIVATE_OPTION } from './options.js';

/** Names of a list. */
const NAMED = 8;

export const stats: SlashCommand = {
  kind: 'slash',
  visibility: 'asked',
  data: {
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    name: 'stats',
    description: 'What the corpus holds: cables by origin, year, classification and mark',
    options: [PRIVATE_OPTION],
  },
  async run({ library }) {
    const counts = await library((shown) => shown.stats());
    const { passages, embedded } = counts.vectors;
    const lists = [
      ['By origin', counts.byOrigin],
      ['By year', counts.byYear],
      ['By classification', counts.byClassification],
      ['Paragraphs by mark', counts.byMark],
    ] as const;
    return {
      components: [
        container(null, [
          text(
            `**${number(counts.cables)} cables, ${number(counts.paragraphs)} paragraphs**` +
              (embedded < passages
                ? `; ${number(embedded)} of ${number(passages)} are found by their meaning so far, all by their words`
                : ''),
          ),
          text(lists.map(([name, of]) => `${name}: ${listed(of)}`).join('\n')),
        ]),
      ],
    };
  },
};

function listed(counts: readonly Count[]): string {
  const named = counts
    .slice(0, NAMED)
    .map(({ name, count }) => `${escapeMarkdown(name)} ${number(count)}`);
  const more = counts.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
