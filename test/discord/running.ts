import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GatewayIntentBits } from 'discord.js';
import { runIngest } from '../../src/app.js';
import { readConfig, type Config } from '../../src/config.js';
import { startBot, type RunningBot } from '../../src/discord/client.js';
import type { SearchQueue } from '../../src/discord/search-queue.js';
import { createLog } from '../../src/discord/log.js';
import { EmbeddedEngine } from '../../src/embedded/engine.js';
import { checkModel } from '../../src/embedding/model-files.js';
import { ingest } from '../../src/ingest/ingest.js';
import { readItems } from '../../src/sources/read.js';
import { createWordEmbedder } from '../support/word-embedder.js';
import { listFiles } from '../../src/sources/files.js';
import { LocalDiscord } from './local-discord.js';
import { CHANNEL, DIRECT, SERVER, type LocalPlace } from './payloads.js';
import { Person } from './person.js';

export const IN_SERVER: LocalPlace = { channel: CHANNEL, server: SERVER };
export const IN_DIRECT: LocalPlace = { channel: DIRECT, server: null };
/** Somebody's own installation, on a server that the bot is not on. */
export const USER_INSTALLED: LocalPlace = {
  channel: '310000000000000000',
  server: '210000000000000000',
  userInstalled: true,
};

/** The bot on a local Discord, with what its log says. */
export interface Running {
  readonly discord: LocalDiscord;
  readonly config: Config;
  readonly bot: RunningBot;
  /** Lines of the log, as JSON. */
  readonly log: string[];
  person(place?: LocalPlace): Person;
  /** Ends the bot and starts it again, as after a new version. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Makes an index of files that several bots open one after the other. The caller removes the folder. */
export async function indexOf(files: readonly string[]): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-discord-index-'));
  await runIngest({ ...readConfig({}), index: folder }, await listFiles(files), {
    progress: () => undefined,
  });
  return folder;
}

/**
 * The same with vectors that are made of words, in a tenth of the time: they say that they are the
 * model's, so that questions are answered, though not as well.
 */
export async function quickIndexOf(files: readonly string[]): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-discord-index-'));
  const { description, fingerprint, projection } = await checkModel(readConfig({}).model);
  await ingest({
    engine: new EmbeddedEngine(folder),
    embedder: createWordEmbedder(fingerprint, { ...description, projection }),
    files: await listFiles(files),
    readItems,
    clock: () => performance.now(),
    progress: () => undefined,
  });
  return folder;
}

/**
 * A folder that is removed with {@link Running.stop}, and the files that its index holds. A bot that nobody looks at
 * for the best answer may go without the second reader: it takes most of an answer's time.
 */
export async function runBotOver(
  files: readonly string[] | { readonly index: string },
  { rereads = true, ...change }: Partial<Config['discord']> & { readonly rereads?: boolean } = {},
  searches?: SearchQueue,
): Promise<Running> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-discord-'));
  const discord = await LocalDiscord.start();
  if (change.messageContent === true) discord.allowedIntents = GatewayIntentBits.MessageContent;
  const base = readConfig({});
  const config: Config = {
    ...base,
    index: 'index' in files ? files.index : path.join(folder, 'index'),
    reranker: rereads ? base.reranker : null,
    discord: {
      ...base.discord,
      token: discord.token,
      apiUrl: discord.apiUrl,
      data: path.join(folder, 'data'),
      ...change,
    },
  };
  if (!('index' in files))
    await runIngest(config, await listFiles(files), { progress: () => undefined });
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => void lines.push(line) });
  // Half a minute passes with every look at it: nobody asks too soon, unless a test wants it.
  let now = Date.parse('2026-11-22T12:00:00Z');
  const clock = (): Date => new Date((now += 30_000));
  // The local Discord need not be spared.
  const parts = { clock, requestsPerSecond: 10_000, ...(searches && { searches }) };
  const held = { bot: await startBot(config, log, parts) };
  await discord.gateway.connected();
  return {
    discord,
    config,
    get bot() {
      return held.bot;
    },
    log: lines,
    person: (place = IN_SERVER) => new Person(discord, place),
    async restart() {
      await held.bot.stop();
      held.bot = await startBot(config, log, parts);
      await discord.gateway.connected();
    },
    async stop() {
      await held.bot.stop();
      await discord.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
