import { passagesOf } from '../cable/passage.js';
import { sentencesOf } from '../cable/sentences.js';
import { canonicalId, postAndNumber } from '../cable/id.js';
import { cableNamedByBody, readCable, type Reading } from '../cable/read.js';
import type { Cable, RawCable } from '../cable/types.js';
import type { Embedder } from '../embedding/embedder.js';
import { messageOf } from '../errors.js';
import { sha256OfText } from '../sha256.js';
import type { InputFile } from '../sources/files.js';
import {
  placeOf,
  startOf,
  type SetAside,
  type SourceItem,
  type SourcePlace,
} from '../sources/source.js';
import type { StoredPassage } from '../store/store.js';
import { openStore, type SqliteStore } from '../store/sqlite.js';
import { IndexFolder } from './generation.js';
import type {
  IngestProgress,
  IngestReport,
  OtherBody,
  Replacement,
  SameText,
  StoppedRun,
  WrongDate,
} from './report.js';

/** What a run of ingest works with. */
export interface IngestJob {
  readonly folder: string;
  readonly embedder: Embedder;
  readonly files: readonly InputFile[];
  /** The cables of a file; `onBytes` is told what is read of it. */
  readonly readItems: (file: string, onBytes: (bytes: number) => void) => AsyncIterable<SourceItem>;
  /** Milliseconds, for the report. */
  readonly clock: () => number;
  readonly progress: (progress: IngestProgress) => void;
  /** The files are the samples of `npm start`. */
  readonly samples?: boolean;
  /** The samples stay where they alone are held; otherwise the files take their place. */
  readonly keepSamples?: boolean;
  /** Stops the run between two cables; what is done is kept for the next run. */
  readonly signal?: AbortSignal;
}

/** The run was stopped; running it again goes on where it was. */
export class IngestStopped extends Error {
  override readonly name = 'IngestStopped';
}

/** Passages that wait for their vectors, so that no worker ever idles and memory stays bounded. */
const PASSAGES_AHEAD = 64;
/** Passages stored in one transaction: what a killed run must do again. */
const PASSAGES_A_BATCH = 64;

interface Pending {
  readonly cable: Cable;
  readonly hash: string;
  readonly passages: Promise<StoredPassage[]>;
  readonly count: number;
}

/**
 * Takes cables into an index: reads, cuts, embeds and stores those that are new or have changed, and
 * makes the result visible in one step. Running it again changes nothing; a run that is killed is
 * gone on with; what cannot be read is set aside and the run goes on.
 */
export async function ingest(job: IngestJob): Promise<IngestReport> {
  const started = job.clock();
  const { embedder } = job;
  const model = {
    name: embedder.name,
    fingerprint: embedder.fingerprint,
    dimension: embedder.dimension,
  };
  const folder = await IndexFolder.open(job.folder, model, job.keepSamples ?? job.samples ?? true);
  const run = new Run(job, folder);
  try {
    await run.takeAll();
    const paragraphs = await run.finish();
    const { added, unchanged, replaced, setAside } = run;
    return {
      cables: {
        added,
        unchanged,
        replaced,
        setAside: setAside.reduce((sum, { count = 1 }) => sum + count, 0),
      },
      paragraphs,
      seconds: Math.round((job.clock() - started) / 10) / 100,
      setAside,
      replaced: run.replacements,
      sameText: run.sameText,
      otherBody: run.otherBody,
      wrongDates: run.wrongDates,
      stopped: run.stopped,
    };
  } finally {
    run.close();
    folder.close();
  }
}

class Run {
  added = 0;
  unchanged = 0;
  replaced = 0;
  readonly setAside: SetAside[] = [];
  readonly replacements: Replacement[] = [];
  readonly sameText: SameText[] = [];
  readonly otherBody: OtherBody[] = [];
  readonly wrongDates: WrongDate[] = [];
  stopped: StoppedRun | null = null;

  readonly #job: IngestJob;
  readonly #folder: IndexFolder;
  /** The finished store: what counts as added, unchanged and replaced is told by it. */
  #current: SqliteStore | null = null;
  #resumed = false;
  #building: SqliteStore | null = null;
  /** Ids taken in by this run, with the place each stood in. */
  readonly #seen = new Map<string, { readonly place: SourcePlace; readonly hash: string }>();
  readonly #pending: Pending[] = [];
  #ahead = 0;
  #embedded = 0;
  #bytes = 0;
  readonly #totalBytes: number;

  constructor(job: IngestJob, folder: IndexFolder) {
    this.#job = job;
    this.#folder = folder;
    this.#totalBytes = job.files.reduce((sum, { size }) => sum + size, 0);
  }

  async takeAll(): Promise<void> {
    const { store, damaged } = await this.#folder.resume();
    this.#building = store;
    this.#resumed = store !== null;
    if (damaged) this.stopped = { state: 'damaged' };
    if (this.#folder.base !== null) {
      await this.#folder.requireWhole();
      this.#current = openStore(this.#folder.currentStore ?? '');
    }
    const { files, signal, readItems } = this.#job;
    for (const { path } of files) {
      const items = readItems(path, (bytes) => {
        this.#bytes += bytes;
      });
      for await (const item of items) {
        if (signal?.aborted === true) {
          await this.#store(0);
          throw new IngestStopped('stopped');
        }
        await this.#take(item);
        this.#report();
      }
    }
    await this.#store(0);
  }

