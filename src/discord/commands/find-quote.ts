import { ApplicationCommandType } from 'discord.js';
import { InputError } from '../../errors.js';
import { OURS } from '../limits.js';
import { readableText, withoutMarkdown } from '../read-message.js';
import { notice, text } from '../render/components.js';
import { textLength } from '../render/message-text.js';
import { quoteContainers } from '../render/quotes.js';
import { EVERYWHERE, type MessageCommand } from './command.js';
import { small } from '../markdown.js';

export const findQuote: MessageCommand = {
  kind: 'message',
  visibility: 'private',
  data: { ...EVERYWHERE, type: ApplicationCommandType.Message, name: 'Find this quote' },
  async run({ bot, place, user, library, look }, interaction) {
    const passage = withoutMarkdown(readableText(interaction.targetMessage));
    if (!/[\p{L}\p{N}]/u.test(passage)) {
      throw new InputError('MESSAGE_EMPTY', { what: 'that message has no words to look for' });
    }
    bot.cooldowns.take(user, place.settings.cooldown);
    const found = await library((shown) => shown.findQuote(passage, OURS.moreAtOnce));
    if (found.length === 0) {
      return notice(
        'No paragraph that may be shown here holds these words, nor a sentence of them.',
      );
    }
    const exact = found.filter((each) => each.exact).length;
    const head = [
      text(
        `Found in ${found.length} paragraph${found.length === 1 ? '' : 's'}, ${exact} of them word for word.\n${small('compare every character: words that stand in the same order may differ in their endings')}`,
      ),
    ];
    const taken = textLength({ components: head });
    return { components: [...head, ...quoteContainers(found, { taken, look })] };
  },
};
