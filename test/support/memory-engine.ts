import { FORMER_TEXTS } from '../../src/corpus/corpus.js';
import type { Cable } from '../../src/cable/cable.js';
import { NO_CEILING, type Ceiling } from '../../src/cable/ceiling.js';
import type { Corpus } from '../../src/corpus/corpus.js';
import type {
  Building,
  Check,
  Generation,
  IndexEditor,
  IndexEngine,
  ModelId,
  Published,
  PublishOptions,
  Resumed,
} from '../../src/corpus/engine.js';
import type { CableRecord } from '../../src/corpus/record.js';
import { IndexError } from '../../src/errors.js';
import { MemoryCorpus, type StoredCable, type TermKeys } from './memory-corpus.js';

interface Kept {
  readonly published: Published;
  readonly cables: ReadonlyMap<string, StoredCable>;
  readonly terms: TermKeys;
  readonly lastKey: number;
}

/** The index engine in memory: what the port promises, and nothing else. */
export class MemoryEngine implements IndexEngine {
  kept: Kept | null = null;
  unfinished: MemoryBuilding | null = null;
  locked = false;

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
        Promise.resolve(new MemoryCorpus(kept.cables.values(), kept.terms, ceiling)),
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

  publish(building: MemoryBuilding, { progress, samples }: PublishOptions): Promise<Published> {
    const { name, fingerprint, dimension } = this.model;
    const cables = [...building.cables.values()];
    const passages = cables.flatMap((each) => each.passages);
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
        vectors: passages.reduce((sum, { row }) => sum + row.windows.length, 0),
      },
      ...(samples && { samples }),
    };
    progress(published.counts.vectors, published.counts.vectors);
    const { terms, lastKey } = building;
    this.engine.kept = { published, cables: building.cables, terms, lastKey };
    this.engine.unfinished = null;
    return Promise.resolve(published);
  }

  reindex(): Promise<Published> {
    return this.engine.required();
  }

  close(): Promise<void> {
    this.engine.locked = false;
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

  #stored(record: CableRecord, former: readonly Cable[]): StoredCable {
    for (const stem of record.holdings.keys()) {
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