  /** Publishes what has changed; returns the paragraphs of the whole index. */
  async finish(): Promise<number> {
    if (this.#building === null) {
      // Nothing new: without an index yet there is none to make.
      return this.#folder.current?.counts.paragraphs ?? 0;
    }
    if (this.#resumed) this.stopped = this.#takenBefore(this.#building);
    const manifest = await this.#folder.publish(this.#building, {
      progress: (done, total) => {
        this.#job.progress({ phase: 'vectors', done, total, passages: this.#embedded });
      },
      samples: this.#job.samples === true && (this.#folder.base?.samples ?? true),
    });
    this.#building = null;
    return manifest.counts.paragraphs;
  }

  /** What a stopped run had taken in of other files than these: it is published with them. */
  #takenBefore(building: SqliteStore): StoppedRun {
    const base = Number(building.property('cables_in_base') ?? 0);
    const others = building.idsAfter(base).filter((id) => !this.#seen.has(id));
    const replaced = others.filter((id) => (this.#current?.hashOf(id) ?? null) !== null).length;
    return { state: 'continued', added: others.length - replaced, replaced };
  }

  close(): void {
    this.#current?.close();
    this.#building?.close();
  }

  #report(): void {
    this.#job.progress({
      phase: 'cables',
      done: Math.min(this.#bytes, this.#totalBytes),
      total: this.#totalBytes,
      passages: this.#embedded,
    });
  }

  async #take(item: SourceItem): Promise<void> {
    if (item.kind === 'setAside') {
      const { kind: _, ...setAside } = item;
      this.setAside.push(setAside);
      return;
    }
    const { file, line } = item;
    const place: SourcePlace = { file, ...(line !== undefined && { line }) };
    const reading = readOrRefuse(item.cable);
    if (!reading.ok) {
      const start = startOf(item.cable.body || item.cable.header);
      this.setAside.push({ ...place, reason: reading.reason, start });
      return;
    }
    const { cable, wrongDate } = reading;
    if (wrongDate !== null) this.wrongDates.push({ id: cable.id, ...place, date: wrongDate });
    const hash = contentHash(cable);
    const before = this.#seen.get(cable.id);
    if (before === undefined) {
      this.#seen.set(cable.id, { place, hash });
      await this.#takeCable(cable, hash, place);
    } else if (before.hash === hash) this.unchanged++;
    else {
      const reason =
        `${cable.id} stands in ${placeOf(before.place)} already, with another text; the first is kept ` +
        `(${shortHash(before.hash)}, this one ${shortHash(hash)})`;
      this.setAside.push({ ...place, reason, start: startOf(cable.body) });
    }
  }

  async #takeCable(cable: Cable, hash: string, place: SourcePlace): Promise<void> {
    const { id } = cable;
    const stored = (this.#building ?? this.#current)?.hashOf(id) ?? null;
    const named = cableNamedByBody(cable.body);
    if (named !== null && named !== postAndNumber(canonicalId(id) ?? id)) {
      this.otherBody.push({ id, ...place, body: named });
    }
    const before = this.#current?.hashOf(id) ?? null;
    if (before === hash) this.unchanged++;
    else if (before === null) this.added++;
    else {
      this.replaced++;
      this.replacements.push({ id, ...place, before, after: hash });
    }
    if (stored === hash) return; // by this index, or by the run that was stopped
    this.#building ??= await this.#folder.begin();
    const same =
      this.#pending.find((each) => each.cable.body === cable.body)?.cable.id ??
      this.#building.idOfBody(cable.body, id);
    if (same !== null) this.sameText.push({ id, ...place, as: same });
    const passages = passagesOf(cable);
    const embedded = Promise.all(
      passages.map(async (passage): Promise<StoredPassage> => {
        const sentences = sentencesOf(passage.text);
        const vectors = await this.#job.embedder.embedPassage(passage.context, sentences);
        this.#embedded++;
        return { ...passage, ...vectors };
      }),
    );
    embedded.catch(() => undefined); // awaited in #store, where it is thrown
    this.#pending.push({ cable, hash, passages: embedded, count: passages.length });
    this.#ahead += passages.length;
    if (this.#ahead >= PASSAGES_AHEAD + PASSAGES_A_BATCH) await this.#store(PASSAGES_AHEAD);
  }

  /** Stores the oldest waiting cables until at most `ahead` passages wait. */
  async #store(ahead: number): Promise<void> {
    const ready: { cable: Cable; hash: string; passages: StoredPassage[] }[] = [];
    while (this.#ahead > ahead || (ahead === 0 && this.#pending.length > 0)) {
      const next = this.#pending.shift();
      if (next === undefined) break;
      ready.push({ cable: next.cable, hash: next.hash, passages: await next.passages });
      this.#ahead -= next.count;
    }
    const building = this.#building;
    if (building === null || ready.length === 0) return;
    building.transaction(() => {
      for (const { cable, hash, passages } of ready) building.put(cable, hash, passages);
    });
  }
}

/** A text that the reader stumbles over is one file's trouble, not the run's. */
function readOrRefuse(raw: RawCable): Reading {
  try {
    return readCable(raw);
  } catch (error) {
    return { ok: false, reason: `the reader failed on it: ${messageOf(error)}` };
  }
}

/** Tells a cable's text from another: the same content has the same hash, whatever its format. */
function contentHash(cable: Cable): string {
  const { id, date, classification, origin, subject, references, header, body } = cable;
  return sha256OfText(
    JSON.stringify([id, date, classification, origin, subject, references, header, body]),
  );
}

/** Enough of a hash to tell two apart in a sentence. */
function shortHash(hash: string): string {
  return hash.slice(0, 12);
}
