import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openIndex } from '../../src/app.js';
import { passagesOf, type Passage } from '../../src/cable/passage.js';
import { sentencesOf } from '../../src/cable/sentences.js';
import { readCable } from '../../src/cable/read.js';
import { readConfig } from '../../src/config.js';
import type { Embedder } from '../../src/embedding/embedder.js';
import { openLocalEmbedder } from '../../src/embedding/local.js';
import { ingest } from '../../src/ingest/ingest.js';
import { engineOf } from '../../src/open.js';
import { listFiles, type InputFile } from '../../src/sources/files.js';
import { readItems } from '../../src/sources/read.js';
import { ROOT, SAMPLES, SHARED } from '../support/files.js';
import { dumpRow } from '../support/formats.js';
import { quantile } from '../support/quantile.js';
import { publicCables, readAll, readPublicCables } from '../support/public-cables.js';

/** Cables taken in; every sixth public one, or the samples where ../shared is absent. */
const EVERY = 6;
/** Set to an index folder to measure answering over it instead of over what was taken in. */
const GIVEN_INDEX = process.env['PILCROW_BENCH_INDEX'];

const MAIN = path.join(ROOT, 'dist', 'cli', 'main.js');
const run = (command: string, args: readonly string[]): Promise<unknown> =>
  promisify(execFile)(command, args, { maxBuffer: 1 << 30, encoding: 'buffer' });

// docs/performance.md has the plain path's figures.
const config = { ...readConfig(), reranker: null };
let folder = '';
let files: InputFile[] = [];
let embedder: Embedder;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-bench-'));
  const all = await listFiles(publicCables === null ? [SAMPLES] : [publicCables]);
  files = publicCables === null ? all : all.filter((_, index) => index % EVERY === 0);
  embedder = await openLocalEmbedder(config.model, config);
  await Promise.all(Array.from({ length: 8 }, () => embedder.embedQuestion('warm up')));
});
afterAll(async () => {
  await embedder.close();
  rmSync(folder, { recursive: true, force: true });
});

async function passages(): Promise<Passage[]> {
  const found: Passage[] = [];
  for (const file of files) {
    for await (const item of readItems(file.path)) {
      const reading = item.kind === 'cable' ? readCable(item.cable) : null;
      if (reading?.ok === true) found.push(...passagesOf(reading.cable));
    }
  }
  return found;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function questions(): string[] {
  const file = path.join(SHARED, 'eval', 'questions.jsonl');
  if (publicCables === null) {
    return Array.from(
      { length: 50 },
      (_, n) => `Who met Tim Stratford about labor, time ${String(n)}?`,
    );
  }
  const line = z.object({ q: z.string() });
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.slice(0, 200).map((each) => line.parse(JSON.parse(each)).q);
}

describe('speed, as ratios in one run', () => {
  it('ingest embeds at 0.85 or more of the bare embedder’s rate on the same texts', async () => {
    const texts = await passages();
    const bare = (): Promise<number> =>
      seconds(() =>
        Promise.all(
          texts.map((each) => embedder.embedPassage(each.context, sentencesOf(each.text))),
        ),
      );
    const taken = (name: string): Promise<number> =>
      seconds(() =>
        ingest({
          engine: engineOf({ index: path.join(folder, name) }),
          embedder,
          files,
          readItems,
          clock: () => performance.now(),
          progress: () => undefined,
        }),
      );
    // In turn, so that a machine that slows down slows both.
    const runs = [
      await bare(),
      await taken('index'),
      await bare(),
      await taken('again'),
      await bare(),
    ];
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = runs;
    const ratio = (a + c + e) / 3 / ((b + d) / 2);
    console.log(`\n${texts.length} passages of ${files.length} cables, ${config.workers} workers`);
    console.log(`bare embedder    ${((texts.length * 3) / (a + c + e)).toFixed(1)} passages/s`);
    console.log(`ingest           ${((texts.length * 2) / (b + d)).toFixed(1)} passages/s`);
    console.log(`ratio            ${ratio.toFixed(3)} (at least 0.85)\n`);
    expect(ratio).toBeGreaterThanOrEqual(0.85);
  });

  it('a warm answer costs at most 3 times the embedding of its question alone', async () => {
    const index = await openIndex({ ...config, index: GIVEN_INDEX ?? path.join(folder, 'index') });
    try {
      const ratios: number[] = [];
      const answers: number[] = [];
      const embeddings: number[] = [];
      for (const question of ['warm up', ...questions()]) {
        const embedding = await seconds(() => index.embedder.embedQuestion(question));
        const answer = await seconds(() => index.search.ask(question, { limit: 10 }));
        ratios.push(answer / embedding);
        answers.push(answer * 1000);
        embeddings.push(embedding * 1000);
      }
      console.log(
        `\n${index.generation.published.counts.cables} cables, ${answers.length} questions`,
      );
      console.log(`embedding alone  ${quantile(embeddings, 0.5).toFixed(1)} ms`);
      console.log(`answer           ${quantile(answers, 0.5).toFixed(1)} ms`);
      console.log(`ratio            ${quantile(ratios, 0.5).toFixed(2)} (at most 3)\n`);
      expect(quantile(ratios, 0.5)).toBeLessThanOrEqual(3);
    } finally {
      await index.close();
    }
  });

  it('parse reads the dump at 20 MB/s where the CSV parser alone reads 46, of any length', async () => {
    const all = await readAll(path.join(SAMPLES, '001_f0863c296af1ceca.txt'));
    const pages = publicCables === null ? all : (await readPublicCables()).slice(0, 776);
    const file = path.join(folder, 'cables.csv');
    const stream = createWriteStream(file);
    for (let row = 0; row < 10_000; row++) {
      const { cable } = pages[row % pages.length] ?? all[0] ?? { cable: null };
      if (cable === null) throw new Error('no cable');
      const id = cable.id.replace(/\d+$/, String(100_000 + row)); // of six digits, as ids have at most
      if (!stream.write(dumpRow({ ...cable, id }, row + 1))) await once(stream, 'drain');
    }
    stream.end();
    await once(stream, 'finish');
    const megabytes = stream.bytesWritten / 1e6;
    const bare = (): Promise<number> =>
      seconds(async () => {
        const rows = createReadStream(file).pipe(parse({ escape: '\\', encoding: null }));
        for await (const row of rows) if (!Array.isArray(row)) throw new Error('no row');
      });
    const whole = (): Promise<number> =>
      seconds(() => run(process.execPath, [MAIN, 'parse', file]));
    const runs = [await bare(), await whole(), await bare(), await whole(), await bare()];
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = runs;
    const alone = (megabytes * 3) / (a + c + e);
    const parsed = (megabytes * 2) / (b + d);
    console.log(`\n10,000 rows, ${megabytes.toFixed(0)} MB`);
    console.log(`csv-parse alone  ${alone.toFixed(1)} MB/s`);
    console.log(`pilcrow parse    ${parsed.toFixed(1)} MB/s, with its start`);
    console.log(`ratio            ${(parsed / alone).toFixed(2)} (at least 0.3)\n`);
    expect(parsed / alone).toBeGreaterThanOrEqual(0.3);
  });
});
