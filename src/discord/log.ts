import { LRUCache } from 'lru-cache';
import pino, { type DestinationStream } from 'pino';
import type { BotLog } from './bot.js';

const HOUR = 3_600_000;
const KEYS = 1000;

/** A log of JSON lines on standard error, or where it is told. No token gets into it. */
export function createLog(
  level: string,
  destination: DestinationStream = pino.destination(2),
): BotLog {
  const log = pino(
    {
      level,
      base: null,
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: withoutTokens(pino.stdSerializers.err) },
    },
    destination,
  );
  const told = new LRUCache<string, true>({ max: KEYS, ttl: HOUR });
  return {
    info: log.info.bind(log),
    warn: log.warn.bind(log),
    error: log.error.bind(log),
    debug: log.debug.bind(log),
    once(key, details, message) {
      if (told.has(key)) return;
      told.set(key, true);
      log.warn(details, message);
    },
  };
}

/** An interaction's token stands in the address of a request, the bot's in its head. */
const TOKENS =
  /(\/(?:interactions|webhooks)\/\d+\/)[\w.-]+|(?:Bot )?[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/g;

function withoutTokens(serialize: (error: Error) => object): (error: Error) => unknown {
  return (error) => {
    const { message, stack, ...rest } = { message: '', stack: '', ...serialize(error) };
    const code = 'code' in rest ? rest.code : undefined;
    return {
      message: redacted(message),
      stack: redacted(stack),
      ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    };
  };
}

/** A text without the tokens in it. */
export function redacted(text: string): string {
  return text.replace(TOKENS, (_, before: string | undefined) => `${before ?? ''}[token]`);
}
