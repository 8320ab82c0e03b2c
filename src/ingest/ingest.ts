import { canonicalId, postAndNumber } from '../cable/id.js';
import { readId } from '../cable/read.js';
import type { RawCable } from '../cable/types.js';
import type { CableOrder } from '../corpus/corpus.js';
import type { Building, IndexEditor, IndexEngine } from '../corpus/engine.js';
import { recordOf, type CableRecord } from '../corpus/record.js';
import type { Embedder } from '../embedding/embedder.js';
import { IndexError } from '../errors.js';
import type { InputFile } from '../sources/files.js';
import { placeTold, startOf, type SourceItem, type SourcePlace } from '../sources/source.js';
import { workAhead, type Work, type Worked } from '../work-ahead.js';
import { embedWaiting } from './embed.js';
import { readRecords, type ReadRecord, type ReadTask } from './read-records.js';
import {
  countedReport,
  emptyTally,
  Stopped,
  type EmbedReport,
  type IngestProgress,
  type IngestReport,
} from './report.js';

/** What a run of ingest works with. */
export interface IngestJob {
  readonly engine: IndexEngine;
  readonly embedder: Embedder;
  readonly files: readonly InputFile[];
  /** The cables of a file; `onBytes` is told what is read of it. */
  readonly readItems: (
    file: string,
    options: { readonly onBytes: (bytes: number) => void },
  ) => AsyncIterable<SourceItem>;
  /** Milliseconds, for the report. */
  readonly clock: () => number;
  readonly progress: (progress: IngestProgress) => void;
  /** The files are the samples of `npm start`. */
  readonly samples?: boolean;
  /** The samples stay where they alone are held; otherwise the files take their place. */
  readonly keepSamples?: boolean;
  /** Only the first stage: vectors are left to `pilcrow embed`. */
  readonly wordsOnly?: boolean;
  /** Which cables have their vectors first. */
  readonly order?: CableOrder;
  /** Passages stored in one transaction: what a killed run must do again. */
  readonly batch?: number;
  /** Stops the run between two cables; what is done is kept for the next run. */
  readonly signal?: AbortSignal;
}

/** Passages stored in one transaction, where nobody says how many. */
const PASSAGES_A_BATCH = 2048;

/**
 * Takes cables into an index: reads, cuts and stores those that are new or have changed, makes them visible in one
 * step, and gives them their vectors. Running it again changes nothing; a run that is killed is gone on with; what
 * cannot be read is set aside and the run goes on. Throws {@link Stopped} where it was told to stop.
 */
export async function ingest(job: IngestJob): Promise<IngestReport> {
  const started = job.clock();
  const keepSamples = job.keepSamples ?? job.samples ?? true;
  const editor = await job.engine.lock(job.embedder, { keepSamples });
  const run = new Run(job, editor);
  let paragraphs: number;
  try {
    await run.takeAll();
    paragraphs = await run.finish();
  } finally {
    await run.close();
    await editor.close();
  }
  const reportWith = (vectors: EmbedReport): IngestReport => {
    const seconds = Math.round((job.clock() - started) / 10) / 100;
    return countedReport(run.tally, { paragraphs, vectors, seconds });
  };
  try {
    return reportWith(await vectorsFor(job));
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    throw new Stopped(reportWith(await vectorsFor({ ...job, wordsOnly: true })));
  }
}

/** The second stage. */
async function vectorsFor({ wordsOnly = false, ...job }: IngestJob): Promise<EmbedReport> {
  const published = await job.engine.published();
  if (published === null) return { embedded: 0, kept: 0, waiting: 0 };
  const { passages, embedded } = published.counts;
  const waiting = { embedded: 0, kept: 0, waiting: passages - embedded };
  if (wordsOnly) return waiting;
  try {
    return await embedWaiting(job);
  } catch (error) {
    // Whoever gives the index its vectors meets these too.
    if (error instanceof IndexError && error.code === 'EMBED_RUNNING') return waiting;
    throw error;
  }
}

class Run {
  readonly tally = emptyTally();
  readonly #job: IngestJob;
  readonly #editor: IndexEditor;
  /** Cables that are stored with the next transaction. */
  readonly #batch = new Map<string, CableRecord>();
  #passages = 0;
  #resumed = false;
  #building: Building | null = null;
  /** Ids taken in by this run, with the place each stood in. */
  readonly #seen = new Map<string, { readonly place: SourcePlace; readonly hash: string }>();
  #bytes = 0;
  readonly #totalBytes: number;

  constructor(job: IngestJob, editor: IndexEditor) {
    this.#job = job;
    this.#editor = editor;
    this.#totalBytes = job.files.reduce((sum, { size }) => sum + size, 0);
  }

