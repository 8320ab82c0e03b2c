import { ApplicationCommandType } from 'discord.js';
import { z } from 'zod';
import type { SpanPlace } from '../../corpus/corpus.js';
import { ACTIONS, spanNamed } from '../actions.js';
import { idOf } from '../custom-id.js';
import { cableFile, renderCard, type CardFrame } from '../render/cable.js';
import { notice, type Rendered } from '../render/components.js';
import { DEFAULT_STYLE } from '../../quotes/styles.js';
import { renderQuotePages } from '../render/quote-pages.js';
import { escapeMarkdown } from '../markdown.js';
import { EVERYWHERE, replies, type SlashCommand } from './command.js';
import { completeId, idOption, PRIVATE_OPTION } from './options.js';
import type { Turn } from '../turn.js';

async function card(
  { library, place }: Turn,
  id: string,
  page: CardFrame['page'],
): Promise<Rendered> {
  const found = await library((shown) => shown.cable(id));
  return renderCard(found, { dates: place.settings.dates, page });
}

/** Spans of a cable from one place to another, both included, a page of them. */
async function reading(
  { library }: Turn,
  { cable, ordinal }: SpanPlace,
  to: number,
  page: number,
): Promise<Rendered> {
  const places = Array.from({ length: to - ordinal + 1 }, (_, i) => ({
    cable,
    ordinal: ordinal + i,
  }));
  const quotes = await library(({ spans }) => spans(places));
  return renderQuotePages(quotes, {
    page,
    style: DEFAULT_STYLE,
    turnTo: (other) => idOf(ACTIONS.leaf, [{ cable, ordinal }, to, other]),
  });
}

/** Spans before and after a paragraph that its context shows. */
const AROUND = 1;
/** The spans around one, headings and blank ones between included. */
async function context(turn: Turn, place: SpanPlace): Promise<Rendered> {
  const from = Math.max(place.ordinal - AROUND, 0);
  return reading(turn, { cable: place.cable, ordinal: from }, place.ordinal + AROUND, 0);
}

export const cable: SlashCommand = {
  kind: 'slash',
  visibility: 'asked',
  data: {
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    name: 'cable',
    description: 'Look up a cable by its id or subject',
    options: [idOption('id', 'As in 07BEIJING1689, or words of its subject'), PRIVATE_OPTION],
  },
  complete: completeId,
  run: (turn, interaction) => card(turn, interaction.options.getString('id', true), 0),
  actions: [
    replies(ACTIONS.open, (turn, [{ cable: id, ordinal }]) => card(turn, id, { of: ordinal })),
    replies(ACTIONS.turn, (turn, [id, page]) => card(turn, id, page)),
    replies(ACTIONS.pick, async (turn, [id], pressed) => {
      const picked = z.coerce
        .number()
        .int()
        .min(0)
        .parse(pressed.isStringSelectMenu() ? pressed.values[0] : undefined);
      return reading(turn, { cable: id, ordinal: picked }, picked, 0);
    }),
    replies(ACTIONS.choose, async (turn, _, pressed) => {
      const place = spanNamed(pressed.isStringSelectMenu() ? pressed.values[0] : undefined);
      return reading(turn, place, place.ordinal, 0);
    }),
    replies(ACTIONS.read, (turn, [place, to, page]) => reading(turn, place, to, page)),
    replies(ACTIONS.leaf, (turn, [place, to, page]) => reading(turn, place, to, page)),
    replies(ACTIONS.context, (turn, [place]) => context(turn, place)),
    replies(ACTIONS.file, async ({ library }, [id]) => {
      const found = await library((shown) => shown.cable(id));
      return {
        ...notice(`The whole of ${escapeMarkdown(found.id)}, as far as it may be shown here:`),
        files: [cableFile(found)],
      };
    }),
  ],
};
