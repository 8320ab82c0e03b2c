import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import { InputError } from '../../errors.js';
import { readReceipts } from '../../quotes/receipt.js';
import { ACTIONS } from '../actions.js';
import { LIMITS } from '../limits.js';
import type { Rendered } from '../render/components.js';
import { renderVerified } from '../render/verified.js';
import type { Turn } from '../turn.js';
import { EVERYWHERE, replies, type SlashCommand } from './command.js';

export const verify: SlashCommand = {
  kind: 'slash',
  visibility: 'private',
  data: {
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    name: 'verify',
    description: 'Whether a quote still stands as its receipt says',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'receipt',
        description: 'As in 07BEIJING1689/4/Qm3xT8rK2v1ZbYcA',
        required: true,
        max_length: 2 * LIMITS.customId,
      },
    ],
  },
  run: (turn, { options }) => verified(turn, options.getString('receipt', true)),
  actions: [replies(ACTIONS.verify, (turn, [receipt]) => verified(turn, receipt))],
};

async function verified({ library, look }: Turn, text: string): Promise<Rendered> {
  const [receipt, ...others] = readReceipts(text);
  if (receipt === undefined || others.length > 0) {
    throw new InputError('RECEIPT', {
      what:
        receipt === undefined ? 'that holds no receipt' : 'that holds several receipts: give one',
      todo: 'it stands with a quote’s plain text, as in 07BEIJING1689/4/Qm3xT8rK2v1ZbYcA',
    });
  }
  return renderVerified(await library((shown) => shown.verify(receipt)), look);
}
