import type {
  Check,
  Generation,
  IndexEditor,
  IndexEngine,
  ModelId,
  Published,
} from '../corpus/engine.js';
import { IndexError } from '../errors.js';
import { FolderEditor } from './editor.js';
import { examineFolder } from './examine.js';
import { EmbeddedGeneration } from './generation.js';
import { readManifest, requireManifest } from './manifest.js';

/**
 * Keeps an index in a folder of this machine: a SQLite file with everything, and an HNSW graph that is
 * derived from it, each generation's in files of their own that a manifest names.
 */
export class EmbeddedEngine implements IndexEngine {
  constructor(readonly folder: string) {}

  published(): Promise<Published | null> {
    return readManifest(this.folder);
  }

  required(): Promise<Published> {
    return requireManifest(this.folder);
  }

  async open(model: ModelId | null, generation?: number): Promise<Generation> {
    const manifest = await requireManifest(this.folder);
    if (generation !== undefined && manifest.generation !== generation) {
      throw new IndexError('INDEX_CHANGED', {
        what: `generation ${generation} of the index in ${this.folder} has been replaced by ${manifest.generation}`,
        todo: 'ask again in a moment',
        context: { folder: this.folder, generation },
      });
    }
    try {
      return await EmbeddedGeneration.open(this.folder, manifest, model);
    } catch (error) {
      // An ingest that ends just now takes the files away from under an opening: its own are opened then.
      const now = await requireManifest(this.folder);
      if (generation !== undefined || now.generation === manifest.generation) throw error;
      return EmbeddedGeneration.open(this.folder, now, model);
    }
  }

  lock(model: ModelId, how: { readonly keepSamples?: boolean } = {}): Promise<IndexEditor> {
    return FolderEditor.open(this.folder, model, how);
  }

  examine(model: ModelId | null): Promise<Check[]> {
    return examineFolder(this.folder, model);
  }
}
