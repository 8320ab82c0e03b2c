import { ApplicationCommandType } from 'discord.js';
import { InputError } from '../../errors.js';
import { answerQuestion } from '../asking.js';
import { OURS } from '../limits.js';
import { readableText, withoutMarkdown } from '../read-message.js';
import { EVERYWHERE, type MessageCommand } from './command.js';

export const askAboutMessage: MessageCommand = {
  kind: 'message',
  visibility: 'asked',
  data: { ...EVERYWHERE, type: ApplicationCommandType.Message, name: 'Ask the cables about this' },
  run(turn, interaction) {
    const text = withoutMarkdown(readableText(interaction.targetMessage)).replace(/\s+/g, ' ');
    if (text === '')
      throw new InputError('MESSAGE_EMPTY', { what: 'that message has no words to ask about' });
    return answerQuestion(turn, { question: beginning(text) });
  },
};

/** As much of a long message as a question may have, up to the end of a word. */
function beginning(text: string): string {
  if (text.length <= OURS.question) return text;
  const kept = text.slice(0, OURS.question + 1);
  return kept.slice(0, Math.max(kept.lastIndexOf(' '), 1)).slice(0, OURS.question);
}