  async takeAll(): Promise<void> {
    const { building, damaged } = await this.#editor.resume();
    this.#building = building;
    this.#resumed = building !== null;
    if (damaged) this.tally.stopped = { state: 'damaged' };
    const { files, signal, readItems } = this.#job;
    for (const { path } of files) {
      const items = readItems(path, {
        onBytes: (bytes) => {
          this.#bytes += bytes;
        },
      });
      for await (const item of workAhead(items, { ...this.#reading, signal })) {
        if (signal?.aborted === true) break;
        await this.#take(item);
        this.#report();
      }
      if (signal?.aborted === true) {
        await this.#store();
        throw new Stopped();
      }
    }
    await this.#store();
  }

  /** Cables are read, and cut, in a worker thread, while this one reads the source and stores. */
  readonly #reading: Work<ReadTask, ReadRecord> = {
    worker: 'ingest/record-worker',
    work: readRecords,
    taskOf: async (cables) => {
      const ids = cables.flatMap((raw) => idOf(raw) ?? []);
      const stored = await (this.#building ?? this.#editor).hashesOf(ids);
      return { cables, stored: new Set(stored.values()) };
    },
  };

  /** Publishes what has changed; returns the paragraphs of the whole index. */
  async finish(): Promise<number> {
    const { base, published } = this.#editor;
    if (this.#building === null) {
      // Nothing new: without an index yet there is none to make.
      return published?.counts.paragraphs ?? 0;
    }
    if (this.#resumed) await this.#tellTakenBefore(this.#building);
    const { counts } = await this.#editor.publish(this.#building, {
      samples: this.#job.samples === true && (base === null || base.samples === true),
    });
    this.#building = null;
    return counts.paragraphs;
  }

  /** What a stopped run had taken in of other files than these: it is published with them. */
  async #tellTakenBefore(building: Building): Promise<void> {
    const others = (await building.added()).filter((id) => !this.#seen.has(id));
    const { size: replaced } = await this.#editor.hashesOf(others);
    this.tally.stopped = { state: 'continued', added: others.length - replaced, replaced };
  }

  async close(): Promise<void> {
    await this.#building?.close();
  }

  #report(): void {
    this.#job.progress({
      phase: 'cables',
      done: Math.min(this.#bytes, this.#totalBytes),
      total: this.#totalBytes,
      passages: this.#passages,
    });
  }

  async #take(item: Worked<ReadRecord>): Promise<void> {
    if (item.kind === 'setAside') {
      const { kind: _, ...setAside } = item;
      this.tally.setAside.push(setAside);
      return;
    }
    const { file, line, made } = item;
    const place: SourcePlace = { file, ...(line !== undefined && { line }) };
    if (!made.ok) {
      const start = startOf(item.cable.body || item.cable.header);
      this.tally.setAside.push({ ...place, reason: made.reason, start });
      return;
    }
    const { cable, hash, wrongDate } = made;
    if (wrongDate !== null) {
      this.tally.wrongDates.push({ id: cable.id, ...place, date: wrongDate });
    }
    const before = this.#seen.get(cable.id);
    if (before === undefined) {
      this.#seen.set(cable.id, { place, hash });
      await this.#takeCable(made, place);
    } else if (before.hash === hash) this.tally.unchanged++;
    else {
      const reason =
        `${cable.id} stands in ${placeTold(before.place)} already, with another text; the first is kept ` +
        `(${shortHash(before.hash)}, this one ${shortHash(hash)})`;
      this.tally.setAside.push({ ...place, reason, start: startOf(cable.body) });
    }
  }

  async #takeCable(
    { cable, hash, named, record: read }: Extract<ReadRecord, { ok: true }>,
    place: SourcePlace,
  ): Promise<void> {
    const { id } = cable;
    if (named !== null && named !== postAndNumber(canonicalId(id) ?? id)) {
      this.tally.otherBody.push({ id, ...place, body: named });
    }
    const before = (await this.#editor.hashesOf([id])).get(id) ?? null;
    const stored = this.#building === null ? before : (await this.#building.hashesOf([id])).get(id);
    if (before === hash) this.tally.unchanged++;
    else if (before === null) this.tally.added++;
    else this.tally.replaced.push({ id, ...place, before, after: hash });
    if (stored === hash) return; // by this index, or by the run that was stopped
    this.#building ??= await this.#editor.begin();
    const record = read ?? recordOf(cable);
    const same =
      this.#inBatch(record.bodyHash) ?? (await this.#building.idOfBody(record.bodyHash, id));
    if (same !== null) this.tally.sameText.push({ id, ...place, as: same });
    this.#batch.set(id, record);
    const passages = [...this.#batch.values()].reduce((sum, each) => sum + each.passages.length, 0);
    if (passages >= (this.#job.batch ?? PASSAGES_A_BATCH)) await this.#store();
  }

  /** The id of a cable of this batch with a body, or null. */
  #inBatch(bodyHash: string): string | null {
    for (const [id, record] of this.#batch) if (record.bodyHash === bodyHash) return id;
    return null;
  }

  async #store(): Promise<void> {
    if (this.#building === null || this.#batch.size === 0) return;
    const records = [...this.#batch.values()];
    await this.#building.put(records);
    this.#passages += records.reduce((sum, { passages }) => sum + passages.length, 0);
    this.#batch.clear();
  }
}

/** A text that the reader stumbles over is told of when it is read. */
function idOf(raw: RawCable): string | null {
  try {
    return readId(raw);
  } catch {
    return null;
  }
}

/** Enough of a hash to tell two apart in a sentence. */
function shortHash(hash: string): string {
  return hash.slice(0, 12);
}
