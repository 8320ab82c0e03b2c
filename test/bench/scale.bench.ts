import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { openIndex } from '../../src/app.js';
import type { Cable } from '../../src/cable/cable.js';
import { passagesOf } from '../../src/cable/passage.js';
import { wordsOf } from '../../src/cable/terms.js';
import { readConfig } from '../../src/config.js';
import type { Embedder, PassageVectors } from '../../src/embedding/embedder.js';
import { readQuestions } from '../../src/evaluation/questions.js';
import { embedWaiting } from '../../src/ingest/embed.js';
import { ingest } from '../../src/ingest/ingest.js';
import { Stopped } from '../../src/ingest/report.js';
import { engineOf, openEmbedder } from '../../src/open.js';
import { readItems } from '../../src/sources/read.js';
import { SHARED } from '../support/files.js';
import { dumpRow } from '../support/formats.js';
import { publicCables, readPublicCables } from '../support/public-cables.js';
import { quantile } from '../support/quantile.js';

/** Paragraphs of the generated archive: the known one has three million. */
const PARAGRAPHS = Number(process.env['PILCROW_BENCH_PARAGRAPHS'] ?? 100_000);
/** The folder of a run that was stopped, which this one goes on with and leaves behind; without it a new one, removed at the end. */
const FOLDER = process.env['PILCROW_BENCH_FOLDER'];
const QUESTIONS = 60;
const SEED = 20261127;
/** Words in fewer passages than this get another ending in each copy, as other cables' names would be. */
const NAME = 20;
/** Milliseconds: three million paragraphs take hours. */
const LONG = 12 * 3_600_000;

describe.skipIf(publicCables === null)(`an archive of ${String(PARAGRAPHS)} paragraphs`, () => {
  it('is taken in, and answers, within what one small machine has', { timeout: LONG }, async () => {
    const folder = FOLDER ?? mkdtempSync(path.join(tmpdir(), 'pilcrow-scale-'));
    const config = { ...readConfig(), index: path.join(folder, 'index'), reranker: null };
    const engine = engineOf(config);
    const model = await openEmbedder(config);
    const told = (what: string, value: string): void => {
      console.log(`${what.padEnd(46)} ${value}`);
    };
    try {
      const file = path.join(folder, 'cables.csv');
      if (!existsSync(file)) {
        const rows = await writeDump(`${file}.part`);
        renameSync(`${file}.part`, file);
        told('rows', String(rows));
      }
      const size = statSync(file).size;
      told('cables.csv', megabytes(size));
      // The vectors of passages are made up: of the model's dimension, and spread as its own are.
      const standIn: Embedder = { ...model, embedPassage: madeUp(model) };
      const started = performance.now();
      if ((await engine.published()) === null) {
        const { paragraphs, seconds } = await ingest({
          engine,
          embedder: standIn,
          files: [{ path: file, size }],
          readItems,
          clock: () => performance.now(),
          progress: () => undefined,
          wordsOnly: true,
        });
        const speed = `${(paragraphs / seconds).toFixed(0)} paragraphs/s`;
        told('words stage', `${seconds.toFixed(0)} s, ${speed}`);
        told('resident at most, words stage', megabytes(process.resourceUsage().maxRSS * 1024));
      }
      const { passages, paragraphs } = (await engine.required()).counts;
      const share = async (): Promise<string> => {
        const { embedded } = (await engine.required()).counts;
        return `${((100 * embedded) / passages).toFixed(0)}% of the vectors`;
      };
      const first = await answers(config, await share(), told);
      told('first answer after', `${((performance.now() - started) / 60_000).toFixed(1)} min`);
      const stop = new AbortController();
      await embedWaiting({
        engine,
        embedder: standIn,
        progress: ({ done }) => {
          if (done >= passages / 2) stop.abort();
        },
        signal: stop.signal,
      }).catch((error: unknown) => {
        if (!(error instanceof Stopped)) throw error;
      });
      await answers(config, await share(), told);
      const linking = performance.now();
      await embedWaiting({ engine, embedder: standIn, progress: () => undefined });
      const linked = (performance.now() - linking) / 1000;
      told('vectors stage, second half', `${linked.toFixed(0)} s (made-up vectors: linking alone)`);
      told('resident at most, vectors stage', megabytes(process.resourceUsage().maxRSS * 1024));
      const last = await answers(config, await share(), told);
      const disk = readdirSync(config.index)
        .map((name) => [name, statSync(path.join(config.index, name)).size] as const)
        .filter(([, bytes]) => bytes > 0);
      for (const [name, bytes] of disk) {
        told(
          `  ${name}`,
          `${megabytes(bytes)}, ${(bytes / paragraphs).toFixed(0)} bytes a paragraph`,
        );
      }
      const all = disk.reduce((sum, [, bytes]) => sum + bytes, 0);
      told('disk', `${megabytes(all)}, ${(all / paragraphs).toFixed(0)} bytes a paragraph`);
      // Of a small archive the vocabulary is a larger part.
      if (paragraphs >= 100_000) expect(all / paragraphs).toBeLessThanOrEqual(5 * 1024 * 1.07);
      expect(Math.min(first, last)).toBeGreaterThan(0);
    } finally {
      await model.close();
      if (FOLDER === undefined) rmSync(folder, { recursive: true, force: true });
    }
  });
});

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

