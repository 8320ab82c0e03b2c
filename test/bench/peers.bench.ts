import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openIndex, runIngest, type OpenIndex } from '../../src/app.js';
import { passagesOf } from '../../src/cable/passage.js';
import { unpackWindows } from '../../src/corpus/packed-vectors.js';
import { readConfig } from '../../src/config.js';
import type { QuestionVectors } from '../../src/embedding/embedder.js';
import { rankingOf, rankOf } from '../../src/evaluation/evaluate.js';
import { readQuestions, type GradedQuestion } from '../../src/evaluation/questions.js';
import { contentWords } from '../../src/search/analyse.js';
import { listFiles } from '../../src/sources/files.js';
import { SAMPLES, SHARED } from '../support/files.js';
import { publicCables } from '../support/public-cables.js';
import { quantile } from '../support/quantile.js';

/** Set to an index of the public cables to save making one (three minutes). */
const GIVEN_INDEX = process.env['PILCROW_BENCH_INDEX'];
const PEERS_FOLDER = path.join(import.meta.dirname, 'peers');
const LIBRARIES = [
  'pilcrow',
  'pilcrow, second reader',
  'fts5',
  'minisearch',
  'orama',
  'lancedb flat',
  'lancedb hnsw',
] as const;

/** The sets of graded questions that are asked, as far as cables answer them with a paragraph. */
const SETS = ['questions', 'other-words', 'near-misses', 'kinds'] as const;

/** What two runs of the same on a noisy machine differ by. */
const NOISE = 1.15;

const measured = z.object({
  answers: z.array(z.array(z.number())),
  times: z.array(z.number()),
  buildSeconds: z.number(),
  memory: z.number(),
  bytes: z.number(),
});
type Measured = z.infer<typeof measured>;

interface Row {
  readonly name: string;
  /** By set, in the order of {@link SETS}. */
  readonly ranks: readonly (readonly (number | null)[])[];
  readonly measured: Omit<Measured, 'answers'>;
}

