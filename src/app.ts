import path from 'node:path';
import type { Config } from './config.js';
import type { Embedder } from './embedding/embedder.js';
import { openLocalEmbedder } from './embedding/local.js';
import { IndexFolder } from './ingest/generation.js';
import { ingest, type IngestJob } from './ingest/ingest.js';
import type { IngestProgress, IngestReport } from './ingest/report.js';
import { createSearch, type Search } from './search/search.js';
import type { InputFile } from './sources/files.js';
import { readItems } from './sources/read.js';
import {
  checkCompatible,
  readManifest,
  requireManifest,
  requireWhole,
  type Manifest,
} from './store/manifest.js';
import { openStore, type SqliteStore } from './store/sqlite.js';
import { HnswIndex } from './vectors/hnsw.js';

/** An index that is open for questions. */
export interface OpenIndex {
  readonly manifest: Manifest;
  readonly store: SqliteStore;
  readonly vectors: HnswIndex;
  readonly embedder: Embedder;
  readonly search: Search;
  close(): Promise<void>;
}

/** The embedder that the configuration names. */
export function openEmbedder(config: Pick<Config, 'model' | 'workers'>): Promise<Embedder> {
  return openLocalEmbedder(config.model, config.workers);
}

/** How often an ingest that ends just now may take the files away from under an opening. */
const OPENINGS = 5;

/**
 * Opens what the manifest names. Where that fails because a newer generation has taken its place
 * meanwhile, the newer one is opened.
 */
async function openCurrent<T>(
  folder: string,
  open: (manifest: Manifest) => Promise<T>,
): Promise<T> {
  for (let opening = 1; ; opening++) {
    const manifest = await requireManifest(folder);
    try {
      return await open(manifest);
    } catch (error) {
      const now = await readManifest(folder);
      if (now?.generation === manifest.generation || opening === OPENINGS) throw error;
    }
  }
}

/** The store of an index alone: what look-ups need. Throws {@link IndexError}. */
export function openStoreOf({ index }: Pick<Config, 'index'>): Promise<SqliteStore> {
  return openCurrent(index, async ({ store }) => {
    await requireWhole(index, store, 'open');
    return openStore(path.join(index, store.file));
  });
}

/**
 * Opens an index with all that answering needs, in this thread: `openSearchThread` opens one in a
 * thread of its own, for whoever must not wait. Throws {@link IndexError} for one that is missing,
 * damaged, or of another model or schema.
 */
export async function openIndex(
  config: Pick<Config, 'index' | 'model' | 'workers'>,
): Promise<OpenIndex> {
  await requireManifest(config.index);
  const embedder = await openEmbedder(config);
  try {
    return await openCurrent(config.index, (manifest) => openParts(config, manifest, embedder));
  } catch (error) {
    await embedder.close();
    throw error;
  }
}

async function openParts(
  { index }: Pick<Config, 'index'>,
  manifest: Manifest,
  embedder: Embedder,
): Promise<OpenIndex> {
  checkCompatible(manifest, embedder, index);
  await requireWhole(index, manifest.store, 'open');
  await requireWhole(index, manifest.vectors, 'full');
  const store = openStore(path.join(index, manifest.store.file));
  try {
    const vectors = await HnswIndex.load(
      path.join(index, manifest.vectors.file),
      manifest.model.dimension,
      manifest.counts.vectors,
    );
    const search = createSearch({ store, vectors, embedder, clock: () => performance.now() });
    const close = async (): Promise<void> => {
      store.close();
      await embedder.close();
    };
    return { manifest, store, vectors, embedder, search, close };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Takes files into the index of the configuration. */
export async function runIngest(
  config: Config,
  files: readonly InputFile[],
  {
    progress,
    ...options
  }: Pick<IngestJob, 'samples' | 'keepSamples' | 'signal'> & {
    readonly progress: (progress: IngestProgress) => void;
  },
): Promise<IngestReport> {
  const embedder = await openEmbedder(config);
  try {
    return await ingest({
      folder: config.index,
      embedder,
      files,
      readItems,
      clock: () => performance.now(),
      progress,
      ...options,
    });
  } finally {
    await embedder.close();
  }
}

/** Builds the vector file of the configuration's index anew from its store. */
export async function runReindex(
  config: Config,
  progress: (done: number, total: number) => void,
): Promise<Manifest> {
  const { model } = await requireManifest(config.index);
  const folder = await IndexFolder.open(config.index, model);
  try {
    return await folder.reindex(progress);
  } finally {
    folder.close();
  }
}
