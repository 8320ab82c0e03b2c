import type { Message } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { namedPlace, type NamedPlace } from '../quotes/named-places.js';
import { isSmallTalk } from '../search/small-talk.js';
import { answer, type Answered } from './asking.js';
import type { Bot } from './bot.js';
import { card } from './commands/opened.js';
import { tellable } from './error-words.js';
import { reply } from './message-reply.js';
import { placeOf } from './place.js';
import { heldAmong, quotePage } from './quoting.js';
import { readAlong } from './read-along.js';
import { askedIn, conversationOf, type AskedBefore } from './read-message.js';
import { FAILED, notice, sentence, type Rendered } from './render/components.js';
import { isPassing, refusalOf } from './trouble.js';
import { createTurn, type Turn } from './turn.js';

/** People who were told why their reply was not read. */
const HINTED = 10_000;

/** Answers messages: mentions, replies to answers, direct messages; links cable ids. It never throws. */
export type OnMessage = (message: Message) => Promise<void>;

export function createOnMessage(bot: Bot): OnMessage {
  const hinted = new LRUCache<string, true>({ max: HINTED });
  return async (message) => {
    if (message.author.bot || message.system) return;
    try {
      const how = turnedToUs(message);
      if (how === null) await readAlong(bot, message);
      else await answerMessage(bot, message, how, hinted);
    } catch (error) {
      const where = { server: message.guildId, channel: message.channelId };
      const refusal = refusalOf(error);
      if (refusal === null) bot.log.error({ error, ...where }, 'a message was not answered');
      else {
        bot.log.once(
          `${refusal.code} ${message.channelId}`,
          { ...where, code: refusal.code },
          refusal.todo,
        );
      }
    }
  };
}

/**
 * How a message turns to us: by a mention of us or of our role, in direct messages, or by nothing but a reply to
 * a message of ours. A reply mentions us, or nobody where it is to what answered a command; a mention of everybody
 * is none.
 */
function turnedToUs(message: Message): 'asked' | 'replied' | null {
  const { id } = message.client.user;
  const { users, roles, repliedUser } = message.mentions;
  if (message.guildId === null) return 'asked';
  if (users.has(id) && message.content.includes(id)) return 'asked';
  if (roles.some(({ tags }) => tags?.botId === id)) return 'asked';
  return repliedUser?.id === id || users.has(id) ? 'replied' : null;
}

const ASK =
  'Ask me something: mention me with a question in plain English, or use `/ask`. `/help` has examples.';
/** Without the intent Discord gives no text of a reply to what answered a command. */
const UNREADABLE =
  'Discord does not let me read this reply. Press _Follow-up_ under the answer, or mention me in the reply.';

async function answerMessage(
  bot: Bot,
  message: Message,
  how: 'asked' | 'replied',
  hinted: LRUCache<string, true>,
): Promise<void> {
  const question = message.content
    .replace(/<@[!&]?\d+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (how === 'replied') {
    // People thank each other beneath an answer: what is no question gets no word.
    if (isSmallTalk(question, true)) return;
    if (question === '') {
      // Once is enough: most replies beneath an answer are not for us.
      const isFirst = !hinted.has(message.author.id);
      hinted.set(message.author.id, true);
      if (isFirst) await reply(message, notice(UNREADABLE));
      return;
    }
  }
  const turn = createTurn(bot, placeOf(bot, message), message.author.id, false);
  if (how === 'asked') {
    const typing = 'sendTyping' in message.channel ? message.channel.sendTyping() : null;
    typing?.catch(() => undefined); // it only tells that an answer comes
  }
  const made = await answerOf(turn, message, question);
  if (how === 'replied' && made.abstained) return;
  try {
    await reply(message, made.rendered);
  } catch (error) {
    if (refusalOf(error) === null && !isPassing(error)) await reply(message, FAILED);
    throw error;
  }
}

async function answerOf(turn: Turn, message: Message, question: string): Promise<Answered> {
  const untold = (rendered: Rendered): Answered => ({ rendered, abstained: false });
  if (question === '') return untold(notice(ASK));
  try {
    const named = namedPlace(question);
    // `Who met whom on May 4, 2009?` has the form of an id too: what is not held is a question.
    if (named !== null && (await heldAmong(turn, [named])).length > 0) {
      return untold(await shownPlace(turn, named));
    }
    const before = await askedBefore(message);
    return await answer(turn, {
      question,
      ...(before !== null && { history: conversationOf(before), filters: before.filters }),
    });
  } catch (error) {
    const told = tellable(error);
    if (told !== null) return untold(sentence(told));
    turn.bot.log.error({ error, channel: message.channelId }, 'a question was not answered');
    return untold(FAILED);
  }
}

/** A cable or its paragraphs that a message names and asks nothing else. */
function shownPlace(turn: Turn, { id, paragraphs }: NamedPlace): Promise<Rendered> {
  return paragraphs === null
    ? card(turn, id, 0)
    : quotePage(turn, id, paragraphs, turn.preferences.style, 0);
}

/** What the message that is replied to asked, if it is an answer of ours. */
async function askedBefore(message: Message): Promise<AskedBefore | null> {
  if (message.reference?.messageId === undefined) return null;
  const answered = await message.fetchReference().catch(() => null); // deleted, or not to be read
  return answered?.author.id === message.client.user.id ? askedIn(answered) : null;
}
