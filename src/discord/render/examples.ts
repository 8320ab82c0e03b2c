import type { BotOptions } from '../bot.js';
import type { CommandMention } from '../command-mentions.js';
import type { UseLibrary } from '../library.js';
import { small } from '../markdown.js';

/** Where nothing is held yet, or nothing may be shown. */
const NO_CABLE = '07BEIJING1689';

/** Three commands to begin with, each pressed to begin it. */
export async function examples(library: UseLibrary, mention: CommandMention): Promise<string> {
  const [held] = await library(({ complete }) => complete('', 1));
  return [
    `${mention('ask')} a question in plain English, as in \`Who met whom about the dialogue?\``,
    `${mention('search')} words exactly, or a phrase, as in \`"labor dialogue"\``,
    `${mention('cable')} by its id, as in \`${held?.id ?? NO_CABLE}\``,
  ].join('\n');
}

/** What is kept, in a line. */
export function privacyTold({ logQuestions }: Pick<BotOptions, 'logQuestions'>): string {
  return small(
    logQuestions
      ? 'whoever runs this bot has questions written into its log; your verdicts are kept with the question, without your name'
      : 'questions are not kept, but for those of your verdicts on an answer, without your name; /preferences deletes what is yours',
  );
}