/** Asks questions without the second reader; the median. The real model reads the questions, and what lacks vectors. */
async function answers(
  config: Parameters<typeof openIndex>[0],
  state: string,
  told: (what: string, value: string) => void,
): Promise<number> {
  const opening = performance.now();
  const index = await openIndex(config);
  const opened = performance.now() - opening;
  try {
    const all = await readQuestions(path.join(SHARED, 'eval', 'questions.jsonl'));
    const asked = all.filter(({ type }) => type !== 'none').slice(0, QUESTIONS);
    const times: number[] = [];
    for (const { q } of asked) {
      const begun = performance.now();
      await index.search.ask(q, { limit: 10 });
      times.push(performance.now() - begun);
    }
    const [median, late] = [quantile(times, 0.5), quantile(times, 0.95)];
    told(
      `ask, ${state}`,
      `median ${median.toFixed(0)} ms, 95th ${late.toFixed(0)} ms; opened in ${(opened / 1000).toFixed(1)} s`,
    );
    told(`resident, ${state}`, megabytes(process.memoryUsage.rss()));
    return median;
  } finally {
    await index.close();
  }
}

/** Vectors of length 1 that differ most where the model's do, the same for the same text. */
function madeUp({ dimension, projection }: Embedder): Embedder['embedPassage'] {
  const directions = (projection?.length ?? 0) / dimension;
  return (context, sentences) => {
    const text = `${context} ${sentences.join(' ')}`;
    let seed = 0;
    for (let i = 0; i < text.length; i++) seed = (Math.imul(seed, 31) + text.charCodeAt(i)) | 0;
    const random = xoroshiro128plus(seed);
    const component = (): number => uniformInt(random, -1000, 1000) / 1000;
    const vector = Float32Array.from({ length: dimension }, () => 0.02 * component());
    for (let row = 0; row < directions; row++) {
      const amount = row === 0 ? 0.6 : component() / Math.sqrt(row + 4);
      for (let i = 0; i < dimension; i++) {
        vector[i] = (vector[i] ?? 0) + amount * (projection?.[row * dimension + i] ?? 0);
      }
    }
    const length = Math.hypot(...vector);
    const unit = vector.map((value) => value / length);
    const made: PassageVectors = { windows: [unit], sentences: sentences.map(() => unit) };
    return Promise.resolve(made);
  };
}

/** Writes cables as the dump has them, each of the head of one and of paragraphs of others; returns how many. */
async function writeDump(file: string): Promise<number> {
  const cables = (await readPublicCables()).map(({ cable }) => cable);
  const texts = cables.flatMap((cable) => passagesOf(cable).map(({ text }) => text));
  const held = new Map<string, number>();
  for (const text of texts) {
    for (const word of new Set(wordsOf(text))) held.set(word, (held.get(word) ?? 0) + 1);
  }
  const random = xoroshiro128plus(SEED);
  const some = <T>(list: readonly T[]): T => {
    const one = list[uniformInt(random, 0, list.length - 1)];
    if (one === undefined) throw new RangeError('nothing to choose from');
    return one;
  };
  mkdirSync(path.dirname(file), { recursive: true });
  const out = createWriteStream(file);
  let rows = 0;
  for (let paragraphs = 0; paragraphs < PARAGRAPHS;) {
    const base = some(cables);
    const numbered = base.spans.filter(({ kind }) => kind === 'paragraph');
    const ending = rows.toString(36).replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));
    const body = [
      base.body.slice(0, numbered[0]?.start ?? 0),
      ...numbered.map(({ mark }, i) => {
        const text = some(texts).replace(/\p{L}{4,}/gu, (word) =>
          (held.get(word.toLowerCase()) ?? 0) < NAME ? word + ending : word,
        );
        return `${String(i + 1)}. ${mark ?? ''} ${text}\n\n`;
      }),
    ].join('');
    const post = base.id.replace(/^\d\d|\d+$/g, '');
    const cable: Cable = {
      ...base,
      id: `${base.id.slice(0, 2)}${post}${String(1_000_000 + rows)}`,
      body,
    };
    if (!out.write(dumpRow(cable, ++rows))) await once(out, 'drain');
    paragraphs += numbered.length;
  }
  out.end();
  await finished(out);
  return rows;
}
