import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import path from 'node:path';
import { Command } from 'commander';
import { openIndex, type OpenIndex } from '../app.js';
import { forbidTelemetry, PACKAGE_ROOT, readConfig } from '../config.js';
import { messageOf } from '../errors.js';
import { openModels } from '../open.js';
import { locationOf, type Reranker } from '../reranking/reranker.js';
import type { Feature, RereadFeature } from '../search/features.js';
import { logistic, type Confidence, type Weights } from '../search/linear.js';
import { REREAD_DEPTH, rerank, withReadings } from '../search/reread.js';
import { REREAD_SIGNALS, SIGNALS, type PlainSignal, type Signal } from '../search/signals.js';
import { THRESHOLD } from '../search/threshold.js';
import { DEPTH, isAnswer } from './evaluate.js';
import {
  fitConfidence,
  fitReread,
  fitWeights,
  foldOf,
  isAnswerable,
  rankUnder,
  type FitCase,
} from './fit.js';
import { readQuestions, sortOf, type GradedQuestion } from './questions.js';

const FOLDS = 5;
/** The fold of cables that the second reader has not learned from (models/training). */
const UNLEARNED = 0;
/** Cables of the parts of the corpus that the confidence is fitted over, beside the whole. */
const PARTS = [10, 100, 300];
/** Of the questions one in so many is asked of the parts: each costs as much as of the whole. */
const OF_PARTS = 4;
/** Candidates that are read a second time in fitting: another ranking has others among its best. */
const READ_IN_FIT = 16;
const OUT = path.join(PACKAGE_ROOT, 'src', 'search', 'weights.ts');

interface Options {
  readonly index: string;
  readonly more?: string[];
  readonly dry?: true;
  readonly gathered?: string;
}

/** A file of graded questions, with what was found for each. */
interface FitSet {
  readonly name: string;
  readonly cases: readonly FitCase[];
}

/**
 * `npm run fit`: fits the ranker's weights, those of the second reader and the confidence on graded questions,
 * prints how good they are by cross-validation over folds of cables, each set and type on its own line, and
 * writes src/search/weights.ts. The same index and questions give the same weights.
 */
async function fit(files: string[], { gathered, dry, ...options }: Options): Promise<void> {
  const { sets, ranking, parts } =
    gathered === undefined
      ? await gatherAll(files, options)
      : await keptIn(gathered, () => gatherAll(files, options));
  process.stdout.write(`${crossValidated(sets, ranking, parts)}\n`);
  if (dry) return;
  const whole = sets.flatMap(({ cases }) => cases);
  await writeFile(OUT, source(fitted(whole, ranking, parts)));
  process.stdout.write(`wrote ${OUT}; run npm run format:write, build, and run pilcrow eval\n`);
}

/** All that is found for the questions: it takes long, and fitting does not. */
interface Gathered {
  readonly sets: readonly FitSet[];
  /** Further questions, for the ranker's weights alone. */
  readonly ranking: readonly FitCase[];
  /** Some of the questions again, among parts of the corpus. */
  readonly parts: readonly FitCase[];
}

/** What was gathered once, from a file; gathered now and kept there where there is none. */
async function keptIn(file: string, gather: () => Promise<Gathered>): Promise<Gathered> {
  if (existsSync(file)) return deserialize(await readFile(file)) as Gathered;
  const made = await gather();
  await writeFile(file, serialize(made));
  return made;
}

