import type { Config } from './config.js';
import type { IndexEngine } from './corpus/engine.js';
import { EmbeddedEngine } from './embedded/engine.js';
import type { Embedder } from './embedding/embedder.js';
import { openLocalEmbedder } from './embedding/local.js';

/** The index that the configuration names. */
export function engineOf({ index }: Pick<Config, 'index'>): IndexEngine {
  return new EmbeddedEngine(index);
}

/** The embedder that the configuration names. */
export function openEmbedder(config: Pick<Config, 'model' | 'workers'>): Promise<Embedder> {
  return openLocalEmbedder(config.model, config.workers);
}
