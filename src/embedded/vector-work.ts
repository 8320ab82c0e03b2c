import path from 'node:path';
import { z } from 'zod';
import { passagesOf } from '../cable/passage.js';
import type { CableOrder } from '../corpus/corpus.js';
import type {
  EmbeddedPassage,
  ModelId,
  Published,
  VectorWork,
  WaitingPassage,
} from '../corpus/engine.js';
import { unpackWindows, type PackedVectors } from '../corpus/packed-vectors.js';
import { passageContent } from '../corpus/record.js';
import { requireWhole } from './files.js';
import { isWorn, link } from './graph.js';
import { lockFolder, type FolderLock } from './lock.js';
import { readManifest, requireManifest, type Manifest } from './manifest.js';
import { PassageSet } from './passage-set.js';
import { Publisher } from './publish.js';
import { storeParts, type StoreParts } from './sqlite/parts.js';
import { openPublished } from './sqlite/published.js';
import { damaged, isDamage } from './sqlite/trouble.js';
import { VectorStore, vectorStoreFile, type KeptVectors } from './sqlite/vector-store.js';
import { HnswIndex } from './vectors/hnsw.js';
import { passageOf } from './vectors/labels.js';

/** Vectors linked between two looks at the event loop. */
const LINKED_AT_ONCE = 200;
/** Passages linked on the way to those that wait, at most, before whoever asks hears of it. */
const MOST_LINKED = 2000;

const passageRow = z.object({ key: z.number(), ordinal: z.number(), content: z.string() });

export interface VectorWorkOptions {
  /** Which cables come first. */
  readonly order?: CableOrder;
  /** The graph is built anew, and every vector that is kept is looked at. */
  readonly anew?: boolean;
}

/** What a piece of work has open. */
interface Opened {
  readonly lock: FolderLock;
  readonly parts: StoreParts;
  readonly kept: VectorStore;
  readonly graph: HnswIndex;
}

/**
 * Links the passages of what is published, those whose vectors are kept and those that are given some. The graph
 * grows in memory, vectors are kept as soon as they are put; a generation that is published has what was linked
 * until then.
 */
export class FolderVectorWork implements VectorWork {
  readonly #linked: PassageSet;
  readonly #cables: readonly number[];
  /** Where the walk over the cables is. */
  #next = 0;
  /** Passages that wait for the vectors of a text. */
  readonly #waiting = new Map<string, number[]>();
  readonly #contents = new Map<number, string>();
  #embedded: number;
  #kept = 0;
  #links = 0;
  #isChanged: boolean;

