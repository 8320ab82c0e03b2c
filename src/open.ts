import type { Config } from './config.js';
import type { IndexEngine, ModelId } from './corpus/engine.js';
import { EmbeddedEngine } from './embedded/engine.js';
import type { Embedder } from './embedding/embedder.js';
import { checkModel } from './embedding/model-files.js';
import { openLocalEmbedder } from './embedding/local.js';
import type { ModelRun } from './embedding/model-threads.js';
import { openLocalReranker } from './reranking/local.js';
import type { Reranker } from './reranking/reranker.js';

/** The index that the configuration names. */
export function engineOf({ index }: Pick<Config, 'index'>): IndexEngine {
  return new EmbeddedEngine(index);
}

/** The embedding model that the configuration names, without loading it. */
export async function modelOf({ model }: Pick<Config, 'model'>): Promise<ModelId> {
  const { description, fingerprint, projection } = await checkModel(model);
  return { name: description.name, dimension: description.dimension, fingerprint, projection };
}

/** The embedder that the configuration names. */
export function openEmbedder(
  config: Pick<Config, 'model' | 'workers' | 'device'> & Pick<ModelRun, 'whenNeeded'>,
): Promise<Embedder> {
  return openLocalEmbedder(config.model, config);
}

/** The models that answering needs. */
export interface Models {
  readonly embedder: Embedder;
  /** The second reader; null where the configuration names none. */
  readonly reranker: Reranker | null;
  close(): Promise<void>;
}

/** The models that the configuration names. */
export async function openModels(
  config: Pick<Config, 'model' | 'reranker' | 'workers' | 'device'> & Pick<ModelRun, 'whenNeeded'>,
): Promise<Models> {
  const embedder = await openEmbedder(config);
  try {
    const reranker =
      config.reranker === null ? null : await openLocalReranker(config.reranker, config);
    const close = async (): Promise<void> => {
      await embedder.close();
      await reranker?.close();
    };
    return { embedder, reranker, close };
  } catch (error) {
    await embedder.close();
    throw error;
  }
}
