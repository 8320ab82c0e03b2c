import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  checkCompatible,
  describeFile,
  readManifest,
  requireWhole,
  writeManifest,
  type Manifest,
} from '../store/manifest.js';
import { SCHEMA_VERSION } from '../store/schema.js';
import { IndexError, InputError, messageOf } from '../errors.js';
import { lockFolder, type FolderLock } from '../store/lock.js';
import { openStore, openWritableStore, type SqliteStore } from '../store/sqlite.js';
import { HnswIndex } from '../vectors/hnsw.js';

/** The store under construction; it becomes the next generation's when it is whole. */
const BUILDING = 'building.sqlite';

/** Held locked while a process changes the folder; the lock ends with the process. */
const LOCK = 'lock';

/** Above this share of removed vectors the graph is built anew instead of being changed. */
const MOST_REMOVED = 0.2;
/** Vectors added between two looks at the event loop. */
const ADDED_AT_ONCE = 200;

/** What tells a model from another, as the manifest has it. */
export type ModelId = Manifest['model'];

/**
 * An index folder as ingest sees it. Changes go to a copy of the store and become visible in one
 * step, when the manifest that names the new files replaces the old one: a query never meets a
 * half-built index, and a run that is killed goes on in the copy.
 */
export class IndexFolder {
  private constructor(
    readonly folder: string,
    readonly current: Manifest | null,
    private readonly model: ModelId,
    private readonly lock: FolderLock,
  ) {}

