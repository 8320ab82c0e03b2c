import { Piscina } from 'piscina';
import type { RawCable } from './cable/types.js';
import type { SourceItem } from './sources/source.js';
import { compiledWorker } from './worker-threads.js';

/** Characters of one batch: enough to make a message worth its cost. */
const BATCH = 256 * 1024;
/** What an item counts that is no cable. */
const NO_CABLE = 100;
/** Batches that the worker has before it, and what it made of them: some ten megabytes each. */
const WAITING = 5;

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

/**
 * Works on items in their order: on what fits into one batch here; on all that follows in a worker thread, while the
 * source is read on. More workers were no faster on two cores (docs/performance.md).
 */
export async function* workAhead<Task, Made>(
  items: AsyncIterable<SourceItem>,
  { worker, taskOf, work, signal }: Work<Task, Made>,
): AsyncGenerator<Worked<Made>> {
  let pool: Piscina<Task, readonly Made[]> | null = null;
  const waiting: { readonly batch: Batch; readonly made: Promise<readonly Made[]> }[] = [];
  let batch: Batch = { items: [], size: 0 };
  try {
    for await (const item of items) {
      if (signal?.aborted === true) break;
      batch.items.push(item);
      batch.size +=
        item.kind === 'cable' ? item.cable.body.length + item.cable.header.length : NO_CABLE;
      if (batch.size < BATCH) continue;
      pool ??= new Piscina({ ...WORKER_OPTIONS, filename: compiledWorker(worker) });
      const made = pool.run(await taskOf(cablesOf(batch)));
      made.catch(() => undefined); // thrown where it is awaited
      waiting.push({ batch, made });
      batch = { items: [], size: 0 };
      const oldest = waiting.length > WAITING ? waiting.shift() : undefined;
      if (oldest !== undefined) yield* inOrder(oldest.batch, await oldest.made);
    }
    for (const each of waiting) yield* inOrder(each.batch, await each.made);
    yield* inOrder(batch, work(await taskOf(cablesOf(batch))));
  } finally {
    await pool?.destroy();
  }
}

function cablesOf({ items }: Batch): RawCable[] {
  return items.flatMap((item) => (item.kind === 'cable' ? [item.cable] : []));
}

function* inOrder<Made>({ items }: Batch, made: readonly Made[]): Generator<Worked<Made>> {
  let next = 0;
  for (const item of items) {
    if (item.kind === 'setAside') yield item;
    else {
      const each = made[next++];
      if (each !== undefined) yield { ...item, made: each };
    }
  }
}