  private constructor(
    private readonly folder: string,
    private readonly model: ModelId,
    private base: Manifest,
    private readonly opened: Opened,
    { order = 'newest', anew = false }: VectorWorkOptions,
  ) {
    const { graph, parts } = opened;
    this.#linked = new PassageSet(graph.keys().map(passageOf));
    const isRebuilt = graph.size === 0 && base.counts.vectors > 0;
    this.#isChanged = isRebuilt;
    this.#embedded = isRebuilt ? 0 : base.counts.embedded;
    // What is linked again only because the graph was worn was there before.
    this.#kept = isRebuilt && !anew ? -base.counts.embedded : 0;
    const direction = order === 'newest' ? 'DESC' : 'ASC';
    this.#cables = parts.connection.values(
      z.number(),
      `SELECT key FROM cable ORDER BY date IS NULL, date ${direction}, id`,
    );
  }

  /** Throws {@link IndexError} where there is no index, it is damaged, or another process is at the same work. */
  static async open(
    folder: string,
    model: ModelId,
    options: VectorWorkOptions,
  ): Promise<FolderVectorWork> {
    await requireManifest(folder);
    const lock = await lockFolder(folder, 'embed');
    const close: (() => void)[] = [
      () => {
        lock.release();
      },
    ];
    try {
      const base = await requireManifest(folder);
      await requireWhole(folder, base.store, 'open');
      const connection = openPublished(path.join(folder, base.store.file));
      close.push(() => {
        connection.close();
      });
      const kept = await openKept(vectorStoreFile(folder, model), options.anew === true);
      close.push(() => {
        kept.close();
      });
      // What is linked and no longer kept would be found and never ranked as it should.
      const anew = options.anew === true || kept.isEmpty;
      const graph = await openGraph(folder, model, base, anew);
      const opened = { lock, parts: storeParts(connection, kept), kept, graph };
      return new FolderVectorWork(folder, model, base, opened, options);
    } catch (error) {
      for (const each of close.reverse()) each();
      throw error;
    }
  }

  get counts(): VectorWork['counts'] {
    const { passages } = this.base.counts;
    return { passages, embedded: this.#embedded, kept: Math.max(0, this.#kept) };
  }

  async waiting(least: number): Promise<WaitingPassage[] | null> {
    const found: WaitingPassage[] = [];
    const links = this.#links;
    while (found.length < least && this.#links - links < MOST_LINKED) {
      const cable = this.#cables[this.#next];
      if (cable === undefined) return found.length === 0 ? null : found;
      this.#next++;
      found.push(...(await this.#ofCable(cable)));
    }
    return found;
  }

  async #ofCable(cable: number): Promise<WaitingPassage[]> {
    const { parts, kept } = this.opened;
    const sql =
      'SELECT key, ordinal, lower(hex(content)) AS content FROM passage WHERE cable = ? ORDER BY key';
    const unlinked = parts.connection
      .rows(passageRow, sql, cable)
      .filter(({ key }) => !this.#linked.has(key));
    if (unlinked.length === 0) return [];
    const known = kept.of(unlinked.map(({ content }) => content));
    const missing: typeof unlinked = [];
    for (const row of unlinked) {
      const vectors = known.get(row.content);
      if (vectors === undefined) missing.push(row);
      else {
        this.#kept++;
        await this.#link(row.key, vectors);
      }
    }
    return missing.length === 0 ? [] : this.#read(cable, missing);
  }

  /** The texts of passages; of those with the same text only one. */
  #read(cable: number, rows: readonly z.infer<typeof passageRow>[]): WaitingPassage[] {
    const { parts } = this.opened;
    const read = new Map(
      passagesOf(parts.cables.cable(cable)).map((passage) => [passage.ordinal, passage]),
    );
    return rows.flatMap(({ key, ordinal, content }) => {
      const passage = read.get(ordinal);
      if (passage === undefined || passageContent(passage) !== content) {
        throw damaged(
          parts.connection.file,
          new Error(`passage ${key} is another than was stored`),
        );
      }
      const same = this.#waiting.get(content);
      if (same !== undefined) {
        same.push(key);
        return [];
      }
      this.#waiting.set(content, [key]);
      this.#contents.set(key, content);
      return [{ passage: key, context: passage.context, sentences: passage.sentences }];
    });
  }

  async put(made: readonly EmbeddedPassage[]): Promise<void> {
    const rows = made.map(({ passage, vectors }): KeptVectors => {
      const content = this.#contents.get(passage);
      if (content === undefined) throw new RangeError(`passage ${passage} does not wait`);
      return { content, ...vectors };
    });
    this.opened.kept.put(rows);
    for (const { content, ...vectors } of rows) {
      const [first = 0, ...same] = this.#waiting.get(content) ?? [];
      this.#waiting.delete(content);
      this.#contents.delete(first);
      this.#kept += same.length;
      for (const passage of [first, ...same]) await this.#link(passage, vectors);
    }
  }

  async #link(passage: number, { windows }: PackedVectors): Promise<void> {
    link(this.opened.graph, passage, unpackWindows(windows, this.model.dimension));
    this.#linked.add(passage);
    this.#embedded++;
    this.#isChanged = true;
    if (++this.#links % LINKED_AT_ONCE === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async publish(): Promise<Published | null> {
    const lock = await lockFolder(this.folder, 'change');
    try {
      const { base, model, folder } = this;
      const now = await readManifest(folder);
      if (now?.checksum !== base.checksum) return null;
      const isOther = base.model.fingerprint !== model.fingerprint;
      // Another model's vectors take the place of the index's when they are all there.
      const isWhole = this.#embedded === base.counts.passages;
      // A graph that is built anew is not shown before it leads to as much as the one before.
      const isLess = this.#embedded < base.counts.embedded && this.#next < this.#cables.length;
      if (isOther ? !isWhole : isLess || !this.#isChanged) return base;
      const { graph } = this.opened;
      const publisher = new Publisher(folder, base, model);
      this.base = await publisher.publish({
        store: base.store,
        vectors: await publisher.saveGraph(graph),
        counts: { ...base.counts, embedded: this.#embedded, vectors: graph.size },
        samples: base.samples,
      });
      this.#isChanged = false;
      return this.base;
    } finally {
      lock.release();
    }
  }

  close(): Promise<void> {
    const { parts, kept, lock } = this.opened;
    parts.connection.close();
    kept.close();
    lock.release();
    return Promise.resolve();
  }
}

/** Opens the vectors that are kept; what is damaged of them is left out, to be made again. */
async function openKept(file: string, look: boolean): Promise<VectorStore> {
  let kept: VectorStore | null = null;
  try {
    kept = VectorStore.open(file);
    if (look) kept.forget(kept.examine().damaged);
    return kept;
  } catch (error) {
    kept?.close();
    if (!isDamage(error)) throw error;
    return VectorStore.salvage(file);
  }
}

/** The graph of what is published, or an empty one where it is of another model or is to be built anew. */
async function openGraph(
  folder: string,
  model: ModelId,
  { vectors, counts, model: own }: Manifest,
  anew: boolean,
): Promise<HnswIndex> {
  const empty = (): HnswIndex => HnswIndex.create(model, counts.passages);
  if (anew || own.fingerprint !== model.fingerprint) return empty();
  await requireWhole(folder, vectors, 'full');
  const graph = await HnswIndex.load(path.join(folder, vectors.file), model, counts.vectors);
  return isWorn(graph) ? empty() : graph;
}
