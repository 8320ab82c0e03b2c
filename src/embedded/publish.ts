import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ModelId } from '../corpus/engine.js';
import { renameDurably } from '../durable.js';
import { LEFTOVERS } from '../sqlite/connection.js';
import { describeFile } from './files.js';
import { manifestFile, writeManifest, type IndexFile, type Manifest } from './manifest.js';
import { openPublished } from './sqlite/published.js';
import { SCHEMA_VERSION } from './sqlite/schema.js';
import { damaged } from './sqlite/trouble.js';
import type { HnswIndex } from './vectors/hnsw.js';

/** The names of a generation's files. */
export interface GenerationFiles {
  readonly generation: number;
  readonly store: string;
  readonly vectors: string;
}

/** Makes finished files the next generation of a folder. */
export class Publisher {
  constructor(
    private readonly folder: string,
    private readonly current: Manifest | null,
    private readonly model: ModelId,
  ) {}

  get next(): GenerationFiles {
    const generation = (this.current?.generation ?? 0) + 1;
    return {
      generation,
      store: `cables-${generation}.sqlite`,
      vectors: `vectors-${generation}.hnsw`,
    };
  }

  /** Under its name stands a whole file or none. */
  async saveGraph(graph: HnswIndex): Promise<IndexFile> {
    const file = this.#path(this.next.vectors);
    await graph.save(`${file}.new`);
    await renameDurably(`${file}.new`, file);
    return describeFile(this.folder, this.next.vectors);
  }

  /** Gives a finished store its name. */
  async takeStore(finished: string): Promise<IndexFile> {
    const file = this.#path(this.next.store);
    for (const ending of LEFTOVERS) await rm(file + ending, { force: true });
    await renameDurably(finished, file);
    return describeFile(this.folder, this.next.store);
  }

  /**
   * Publishes files as the next generation: writes the manifest and opens what it names; where that fails the one
   * before stands again.
   */
  async publish(of: Pick<Manifest, 'store' | 'vectors' | 'counts' | 'samples'>): Promise<Manifest> {
    const { generation } = this.next;
    const { name, fingerprint, dimension } = this.model;
    const manifest = await writeManifest(this.folder, {
      format: 'pilcrow-index',
      schema: SCHEMA_VERSION,
      generation,
      created: new Date().toISOString(),
      model: { name, fingerprint, dimension },
      ...of,
    });
    try {
      this.#tryOpening(manifest);
    } catch (error) {
      if (this.current === null) await rm(manifestFile(this.folder), { force: true });
      else await writeManifest(this.folder, this.current);
      throw error;
    }
    await this.#removeOthers(manifest);
    return manifest;
  }

  /** Opens a generation's store as whoever asks will. */
  #tryOpening({ store, counts }: Manifest): void {
    const opened = openPublished(this.#path(store.file));
    try {
      if (opened.value(z.number(), 'SELECT count(*) FROM cable') !== counts.cables) {
        throw damaged(this.#path(store.file), new Error('it holds other counts than were stored'));
      }
    } finally {
      opened.close();
    }
  }

  /**
   * Removes earlier generations; one that a reader holds open stays readable to it. With the store that was current
   * before, other stores stay: one may be what a run has finished that was killed then.
   */
  async #removeOthers(manifest: Manifest): Promise<void> {
    const isSameStore = manifest.store.file === this.current?.store.file;
    await removeUnnamed(this.folder, manifest, isSameStore ? GRAPH : GENERATION);
  }

  #path(file: string): string {
    return path.join(this.folder, file);
  }
}

/** The files of generations, and of those the graphs. */
const GENERATION = /^(?:cables-\d+\.sqlite|vectors-\d+\.hnsw)(?:\.new)?$/;
const GRAPH = /^vectors-\d+\.hnsw(?:\.new)?$/;

/** Removes the files of generations that a manifest does not name. */
export async function removeUnnamed(
  folder: string,
  { store, vectors }: Manifest,
  which = GENERATION,
): Promise<void> {
  for (const name of await readdir(folder)) {
    if (which.test(name) && name !== store.file && name !== vectors.file) {
      await rm(path.join(folder, name), { force: true });
    }
  }
}
