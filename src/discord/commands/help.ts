import { ApplicationCommandType } from 'discord.js';
import { notice } from '../render/components.js';
import { examples, privacyTold } from '../render/examples.js';
import { EVERYWHERE, type SlashCommand } from './command.js';

export const help: SlashCommand = {
  kind: 'slash',
  visibility: 'private',
  data: {
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    name: 'help',
    description: 'What Pilcrow does, by example',
  },
  async run({ bot, place, library }) {
    const mention = await bot.mentions(place.server);
    return notice(
      [
        '**Pilcrow ¶** finds the paragraphs of diplomatic cables that answer, and quotes them exactly. When the cables do not answer, it says so.',
        await examples(library, mention),
        `${mention('quote')} paragraphs for the channel, as in \`07BEIJING1689\` and \`4-6\`; or write \`@Pilcrow 07BEIJING1689 ¶4\``,
        `${mention('related')} and ${mention('refs')}: what is near to a cable, what it cites, what cites it`,
        `${mention('preferences')}: private answers, whole paragraphs, citation style`,
        '**Go on** with _Follow-up_ under an answer, or mention me in a reply: “and in 2008?”',
        '**On a message** (right click, or hold it), _Apps_: ask about it, find its quote, quote what it cites.',
        '(SBU), (C/NF) and the like are the paragraph’s own mark; [stamp] stands for a transmission stamp, […] for what is left out.',
        privacyTold(bot.options),
      ].join('\n'),
    );
  },
};
