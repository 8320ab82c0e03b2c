import { ApplicationCommandType } from 'discord.js';
import { z } from 'zod';
import { ACTIONS } from '../actions.js';
import { cableFile } from '../render/cable.js';
import { notice } from '../render/components.js';
import { escapeMarkdown } from '../markdown.js';
import { chosenIn, EVERYWHERE, replies, type SlashCommand } from './command.js';
import { around, card, reading } from './opened.js';
import { completeId, idOption, PRIVATE_OPTION } from './options.js';

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
      const picked = z.coerce.number().int().min(0).parse(chosenIn(pressed)[0]);
      return reading(turn, { cable: id, ordinal: picked }, picked, 0);
    }),
    replies(ACTIONS.read, (turn, [place, to, page]) => reading(turn, place, to, page)),
    replies(ACTIONS.leaf, (turn, [place, to, page]) => reading(turn, place, to, page)),
    replies(ACTIONS.context, (turn, [place]) => around(turn, place)),
    replies(ACTIONS.file, async ({ library }, [id]) => {
      const found = await library((shown) => shown.cable(id));
      return {
        ...notice(`The whole of ${escapeMarkdown(found.id)}, as far as it may be shown here:`),
        files: [cableFile(found)],
      };
    }),
  ],
};
