import path from 'node:path';
import { NO_CEILING, showsAll, type Ceiling } from '../cable/ceiling.js';
import type { Corpus } from '../corpus/corpus.js';
import type { Generation, ModelId } from '../corpus/engine.js';
import { EmbeddedCorpus } from './corpus.js';
import { requireWhole } from './files.js';
import { checkModelOf, type Manifest } from './manifest.js';
import { storeParts, type StoreParts } from './sqlite/parts.js';
import { openPublished } from './sqlite/published.js';
import { viewOf } from './sqlite/view.js';
import { HnswIndex } from './vectors/hnsw.js';
import type { VectorIndex } from './vectors/vector-index.js';

/** A finished store and its graph, open. */
export class EmbeddedGeneration implements Generation {
  readonly parts: StoreParts;
  readonly graph: VectorIndex | null;
  readonly #corpora = new Map<string, Corpus>();

  constructor(
    readonly published: Manifest,
    parts: StoreParts,
    graph: VectorIndex | null,
  ) {
    this.parts = parts;
    this.graph = graph;
  }

  /** Opens what a manifest names. Throws {@link IndexError}. */
  static async open(
    folder: string,
    manifest: Manifest,
    model: ModelId | null,
  ): Promise<EmbeddedGeneration> {
    const { store, vectors, counts } = manifest;
    if (model !== null) checkModelOf(manifest, model, folder);
    await requireWhole(folder, store, 'open');
    if (model !== null) await requireWhole(folder, vectors, 'full');
    const parts = storeParts(openPublished(path.join(folder, store.file)));
    try {
      const file = path.join(folder, vectors.file);
      const graph =
        model === null
          ? null
          : await HnswIndex.load(file, manifest.model.dimension, counts.vectors);
      return new EmbeddedGeneration(manifest, parts, graph);
    } catch (error) {
      parts.connection.close();
      throw error;
    }
  }

  corpus(ceiling: Ceiling = NO_CEILING): Promise<Corpus> {
    const { mark, classification, noforn, masked = false } = ceiling;
    const name = JSON.stringify([mark, classification, noforn, masked]);
    const known = this.#corpora.get(name) ?? this.#bind(ceiling);
    this.#corpora.set(name, known);
    return Promise.resolve(known);
  }

  #bind(ceiling: Ceiling): Corpus {
    const view = showsAll(ceiling) ? null : viewOf(ceiling, this.parts.audiences);
    return new EmbeddedCorpus(this.parts, this.graph, { ceiling, view });
  }

  close(): Promise<void> {
    this.parts.connection.close();
    return Promise.resolve();
  }
}
