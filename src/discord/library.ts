import type { Ceiling } from '../cable/ceiling.js';
import type { Config } from '../config.js';
import type { Published } from '../corpus/engine.js';
import { openLibraryThread, type LibraryThread } from '../library-thread.js';
import type { LibraryView } from '../library/library.js';
import { engineOf } from '../open.js';

/** Works with the library as a place shows it: with one generation to the end, whatever takes its place. */
export type UseLibrary = <T>(work: (library: LibraryView) => Promise<T>) => Promise<T>;

/** The library of today: a new generation takes its place while questions go on. */
export interface CurrentLibrary {
  readonly published: Published;
  /** It as a ceiling shows it. */
  under(ceiling: Ceiling): UseLibrary;
  /**
   * Opens a newer generation if there is one; returns what it is, or null where there is none. Throws
   * what opening it throws; the one that is open stays.
   */
  refresh(): Promise<Published | null>;
  close(): Promise<void>;
}

type Settings = Pick<Config, 'index' | 'model' | 'reranker' | 'workers' | 'device'> & {
  readonly discord: Pick<Config['discord'], 'protectedNames'>;
};

/** Opens an index for the bot. Throws {@link IndexError}. */
export async function openLibrary({ discord, ...settings }: Settings): Promise<CurrentLibrary> {
  const masks = discord.protectedNames === 'masked' && { masked: true as const };
  const engine = engineOf(settings);
  const open = async (): Promise<Held> =>
    holding(await openLibraryThread({ ...settings, lookUps: true }));
  let current = await open();
  let refreshing: Promise<Published | null> | null = null;
  const refresh = async (): Promise<Published | null> => {
    const published = await engine.published();
    if (published === null || published.generation === current.thread.published.generation) {
      return null;
    }
    const before = current;
    current = await open();
    before.retire();
    return current.thread.published;
  };
  return {
    get published() {
      return current.thread.published;
    },
    under: (ceiling) => (work) =>
      current.use((thread) => work(thread.libraryFor({ ...ceiling, ...masks }))),
    refresh() {
      refreshing ??= refresh().finally(() => {
        refreshing = null;
      });
      return refreshing;
    },
    async close() {
      await refreshing?.catch(() => undefined);
      current.retire();
      await current.closed;
    },
  };
}

/** A generation that is closed when nobody needs it any more. */
interface Held {
  readonly thread: LibraryThread;
  use<T>(work: (thread: LibraryThread) => Promise<T>): Promise<T>;
  /** Closes it as soon as nobody uses it. */
  retire(): void;
  readonly closed: Promise<void>;
}

function holding(thread: LibraryThread): Held {
  let users = 0;
  let retired = false;
  let settle: (closing: Promise<void>) => void;
  const closed = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const closeIfIdle = (): void => {
    // A thread that cannot be closed has ended already.
    if (retired && users === 0) settle(thread.close().catch(() => undefined));
  };
  return {
    thread,
    closed,
    async use(work) {
      users++;
      try {
        return await work(thread);
      } finally {
        users--;
        closeIfIdle();
      }
    },
    retire() {
      retired = true;
      closeIfIdle();
    },
  };
}
