import pRetry from 'p-retry';
import type { CableOrder } from '../corpus/corpus.js';
import type {
  EmbeddedPassage,
  IndexEngine,
  Published,
  VectorWork,
  WaitingPassage,
} from '../corpus/engine.js';
import { packVectors } from '../corpus/packed-vectors.js';
import type { Embedder } from '../embedding/embedder.js';
import { IndexError } from '../errors.js';
import { Stopped, type EmbedReport, type VectorProgress } from './report.js';

/** What giving an index its vectors works with. */
export interface EmbedJob {
  readonly engine: IndexEngine;
  readonly embedder: Embedder;
  /** Which cables come first. */
  readonly order?: CableOrder;
  /** Whatever is derived is made again, and damaged vectors with it. */
  readonly anew?: boolean;
  readonly progress: (progress: VectorProgress) => void;
  /** Stops the work between two batches; what is done is published. */
  readonly signal?: AbortSignal;
}

/** Passages embedded between two transactions: what a killed run must do again. As many wait, so that no worker idles. */
const BATCH = 64;
/** A generation is published when so many passages have their vectors, and then whenever there are a quarter more. */
const FIRST_GENERATION = 5000;
const MORE = 0.25;
/** How long somebody else's change is waited for between two looks, in milliseconds. */
const WAITING = { minTimeout: 200, maxTimeout: 5000 };

/**
 * Gives the passages of what is published the vectors that they lack; others use and change the index meanwhile.
 * Running it again changes nothing. Throws {@link Stopped} where it was told to stop.
 */
export async function embedWaiting(job: EmbedJob): Promise<EmbedReport> {
  const { engine, embedder, order = 'newest', anew = false } = job;
  if (!anew && (await isWhole(engine, embedder))) return { embedded: 0, kept: 0, waiting: 0 };
  let made = 0;
  for (let again = anew; ; again = false) {
    const work = await engine.embed(embedder, { order, anew: again });
    try {
      const run = new Run(job, work);
      const isPublished = await run.all();
      const { passages, embedded, kept } = work.counts;
      // What was made before the index changed was met again.
      const report = { embedded: made + run.made, kept: Math.max(0, kept - made) };
      if (isPublished) return { ...report, waiting: passages - embedded };
      made += run.made;
    } finally {
      await work.close();
    }
  }
}

/** Whether nothing is lacking: what is linked is kept, too. */
async function isWhole(engine: IndexEngine, { fingerprint }: Embedder): Promise<boolean> {
  const { counts, model } = await engine.required();
  if (model.fingerprint !== fingerprint || counts.embedded !== counts.passages) return false;
  const generation = await engine.open(null);
  try {
    const { vectors } = (await generation.corpus()).overview;
    return vectors.embedded === vectors.passages;
  } finally {
    await generation.close();
  }
}

class Run {
  /** Passages that the model was run for. */
  made = 0;
  readonly #job: EmbedJob;
  readonly #work: VectorWork;
  #published: number;

  constructor(job: EmbedJob, work: VectorWork) {
    this.#job = job;
    this.#work = work;
    this.#published = work.counts.embedded;
  }

  /** Embeds all that waits; false where the index was changed meanwhile. */
  async all(): Promise<boolean> {
    const work = this.#work;
    let before: Promise<EmbeddedPassage[]> = Promise.resolve([]);
    for (;;) {
      const batch = await work.waiting(BATCH);
      const making = this.#embed(batch ?? []);
      making.catch(() => undefined); // awaited below, where it is thrown
      await work.put(await before);
      before = making;
      this.#tell();
      if (this.#job.signal?.aborted === true) {
        await work.put(await making);
        await this.#publish('if free');
        throw new Stopped();
      }
      if (batch === null) return (await this.#publish('when free')) !== null;
      if (this.#isTime() && (await this.#publish('if free')) === null) {
        await work.put(await making);
        return false;
      }
    }
  }

  async #embed(batch: readonly WaitingPassage[]): Promise<EmbeddedPassage[]> {
    return Promise.all(
      batch.map(async ({ passage, context, sentences }) => {
        const vectors = await this.#job.embedder.embedPassage(context, sentences);
        this.made++;
        this.#tell();
        return { passage, vectors: packVectors(vectors) };
      }),
    );
  }

  #isTime(): boolean {
    const since = this.#work.counts.embedded - this.#published;
    return since >= Math.max(FIRST_GENERATION, MORE * this.#published);
  }

  /** Null where the index was changed meanwhile; what is being changed is waited for, or it is left for another time. */
  async #publish(when: 'if free' | 'when free'): Promise<Published | 'not yet' | null> {
    const { signal } = this.#job;
    try {
      const published =
        when === 'if free'
          ? await this.#work.publish()
          : await pRetry(() => this.#work.publish(), {
              ...WAITING,
              retries: Number.POSITIVE_INFINITY,
              shouldRetry: ({ error }) => isBusy(error),
              ...(signal && { signal }),
            });
      this.#published = this.#work.counts.embedded;
      return published;
    } catch (error) {
      if (!isBusy(error) && signal?.aborted !== true) throw error;
      return 'not yet';
    }
  }

  #tell(): void {
    const { embedded, passages } = this.#work.counts;
    this.#job.progress({ phase: 'vectors', done: embedded, total: passages, made: this.made });
  }
}

/** Somebody else changes the index, or copies it. */
function isBusy(error: unknown): boolean {
  return error instanceof IndexError && error.code === 'INGEST_RUNNING';
}
