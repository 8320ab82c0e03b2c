import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.js';
import type { Published } from '../corpus/engine.js';
import { compiledWorker } from '../worker-threads.js';
import type { BotLog } from './bot.js';

/** The end of what a process has said that is told of where it failed, in characters. */
const LAST_WORDS = 300;
/** When it is looked again whether vectors are lacking, in milliseconds. */
const AGAIN = 60_000;

/** Makes the vectors that the index lacks in a process of its own, at low priority, while questions are answered. */
export interface BackgroundEmbedding {
  /** Begins where vectors are lacking and none are being made. */
  look(): void;
  /** Ends it: what it has made is kept. */
  stop(): Promise<void>;
}

export function createBackgroundEmbedding(
  { index, model }: Pick<Config, 'index' | 'model'>,
  { log, published }: { readonly log: BotLog; readonly published: () => Published },
): BackgroundEmbedding {
  let running: ChildProcess | null = null;
  let again: NodeJS.Timeout | undefined;
  let isStopping = false;
  const embedding: BackgroundEmbedding = {
    look() {
      const { counts } = published();
      const waiting = counts.passages - counts.embedded;
      if (running !== null || waiting === 0) return;
      clearTimeout(again);
      const child = spawn(
        process.execPath,
        [fileURLToPath(compiledWorker('cli/main')), 'embed', '--index', index],
        {
          stdio: ['ignore', 'ignore', 'pipe'],
          // It needs no token, and takes none of an .env file where this is set.
          env: { ...process.env, DISCORD_TOKEN: '', PILCROW_MODEL: model },
        },
      );
      running = child;
      log.info({ waiting, process: child.pid }, 'vectors that are lacking are being made');
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-LAST_WORDS);
      });
      child.once('error', (error) => {
        log.once('embed', { error }, 'the process that makes vectors could not be started');
      });
      child.once('close', (code) => {
        running = null;
        if (isStopping) return;
        if (code === 0) log.info({}, 'vectors were made');
        else log.once('embed', { code, said: said.trim() }, 'vectors could not be made');
        // What was published meanwhile is open by then, or what was in the way is gone.
        again = setTimeout(() => {
          embedding.look();
        }, AGAIN).unref();
      });
    },
    async stop() {
      clearTimeout(again);
      if (running === null) return;
      isStopping = true;
      const closed = once(running, 'close');
      running.kill('SIGTERM');
      await closed;
      clearTimeout(again);
    },
  };
  return embedding;
}
