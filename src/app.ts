import type { Config } from './config.js';
import { checkModelOf } from './corpus/check-model.js';
import type { Corpus } from './corpus/corpus.js';
import type { Generation, Published } from './corpus/engine.js';
import type { Embedder } from './embedding/embedder.js';
import { IndexError } from './errors.js';
import { embedWaiting, type EmbedJob } from './ingest/embed.js';
import { ingest, type IngestJob } from './ingest/ingest.js';
import type { EmbedReport, IngestProgress, IngestReport } from './ingest/report.js';
import { engineOf, modelOf, openEmbedder, openModels } from './open.js';
import { createOwnVectors } from './search/own-vectors.js';
import { createSearch, type Search } from './search/search.js';
import type { InputFile } from './sources/files.js';
import type { FieldMap } from './sources/field-map.js';
import { readItems } from './sources/read.js';

/** Passages without vectors that are walked over at once. */
const READ_AT_ONCE = 1000;

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
  config: Pick<Config, 'index' | 'model' | 'reranker' | 'workers' | 'device'>,
): Promise<OpenIndex> {
  await requirePublished(config);
  const models = await openModels(config);
  try {
    const { embedder, reranker } = models;
    const generation = await engineOf(config).open(embedder);
    const corpus = await generation.corpus();
    const clock = (): number => performance.now();
    const own = createOwnVectors(embedder, clock);
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
  }: Pick<IngestJob, 'samples' | 'keepSamples' | 'signal' | 'wordsOnly' | 'order'> & {
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

/** Gives the configuration's index the vectors that it lacks. */
export async function runEmbed(
  config: Config,
  options: Omit<EmbedJob, 'engine' | 'embedder'>,
): Promise<EmbedReport> {
  await requirePublished(config);
  const embedder = await openEmbedder(config);
  try {
    return await embedWaiting({ engine: engineOf(config), embedder, ...options });
  } finally {
    await embedder.close();
  }
}

/** Takes cables out of the configuration's index. */
export async function runRemove(config: Config, ids: readonly string[]): Promise<Published> {
  const engine = engineOf(config);
  const { samples = false } = await engine.required();
  const editor = await engine.lock(await modelOf(config));
  try {
    if ((await editor.resume()).building !== null) {
      throw new IndexError('INGEST_STOPPED', {
        what: 'an ingest was stopped, and what it has done waits to be published',
        todo: 'run it again to its end first',
      });
    }
    try {
      const building = await editor.begin({ atOnce: true });
      await building.remove(ids);
      return await editor.publish(building, { samples });
    } catch (error) {
      // An ingest would take it for its own. Where that fails too, the first error counts.
      await editor.discard().catch(() => undefined);
      throw error;
    }
  } finally {
    await editor.close();
  }
}

/** Makes anew what is derived in the configuration's index, of the vectors that are kept. */
export async function runReindex(
  config: Config,
  progress: (done: number, total: number) => void,
): Promise<Published> {
  const engine = engineOf(config);
  const model = await modelOf(config);
  const before = await engine.required();
  checkModelOf(before, model, config.index);
  const work = await engine.embed(model, { anew: true });
  try {
    while ((await work.waiting(READ_AT_ONCE)) !== null) {
      progress(work.counts.embedded, work.counts.passages);
    }
    if (work.counts.embedded < before.counts.embedded) {
      throw new IndexError('VECTORS_LOST', {
        what: `of ${before.counts.embedded} vectors of the index in ${config.index} ${work.counts.embedded} are kept`,
        todo: 'make them anew with pilcrow embed --anew',
      });
    }
    const published = await work.publish();
    if (published !== null) return published;
    throw new IndexError('INDEX_CHANGED', {
      what: `the index in ${config.index} was changed meanwhile`,
      todo: 'run the same command again',
    });
  } finally {
    await work.close();
  }
}
