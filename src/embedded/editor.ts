import { constants, existsSync } from 'node:fs';
import { copyFile, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { checkModelOf } from '../corpus/check-model.js';
import type { IndexEditor, ModelId, Published, PublishOptions, Resumed } from '../corpus/engine.js';
import { LEFTOVERS, type Connection } from '../sqlite/connection.js';
import { EmbeddedBuilding } from './building.js';
import { requireWhole } from './files.js';
import { unlink } from './graph.js';
import { lockFolder, type FolderLock } from './lock.js';
import { readManifest, type IndexFile, type Manifest } from './manifest.js';
import { PassageSet } from './passage-set.js';
import { Publisher, removeUnnamed } from './publish.js';
import { openPublished } from './sqlite/published.js';
import { SCHEMA_VERSION } from './sqlite/schema.js';
import { damaged, isDamage } from './sqlite/trouble.js';
import { hashesOf } from './sqlite/writable.js';
import { HnswIndex } from './vectors/hnsw.js';

/** The store under construction; it becomes the next generation's when it is whole. */
const BUILDING = 'building.sqlite';

/** No base's name: what was begun with it is gone on with by nobody. */
const AT_ONCE = 'at once';

/**
 * Changes an index folder. Changes go to a copy of the store and become visible in one step, when the
 * manifest that names the new files replaces the old one: a query never meets a half-built index, and a
 * run that is killed goes on in the copy.
 */
export class FolderEditor implements IndexEditor {
  #opened: Connection | null = null;
  #building: EmbeddedBuilding | null = null;
  #isDone = false;
  readonly #publisher: Publisher;

  private constructor(
    private readonly folder: string,
    readonly published: Manifest | null,
    private readonly model: ModelId,
    private readonly lock: FolderLock,
    private readonly keepsSamples: boolean,
  ) {
    this.#publisher = new Publisher(folder, published, model);
  }

  /** Locks a folder. Throws what {@link lockFolder} throws, and where it holds an index of another model. */
  static async open(
    folder: string,
    model: ModelId,
    { keepSamples = true }: { readonly keepSamples?: boolean },
  ): Promise<FolderEditor> {
    const lock = await lockFolder(folder, 'change');
    try {
      const published = await readManifest(folder);
      if (published !== null) checkModelOf(published, model, folder);
      return new FolderEditor(folder, published, model, lock, keepSamples);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  get base(): Manifest | null {
    return this.published?.samples === true && !this.keepsSamples ? null : this.published;
  }

  async hashesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const opened = await this.#openBase();
    return opened === null ? new Map() : hashesOf(opened, ids);
  }

  /** What a change begins with, looked at and open; null where it begins with nothing. */
  async #openBase(): Promise<Connection | null> {
    const { base } = this;
    if (base !== null && this.#opened === null) {
      await requireWhole(this.folder, base.store, 'open');
      await requireWhole(this.folder, base.vectors, 'full');
      this.#opened = openPublished(this.#path(base.store.file));
    }
    return this.#opened;
  }

  async resume(): Promise<Resumed> {
    await this.#openBase(); // nothing is built on what is damaged
    const finished = await this.#finishedStore();
    if (finished !== null) await rename(this.#path(finished), this.#path(BUILDING)); // killed before the manifest
    if (!existsSync(this.#path(BUILDING))) return { building: null, damaged: false };
    let left: EmbeddedBuilding | null = null;
    try {
      left = EmbeddedBuilding.open(this.#path(BUILDING));
      const isOurs = left.isOf(this.#baseName());
      const damage = isOurs ? left.damage() : null;
      if (isOurs && damage === null) return { building: this.#begun(left), damaged: false };
      await left.close();
      await this.#removeBuilding();
      return { building: null, damaged: damage !== null };
    } catch (error) {
      await left?.close();
      if (!isDamage(error)) throw error;
      await this.#removeBuilding();
      return { building: null, damaged: true };
    }
  }

  /** A store that a run has finished and not published. */
  async #finishedStore(): Promise<string | null> {
    const named = this.published?.store.file;
    const stores = (await readdir(this.folder)).filter((name) => /^cables-\d+\.sqlite$/.test(name));
    return stores.find((name) => name !== named) ?? null;
  }

  /** One change at a time; what is left open is closed with the editor. */
  #begun(building: EmbeddedBuilding): EmbeddedBuilding {
    this.#building = building;
    return building;
  }

  async begin({ atOnce = false }: { readonly atOnce?: boolean } = {}): Promise<EmbeddedBuilding> {
    this.#requireUnpublished();
    const file = this.#path(BUILDING);
    const copy = `${file}.copy`;
    await this.#removeBuilding();
    if (this.base !== null) {
      await requireWhole(this.folder, this.base.store, 'full');
      await copyFile(this.#path(this.base.store.file), copy, constants.COPYFILE_FICLONE);
      await rename(copy, file);
    }
    const building = this.#begun(EmbeddedBuilding.open(file));
    building.beginWith(atOnce ? AT_ONCE : this.#baseName());
    return building;
  }

  async publish(building: EmbeddedBuilding, { samples }: PublishOptions): Promise<Published> {
    this.#requireUnpublished();
    const damage = building.damage();
    if (damage !== null) {
      await building.close();
      await this.#removeBuilding();
      throw damaged(this.#path(BUILDING), new Error(damage), 'unfinished');
    }
    const counts = building.counts();
    const graph = await this.#graphFor(building.store.removedPassages());
    building.store.finish();
    const manifest = await this.#publisher.publish({
      store: await this.#publisher.takeStore(this.#path(BUILDING)),
      vectors: graph.file,
      counts: { ...counts, embedded: graph.embedded, vectors: graph.vectors },
      ...(samples && { samples }),
    });
    this.#isDone = true;
    await this.#removeBuilding();
    return manifest;
  }

  async discard(): Promise<void> {
    await this.#building?.close();
    await this.#removeBuilding();
    // What was finished before publishing it failed: the next ingest would go on with it.
    const manifest = await readManifest(this.folder);
    if (manifest !== null) await removeUnnamed(this.folder, manifest);
  }

  async close(): Promise<void> {
    await this.#building?.close();
    this.#opened?.close();
    this.lock.release();
  }

  /** What it knows of the index is of before. */
  #requireUnpublished(): void {
    if (this.#isDone) throw new RangeError('an editor publishes once');
  }

  /** The base's graph without what was removed: the file itself where nothing was. */
  async #graphFor(removed: readonly number[]): Promise<SavedGraph> {
    const { base, folder } = this;
    if (base === null) {
      const file = await this.#publisher.saveGraph(HnswIndex.create(this.model));
      return { file, embedded: 0, vectors: 0 };
    }
    const { vectors: file, counts } = base;
    await requireWhole(folder, file, 'full');
    if (removed.length === 0) return { file, embedded: counts.embedded, vectors: counts.vectors };
    const graph = await HnswIndex.load(this.#path(file.file), this.model, counts.vectors);
    const embedded = counts.embedded - unlink(graph, new PassageSet(removed));
    return { file: await this.#publisher.saveGraph(graph), embedded, vectors: graph.size };
  }

  #path(file: string): string {
    return path.join(this.folder, file);
  }

  #baseName(): string {
    return `${SCHEMA_VERSION} ${this.base?.store.sha256 ?? 'none'}`;
  }

  /** The log goes first: without its database it would be played into the next one. */
  async #removeBuilding(): Promise<void> {
    for (const ending of [...LEFTOVERS, '', '.copy']) {
      await rm(this.#path(BUILDING + ending), { force: true });
    }
  }
}

/** A graph's file, with the passages and the vectors that are linked in it. */
interface SavedGraph {
  readonly file: IndexFile;
  readonly embedded: number;
  readonly vectors: number;
}
