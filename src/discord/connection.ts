import { Events, GatewayIntentBits, Partials, type Client, type ClientOptions } from 'discord.js';
import type { DiscordConfig } from '../config.js';
import type { PilcrowError } from '../errors.js';
import type { BotLog } from './bot.js';
import { redacted } from './log.js';
import { isUnreachable, refusedLogin } from './login.js';
import type { Reconnecting } from './reconnecting.js';

/** Tries of one request that Discord answers with 5xx, in quick succession. */
const RETRIES = 2;

/** What Discord takes of one bot in a second, interactions apart; another server may take more. */
export const REQUESTS_PER_SECOND = 50;

/** How the bot is connected: which events it gets, how often it tries, and how much it sends. */
export function clientOptions(
  { apiUrl, messageContent }: DiscordConfig,
  { buildStrategy }: Reconnecting,
  requestsPerSecond: number,
): ClientOptions {
  return {
    shards: 'auto',
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
      ...(messageContent ? [GatewayIntentBits.MessageContent] : []),
    ],
    partials: [Partials.Channel], // direct messages come from channels that are not known yet
    allowedMentions: { parse: [], repliedUser: false },
    rest: { api: apiUrl, retries: RETRIES, globalRequestsPerSecond: requestsPerSecond },
    ws: { buildStrategy },
  };
}

export interface Connecting {
  readonly discord: DiscordConfig;
  readonly log: BotLog;
  /** It is no longer waited for. */
  readonly signal?: AbortSignal | undefined;
}

/** Told once an hour, however often it is tried. */
export function tellUnreachable(log: BotLog, { message }: Error): void {
  log.once('unreachable', {}, `${message}; it is tried again until it can be`);
}

/**
 * Resolves when the gateway has let the bot in; rejects when it refuses for good. While it cannot be reached it is
 * tried again, which is told once.
 */
export async function logIn(
  client: Client,
  token: string,
  { discord, log, signal }: Connecting,
): Promise<void> {
  const settled = new AbortController();
  const ready = new Promise<void>((resolve, reject) => {
    client.once(Events.ClientReady, () => {
      resolve();
    });
    const failed = (error: Error): void => {
      const trouble = refusedLogin(error, discord);
      if (isUnreachable(trouble)) tellUnreachable(log, trouble);
      else reject(trouble);
    };
    client.on(Events.Error, failed);
    client.on(Events.ShardError, failed);
    whenClosed(client, reject);
    const told = (): void => {
      reject(new Error('told to leave'));
    };
    signal?.addEventListener('abort', told, { signal: settled.signal });
  });
  ready.catch(() => undefined); // what login itself throws comes first
  try {
    await Promise.race([client.login(token), ready]);
    await ready;
  } finally {
    settled.abort(); // a try leaves no listener behind
  }
  client.removeAllListeners(Events.Error);
  client.removeAllListeners(Events.ShardError);
}

/**
 * Tells of the connection once it stands: until then, what goes wrong is told in one line. Settles when
 * it ends for good: the token was changed, an intent was taken away.
 */
export function watchConnection(
  client: Client,
  { discord, log }: Connecting,
): Promise<PilcrowError> {
  // Once when it is lost, once when it is back, however many tries lie between.
  let isLost = false;
  const lost = (about: object): void => {
    if (!isLost) log.warn(about, 'the connection to Discord dropped; reconnecting');
    isLost = true;
  };
  const back = (about: object, words: string): void => {
    if (isLost) log.info(about, words);
    isLost = false;
  };
  client.on(Events.Error, (error) => {
    log.error({ error }, 'the connection to Discord had an error');
  });
  client.on(Events.ShardError, (error, shard) => {
    lost({ error, shard });
  });
  client.on(Events.ShardReconnecting, (shard) => {
    lost({ shard });
  });
  client.on(Events.ShardResume, (shard, replayed) => {
    back({ shard, replayed }, 'the connection to Discord is back');
  });
  client.on(Events.ShardReady, (shard) => {
    back({ shard }, 'the connection to Discord is back, with a new session');
  });
  client.rest.on('rateLimited', ({ method, route, timeToReset, global }) => {
    log.once(
      `429 ${method} ${route}`,
      { method, route: redacted(route), wait: timeToReset, global },
      'Discord slows requests down; they are sent again',
    );
  });
  return new Promise((resolve) => {
    whenClosed(client, (error) => {
      resolve(refusedLogin(error, discord));
    });
  });
}

/** When the gateway has closed the connection for good. */
function whenClosed(client: Client, told: (error: Error) => void): void {
  client.once(Events.Invalidated, () => {
    told(new Error('the session was invalidated'));
  });
  client.on(Events.ShardDisconnect, ({ code }) => {
    told(new Error(`the gateway closed the connection (${code})`));
  });
}
