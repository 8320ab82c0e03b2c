import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  checkCompatible,
  describeFile,
  manifestFile,
  readManifest,
  requireWhole,
  writeManifest,
  type Manifest,
} from '../store/manifest.js';
import { SCHEMA_VERSION } from '../store/schema.js';
import { renameDurably } from '../durable.js';
import { IndexError, InputError, messageOf } from '../errors.js';
import { LEFTOVERS } from '../store/connection.js';
import { lockFolder, type FolderLock } from '../store/lock.js';
import { openStore, openWritableStore, type SqliteStore } from '../store/sqlite.js';
import { damaged, isDamage } from '../store/trouble.js';
import { HnswIndex } from '../vectors/hnsw.js';

/** The store under construction; it becomes the next generation's when it is whole. */
const BUILDING = 'building.sqlite';

/** Held locked while a process changes the folder; the lock ends with the process. */
const LOCK = 'lock';

/** Above this share of removed vectors the graph is built anew instead of being changed. */
const MOST_REMOVED = 0.2;
/** Vectors added between two looks at the event loop. */
const ADDED_AT_ONCE = 200;

/** What an earlier run left: its unfinished store, or that it was damaged and is gone. */
export interface Resumed {
  readonly store: SqliteStore | null;
  readonly damaged: boolean;
}

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
    private readonly keepsSamples: boolean,
  ) {}

  /**
   * Locks the folder until {@link close}, so that one process at a time changes it. Throws an
   * IndexError where another does, or where it holds an index of another model or schema.
   */
  static async open(folder: string, model: ModelId, keepSamples = true): Promise<IndexFolder> {
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
      return new IndexFolder(folder, current, model, lock, keepSamples);
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

  /** What a run adds to: nothing where the samples alone are held and are to be left out. */
  get base(): Manifest | null {
    return this.current?.samples === true && !this.keepsSamples ? null : this.current;
  }

  /** Throws an IndexError where the current files are damaged. */
  async requireWhole(): Promise<void> {
    if (this.current === null) return;
    await requireWhole(this.folder, this.current.store, 'open');
    await requireWhole(this.folder, this.current.vectors, 'full');
  }

  get #next(): { readonly generation: number; readonly store: string; readonly vectors: string } {
    const generation = (this.current?.generation ?? 0) + 1;
    return {
      generation,
      store: `cables-${generation}.sqlite`,
      vectors: `vectors-${generation}.hnsw`,
    };
  }

  /**
   * The store that an earlier run left unfinished, if it began from what is current now. One that is
   * damaged is thrown away.
   */
  async resume(): Promise<Resumed> {
    const { store, vectors } = this.#next;
    if (existsSync(this.#path(store)) && existsSync(this.#path(vectors))) {
      await rename(this.#path(store), this.#path(BUILDING)); // killed before the manifest
    }
    if (!existsSync(this.#path(BUILDING))) return { store: null, damaged: false };
    try {
      const building = openWritableStore(this.#path(BUILDING));
      const isOurs = building.property('base') === this.#base();
      const damage = isOurs ? building.damage() : null;
      if (isOurs && damage === null) return { store: building, damaged: false };
      building.close();
      await this.#removeBuilding();
      return { store: null, damaged: damage !== null };
    } catch (error) {
      if (!isDamage(error)) throw error;
      await this.#removeBuilding();
      return { store: null, damaged: true };
    }
  }

  /** A writable copy of the current store, or a new one. */
  async begin(): Promise<SqliteStore> {
    const file = this.#path(BUILDING);
    const copy = `${file}.copy`;
    await this.#removeBuilding();
    if (this.base !== null) {
      await requireWhole(this.folder, this.base.store, 'full');
      await copyFile(this.#path(this.base.store.file), copy, constants.COPYFILE_FICLONE);
      await rename(copy, file);
    }
    const building = openWritableStore(file);
    building.transaction(() => {
      building.forgetRemoved();
      building.setProperty('vectors_in_base', String(building.lastVector()));
      building.setProperty('cables_in_base', String(building.lastCable()));
      building.setProperty('base', this.#base());
    });
    return building;
  }

  #base(): string {
    return `${SCHEMA_VERSION} ${this.model.fingerprint} ${this.base?.store.sha256 ?? 'none'}`;
  }

  /** The log goes first: without its database it would be played into the next one. */
  async #removeBuilding(): Promise<void> {
    for (const ending of [...LEFTOVERS, '', '.copy']) {
      await rm(this.#path(BUILDING + ending), { force: true });
    }
  }

  /**
   * Builds the vector file for a finished copy and makes both the current generation. The copy is looked
   * through before; the generation before it stays until the new one has been opened. Throws an
   * IndexError, with everything as it was, where either fails.
   */
  async publish(
    building: SqliteStore,
    { progress, samples }: { progress: (done: number, total: number) => void; samples: boolean },
  ): Promise<Manifest> {
    const { generation, store, vectors } = this.#next;
    const damage = building.damage();
    if (damage !== null) {
      building.close();
      await this.#removeBuilding();
      throw damaged(this.#path(BUILDING), new Error(damage), 'unfinished');
    }
    const stats = building.stats();
    const index = await this.#vectorIndex(building, stats.vectors, progress);
    await this.#saveVectors(index, vectors);
    building.finish();
    for (const ending of LEFTOVERS) await rm(this.#path(store + ending), { force: true });
    await renameDurably(this.#path(BUILDING), this.#path(store));
    const counts = { cables: stats.cables, paragraphs: stats.paragraphs, vectors: stats.vectors };
    const manifest = await this.#write({ generation, store, vectors, counts, samples });
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
    return this.#write({
      generation,
      store: current.store.file,
      vectors,
      counts: { ...current.counts, vectors: index.size },
      samples: current.samples === true,
    });
  }

  /** Under its name stands a whole file or none. */
  async #saveVectors(index: HnswIndex, file: string): Promise<void> {
    await index.save(this.#path(`${file}.new`));
    await renameDurably(this.#path(`${file}.new`), this.#path(file));
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
    if (this.base !== null && inBase > 0) {
      const { vectors, counts } = this.base;
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

  /** Writes the manifest and opens what it names; where that fails the one before stands again. */
  async #write(next: {
    readonly generation: number;
    readonly store: string;
    readonly vectors: string;
    readonly counts: Manifest['counts'];
    readonly samples: boolean;
  }): Promise<Manifest> {
    const { generation, store, vectors, counts, samples } = next;
    const manifest: Manifest = {
      format: 'pilcrow-index',
      schema: SCHEMA_VERSION,
      generation,
      created: new Date().toISOString(),
      model: this.model,
      counts,
      store: await describeFile(this.folder, store),
      vectors: await describeFile(this.folder, vectors),
      ...(samples && { samples }),
    };
    await writeManifest(this.folder, manifest);
    try {
      await this.#tryOpening(manifest);
    } catch (error) {
      if (this.current === null) await rm(manifestFile(this.folder), { force: true });
      else await writeManifest(this.folder, this.current);
      throw error;
    }
    await this.#removeOthers(manifest);
    return manifest;
  }

  /** Opens a generation as whoever asks will. */
  async #tryOpening({ store, vectors, counts, model }: Manifest): Promise<void> {
    const opened = openStore(this.#path(store.file));
    try {
      if (opened.stats().cables !== counts.cables) {
        throw damaged(this.#path(store.file), new Error('it holds other counts than were stored'));
      }
      await HnswIndex.load(this.#path(vectors.file), model.dimension, counts.vectors);
    } finally {
      opened.close();
    }
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
