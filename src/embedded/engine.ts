import {
  openCurrent,
  type Check,
  type Generation,
  type IndexEditor,
  type IndexEngine,
  type KeptFile,
  type ModelId,
  type Published,
  type VectorWork,
} from '../corpus/engine.js';
import { IndexError } from '../errors.js';
import { FolderEditor } from './editor.js';
import { examineFolder } from './examine.js';
import { EmbeddedGeneration } from './generation.js';
import { readManifest, requireManifest, type Manifest } from './manifest.js';
import { adoptFolder, isIndexFile, requireNoIndex, withSnapshot } from './snapshot.js';
import { FolderVectorWork, type VectorWorkOptions } from './vector-work.js';

/**
 * Keeps an index in a folder of this machine: a SQLite file with everything, and an HNSW graph that is
 * derived from it, each generation's in files of their own that a manifest names.
 */
export class EmbeddedEngine implements IndexEngine {
  constructor(readonly folder: string) {}

  published(): Promise<Published | null> {
    return readManifest(this.folder);
  }

  required(): Promise<Manifest> {
    return requireManifest(this.folder);
  }

  async open(model: ModelId | null, generation?: number): Promise<Generation> {
    const opened = (manifest: Manifest): Promise<Generation> =>
      EmbeddedGeneration.open(this.folder, manifest, model);
    if (generation === undefined) return openCurrent(this, opened);
    const manifest = await this.required();
    if (manifest.generation !== generation) {
      throw new IndexError('INDEX_CHANGED', {
        what: `generation ${generation} of the index in ${this.folder} has been replaced by ${manifest.generation}`,
        todo: 'ask again in a moment',
        context: { folder: this.folder, generation },
      });
    }
    return opened(manifest);
  }

  lock(model: ModelId, how: { readonly keepSamples?: boolean } = {}): Promise<IndexEditor> {
    return FolderEditor.open(this.folder, model, how);
  }

  embed(model: ModelId, options: VectorWorkOptions = {}): Promise<VectorWork> {
    return openCurrent(this, () => FolderVectorWork.open(this.folder, model, options));
  }

  snapshot<T>(beside: string, work: (files: readonly KeptFile[]) => Promise<T>): Promise<T> {
    return withSnapshot(this.folder, beside, work);
  }

  requireEmpty(): Promise<void> {
    return requireNoIndex(this.folder);
  }

  isOwn(name: string): boolean {
    return isIndexFile(name);
  }

  adopt(from: string): Promise<void> {
    return adoptFolder(from, this.folder);
  }

  examine(model: ModelId | null): Promise<Check[]> {
    return examineFolder(this.folder, model);
  }
}