  /**
   * Locks the folder until {@link close}, so that one process at a time changes it. Throws an
   * IndexError where another does, or where it holds an index of another model or schema.
   */
  static async open(folder: string, model: ModelId): Promise<IndexFolder> {
    try {
      await mkdir(folder, { recursive: true });
    } catch (cause) {
      throw new InputError('NO_FOLDER', `cannot make the folder ${folder}: ${messageOf(cause)}`, {
        cause,
      });
    }
    const lock = lockFolder(path.join(folder, LOCK));
    try {
      const current = await readManifest(folder);
      if (current !== null) checkCompatible(current, model, folder);
      return new IndexFolder(folder, current, model, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Gives the folder free for other processes. */
  close(): void {
    this.lock.release();
  }

  #path(file: string): string {
    return path.join(this.folder, file);
  }

  get currentStore(): string | null {
    return this.current === null ? null : this.#path(this.current.store.file);
  }

  /** Throws an IndexError where the current files are damaged. */
  async requireWhole(): Promise<void> {
    if (this.current === null) return;
    await requireWhole(this.folder, this.current.store, 'open');
    await requireWhole(this.folder, this.current.vectors, 'open');
  }

  get #next(): { readonly generation: number; readonly store: string; readonly vectors: string } {
    const generation = (this.current?.generation ?? 0) + 1;
    return {
      generation,
      store: `cables-${generation}.sqlite`,
      vectors: `vectors-${generation}.hnsw`,
    };
  }

  /** The store that an earlier run left unfinished, if it began from what is current now. */
  async resume(): Promise<SqliteStore | null> {
    const { store, vectors } = this.#next;
    if (existsSync(this.#path(store)) && existsSync(this.#path(vectors))) {
      await rename(this.#path(store), this.#path(BUILDING)); // killed before the manifest
    }
    if (!existsSync(this.#path(BUILDING))) return null;
    const building = openWritableStore(this.#path(BUILDING));
    if (building.property('base') === this.#base()) return building;
    building.close();
    await this.#removeBuilding();
    return null;
  }

  /** A writable copy of the current store, or a new one. */
  async begin(): Promise<SqliteStore> {
    const file = this.#path(BUILDING);
    const copy = `${file}.copy`;
    await this.#removeBuilding();
    if (this.current !== null && this.currentStore !== null) {
      await requireWhole(this.folder, this.current.store, 'full');
      await copyFile(this.currentStore, copy, constants.COPYFILE_FICLONE);
      await rename(copy, file);
    }
    const building = openWritableStore(file);
    building.transaction(() => {
      building.forgetRemoved();
      building.setProperty('vectors_in_base', String(building.lastVector()));
      building.setProperty('base', this.#base());
    });
    return building;
  }

  #base(): string {
    return `${SCHEMA_VERSION} ${this.model.fingerprint} ${this.current?.store.sha256 ?? 'none'}`;
  }

  /** The log goes first: without its database it would be played into the next one. */
  async #removeBuilding(): Promise<void> {
    for (const ending of ['-wal', '-shm', '-journal', '', '.copy']) {
      await rm(this.#path(BUILDING + ending), { force: true });
    }
  }

  /** Builds the vector file for a finished copy and makes both the current generation. */
  async publish(
    building: SqliteStore,
    progress: (done: number, total: number) => void,
  ): Promise<Manifest> {
    const { generation, store, vectors } = this.#next;
    const stats = building.stats();
    const index = await this.#vectorIndex(building, stats.vectors, progress);
    await this.#saveVectors(index, vectors);
    building.finish();
    await rename(this.#path(BUILDING), this.#path(store));
    const manifest = await this.#write(generation, store, vectors, {
      cables: stats.cables,
      paragraphs: stats.paragraphs,
      vectors: stats.vectors,
    });
    await this.#removeBuilding();
    return manifest;
  }

  /** Builds the vector file of the current store anew. Throws an IndexError where there is none. */
  async reindex(progress: (done: number, total: number) => void): Promise<Manifest> {
    const { current, currentStore } = this;
    if (current === null || currentStore === null) {
      throw new IndexError('INDEX_MISSING', `no index in ${this.folder}; run pilcrow ingest first`);
    }
    await requireWhole(this.folder, current.store, 'full');
    const { generation, vectors } = this.#next;
    const index = HnswIndex.create(this.model.dimension, current.counts.vectors);
    const store = openStore(currentStore);
    try {
      await addAll(index, store.vectorsAfter(0), current.counts.vectors, progress);
    } finally {
      store.close();
    }
    await this.#saveVectors(index, vectors);
    return this.#write(generation, current.store.file, vectors, {
      ...current.counts,
      vectors: index.size,
    });
  }

  /** Under its name stands a whole file or none. */
  async #saveVectors(index: HnswIndex, file: string): Promise<void> {
    await index.save(this.#path(`${file}.new`));
    await rename(this.#path(`${file}.new`), this.#path(file));
  }

  async #vectorIndex(
    building: SqliteStore,
    total: number,
    progress: (done: number, total: number) => void,
  ): Promise<HnswIndex> {
    const { dimension } = this.model;
    const removed = building.removedVectors();
    const inBase = Number(building.property('vectors_in_base') ?? 0);
    const wasRemoved = removed.filter((key) => key <= inBase);
    if (this.current !== null && inBase > 0) {
      const { vectors, counts } = this.current;
      await requireWhole(this.folder, vectors, 'full');
      const index = await HnswIndex.load(this.#path(vectors.file), dimension, counts.vectors);
      if (index.removed + wasRemoved.length <= MOST_REMOVED * counts.vectors) {
        for (const key of wasRemoved) index.remove(key);
        await addAll(index, building.vectorsAfter(inBase), total - index.size, progress);
        return index;
      }
    }
    const index = HnswIndex.create(dimension, total);
    await addAll(index, building.vectorsAfter(0), total, progress);
    return index;
  }

  async #write(
    generation: number,
    store: string,
    vectors: string,
    counts: Manifest['counts'],
  ): Promise<Manifest> {
    const manifest: Manifest = {
      format: 'pilcrow-index',
      schema: SCHEMA_VERSION,
      generation,
      created: new Date().toISOString(),
      model: this.model,
      counts,
      store: await describeFile(this.folder, store),
      vectors: await describeFile(this.folder, vectors),
    };
    await writeManifest(this.folder, manifest);
    await this.#removeOthers(manifest);
    return manifest;
  }

  /** Removes earlier generations; one that a reader holds open stays readable to it. */
  async #removeOthers({ store, vectors }: Manifest): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const generated = /^(?:cables-\d+\.sqlite|vectors-\d+\.hnsw)(?:\.new)?$/.test(name);
      if (generated && name !== store.file && name !== vectors.file) {
        await rm(this.#path(name), { force: true });
      }
    }
  }
}

async function addAll(
  index: HnswIndex,
  vectors: Iterable<readonly [number, Float32Array]>,
  total: number,
  progress: (done: number, total: number) => void,
): Promise<void> {
  let done = 0;
  for (const [key, vector] of vectors) {
    index.add(key, vector);
    done++;
    if (done % ADDED_AT_ONCE === 0) {
      progress(done, total);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  progress(total, total);
}
