import { Piscina } from 'piscina';
import type { RawCable } from './cable/types.js';
import { InputError } from './errors.js';
import { startOf, type SourceItem } from './sources/source.js';
import { compiledWorker } from './worker-threads.js';

/** Characters of one batch: enough to make a message worth its cost. */
const BATCH = 256 * 1024;
/** What an item counts that is no cable. */
const NO_CABLE = 100;
/** Batches that the worker has before it: it reads on while the other thread stores for seconds. */
const WAITING = 24;
/** Characters of them: a cable may be as long as many batches, and what is made of it is larger. */
const MOST_AHEAD = WAITING * BATCH;

/**
 * The worker is handed all that waits at once: this thread may be storing for seconds. Node 24 lets the young generation
 * grow by 90 MB that make nothing faster.
 */
const WORKER_OPTIONS = {
  maxThreads: 1,
  concurrentTasksPerWorker: WAITING + 1,
  recordTiming: false,
  resourceLimits: { maxYoungGenerationSizeMb: 16 },
};

/** What is done with the cables of a source. */
export interface Work<Task, Made> {
  /** The worker's file, by its path under src/ without the ending: it exports `work` as its default. */
  readonly worker: string;
  /** A task of some cables in a row. */
  readonly taskOf: (cables: readonly RawCable[]) => Task | Promise<Task>;
  /** What is made of each of a task's cables, in their order. */
  readonly work: (task: Task) => readonly Made[];
  /** Megabytes that the worker may use; where nothing is said, what Node gives a thread. */
  readonly memory?: number;
  /** Ends the reading; what was read by then is worked on. */
  readonly signal?: AbortSignal | undefined;
}

type SetAsideItem = Extract<SourceItem, { kind: 'setAside' }>;
/** What could not be read as a cable, or a cable with what was made of it. */
export type Worked<Made> = SetAsideItem | (Exclude<SourceItem, SetAsideItem> & { made: Made });

interface Batch {
  readonly items: SourceItem[];
  size: number;
}

/** A batch that the worker has before it. */
interface Waiting<Made> {
  readonly batch: Batch;
  readonly made: Promise<readonly Made[]>;
}

/**
 * Works on items in their order: on what fits into one batch here; on all that follows in a worker thread, while the
 * source is read on. More workers were no faster on two cores (docs/performance.md). A cable that takes more memory than
 * the worker has is set aside; throws an {@link InputError} where they are many.
 */
export async function* workAhead<Task, Made>(
  items: AsyncIterable<SourceItem>,
  given: Work<Task, Made>,
): AsyncGenerator<Worked<Made>> {
  const { taskOf, work, signal } = given;
  let pool: Pool<Task, Made> | null = null;
  const again = new Again(given);
  const waiting: Waiting<Made>[] = [];
  let ahead = 0;
  let batch: Batch = { items: [], size: 0 };
  const worked = async ({ batch, made }: Waiting<Made>): Promise<Worked<Made>[]> => {
    const each = await made.catch((error: unknown) => {
      if (isShortOfMemory(error)) return again.made(cablesOf(batch));
      throw error;
    });
    return inOrder(batch, each);
  };
  try {
    for await (const item of items) {
      if (signal?.aborted === true) break;
      batch.items.push(item);
      batch.size +=
        item.kind === 'cable' ? item.cable.body.length + item.cable.header.length : NO_CABLE;
      if (batch.size < BATCH) continue;
      pool ??= poolOf(given);
      const made = pool.run(await taskOf(cablesOf(batch)));
      made.catch(() => undefined); // thrown where it is awaited
      waiting.push({ batch, made });
      ahead += batch.size;
      batch = { items: [], size: 0 };
      while (ahead > MOST_AHEAD) {
        const oldest = waiting.shift();
        if (oldest === undefined) break;
        ahead -= oldest.batch.size;
        yield* await worked(oldest);
      }
    }
    for (const each of waiting) yield* await worked(each);
    yield* inOrder(batch, work(await taskOf(cablesOf(batch))));
  } finally {
    await pool?.destroy();
    await again.close();
  }
}

type Pool<Task, Made> = Piscina<Task, readonly Made[]>;

function poolOf<Task, Made>({ worker, memory }: Work<Task, Made>): Pool<Task, Made> {
  const { resourceLimits } = WORKER_OPTIONS;
  return new Piscina({
    ...WORKER_OPTIONS,
    filename: compiledWorker(worker),
    resourceLimits: { ...resourceLimits, ...(memory && { maxOldGenerationSizeMb: memory }) },
  });
}

function isShortOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** Cables that are set aside for want of memory: where there are more it is not the cables. */
const MOST_TOO_LARGE = 20;
const GIVE_MORE = 'give Node more (NODE_OPTIONS=--max-old-space-size=MEGABYTES)';

/**
 * A worker that runs out of memory ends, and with it all that it has before it. That is worked on again, with nothing
 * beside it, in halves until the cables are found that are too large for it.
 */
class Again<Task, Made> {
  #pool: Pool<Task, Made> | null = null;
  #tooLarge = 0;

  constructor(private readonly work: Work<Task, Made>) {}

  /** What is made of each, or null of one that is too large. */
  async made(cables: readonly RawCable[]): Promise<readonly (Made | null)[]> {
    try {
      this.#pool ??= poolOf(this.work);
      return await this.#pool.run(await this.work.taskOf(cables));
    } catch (error) {
      if (!isShortOfMemory(error)) throw error;
      if (cables.length > 1) {
        const half = Math.ceil(cables.length / 2);
        return [
          ...(await this.made(cables.slice(0, half))),
          ...(await this.made(cables.slice(half))),
        ];
      }
      if (this.#tooLarge++ < MOST_TOO_LARGE) return [null];
      throw new InputError('SHORT_OF_MEMORY', {
        what: `${String(this.#tooLarge)} cables could not be read for want of memory`,
        todo: `${GIVE_MORE} and run it again`,
        cause: error,
      });
    }
  }

  async close(): Promise<void> {
    await this.#pool?.destroy();
  }
}

function cablesOf({ items }: Batch): RawCable[] {
  return items.flatMap((item) => (item.kind === 'cable' ? [item.cable] : []));
}

/** The items of a batch, with what was made of their cables. */
function inOrder<Made>({ items }: Batch, made: readonly (Made | null)[]): Worked<Made>[] {
  let next = 0;
  return items.map((item) => {
    if (item.kind === 'setAside') return item;
    const each = made[next++] ?? null;
    if (each !== null) return { ...item, made: each };
    const { file, line, cable } = item;
    const start = startOf(cable.body || cable.header);
    return {
      kind: 'setAside',
      file,
      ...(line !== undefined && { line }),
      reason: `reading it takes more memory than there is; ${GIVE_MORE}`,
      start,
    };
  });
}
