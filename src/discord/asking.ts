import { InputError } from '../errors.js';
import type { Filters } from '../search/filters.js';
import type { Bot } from './bot.js';
import { OURS } from './limits.js';
import { renderAnswer } from './render/answer.js';
import { renderList } from './render/list.js';
import { BusyError } from './search-queue.js';
import type { Rendered } from './render/components.js';
import type { Turn } from './turn.js';

/** A question as it comes from Discord. */
export interface Asked {
  readonly question: string;
  readonly filters?: Filters;
  /** The questions before it in the conversation, oldest first. */
  readonly history?: readonly string[];
}

/** An answer as it is shown, and whether it was withheld. */
export interface Answered {
  readonly rendered: Rendered;
  readonly abstained: boolean;
}

/** {@link answer} for whoever shows what comes, whatever it is. */
export async function answerQuestion(turn: Turn, asked: Asked): Promise<Rendered> {
  return (await answer(turn, asked)).rendered;
}

/**
 * Answers a question where it was asked: under that place's ceiling, after those who wait. Throws
 * {@link CooldownError}, {@link BusyError}, and {@link InputError} for what is no question.
 */
export async function answer(turn: Turn, { question, ...context }: Asked): Promise<Answered> {
  const { bot, place, user, isPrivate, library, look } = turn;
  const { filters = {}, history = [] } = context;
  const asked = question.trim();
  if (asked.length > OURS.question) {
    throw new InputError('QUESTION_LONG', {
      what: `a question has at most ${OURS.question} characters, this one has ${asked.length}`,
      todo: 'ask it in fewer words',
    });
  }
  bot.cooldowns.take(user, place.settings.cooldown);
  const done = bot.metrics.since('whole');
  try {
    if (await library(({ wantsList }) => wantsList(asked, history))) {
      const list = await listed(turn, { question: asked, ...context }, 0);
      bot.metrics.count('listed');
      return list;
    }
    const found = await searched(bot, () =>
      library(({ ask }) => ask(asked, { limit: OURS.listed, shown: OURS.shown, history, filters })),
    );
    const { abstained, confidence, ms } = found;
    logged(bot, asked, { abstained, confidence, ms }, 'answered');
    bot.metrics.count(abstained ? 'withheld' : 'answered');
    const rendered = renderAnswer(found, {
      ...{ isPrivate, filters, look },
      history: found.isNewSubject ? [] : history,
    });
    return { rendered, abstained };
  } catch (error) {
    bot.cooldowns.giveBack(user);
    bot.metrics.count(error instanceof BusyError ? 'busy' : 'failed');
    throw error;
  } finally {
    done();
  }
}

/** Searches when it is its turn. */
function searched<T>({ searches, metrics }: Bot, search: () => Promise<T>): Promise<T> {
  const begins = metrics.since('queue');
  return searches.run(() => {
    begins();
    return metrics.time('search', search);
  });
}

/** A page, from 0, of the cables that a question asks for. */
export async function listCables(turn: Turn, asked: Asked, page: number): Promise<Rendered> {
  return (await listed(turn, asked, page)).rendered;
}

async function listed(
  { bot, library, look }: Turn,
  { question, filters = {}, history = [] }: Asked,
  page: number,
): Promise<Answered> {
  const from = page * OURS.cablesAList;
  const list = await searched(bot, () =>
    library((shown) => shown.list(question, { from, limit: OURS.cablesAList, history, filters })),
  );
  logged(bot, question, { cables: list.count }, 'listed');
  const rendered = renderList(list, { page, filters, history, look });
  return { rendered, abstained: list.count === 0 };
}

/** The question itself is in the log only where whoever runs the bot wants it there. */
function logged({ log, options }: Bot, question: string, what: object, words: string): void {
  log.info({ ...what, ...(options.logQuestions && { question }) }, words);
}
