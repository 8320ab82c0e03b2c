import type { Config } from './config.js';
import type { Corpus } from './corpus/corpus.js';
import type { Generation, Published, VectorProgress } from './corpus/engine.js';
import type { Embedder } from './embedding/embedder.js';
import { ingest, type IngestJob } from './ingest/ingest.js';
import type { IngestProgress, IngestReport } from './ingest/report.js';
import { engineOf, openEmbedder, openModels } from './open.js';
import { createOwnVectors } from './search/own-vectors.js';
import { createSearch, type Search } from './search/search.js';
import type { InputFile } from './sources/files.js';
import type { FieldMap } from './sources/field-map.js';
import { readItems } from './sources/read.js';

/** An index that is open for questions in this thread. */
export interface OpenIndex {
  readonly generation: Generation;
  readonly corpus: Corpus;
  readonly embedder: Embedder;
  readonly search: Search;
  close(): Promise<void>;
}

/** What is published of the configuration's index, or null where nothing is. Throws {@link IndexError}. */
export function publishedOf(config: Pick<Config, 'index'>): Promise<Published | null> {
  return engineOf(config).published();
}

/** The same, where there must be an index. */
export function requirePublished(config: Pick<Config, 'index'>): Promise<Published> {
  return engineOf(config).required();
}

/** Works with an index without its vectors: what look-ups need. Throws {@link IndexError}. */
export async function withCorpus<T>(
  config: Pick<Config, 'index'>,
  work: (corpus: Corpus) => Promise<T>,
): Promise<T> {
  const generation = await engineOf(config).open(null);
  try {
    return await work(await generation.corpus());
  } finally {
    await generation.close();
  }
}

/**
 * Opens an index with all that answering needs, in this thread: `openLibraryThread` opens one in a
 * thread of its own, for whoever must not wait. Throws {@link IndexError} for one that is missing,
 * damaged, or of another model or schema.
 */
export async function openIndex(
  config: Pick<Config, 'index' | 'model' | 'reranker' | 'workers'>,
): Promise<OpenIndex> {
  await requirePublished(config);
  const models = await openModels(config);
  try {
    const { embedder, reranker } = models;
    const generation = await engineOf(config).open(embedder);
    const corpus = await generation.corpus();
    const own = createOwnVectors(embedder);
    const clock = (): number => performance.now();
    const search = createSearch({ corpus, embedder, reranker, own, clock });
    const close = async (): Promise<void> => {
      await generation.close();
      await models.close();
    };
    return { generation, corpus, embedder, search, close };
  } catch (error) {
    await models.close();
    throw error;
  }
}

/** Takes files into the index of the configuration. */
export async function runIngest(
  config: Config,
  files: readonly InputFile[],
  {
    progress,
    map = null,
    ...options
  }: Pick<IngestJob, 'samples' | 'keepSamples' | 'signal'> & {
    readonly map?: FieldMap | null;
    readonly progress: (progress: IngestProgress) => void;
  },
): Promise<IngestReport> {
  const embedder = await openEmbedder(config);
  try {
    return await ingest({
      engine: engineOf(config),
      embedder,
      files,
      readItems: (file, options) => readItems(file, { ...options, map }),
      clock: () => performance.now(),
      progress,
      ...options,
    });
  } finally {
    await embedder.close();
  }
}

/** Makes anew what is derived in the configuration's index. */
export async function runReindex(config: Config, progress: VectorProgress): Promise<Published> {
  const engine = engineOf(config);
  const published = (await engine.published()) ?? (await engine.required());
  const editor = await engine.lock(published.model);
  try {
    return await editor.reindex(progress);
  } finally {
    await editor.close();
  }
}
