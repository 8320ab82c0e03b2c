import { FORMER_TEXTS } from '../../src/corpus/corpus.js';
import type { Cable } from '../../src/cable/cable.js';
import { NO_CEILING, type Ceiling } from '../../src/cable/ceiling.js';
import type { Corpus } from '../../src/corpus/corpus.js';
import { passagesOf } from '../../src/cable/passage.js';
import type {
  Building,
  Check,
  EmbeddedPassage,
  Generation,
  IndexEditor,
  IndexEngine,
  ModelId,
  Published,
  PublishOptions,
  Resumed,
  VectorWork,
  WaitingPassage,
} from '../../src/corpus/engine.js';
import type { PackedVectors } from '../../src/corpus/packed-vectors.js';
import type { CableRecord } from '../../src/corpus/record.js';
import { IndexError } from '../../src/errors.js';
import { MemoryCorpus, type StoredCable, type TermKeys } from './memory-corpus.js';

interface Kept {
  readonly published: Published;
  readonly cables: ReadonlyMap<string, StoredCable>;
  readonly terms: TermKeys;
  readonly lastKey: number;
  /** Of the passages that are found by them, by their keys. */
  readonly vectors: ReadonlyMap<number, PackedVectors>;
}

/** The index engine in memory: what the port promises, and nothing else. */
export class MemoryEngine implements IndexEngine {
  kept: Kept | null = null;
  unfinished: MemoryBuilding | null = null;
  locked = false;
  embedding = false;
  /** By model and text. */
  readonly vectors = new Map<string, PackedVectors>();

  published(): Promise<Published | null> {
    return Promise.resolve(this.kept?.published ?? null);
  }

  async required(): Promise<Published> {
    const published = await this.published();
    if (published === null) throw new IndexError('INDEX_MISSING', { what: 'no index in memory' });
    return published;
  }

  async open(model: ModelId | null, generation?: number): Promise<Generation> {
    const current = await this.required();
    if (generation !== undefined && current.generation !== generation) {
      throw new IndexError('INDEX_CHANGED', { what: 'another generation is published' });
    }
    const { kept } = this;
    if (kept === null) throw new Error('unreachable');
    if (model !== null) requireModel(kept.published, model);
    return {
      published: kept.published,
      corpus: (ceiling: Ceiling = NO_CEILING): Promise<Corpus> =>
        Promise.resolve(new MemoryCorpus(kept.cables.values(), kept.terms, ceiling, kept.vectors)),
      close: () => Promise.resolve(),
    };
  }

  lock(model: ModelId, { keepSamples = true } = {}): Promise<IndexEditor> {
    return new Promise((resolve) => {
      if (this.locked)
        throw new IndexError('INGEST_RUNNING', { what: 'another ingest is running' });
      if (this.kept !== null) requireModel(this.kept.published, model);
      this.locked = true;
      resolve(new MemoryEditor(this, model, keepSamples));
    });
  }

  async embed(model: ModelId, { order = 'newest', anew = false } = {}): Promise<VectorWork> {
    await this.required();
    if (this.embedding) throw new IndexError('EMBED_RUNNING', { what: 'another is at it' });
    if (this.kept === null) throw new Error('unreachable');
    this.embedding = true;
    return new MemoryVectorWork(this, this.kept, model, { order, anew });
  }

  snapshot(): Promise<never> {
    return Promise.reject(new Error('memory has no files'));
  }

  requireEmpty(): Promise<void> {
    return Promise.resolve();
  }

  isOwn(): boolean {
    return false;
  }

  adopt(): Promise<never> {
    return Promise.reject(new Error('memory has no files'));
  }

  examine(): Promise<Check[]> {
    const detail = `${String(this.kept?.cables.size ?? 0)} cables in memory`;
    return Promise.resolve([{ name: 'memory', ok: true, detail, todo: null }]);
  }
}

function requireModel({ model }: Published, { fingerprint }: ModelId): void {
  if (model.fingerprint === fingerprint) return;
  throw new IndexError('INDEX_MODEL', { what: 'the index was made with another model' });
}

class MemoryEditor implements IndexEditor {
  readonly published: Published | null;
  readonly base: Published | null;
  readonly #kept: Kept | null;

