import path from 'node:path';
import { NO_CEILING, showsAll, type Ceiling } from '../cable/ceiling.js';
import type { Corpus } from '../corpus/corpus.js';
import { checkModelOf } from '../corpus/check-model.js';
import type { Generation, ModelId } from '../corpus/engine.js';
import { EmbeddedCorpus, type Linked } from './corpus.js';
import { requireWhole } from './files.js';
import type { Manifest } from './manifest.js';
import { PassageSet } from './passage-set.js';
import { storeParts, type StoreParts } from './sqlite/parts.js';
import { openPublished } from './sqlite/published.js';
import { isDamage } from './sqlite/trouble.js';
import { VectorStore, vectorStoreFile } from './sqlite/vector-store.js';
import { viewOf } from './sqlite/view.js';
import { HnswIndex } from './vectors/hnsw.js';
import { passageOf } from './vectors/labels.js';

/** A finished store, its graph and the vectors that are kept, open. */
export class EmbeddedGeneration implements Generation {
  readonly parts: StoreParts;
  readonly #kept: VectorStore | null;
  readonly #linked: Linked | null;
  readonly #corpora = new Map<string, Corpus>();

  private constructor(
    readonly published: Manifest,
    { parts, kept, linked }: Opened,
  ) {
    this.parts = parts;
    this.#kept = kept;
    this.#linked = linked;
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
    const connection = openPublished(path.join(folder, store.file));
    let kept: VectorStore | null = null;
    try {
      kept = keptVectors(folder, manifest);
      const parts = storeParts(connection, kept);
      if (model === null) return new EmbeddedGeneration(manifest, { parts, kept, linked: null });
      const file = path.join(folder, vectors.file);
      // Without the vectors that are kept a graph leads to what cannot be ranked.
      const graph =
        kept === null ? HnswIndex.create(model) : await HnswIndex.load(file, model, counts.vectors);
      const linked = { graph, passages: new PassageSet(graph.keys().map(passageOf)) };
      return new EmbeddedGeneration(manifest, { parts, kept, linked });
    } catch (error) {
      kept?.close();
      connection.close();
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
    const embedded = this.#kept === null ? 0 : this.published.counts.embedded;
    return new EmbeddedCorpus(this.parts, { ceiling, view, linked: this.#linked, embedded });
  }

  close(): Promise<void> {
    this.parts.connection.close();
    this.#kept?.close();
    return Promise.resolve();
  }
}

/** The vectors that are kept; null where there are none, or none that can be read: words answer then, and it is told. */
function keptVectors(folder: string, { model }: Manifest): VectorStore | null {
  try {
    return VectorStore.toRead(vectorStoreFile(folder, model));
  } catch (error) {
    if (!isDamage(error)) throw error;
    return null;
  }
}

interface Opened {
  readonly parts: StoreParts;
  readonly kept: VectorStore | null;
  readonly linked: Linked | null;
}
