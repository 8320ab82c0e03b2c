import { MessageFlags, type Message } from 'discord.js';
import { idsInText } from '../cable/id.js';
import { bracketedPlaces } from '../quotes/named-places.js';
import { ACTIONS } from './actions.js';
import type { Bot } from './bot.js';
import { CooldownError } from './cooldowns.js';
import { idOf } from './custom-id.js';
import { escapeMarkdown, small } from './markdown.js';
import { reply } from './message-reply.js';
import { placeOf } from './place.js';
import { quoteNamed } from './quoting.js';
import { button, buttons, notice } from './render/components.js';
import { createTurn, type Turn } from './turn.js';

/** Cables that a message names and that are linked, at most. */
const LINKED = 5;

/** Quotes or links cables that a message names which is not for us, where the server wants it. */
export async function readAlong(bot: Bot, message: Message): Promise<void> {
  if (!bot.options.messageContent) return;
  const place = placeOf(bot, message);
  const { settings } = place;
  if (!settings.inline && !settings.links) return;
  const turn = createTurn(bot, place, message.author.id, false);
  if (settings.inline && !turn.preferences.noInline) {
    const places = bracketedPlaces(message.content);
    const quoted = places.length === 0 || isTooSoon(turn) ? null : await quoteNamed(turn, places);
    if (quoted !== null) {
      await reply(message, quoted, MessageFlags.SuppressNotifications);
      return;
    }
  }
  if (settings.links) await linkIds(turn, message);
}

/** Nobody is told: nobody asked. */
function isTooSoon({ bot, place, user }: Turn): boolean {
  try {
    bot.cooldowns.take(user, place.settings.cooldown);
    return false;
  } catch (error) {
    if (error instanceof CooldownError) return true;
    throw error;
  }
}

async function linkIds({ library }: Turn, message: Message): Promise<void> {
  const ids = idsInText(message.content).slice(0, LINKED);
  if (ids.length === 0) return;
  const held = await library(({ named }) => named(ids));
  if (held.length === 0) return;
  const lines = held.map(({ id, subject }) =>
    small(escapeMarkdown(subject === null ? id : `${id} – ${subject.replace(/\s+/g, ' ')}`)),
  );
  const links = held.map(({ id }) => button(id, idOf(ACTIONS.open, [{ cable: id, ordinal: 0 }])));
  const linked = notice(lines.join('\n'), ...buttons(...links));
  await reply(message, linked, MessageFlags.SuppressNotifications);
}
