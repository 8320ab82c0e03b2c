import { z } from 'zod';
import { NO_CEILING, type Ceiling } from './cable/ceiling.js';
import { DEVICES } from './config.js';
import { openCurrent, type Published } from './corpus/engine.js';
import type { LibraryView } from './library/library.js';
import { engineOf } from './open.js';
import { openThread } from './thread-calls.js';
import { compiledWorker } from './worker-threads.js';

/** What the thread needs of the configuration. */
export const librarySettings = z.object({
  index: z.string(),
  model: z.string(),
  reranker: z.string().nullable(),
  workers: z.number(),
  device: z.enum(DEVICES),
  /** What it opens, also when it is started anew: no other. */
  generation: z.number(),
  /** Cables are looked up as well: their catalogue is read at once. */
  lookUps: z.boolean().default(false),
  /** Models are loaded when one is first asked for: most look-ups ask for none. */
  whenNeeded: z.boolean().default(false),
});
export type LibrarySettings = Omit<z.input<typeof librarySettings>, 'generation'>;

/** What the thread does. */
export type LibraryMethods = Readonly<{
  /** Calls a method of the library as a ceiling shows it. */
  view(ceiling: Ceiling, method: keyof LibraryView, given: readonly unknown[]): Promise<unknown>;
}>;

/** The methods of a view, by their names. */
const METHODS: Readonly<Record<keyof LibraryView, true>> = {
  ask: true,
  wantsList: true,
  list: true,
  explain: true,
  quotedAgain: true,
  related: true,
  cable: true,
  quotes: true,
  spans: true,
  words: true,
  filters: true,
  citations: true,
  findQuote: true,
  verify: true,
  check: true,
  complete: true,
  named: true,
  stats: true,
};

/** One generation of an index, open in a thread of its own: nothing here ever waits for a search. */
export interface LibraryThread {
  readonly published: Published;
  /** It as a ceiling shows it. */
  libraryFor(ceiling?: Ceiling): LibraryView;
  /** No call may be under way. */
  close(): Promise<void>;
}

/**
 * Opens what is published in a thread: store, vectors and the model's own threads. Throws what opening
 * throws.
 */
export function openLibraryThread(settings: LibrarySettings): Promise<LibraryThread> {
  return openCurrent(engineOf(settings), (published) => openGeneration(settings, published));
}

async function openGeneration(
  settings: LibrarySettings,
  published: Published,
): Promise<LibraryThread> {
  const { generation } = published;
  const thread = await openThread<LibraryMethods>(
    compiledWorker('library-worker'),
    librarySettings.parse({ ...settings, generation }),
  );
  return {
    published,
    libraryFor(ceiling = NO_CEILING) {
      const methods = Object.keys(METHODS) as (keyof LibraryView)[];
      const calls = methods.map((method) => [
        method,
        (...given: readonly unknown[]) => thread.call('view', ceiling, method, given),
      ]);
      // The worker's view has the very methods of this one.
      return Object.fromEntries(calls) as LibraryView;
    },
    close: () => thread.close(),
  };
}
