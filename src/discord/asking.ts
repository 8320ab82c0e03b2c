import { InputError } from '../errors.js';
import type { Filters } from '../search/filters.js';
import { OURS } from './limits.js';
import { renderAnswer } from './render/answer.js';
import type { Rendered } from './render/components.js';
import type { Turn } from './turn.js';

/** A question as it comes from Discord. */
export interface Asked {
  readonly question: string;
  readonly filters?: Filters;
  /** The questions before it in the conversation, oldest first. */
  readonly history?: readonly string[];
}

/**
 * Answers a question where it was asked: under that place's ceiling, after those who wait. Throws
 * {@link CooldownError}, {@link BusyError}, and {@link InputError} for what is no question.
 */
export async function answerQuestion(
  { bot, place, user, isPrivate, library }: Turn,
  { question, filters = {}, history = [] }: Asked,
): Promise<Rendered> {
  const asked = question.trim();
  if (asked.length > OURS.question) {
    throw new InputError('QUESTION_LONG', {
      what: `a question has at most ${OURS.question} characters, this one has ${asked.length}`,
      todo: 'ask it in fewer words',
    });
  }
  bot.cooldowns.take(user, place.settings.cooldown);
  const answer = await bot.searches
    .run(() =>
      library(({ ask }) => ask(asked, { limit: OURS.listed, shown: OURS.shown, history, filters })),
    )
    .catch((error: unknown) => {
      bot.cooldowns.giveBack(user);
      throw error;
    });
  const { abstained, confidence, ms } = answer;
  const told = bot.options.logQuestions ? { question: asked } : {};
  bot.log.info({ abstained, confidence, ms, ...told }, 'answered');
  return renderAnswer(answer, { asker: user, isPrivate, filters });
}
