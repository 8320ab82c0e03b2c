import type { Config } from '../config.js';
import { openLookupThread, type LookupThread } from '../lookup/thread.js';
import { openSearchThread, type SearchThread } from '../search/thread.js';
import { readManifest, requireManifest, type Manifest } from '../store/manifest.js';

/** One generation of the index, open in its threads. */
export interface Library {
  readonly manifest: Manifest;
  readonly search: SearchThread;
  readonly lookup: LookupThread;
}

/** The library of today: a new generation takes its place while questions go on. */
export interface CurrentLibrary {
  readonly manifest: Manifest;
  /** Works with one generation to the end, whatever takes its place meanwhile. */
  use<T>(work: (library: Library) => Promise<T>): Promise<T>;
  /**
   * Opens a newer generation if there is one; returns its manifest, or null where there is none. Throws
   * what opening it throws; the one that is open stays.
   */
  refresh(): Promise<Manifest | null>;
  close(): Promise<void>;
}

type LibrarySettings = Pick<Config, 'index' | 'model' | 'workers'>;

/** Opens an index for the bot. Throws {@link IndexError}. */
export async function openLibrary(settings: LibrarySettings): Promise<CurrentLibrary> {
  let current = await openGeneration(settings);
  let refreshing: Promise<Manifest | null> | null = null;
  const refresh = async (): Promise<Manifest | null> => {
    const manifest = await readManifest(settings.index);
    if (manifest === null || manifest.generation === current.library.manifest.generation)
      return null;
    const before = current;
    current = await openGeneration(settings);
    before.retire();
    return current.library.manifest;
  };
  return {
    get manifest() {
      return current.library.manifest;
    },
    use: (work) => current.use(work),
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

interface Generation {
  readonly library: Library;
  use<T>(work: (library: Library) => Promise<T>): Promise<T>;
  /** Closes it as soon as nobody uses it. */
  retire(): void;
  readonly closed: Promise<void>;
}

async function openGeneration(settings: LibrarySettings): Promise<Generation> {
  // Read before and after: both threads then hold the generation that the manifest names.
  for (;;) {
    const manifest = await requireManifest(settings.index);
    const search = await openSearchThread(settings);
    const lookup = await openLookupThread(settings).catch(async (error: unknown) => {
      await search.close();
      throw error;
    });
    const library = { manifest, search, lookup };
    try {
      const now = await requireManifest(settings.index);
      if (now.generation === manifest.generation) return generationOf(library);
    } catch (error) {
      await closeAll(library);
      throw error;
    }
    await closeAll(library);
  }
}

function generationOf(library: Library): Generation {
  let users = 0;
  let retired = false;
  let settle: (closing: Promise<void>) => void;
  const closed = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const closeIfIdle = (): void => {
    // A thread that cannot be closed has ended already.
    if (retired && users === 0) settle(closeAll(library).catch(() => undefined));
  };
  return {
    library,
    closed,
    async use(work) {
      users++;
      try {
        return await work(library);
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

async function closeAll({ search, lookup }: Library): Promise<void> {
  await Promise.all([search.close(), lookup.close()]);
}