  constructor(
    readonly engine: MemoryEngine,
    readonly model: ModelId,
    keepSamples: boolean,
  ) {
    this.published = engine.kept?.published ?? null;
    this.#kept = this.published?.samples === true && !keepSamples ? null : engine.kept;
    this.base = this.#kept?.published ?? null;
  }

  hashesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(hashesOf(this.#kept?.cables ?? new Map(), ids));
  }

  resume(): Promise<Resumed> {
    const { unfinished } = this.engine;
    const isOurs = unfinished?.base === this.#kept;
    return Promise.resolve({ building: isOurs ? unfinished : null, damaged: false });
  }

  begin(): Promise<Building> {
    this.engine.unfinished = new MemoryBuilding(this.#kept);
    return Promise.resolve(this.engine.unfinished);
  }

  discard(): Promise<void> {
    this.engine.unfinished = null;
    return Promise.resolve();
  }

  publish(building: MemoryBuilding, { samples }: PublishOptions): Promise<Published> {
    const { name, fingerprint, dimension } = this.model;
    const cables = [...building.cables.values()];
    const passages = cables.flatMap((each) => each.passages);
    const vectors = new Map(
      passages.flatMap(({ key }) => {
        const known = this.#kept?.vectors.get(key);
        return known === undefined ? [] : [[key, known] as const];
      }),
    );
    const published: Published = {
      generation: (this.published?.generation ?? 0) + 1,
      created: new Date(0).toISOString(),
      model: { name, fingerprint, dimension },
      counts: {
        cables: cables.length,
        paragraphs: cables.reduce(
          (sum, { record: { cable } }) =>
            sum + cable.spans.filter(({ kind }) => kind === 'paragraph').length,
          0,
        ),
        passages: passages.length,
        ...vectorCounts(vectors, dimension),
      },
      ...(samples && { samples }),
    };
    const { terms, lastKey } = building;
    this.engine.kept = { published, cables: building.cables, terms, lastKey, vectors };
    this.engine.unfinished = null;
    return Promise.resolve(published);
  }

  close(): Promise<void> {
    this.engine.locked = false;
    return Promise.resolve();
  }
}

function vectorCounts(
  vectors: ReadonlyMap<number, PackedVectors>,
  dimension: number,
): Pick<Published['counts'], 'embedded' | 'vectors'> {
  const components = [...vectors.values()].reduce((sum, { windows }) => sum + windows.length, 0);
  return { embedded: vectors.size, vectors: components / dimension };
}

/** Links what has vectors, and waits for those of the others. */
class MemoryVectorWork implements VectorWork {
  readonly #vectors: Map<number, PackedVectors>;
  readonly #left: StoredCable[];
  readonly #contents = new Map<number, string>();
  readonly #isOther: boolean;
  #kept = 0;
  #isChanged = false;

  constructor(
    readonly engine: MemoryEngine,
    private base: Kept,
    readonly model: ModelId,
    { order, anew }: { readonly order: string; readonly anew: boolean },
  ) {
    this.#isOther = base.published.model.fingerprint !== model.fingerprint;
    this.#vectors = new Map(anew || this.#isOther ? [] : base.vectors);
    const dateOf = ({ record }: StoredCable): string => record.cable.date ?? '';
    this.#left = [...base.cables.values()].sort((a, b) => {
      const [x, y] = [dateOf(a), dateOf(b)];
      if (x === '' || y === '') return x === y ? 0 : x === '' ? 1 : -1;
      return (x < y ? -1 : x > y ? 1 : 0) * (order === 'newest' ? -1 : 1);
    });
  }

