import path from 'node:path';
import type { Config } from './config.js';
import type { Embedder } from './embedding/embedder.js';
import { openLocalEmbedder } from './embedding/local.js';
import { IndexError } from './errors.js';
import { IndexFolder } from './ingest/generation.js';
import { ingest } from './ingest/ingest.js';
import type { IngestProgress, IngestReport } from './ingest/report.js';
import { createSearch, type Search } from './search/search.js';
import { readCableFile } from './sources/files.js';
import { checkCompatible, fileDamage, readManifest, type Manifest } from './store/manifest.js';
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
export function openEmbedder(config: Config): Promise<Embedder> {
  return openLocalEmbedder(config.model, config.workers);
}

/** The index's manifest. Throws {@link IndexError} where there is no index. */
export async function requireManifest(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  if (manifest === null) {
    throw new IndexError(
      'INDEX_MISSING',
      `no index in ${folder}; make one with: pilcrow ingest PATH… --index ${folder}`,
    );
  }
  return manifest;
}

/** The store of an index alone: what look-ups need. Throws {@link IndexError}. */
export async function openStoreOf(config: Config): Promise<SqliteStore> {
  const manifest = await requireManifest(config.index);
  await requireWhole(config.index, manifest.store);
  return openStore(path.join(config.index, manifest.store.file));
}

/**
 * Opens an index with all that answering needs. Throws {@link IndexError} for one that is missing,
 * damaged, or of another model or schema.
 */
export async function openIndex(config: Config): Promise<OpenIndex> {
  const manifest = await requireManifest(config.index);
  const embedder = await openEmbedder(config);
  try {
    checkCompatible(manifest, embedder, config.index);
    await requireWhole(config.index, manifest.store);
    await requireWhole(config.index, manifest.vectors);
    const store = openStore(path.join(config.index, manifest.store.file));
    const vectors = await HnswIndex.load(
      path.join(config.index, manifest.vectors.file),
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
    await embedder.close();
    throw error;
  }
}

async function requireWhole(folder: string, file: Manifest['store']): Promise<void> {
  const damage = await fileDamage(folder, file, 'open');
  if (damage === null) return;
  const cure = file.file.endsWith('.hnsw')
    ? 'run pilcrow reindex'
    : `delete ${folder} and run pilcrow ingest again`;
  throw new IndexError('INDEX_DAMAGED', `the index is damaged: ${damage}; ${cure}`);
}

/** Takes files into the index of the configuration. */
export async function runIngest(
  config: Config,
  files: readonly string[],
  progress: (progress: IngestProgress) => void,
  signal?: AbortSignal,
): Promise<IngestReport> {
  const embedder = await openEmbedder(config);
  try {
    return await ingest({
      folder: config.index,
      embedder,
      files,
      readFile: readCableFile,
      clock: () => performance.now(),
      progress,
      ...(signal && { signal }),
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
  const manifest = await requireManifest(config.index);
  const folder = await IndexFolder.open(config.index, manifest.model);
  await requireWhole(config.index, manifest.store);
  const store = openStore(path.join(config.index, manifest.store.file));
  try {
    return await folder.reindex(store, manifest, progress);
  } finally {
    store.close();
  }
}
