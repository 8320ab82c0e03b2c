import { Client, Events } from 'discord.js';
import pRetry, { AbortError } from 'p-retry';
import { NO_CEILING } from '../cable/ceiling.js';
import { versionOf, type Config } from '../config.js';
import { PilcrowError } from '../errors.js';
import { createMetrics } from '../operation/metrics.js';
import { serveHealth, type HealthServer } from '../operation/server.js';
import { createBackgroundEmbedding } from './background-embedding.js';
import { openBotData } from './bot-data.js';
import type { Bot, BotLog } from './bot.js';
import {
  clientOptions,
  logIn,
  REQUESTS_PER_SECOND,
  tellUnreachable,
  watchConnection,
} from './connection.js';
import { createCooldowns } from './cooldowns.js';
import { createCommandMentions } from './command-mentions.js';
import { openLibrary } from './library.js';
import { listen } from './listen.js';
import { voterOf } from './feedback.js';
import { isUnreachable, refusedLogin, requireToken } from './login.js';
import { createPresence, type Presence } from './presence.js';
import { createReconnecting, FIRST_PAUSE, LONGEST_PAUSE } from './reconnecting.js';
import { createSearchQueue } from './search-queue.js';
import { createVerdicts } from './verdicts.js';

export interface RunningBot {
  /** Finishes what runs, ten seconds at most, and leaves. */
  stop(): Promise<void>;
  /** Settles with the reason, in one line, when Discord has closed the connection for good. */
  readonly ended: Promise<PilcrowError>;
  /** Where health and metrics are served; null: nowhere. */
  readonly port: number | null;
  /** Looks for a newer generation of the index now. */
  refresh(): Promise<void>;
}

export interface StartOptions extends Partial<Pick<Bot, 'clock' | 'searches'>> {
  /** Discord is no longer tried: what is open is closed, and starting rejects. */
  readonly signal?: AbortSignal | undefined;
  /** Requests that Discord takes in a second. */
  readonly requestsPerSecond?: number;
}

/** How often a newer generation of the index is looked for, in milliseconds. */
const LOOK_FOR_INDEX = 10_000;
/** How long what runs is waited for when the bot is told to leave, in milliseconds. */
const PATIENCE = 10_000;
/** How long closing the index may take then: a search that runs is not waited for. */
const CLOSING = 3000;
/** Asked before anybody else asks; its answer is shown to nobody. */
const FIRST_QUESTION = 'Who met whom?';
/** How Discord is tried at the start: with growing pauses, a minute at most, for as long as it takes. */
const TRYING = {
  retries: Number.POSITIVE_INFINITY,
  minTimeout: FIRST_PAUSE,
  maxTimeout: LONGEST_PAUSE,
};
/**
 * Starts the bot and waits until Discord has let it in, for as long as Discord cannot be reached. Throws in one line
 * where the token is missing or wrong or an intent is not allowed, and what opening the index throws.
 */
export async function startBot(
  config: Config,
  log: BotLog,
  options: StartOptions = {},
): Promise<RunningBot> {
  const { clock = () => new Date(), searches = createSearchQueue(), signal } = options;
  const { requestsPerSecond = REQUESTS_PER_SECOND } = options;
  const { discord } = config;
  const token = requireToken(discord);
  const library = await openLibrary(config);
  const data = openBotData(discord.data);
  const metrics = createMetrics(
    {
      waiting: () => searches.waiting,
      index: () => ({ generation: library.published.generation, ...library.published.counts }),
    },
    () => performance.now(),
  );
  let presence: Presence | null = null;
  let connected: Connected | null = null;
  const bot: Bot = {
    library,
    data,
    searches,
    cooldowns: createCooldowns(clock),
    verdicts: createVerdicts(clock),
    log,
    metrics,
    clock,
    voterOf: (...vote) => voterOf(token, ...vote),
    options: {
      directCeiling: discord.directCeiling,
      messageContent: discord.messageContent,
      cableUrl: discord.cableUrl,
      logQuestions: discord.logQuestions,
    },
    mentions: createCommandMentions(() => connected?.client ?? null),
    presenceChanged: () => void presence?.update(),
  };
  const working = new Set<Promise<void>>();
  /** One try with a client of its own: discord.js can use none again whose login has failed. */
  const connect = async (): Promise<Connected> => {
    const reconnecting = createReconnecting();
    const client = new Client(clientOptions(discord, reconnecting, requestsPerSecond));
    reconnecting.follow(client);
    const close = async (): Promise<void> => {
      presence?.end();
      reconnecting.end();
      await client.destroy();
    };
    try {
      presence = await createPresence(client, bot);
      listen(client, bot, { working, presence });
      await logIn(client, token, { discord, log, signal });
      return { client, close };
    } catch (error) {
      await close();
      const refused = error instanceof PilcrowError ? error : refusedLogin(error, discord);
      throw isUnreachable(refused) ? refused : new AbortError(refused);
    }
  };
  let server: HealthServer | null = null;
  const embedding = discord.embed
    ? createBackgroundEmbedding(config, { log, published: () => library.published })
    : null;
  try {
    if (discord.port !== null) {
      server = await serveHealth(discord.port, {
        metrics,
        healthy: async () => {
          await library.under(NO_CEILING)(({ spans }) => spans([]));
        },
        ready: () => connected?.client.isReady() === true,
      });
      log.info({ port: server.port }, 'health and metrics are served to this machine');
    }
    // The models are loaded before anybody asks; and a process that ends while they are being loaded is aborted by them.
    await library.under(NO_CEILING)(({ ask }) => ask(FIRST_QUESTION, { limit: 1 }));
    embedding?.look(); // whether Discord lets it in or not
    connected = await pRetry(connect, {
      ...TRYING,
      signal,
      onFailedAttempt: ({ error }) => {
        tellUnreachable(log, error);
      },
    });
  } catch (error) {
    await embedding?.stop();
    await server?.close();
    await library.close();
    data.close();
    throw error;
  }
  const { client, close: leave } = connected;
  const close = async (): Promise<void> => {
    await leave();
    await server?.close();
    await library.close();
    data.close();
  };
  const { generation, counts } = library.published;
  log.info(
    { version: versionOf(), index: config.index, generation, ...counts },
    'Pilcrow is running',
  );
  const ended = watchConnection(client, { discord, log });
  const refresh = async (): Promise<void> => {
    try {
      const published = await library.refresh();
      if (published === null) return;
      log.info(
        { generation: published.generation, cables: published.counts.cables },
        'a new index is open',
      );
      embedding?.look();
      await presence?.update();
    } catch (error) {
      log.once('refresh', { error }, 'a newer index could not be opened; the one before it stays');
    }
  };
  const timer = setInterval(() => void refresh(), LOOK_FOR_INDEX);
  return {
    ended,
    port: server?.port ?? null,
    refresh,
    async stop() {
      clearInterval(timer);
      client.removeAllListeners(Events.InteractionCreate);
      client.removeAllListeners(Events.MessageCreate);
      await within(PATIENCE, Promise.all([...working, embedding?.stop()]));
      await within(CLOSING, close());
    },
  };
}

/** Waits for work to settle, so many milliseconds at most. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, enough]);
  clearTimeout(timer);
}

/** A client that Discord has let in. */
interface Connected {
  readonly client: Client;
  readonly close: () => Promise<void>;
}
