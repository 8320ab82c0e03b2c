import { MessageFlags, type Message } from 'discord.js';
import { idsInText } from '../cable/id.js';
import { answerQuestion } from './asking.js';
import type { Bot } from './bot.js';
import { ACTIONS } from './actions.js';
import { idOf } from './custom-id.js';
import { tellable } from './error-words.js';
import { LIMITS } from './limits.js';
import { escapeMarkdown, small } from './markdown.js';
import { askedIn, conversationOf, type AskedBefore } from './read-message.js';
import { placeOf } from './place.js';
import { button, buttons, FAILED, notice, sentence, type Rendered } from './render/components.js';
import { payloadOf, persistently } from './respond.js';
import { isPassing, refusalOf } from './trouble.js';
import { createTurn, type Turn } from './turn.js';

/** Answers messages: mentions, replies to answers, direct messages; links cable ids. It never throws. */
export type OnMessage = (message: Message) => Promise<void>;

export function createOnMessage(bot: Bot): OnMessage {
  return async (message) => {
    if (message.author.bot || message.system) return;
    try {
      if (isForUs(message)) await answerMessage(bot, message);
      else await linkIds(bot, message);
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

/** A mention by name (not of everybody), or a direct message. A reply to us mentions us. */
function isForUs(message: Message): boolean {
  return message.guildId === null || message.mentions.users.has(message.client.user.id);
}

async function answerMessage(bot: Bot, message: Message): Promise<void> {
  const question = message.content
    .replace(/<@[!&]?\d+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const turn = createTurn(bot, placeOf(bot, message), message.author.id, false);
  const typing = 'sendTyping' in message.channel ? message.channel.sendTyping() : Promise.resolve();
  typing.catch(() => undefined); // it only tells that an answer comes
  const made = await answerOf(turn, message, question);
  try {
    await reply(message, made);
  } catch (error) {
    if (refusalOf(error) === null && !isPassing(error)) await reply(message, FAILED);
    throw error;
  }
}

async function answerOf(turn: Turn, message: Message, question: string): Promise<Rendered> {
  if (question === '') {
    return notice(
      'Ask me something: mention me with a question in plain English, or use `/ask`. `/help` has examples.',
    );
  }
  try {
    const before = await askedBefore(message);
    return await answerQuestion(turn, {
      question,
      ...(before !== null && { history: conversationOf(before), filters: before.filters }),
    });
  } catch (error) {
    const told = tellable(error);
    if (told !== null) return sentence(told);
    turn.bot.log.error({ error, channel: message.channelId }, 'a question was not answered');
    return FAILED;
  }
}

/** What the message that is replied to asked, if it is an answer of ours. */
async function askedBefore(message: Message): Promise<AskedBefore | null> {
  if (message.reference?.messageId === undefined) return null;
  const answered = await message.fetchReference().catch(() => null); // deleted, or not to be read
  return answered?.author.id === message.client.user.id ? askedIn(answered) : null;
}

async function reply(message: Message, rendered: Rendered): Promise<void> {
  await persistently(message.createdTimestamp + LIMITS.token, () =>
    message.reply({
      ...payloadOf(rendered),
      flags: MessageFlags.IsComponentsV2,
      failIfNotExists: false,
    }),
  );
}

/** Cables that a message names and that are linked, at most. */
const LINKED = 5;

async function linkIds(bot: Bot, message: Message): Promise<void> {
  if (!bot.options.messageContent) return;
  const { place, library } = createTurn(bot, placeOf(bot, message), message.author.id, false);
  if (!place.settings.links) return;
  const ids = idsInText(message.content).slice(0, LINKED);
  if (ids.length === 0) return;
  const held = await library(({ named }) => named(ids));
  if (held.length === 0) return;
  const lines = held.map(({ id, subject }) =>
    small(escapeMarkdown(subject === null ? id : `${id} – ${subject.replace(/\s+/g, ' ')}`)),
  );
  const links = held.map(({ id }) => button(id, idOf(ACTIONS.open, [{ cable: id, ordinal: 0 }])));
  await message.reply({
    ...payloadOf(notice(lines.join('\n'), ...buttons(...links))),
    flags: [MessageFlags.IsComponentsV2, MessageFlags.SuppressNotifications],
    failIfNotExists: false,
  });
}
