import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { openIndex, type OpenIndex } from '../app.js';
import { readConfig } from '../config.js';
import { engineOf, openEmbedder, openModels } from '../open.js';
import { locationOf, type Reranker } from '../reranking/reranker.js';
import { REREAD_DEPTH, rerank, withReadings } from '../search/reread.js';
import { isAnswer } from './evaluate.js';
import { createSearch } from '../search/search.js';
import type { OwnVectors } from '../search/own-vectors.js';
import type { FitCase, WordCase } from './fit.js';
import { readQuestions, type GradedQuestion } from './questions.js';

/** Cables of the parts of the corpus that the confidence is fitted over, beside the whole. */
const PARTS = [10, 100, 300];
/** Of the questions one in so many is asked of the parts: each costs as much as of the whole. */
const OF_PARTS = 4;
/** Candidates that are read a second time in fitting: another ranking has others among its best. */
const READ_IN_FIT = 16;
/** A file of graded questions, with what was found for each. */
export interface FitSet {
  readonly name: string;
  readonly cases: readonly FitCase[];
}

/** All that is found for the questions: it takes long, and fitting does not. */
export interface Gathered {
  readonly sets: readonly FitSet[];
  /** Further questions, for the ranker's weights alone. */
  readonly ranking: readonly FitCase[];
  /** Some of the questions again, among parts of the corpus. */
  readonly parts: readonly FitCase[];
}

/** What was gathered once, from a file; gathered now and kept there where there is none. */
export async function keptIn(file: string, gather: () => Promise<Gathered>): Promise<Gathered> {
  if (existsSync(file)) return deserialize(await readFile(file)) as Gathered;
  const made = await gather();
  await writeFile(file, serialize(made));
  return made;
}

/** Asks an index graded questions, and `more` for the weights alone. */
export async function gather(
  files: readonly string[],
  { index: folder, more = [] }: { readonly index: string; readonly more?: readonly string[] },
): Promise<Gathered> {
  const models = await openModels({ ...readConfig() });
  const index = await openIndex({ ...readConfig(), index: folder, reranker: null });
  try {
    const casesOf = async (
      questions: readonly GradedQuestion[],
      among: ((question: GradedQuestion) => string[]) | null,
    ): Promise<FitCase[]> => {
      const cases: FitCase[] = [];
      for (const question of questions) {
        if (question.field !== undefined) continue; // answered by a line, not by a paragraph
        cases.push(await caseOf(index, models.reranker, question, among?.(question) ?? null));
      }
      return cases;
    };
    const sets: FitSet[] = [];
    for (const file of files) {
      const name = path.basename(file, '.jsonl');
      sets.push({ name, cases: await casesOf(await readQuestions(file), null) });
      process.stderr.write(`${name} gathered\n`);
    }
    const whole = sets.flatMap(({ cases }) => cases);
    const others = (await Promise.all(more.map(readQuestions))).flat();
    const ranking: FitCase[] = [];
    for (const question of others) ranking.push(await caseOf(index, null, question, null));
    const parts: FitCase[] = [];
    const ids = await index.corpus.ids();
    const some = whole.flatMap(({ question }, i) => (i % OF_PARTS === 0 ? [question] : []));
    for (const size of PARTS.filter((each) => each < ids.length)) {
      parts.push(...(await casesOf(some, partOf(ids, size))));
      process.stderr.write(`among ${size} cables gathered\n`);
    }
    return { sets, ranking, parts };
  } finally {
    await index.close();
    await models.close();
  }
}

/** Asks an index graded questions by their words alone: all that these find, whether it has vectors or not. */
export async function gatherByWords(
  files: readonly string[],
  folder: string,
): Promise<{ readonly name: string; readonly cases: readonly WordCase[] }[]> {
  const config = { ...readConfig(), index: folder };
  const embedder = await openEmbedder(config);
  const generation = await engineOf(config).open(embedder);
  try {
    const nothing = new Float32Array(embedder.dimension);
    const own: OwnVectors = {
      of: (passages) =>
        Promise.resolve(
          new Map(passages.map(({ passage }) => [passage, { windows: [nothing], sentences: [] }])),
        ),
    };
    const corpus = await generation.corpus();
    const clock = (): number => performance.now();
    const search = createSearch({ corpus, embedder, reranker: null, own, clock });
    const sets: { name: string; cases: WordCase[] }[] = [];
    for (const file of files) {
      const cases: WordCase[] = [];
      for (const question of await readQuestions(file)) {
        if (question.field !== undefined || question.type === 'none') continue;
        const { ranked, spans } = await search.find(question.q, {
          history: question.history ?? [],
        });
        const placed = await spans(ranked.map(({ passage }) => passage.passage));
        const candidates = ranked.map(({ cable, features }, i) => {
          const answers = isAnswer(question, cable.id, placed[i]?.span.number ?? null);
          return { features, answers };
        });
        cases.push({ question, candidates });
      }
      sets.push({ name: path.basename(file, '.jsonl'), cases });
      process.stderr.write(`${path.basename(file)} gathered\n`);
    }
    return sets;
  } finally {
    await generation.close();
    await embedder.close();
  }
}

/** What the second reader tells of the best candidates of a question, and the signals with it. */
async function caseOf(
  { search }: OpenIndex,
  reranker: Reranker | null,
  question: GradedQuestion,
  among: readonly string[] | null,
): Promise<FitCase> {
  const history = question.history ?? [];
  const filters = among === null ? {} : { filters: { id: among.join(',') } };
  const found = await search.find(question.q, { history, ...filters });
  const spans = await found.spans(found.ranked.map(({ passage }) => passage.passage));
  const placed = new Map(found.ranked.map(({ passage }, i) => [passage.passage, spans[i]]));
  const read =
    reranker === null
      ? found.ranked
      : await withReadings(reranker, { ranked: found.ranked, depth: READ_IN_FIT }, found);
  // As an answer would have them: so many are read, and ranked anew.
  const asAnswered = read.map((each, i) => (i < REREAD_DEPTH ? each : { ...each, reading: null }));
  const signals = found.signalsOf(reranker === null ? read : rerank(asAnswered));
  const answered = found.ruledIn ? 'answered' : null;
  return {
    question,
    candidates: read.map(({ cable, passage, features, reading }) => ({
      features,
      reading:
        reading === null ? null : { relevance: reading.relevance, location: locationOf(reading) },
      answers: isAnswer(question, cable.id, placed.get(passage.passage)?.span.number ?? null),
    })),
    signals,
    ruled: found.ruledOut === null ? answered : 'withheld',
  };
}

/** A part of the corpus that holds the question's own cable: every n-th id. */
function partOf(ids: readonly string[], size: number): (question: GradedQuestion) => string[] {
  const chosen = ids.filter(
    (_, i) => Math.floor((i * size) / ids.length) !== Math.floor(((i - 1) * size) / ids.length),
  );
  return ({ cable }) => [...new Set([...chosen, ...(cable === null ? [] : [cable])])];
}