async function gatherAll(
  files: readonly string[],
  { index: folder, more = [] }: Pick<Options, 'index' | 'more'>,
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
        cases.push(await gather(index, models.reranker, question, among?.(question) ?? null));
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
    for (const question of others) ranking.push(await gather(index, null, question, null));
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

/** What the second reader tells of the best candidates of a question, and the signals with it. */
async function gather(
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
      : await withReadings(
          reranker,
          found.readAs,
          { ranked: found.ranked, depth: READ_IN_FIT },
          found.spans,
        );
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

/** All that is fitted. */
interface Fitted {
  readonly weights: Weights<Feature>;
  readonly reread: Weights<RereadFeature>;
  readonly plain: Confidence<PlainSignal>;
  readonly confidence: Confidence<Signal>;
}

function fitted(
  whole: readonly FitCase[],
  ranking: readonly FitCase[],
  parts: readonly FitCase[],
): Fitted {
  const answerable = whole.filter(isAnswerable);
  const weights = fitWeights([...answerable, ...ranking]);
  return {
    weights,
    reread: fitReread(answerable, weights),
    plain: fitConfidence(SIGNALS, whole, parts),
    confidence: fitConfidence(REREAD_SIGNALS, whole, parts),
  };
}

/** What is found out about one question of a fold that nothing was fitted to. */
interface Judged {
  readonly set: string;
  readonly question: GradedQuestion;
  readonly plain: number | null;
  readonly reread: number | null;
  readonly withheld: boolean;
}

function crossValidated(
  sets: readonly FitSet[],
  ranking: readonly FitCase[],
  parts: readonly FitCase[],
): string {
  const whole = sets.flatMap(({ cases }) => cases);
  const judged: Judged[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const outside = ({ question }: FitCase): boolean => foldOf(question, FOLDS) !== fold;
    const { weights, reread, confidence } = fitted(
      whole.filter(outside),
      ranking.filter(outside),
      parts.filter(outside),
    );
    const bySort = new Map<string, Confidence<Signal>>();
    for (const { name, cases } of sets) {
      for (const each of cases.filter((one) => !outside(one))) {
        const { question, signals, ruled } = each;
        // Of a near miss's sort nothing is fitted either.
        let judge = confidence;
        if (!isAnswerable(each)) {
          const sort = sortOf(question);
          const others = (one: FitCase): boolean =>
            outside(one) && (isAnswerable(one) || sortOf(one.question) !== sort);
          judge =
            bySort.get(sort) ??
            fitConfidence(REREAD_SIGNALS, whole.filter(others), parts.filter(others));
          bySort.set(sort, judge);
        }
        const low = logistic(judge, signals) < THRESHOLD;
        judged.push({
          ...{ set: name, question },
          plain: rankUnder(weights, null, each, 0),
          reread: rankUnder(weights, reread, each, REREAD_DEPTH),
          withheld: ruled === null ? low : ruled === 'withheld',
        });
      }
    }
  }
  const groups = new Map<string, Judged[]>();
  const add = (name: string, each: Judged): void => {
    groups.set(name, [...(groups.get(name) ?? []), each]);
  };
  for (const each of judged) {
    const { set, question } = each;
    const kind = question.type === 'none' ? 'no answer' : 'all';
    add(`${set}: ${kind}`, each);
    if (foldOf(question, FOLDS) === UNLEARNED) add(`${set}: ${kind}, cables not learned`, each);
    add(`${set}:   ${question.type === 'none' ? sortOf(question) : question.type}`, each);
  }
  const lines = [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, group]) => {
      const held = share(group.filter(({ withheld }) => withheld).length, group.length);
      const ranks =
        name.includes('no answer') || group[0]?.question.type === 'none' ? '' : ranksTold(group);
      return `${name.padEnd(34)}${String(group.length).padStart(5)}  withheld ${held}  ${ranks}`;
    });
  return [
    `cross-validated over ${FOLDS} folds of cables; near misses by what was fitted without their sort`,
    ...lines,
  ].join('\n');
}

function ranksTold(group: readonly Judged[]): string {
  const told = (ranks: readonly (number | null)[]): string => {
    const within = (depth: number): string =>
      share(ranks.filter((rank) => rank !== null && rank <= depth).length, ranks.length);
    const mrr = ranks.reduce<number>(
      (sum, rank) => sum + (rank !== null && rank <= DEPTH ? 1 / rank : 0),
      0,
    );
    return `${within(1)} ${within(3)} ${within(5)} ${within(DEPTH)} ${share(mrr, ranks.length)}`;
  };
  return `r@1 3 5 10 MRR: ${told(group.map(({ plain }) => plain))} → ${told(group.map(({ reread }) => reread))}`;
}

function share(part: number, whole: number): string {
  return (part / Math.max(1, whole)).toFixed(3);
}

function source({ weights, reread, plain, confidence }: Fitted): string {
  const rows = (each: Weights<string>): string =>
    each.map(([name, ...numbers]) => `['${name}', ${numbers.join(', ')}],`).join('\n  ');
  const judge = ({ offset, weights: each }: Confidence<string>): string =>
    `{\n  offset: ${offset},\n  weights: [\n    ${rows(each)}\n  ],\n}`;
  return `import type { Feature, RereadFeature } from './features.js';
import type { Confidence, Weights } from './linear.js';
import type { PlainSignal, Signal } from './signals.js';

/** Made by \`npm run fit\`; docs/retrieval.md says how, and what it is worth. */
export const WEIGHTS: Weights<Feature> = [
  ${rows(weights)}
];

/** The same for what the second reader has read. */
export const REREAD: Weights<RereadFeature> = [
  ${rows(reread)}
];

/** The same: where there is no second reader. */
export const CONFIDENCE: Confidence<PlainSignal> = ${judge(plain)};

/** The same where there is one. */
export const REREAD_CONFIDENCE: Confidence<Signal> = ${judge(confidence)};
`;
}

forbidTelemetry();
const program = new Command('fit')
  .argument('<questions...>', 'graded questions: weights and confidence are fitted on them')
  .requiredOption('--index <folder>', 'the index that they are asked of')
  .option('--more <files...>', 'further questions, for the weights alone')
  .option('--gathered <file>', 'keeps what was found for the questions, or reads it if it is there')
  .option('--dry', 'print the cross-validation and write nothing')
  .action(fit);
try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.stderr.write(`fit: ${messageOf(error)}\n`);
  process.exitCode = 2;
}
