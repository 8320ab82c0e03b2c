import { NO_CEILING } from '../../src/cable/ceiling.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openIndex, type OpenIndex } from '../../src/app.js';
import { passagesOf } from '../../src/cable/passage.js';
import { sentencesOf } from '../../src/cable/sentences.js';
import { wordsOf } from '../../src/cable/terms.js';
import type { Cable } from '../../src/cable/cable.js';
import { readConfig } from '../../src/config.js';
import type { Embedder, QuestionVectors } from '../../src/embedding/embedder.js';
import { readQuestions } from '../../src/evaluation/questions.js';
import { recordOf, type CableRecord, type EmbeddedPassage } from '../../src/corpus/record.js';
import { packSentences } from '../../src/corpus/sentence-vectors.js';
import { EmbeddedCorpus } from '../../src/embedded/corpus.js';
import { storeParts } from '../../src/embedded/sqlite/parts.js';
import { openPublished } from '../../src/embedded/sqlite/published.js';
import { WritableStore } from '../../src/embedded/sqlite/writable.js';
import { HnswIndex } from '../../src/embedded/vectors/hnsw.js';
import { createOwnVectors } from '../../src/search/own-vectors.js';
import { createSearch } from '../../src/search/search.js';
import { SHARED } from '../support/files.js';
import { quantile } from '../support/quantile.js';
import { publicCables } from '../support/public-cables.js';

/** An index of the public cables: their vectors, with noise, stand for those of a larger archive. */
const GIVEN_INDEX = process.env['PILCROW_BENCH_INDEX'];
/** Paragraphs. A million take half an hour to make. */
const SIZES = (process.env['PILCROW_BENCH_SIZES'] ?? '10000,100000').split(',').map(Number);
const QUESTIONS = 200;
/** Milliseconds for the largest. */
const LONG = 2 * 3_600_000;
/** Words in fewer passages than this get another ending in each copy, as other cables' names would be. */
const NAME = 20;
/** How far a copy's vectors are turned away, in units of their own length. */
const NOISE = 0.6;
/** Candidates weighed while a vector is linked in: a rough graph is made in a fifth of the time, and walked as fast. */
const ROUGH = 40;

describe.skipIf(publicCables === null || GIVEN_INDEX === undefined)('as the corpus grows', () => {
  it(
    'answers within five times the time at a hundred times the size',
    { timeout: LONG },
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-growth-'));
      const index = await openIndex({ ...readConfig(), reranker: null, index: GIVEN_INDEX ?? '' });
      const rows: { size: number; median: number; late: number }[] = [];
      try {
        const all = await readQuestions(path.join(SHARED, 'eval', 'questions.jsonl'));
        const questions = all.filter(({ type }) => type !== 'none').slice(0, QUESTIONS);
        const asked = new Map<string, QuestionVectors>();
        for (const { q } of questions) asked.set(q, await index.embedder.embedQuestion(q));
        const embedder: Embedder = {
          ...index.embedder,
          embedQuestion: (text) => Promise.resolve(asked.get(text) ?? noVectors),
        };
        for (const size of SIZES) {
          const file = path.join(folder, `cables-${String(size)}.sqlite`);
          const graph = await fill(file, index, size);
          const parts = storeParts(openPublished(file));
          const corpus = new EmbeddedCorpus(parts, graph, { ceiling: NO_CEILING, view: null });
          const own = createOwnVectors(embedder);
          const search = createSearch({
            reranker: null,
            corpus,
            embedder,
            own,
            clock: () => performance.now(),
          });
          const times: number[] = [];
          for (const { q } of [...questions.slice(0, 20), ...questions]) {
            const started = performance.now();
            await search.ask(q, { limit: 10 });
            times.push(performance.now() - started);
          }
          parts.connection.close();
          const warm = times.slice(20);
          const [median, late] = [quantile(warm, 0.5), quantile(warm, 0.95)];
          rows.push({ size, median, late });
          console.log(
            `${String(size).padStart(8)} paragraphs  median ${median.toFixed(1)} ms  95th ${late.toFixed(1)} ms`,
          );
          rmSync(file);
        }
        const [first] = rows;
        const last = rows.at(-1);
        expect((last?.late ?? 0) / (first?.late ?? 1)).toBeLessThanOrEqual(5);
      } finally {
        await index.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

const noVectors: QuestionVectors = {
  vector: new Float32Array(384),
  wordMean: new Float32Array(384),
};

/** Stores copies of the index's cables, each with names and vectors of its own, until there are enough. */
async function fill(file: string, index: OpenIndex, size: number): Promise<HnswIndex> {
  const store = WritableStore.open(file);
  const { corpus, embedder } = index;
  const { dimension } = embedder;
  const graph = HnswIndex.create(dimension, Math.ceil(size * 1.2), ROUGH);
  const cables = await corpus.cables(await corpus.ids());
  const rare = new Set<string>();
  let passages = 0;
  for (let copy = 0; passages < size; copy++) {
    for (let at = 0; at < cables.length && passages < size; at += 20) {
      const records: CableRecord[] = [];
      for (const cable of cables.slice(at, at + 20)) records.push(await copyOf(cable, copy));
      passages += records.reduce((sum, record) => sum + record.passages.length, 0);
      store.put(records);
    }
  }
  for (const [key, vector] of store.parts.vectors.after(0)) graph.add(key, vector);
  store.finish();
  return graph;

  async function copyOf(cable: Cable, copy: number): Promise<CableRecord> {
    const id = `${cable.id}${copy === 0 ? '' : String(1000 + copy)}`;
    const keys = (await corpus.passagesOf([cable.id])).map(({ passage }) => passage);
    const { vectors } = await corpus.scoring(keys, keys);
    const embedded: EmbeddedPassage[] = [];
    for (const [i, passage] of passagesOf(cable).entries()) {
      const windows = vectors.filter((vector) => vector.passage === keys[i]);
      const text = copy === 0 ? passage.text : await renamed(passage.text, copy);
      const sentences = sentencesOf(text);
      embedded.push({
        passage: { ...passage, text, sentences },
        windows: windows.map(({ passage: key, vector }) =>
          copy === 0 ? vector : noisy(vector, key * 31 + copy),
        ),
        sentences: packSentences(
          sentences.map(
            (_, sentence) =>
              windows[0]?.vector.map((value) => value + sentence * 1e-4) ??
              new Float32Array(dimension),
          ),
        ),
      });
    }
    return recordOf({ ...cable, id }, embedded);
  }

  /** The text with the names of another cable: rare words of the corpus, made others. */
  async function renamed(text: string, copy: number): Promise<string> {
    const ending = copy.toString(36).replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));
    const stems = [...new Set(wordsOf(text))].filter((word) => !rare.has(word));
    for (const { stem, passages: held } of (await corpus.lookUp({ stems })).terms) {
      if (held < NAME) rare.add(stem);
    }
    return text.replace(/\p{L}{4,}/gu, (word) =>
      rare.has(word.toLowerCase()) ? word + ending : word,
    );
  }
}

/** A vector turned away from another by pseudo-random noise, at length 1. */
function noisy(vector: Float32Array, seed: number): Float32Array {
  let state = seed >>> 0;
  const turned = vector.map((value) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return value + ((state / 2 ** 32 - 0.5) * 2 * NOISE) / Math.sqrt(vector.length);
  });
  const length = Math.hypot(...turned);
  return turned.map((value) => value / length);
}