  get counts(): VectorWork['counts'] {
    const { passages } = this.base.published.counts;
    return { passages, embedded: this.#vectors.size, kept: this.#kept };
  }

  waiting(least: number): Promise<WaitingPassage[] | null> {
    const found: WaitingPassage[] = [];
    while (found.length < least) {
      const next = this.#left.shift();
      if (next === undefined) return Promise.resolve(found.length === 0 ? null : found);
      const read = new Map(passagesOf(next.record.cable).map((each) => [each.ordinal, each]));
      for (const { key, row } of next.passages) {
        const passage = read.get(row.ordinal);
        if (this.#vectors.has(key) || passage === undefined) continue;
        const known = this.engine.vectors.get(this.#name(row.content));
        this.#contents.set(key, row.content);
        if (known !== undefined) {
          this.#kept++;
          this.#link(key, known);
        } else {
          found.push({ passage: key, context: passage.context, sentences: passage.sentences });
        }
      }
    }
    return Promise.resolve(found);
  }

  put(made: readonly EmbeddedPassage[]): Promise<void> {
    for (const { passage, vectors } of made) {
      this.engine.vectors.set(this.#name(this.#contents.get(passage) ?? ''), vectors);
      this.#link(passage, vectors);
    }
    return Promise.resolve();
  }

  #link(passage: number, vectors: PackedVectors): void {
    this.#vectors.set(passage, vectors);
    this.#isChanged = true;
  }

  #name(content: string): string {
    return `${this.model.fingerprint} ${content}`;
  }

  publish(): Promise<Published | null> {
    return new Promise((resolve) => {
      const { base, engine, model } = this;
      if (engine.locked) throw new IndexError('INGEST_RUNNING', { what: 'another ingest' });
      if (engine.kept?.published !== base.published) {
        resolve(null);
        return;
      }
      const isWhole = this.#vectors.size === base.published.counts.passages;
      if (this.#isOther ? !isWhole : !this.#isChanged) {
        resolve(base.published);
        return;
      }
      const { name, fingerprint, dimension } = model;
      const published: Published = {
        ...base.published,
        generation: base.published.generation + 1,
        model: { name, fingerprint, dimension },
        counts: { ...base.published.counts, ...vectorCounts(this.#vectors, dimension) },
      };
      this.base = { ...base, published, vectors: new Map(this.#vectors) };
      engine.kept = this.base;
      this.#isChanged = false;
      resolve(published);
    });
  }

  close(): Promise<void> {
    this.engine.embedding = false;
    return Promise.resolve();
  }
}

class MemoryBuilding implements Building {
  cables: Map<string, StoredCable>;
  readonly terms: TermKeys;
  lastKey: number;
  readonly #added = new Set<string>();

  constructor(readonly base: Kept | null) {
    this.cables = new Map(base?.cables);
    this.terms = new Map(base?.terms);
    this.lastKey = base?.lastKey ?? 0;
  }

  hashesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(hashesOf(this.cables, ids));
  }

  idOfBody(bodyHash: string, except: string): Promise<string | null> {
    const found = [...this.cables.values()]
      .filter(({ record }) => record.bodyHash === bodyHash && record.cable.id !== except)
      .map(({ record }) => record.cable.id)
      .sort();
    return Promise.resolve(found[0] ?? null);
  }

  put(records: readonly CableRecord[]): Promise<void> {
    return new Promise((resolve) => {
      const cables = new Map(this.cables);
      for (const record of records) {
        // All of it is read, as an engine that writes it down does.
        const copy: CableRecord = { ...record };
        const before = cables.get(record.cable.id);
        const former = before?.former ?? [];
        const isOther =
          before !== undefined &&
          (before.record.bodyHash !== record.bodyHash ||
            before.record.headerHash !== record.headerHash);
        cables.delete(record.cable.id);
        cables.set(
          record.cable.id,
          this.#stored(
            copy,
            isOther ? [before.record.cable, ...former].slice(0, FORMER_TEXTS) : former,
          ),
        );
      }
      this.cables = cables;
      for (const { cable } of records) this.#added.add(cable.id);
      resolve();
    });
  }

  remove(ids: readonly string[]): Promise<void> {
    this.cables = new Map([...this.cables].filter(([id]) => !ids.includes(id)));
    return Promise.resolve();
  }

  #stored(record: CableRecord, former: readonly Cable[]): StoredCable {
    for (const stem of record.stems) {
      if (!this.terms.has(stem)) this.terms.set(stem, this.terms.size + 1);
    }
    const key = ++this.lastKey;
    const passages = record.passages.map((row) => ({ key: ++this.lastKey, row }));
    return { key, record, passages, former };
  }

  added(): Promise<string[]> {
    return Promise.resolve([...this.#added].sort());
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function hashesOf(
  cables: ReadonlyMap<string, StoredCable>,
  ids: readonly string[],
): Map<string, string> {
  return new Map(
    ids.flatMap((id) => {
      const stored = cables.get(id);
      return stored === undefined ? [] : [[id, stored.record.hash] as const];
    }),
  );
}
