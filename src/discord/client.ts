import { Client, Events, GatewayIntentBits, Partials, type ClientOptions } from 'discord.js';
import type { Config, DiscordConfig } from '../config.js';
import type { InputError } from '../errors.js';
import { openBotData } from './bot-data.js';
import type { Bot, BotLog } from './bot.js';
import { createCooldowns } from './cooldowns.js';
import { createDispatch } from './dispatch.js';
import { openLibrary } from './library.js';
import { createOnMessage } from './on-message.js';
import { redacted } from './log.js';
import { refusedLogin, requireToken } from './login.js';
import { createPresence, type Presence } from './presence.js';
import { createSearchQueue } from './search-queue.js';
import { createVerdicts } from './verdicts.js';

export interface RunningBot {
  /** Finishes what runs, ten seconds at most, and leaves. */
  stop(): Promise<void>;
  /** Settles with the reason, in one line, when Discord has closed the connection for good. */
  readonly ended: Promise<InputError>;
  /** Looks for a newer generation of the index now. */
  refresh(): Promise<void>;
}

/** How often a newer generation of the index is looked for, in milliseconds. */
const LOOK_FOR_INDEX = 10_000;
/** How long what runs is waited for when the bot is told to leave, in milliseconds. */
const PATIENCE = 10_000;
/** How long closing the index may take then: a search that runs is not waited for. */
const CLOSING = 3000;
/** Tries of one request that Discord answers with 5xx, in quick succession. */
const RETRIES = 2;

function clientOptions({ apiUrl, messageContent }: DiscordConfig): ClientOptions {
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
    rest: { api: apiUrl, retries: RETRIES },
  };
}

/**
 * Starts the bot and waits until Discord has let it in. Throws {@link InputError} in one line where
 * the token is missing or wrong, an intent is not allowed or Discord cannot be reached, and what
 * opening the index throws.
 */
export async function startBot(
  config: Config,
  log: BotLog,
  {
    clock = () => new Date(),
    searches = createSearchQueue(),
  }: Partial<Pick<Bot, 'clock' | 'searches'>> = {},
): Promise<RunningBot> {
  const { discord } = config;
  const token = requireToken(discord);
  const library = await openLibrary(config);
  const data = openBotData(discord.data);
  const client = new Client(clientOptions(discord));
  let presence: Presence | null = null;
  const bot: Bot = {
    library,
    data,
    searches,
    cooldowns: createCooldowns(clock),
    verdicts: createVerdicts(clock),
    log,
    clock,
    options: {
      directCeiling: discord.directCeiling,
      messageContent: discord.messageContent,
      logQuestions: discord.logQuestions,
    },
    presenceChanged: () => void presence?.update(),
  };
  const working = new Set<Promise<void>>();
  const close = async (): Promise<void> => {
    presence?.end();
    await client.destroy();
    await library.close();
    data.close();
  };
  try {
    presence = await createPresence(client, bot);
    listen(client, bot, { working, presence });
  } catch (error) {
    await close();
    throw error;
  }
  try {
    await logIn(client, token);
  } catch (error) {
    await close();
    throw refusedLogin(error, discord);
  }
  const ended = watchConnection(client, discord, log);
  const refresh = async (): Promise<void> => {
    try {
      const published = await library.refresh();
      if (published === null) return;
      log.info(
        { generation: published.generation, cables: published.counts.cables },
        'a new index is open',
      );
      await presence.update();
    } catch (error) {
      log.once('refresh', { error }, 'a newer index could not be opened; the one before it stays');
    }
  };
  const timer = setInterval(() => void refresh(), LOOK_FOR_INDEX);
  return {
    ended,
    refresh,
    async stop() {
      clearInterval(timer);
      client.removeAllListeners(Events.InteractionCreate);
      client.removeAllListeners(Events.MessageCreate);
      await within(PATIENCE, Promise.all(working));
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

/** Resolves when the gateway has let the bot in; rejects when it refuses for good. */
async function logIn(client: Client, token: string): Promise<void> {
  const ready = new Promise<void>((resolve, reject) => {
    client.once(Events.ClientReady, () => {
      resolve();
    });
    client.once(Events.Error, reject);
    client.once(Events.ShardError, reject);
    client.once(Events.Invalidated, () => {
      reject(new Error('the session was invalidated'));
    });
    client.once(Events.ShardDisconnect, ({ code }) => {
      reject(new Error(`the gateway closed the connection (${code})`));
    });
  });
  ready.catch(() => undefined); // what login itself throws comes first
  await client.login(token);
  await ready;
}

function listen(
  client: Client,
  bot: Bot,
  { working, presence }: { readonly working: Set<Promise<void>>; readonly presence: Presence },
): void {
  const dispatch = createDispatch(bot);
  const onMessage = createOnMessage(bot);
  const track = (work: Promise<void>): void => {
    working.add(work);
    void work.finally(() => working.delete(work));
  };
  const { log } = bot;
  client.on(Events.InteractionCreate, (interaction) => {
    track(dispatch(interaction));
  });
  client.on(Events.MessageCreate, (message) => {
    track(onMessage(message));
  });
  client.on(Events.GuildDelete, ({ id, available }) => {
    // Not available: an outage. Otherwise the bot was removed, and its settings go with it.
    if (!available) return;
    bot.data.forgetServer(id);
    bot.presenceChanged();
  });
  client.on(Events.ClientReady, (ready) => {
    log.info({ user: ready.user.tag, servers: ready.guilds.cache.size }, 'connected to Discord');
  });
  // Of every session, a new one behind one that had become invalid too: presence ends with its session.
  client.on(Events.ShardReady, () => {
    presence.show();
  });
}

/**
 * Tells of the connection once it stands: until then, what goes wrong is told in one line. Settles when
 * it ends for good: the token was changed, an intent was taken away.
 */
function watchConnection(client: Client, config: DiscordConfig, log: BotLog): Promise<InputError> {
  client.on(Events.Error, (error) => {
    log.error({ error }, 'the connection to Discord had an error');
  });
  client.on(Events.ShardReconnecting, (shard) => {
    log.warn({ shard }, 'the connection to Discord dropped; reconnecting');
  });
  client.on(Events.ShardResume, (shard, replayed) => {
    log.info({ shard, replayed }, 'the connection to Discord is back');
  });
  client.on(Events.ShardReady, (shard) => {
    log.info({ shard }, 'the connection to Discord is back, with a new session');
  });
  client.rest.on('rateLimited', ({ method, route, timeToReset, global }) => {
    log.once(
      `429 ${method} ${route}`,
      { method, route: redacted(route), wait: timeToReset, global },
      'Discord slows requests down; they are sent again',
    );
  });
  return new Promise((resolve) => {
    client.once(Events.Invalidated, () => {
      resolve(refusedLogin(new Error('the session was invalidated'), config));
    });
    client.on(Events.ShardDisconnect, ({ code }) => {
      resolve(refusedLogin(new Error(`the gateway closed the connection (${code})`), config));
    });
  });
}
