import { Piscina } from 'piscina';
import type { RawCable } from '../cable/types.js';
import type { SourceItem, SourcePlace } from '../sources/source.js';
import { parsedCable, type ParsedCable } from './parsed.js';
import { compiledWorker } from '../worker-threads.js';

/** Characters of one batch: enough to make a message worth its cost. */
const BATCH = 256 * 1024;
/** Batches that wait for the worker: what bounds the memory. */
const WAITING = 2;

/** Node 24 lets the young generation grow by 90 MB that make nothing faster. */
const WORKER_OPTIONS = {
  maxThreads: 1,
  recordTiming: false,
  resourceLimits: { maxYoungGenerationSizeMb: 16 },
};

/** What became of an item: its cable's line, or why there is none. */
export type ParsedItem = ParsedCable & SourcePlace;

interface Batch {
  readonly items: SourceItem[];
  size: number;
}

/**
 * Parses items in their order: what fits into one batch here; all that follows in a worker thread,
 * while the source is read on. More workers were no faster on two cores (docs/performance.md).
 */
export async function* parseAll(items: AsyncIterable<SourceItem>): AsyncGenerator<ParsedItem> {
  let worker: Piscina<RawCable[], ParsedCable[]> | null = null;
  const waiting: { readonly batch: Batch; readonly parsed: Promise<ParsedCable[]> }[] = [];
  let batch: Batch = { items: [], size: 0 };
  try {
    for await (const item of items) {
      batch.items.push(item);
      if (item.kind === 'cable') batch.size += item.cable.body.length + item.cable.header.length;
      if (batch.size < BATCH) continue;
      worker ??= new Piscina({ ...WORKER_OPTIONS, filename: compiledWorker('cli/parse-worker') });
      const parsed = worker.run(rawCables(batch));
      parsed.catch(() => undefined); // thrown where it is awaited
      waiting.push({ batch, parsed });
      batch = { items: [], size: 0 };
      const oldest = waiting.length > WAITING ? waiting.shift() : undefined;
      if (oldest !== undefined) yield* inOrder(oldest.batch, await oldest.parsed);
    }
    for (const each of waiting) yield* inOrder(each.batch, await each.parsed);
    yield* inOrder(batch, rawCables(batch).map(parsedCable));
  } finally {
    await worker?.destroy();
  }
}

function rawCables({ items }: Batch): RawCable[] {
  return items.flatMap((item) => (item.kind === 'cable' ? [item.cable] : []));
}

function* inOrder({ items }: Batch, parsed: readonly ParsedCable[]): Generator<ParsedItem> {
  let next = 0;
  for (const { file, line, ...item } of items) {
    const place = { file, ...(line !== undefined && { line }) };
    if (item.kind === 'setAside') yield { ok: false, reason: item.reason, ...place };
    else {
      const each = parsed[next++];
      if (each !== undefined) yield { ...each, ...place };
    }
  }
}