describe.skipIf(publicCables === null)('beside its peers', () => {
  it.skipIf(!existsSync(path.join(PEERS_FOLDER, 'node_modules')))(
    'Pilcrow finds more, and is no slower than the fastest hybrid',
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-peers-'));
      try {
        const rows = await measure(folder);
        console.log(table(rows));
        const [own, ...peers] = rows;
        const others = peers.filter(({ name }) => !name.startsWith('pilcrow'));
        for (const [i, set] of SETS.entries()) {
          const mrr = (row: Row | undefined): number => rankingOf(row?.ranks[i] ?? []).mrrAt10;
          for (const peer of others)
            expect(mrr(own), `${peer.name}, ${set}`).toBeGreaterThan(mrr(peer));
        }
        const hybrids = peers.filter(({ name }) => /orama|lancedb/.test(name));
        const fastest = Math.min(...hybrids.map(({ measured: { times } }) => quantile(times, 0.5)));
        expect(quantile(own?.measured.times ?? [], 0.5)).toBeLessThanOrEqual(NOISE * fastest);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );

  it.runIf(!existsSync(path.join(PEERS_FOLDER, 'node_modules')))('needs its peers', () => {
    throw new Error('install the peers first: npm install --prefix test/bench/peers');
  });
});

async function measure(folder: string): Promise<Row[]> {
  const config = {
    ...readConfig(),
    reranker: null,
    index: GIVEN_INDEX ?? path.join(folder, 'index'),
  };
  if (GIVEN_INDEX === undefined) {
    await runIngest(config, await listFiles([publicCables ?? '', SAMPLES]), {
      progress: () => undefined,
    });
  }
  const sets = await Promise.all(
    SETS.map(async (set) => {
      const all = await readQuestions(path.join(SHARED, 'eval', `${set}.jsonl`));
      return all.filter(({ type, field }) => type !== 'none' && field === undefined);
    }),
  );
  const questions = sets.flat();
  const index = await openIndex(config);
  let places: Places;
  try {
    await writeQuestions(folder, index, questions);
    places = await writePassages(folder, index);
  } finally {
    await index.close();
  }
  const rows: Row[] = [];
  for (const name of LIBRARIES) {
    const { answers, ...rest } = await run(name, folder, config.index);
    let from = 0;
    const ranks = sets.map((set) => {
      const found = answers.slice(from, (from += set.length));
      return found.map((rows, i) => rankAmong(set[i], rows, places));
    });
    rows.push({ name, ranks, measured: rest });
  }
  return rows;
}

/**
 * Writes the questions with their vectors. A follow-up is asked as one text with the questions before
 * it: of Pilcrow as well, which else would embed two texts.
 */
async function writeQuestions(
  folder: string,
  { embedder }: OpenIndex,
  questions: readonly GradedQuestion[],
): Promise<void> {
  const texts = questions.map(({ q, history = [] }) => [...history, q].join(' '));
  const asked: QuestionVectors[] = [];
  for (const text of texts) asked.push(await embedder.embedQuestion(text));
  const file = (name: string): string => path.join(folder, name);
  writeFileSync(
    file('questions.json'),
    JSON.stringify(texts.map((text) => ({ text, q: text, words: contentWords(text) }))),
  );
  writeVectors(
    file('questions.f32'),
    asked.map(({ vector }) => vector),
  );
  writeVectors(
    file('word-means.f32'),
    asked.map(({ wordMean }) => wordMean),
  );
}

type Places = readonly { readonly cable: string; readonly paragraph: number | null }[];

/** Writes every passage and its vector; a passage of several windows stands there several times. */
async function writePassages(folder: string, { corpus, embedder }: OpenIndex): Promise<Places> {
  const places: { cable: string; paragraph: number | null }[] = [];
  const passages: { context: string; text: string }[] = [];
  const vectors: Float32Array[] = [];
  const owners: number[] = [];
  for (const cable of await corpus.cables(await corpus.ids())) {
    const { id } = cable;
    const keys = (await corpus.passagesOf([id])).map((place) => place.passage);
    for (const [i, { context, text, ordinal }] of passagesOf(cable).entries()) {
      const own = [keys[i] ?? 0];
      const [scored] = (await corpus.scoring(own, 'with vectors')).passages;
      const windows = scored?.vectors?.windows ?? new Int8Array();
      for (const vector of unpackWindows(windows, embedder.dimension)) {
        owners.push(own[0] ?? 0);
        places.push({ cable: id, paragraph: cable.spans[ordinal]?.number ?? null });
        passages.push({ context, text });
        vectors.push(vector);
      }
    }
  }
  writeFileSync(path.join(folder, 'passages.json'), JSON.stringify(passages));
  writeFileSync(path.join(folder, 'keys.json'), JSON.stringify(owners));
  writeFileSync(path.join(folder, 'dimension.json'), JSON.stringify(vectors[0]?.length ?? 0));
  writeVectors(path.join(folder, 'passages.f32'), vectors);
  return places;
}

function writeVectors(file: string, vectors: readonly Float32Array[]): void {
  writeFileSync(
    file,
    Buffer.concat(
      vectors.map((each) => Buffer.from(each.buffer, each.byteOffset, each.byteLength)),
    ),
  );
}

async function run(name: string, folder: string, index: string): Promise<Measured> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', path.join(PEERS_FOLDER, 'run.js'), name, folder, index],
    { maxBuffer: 1 << 28 },
  );
  return measured.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}

/** The rank of the first row that answers; windows of one passage count once. */
function rankAmong(
  question: GradedQuestion | undefined,
  rows: readonly number[],
  places: Places,
): number | null {
  const results: { cable: string; paragraph: number | null }[] = [];
  for (const row of rows) {
    const place = places[row];
    if (place === undefined) continue;
    if (results.some((each) => each.cable === place.cable && each.paragraph === place.paragraph))
      continue;
    results.push(place);
  }
  return question === undefined ? null : rankOf({ question, answer: { results } });
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ name, ranks, measured: { times, buildSeconds, memory, bytes } }) => {
    const quality = ranks.map((of) => {
      const { recallAt1, recallAt5, mrrAt10 } = rankingOf(of);
      return [recallAt1, recallAt5, mrrAt10].map((value) => value.toFixed(3)).join(' / ');
    });
    const at = (share: number): string => quantile(times, share).toFixed(1);
    return `| ${name} | ${quality.join(' | ')} | ${at(0.5)} / ${at(0.95)} | ${(memory / 1e6).toFixed(0)} | ${(bytes / 1e6).toFixed(0)} | ${buildSeconds.toFixed(1)} |`;
  });
  return [
    '',
    `| library | ${SETS.map((set) => `${set}: r@1 / r@5 / MRR`).join(' | ')} | ms, median / 95th | memory, MB | index, MB | build, s |`,
    `| --- | ${SETS.map(() => '---').join(' | ')} | --- | --- | --- | --- |`,
    ...lines,
    '',
  ].join('\n');
}
