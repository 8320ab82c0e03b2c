import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { openIndex, type OpenIndex } from '../app.js';
import { forbidTelemetry, PACKAGE_ROOT, readConfig } from '../config.js';
import { messageOf } from '../errors.js';
import type { Feature } from '../search/features.js';
import { logistic, weighted, type Confidence, type Weights } from '../search/linear.js';
import {
  fitConfidence,
  fitWeights,
  foldOf,
  WITHHELD_IN_FIT,
  type RankingCase,
  type SignalCase,
} from './fit.js';
import { DEPTH, rankingOf } from './evaluate.js';
import { readQuestions, sortOf, type GradedQuestion } from './questions.js';

const FOLDS = 5;
/** Cables of the parts of the corpus that the confidence is fitted over, beside the whole. */
const PARTS = [10, 100, 300];
const OUT = path.join(PACKAGE_ROOT, 'src', 'search', 'weights.ts');

interface Options {
  readonly index: string;
  readonly more?: string[];
  readonly dry?: true;
}

/**
 * `npm run fit`: fits the ranker's weights and the confidence on graded questions, prints how good
 * they are by cross-validation over folds of cables, and writes src/search/weights.ts. The same index
 * and questions give the same weights.
 */
async function fit(file: string, { index: folder, more = [], dry }: Options): Promise<void> {
  const index = await openIndex({ ...readConfig(), index: folder });
  try {
    const questions = await readQuestions(file);
    const others = (await Promise.all(more.map(readQuestions))).flat();
    const own = await gather(index, questions);
    const ranking = [...own.ranking, ...(await gather(index, others)).ranking];
    const parts: SignalCase[] = [];
    const ids = await index.corpus.ids();
    for (const size of PARTS.filter((each) => each < ids.length)) {
      parts.push(...(await gather(index, questions, partOf(ids, size))).signals);
    }
    const said = crossValidate(own, ranking, parts);
    process.stdout.write(`${said}\n`);
    if (dry) return;
    await writeFile(OUT, source(fitWeights(ranking), fitConfidence(own.signals, parts)));
    process.stdout.write(`wrote ${OUT}; run npm run format:write, build, and run pilcrow eval\n`);
  } finally {
    await index.close();
  }
}

interface Gathered {
  readonly ranking: RankingCase[];
  readonly signals: SignalCase[];
}

/** The features and signals of every question, over the cables that `among` chooses. */
async function gather(
  { search }: OpenIndex,
  questions: readonly GradedQuestion[],
  among: ((question: GradedQuestion) => string[]) | null = null,
): Promise<Gathered> {
  const ranking: RankingCase[] = [];
  const signals: SignalCase[] = [];
  for (const question of questions) {
    const history = question.history ?? [];
    const filters = among === null ? {} : { filters: { id: among(question).join(',') } };
    const found = await search.find(question.q, { history, ...filters });
    const answered = found.ruledIn ? 'answered' : null;
    const ruled = found.ruledOut === null ? answered : 'withheld';
    signals.push({ question, signals: found.signals, ruled });
    if (question.type === 'none') continue;
    const spans = await found.spans(found.ranked.map(({ passage }) => passage.passage));
    const candidates = found.ranked.map(({ cable, features }, i) => ({
      features,
      answers: cable.id === question.cable && question.paras.includes(spans[i]?.span.number ?? -1),
    }));
    ranking.push({ question, candidates });
  }
  return { ranking, signals };
}

/** A part of the corpus that holds the question's own cable: every n-th id. */
function partOf(ids: readonly string[], size: number): (question: GradedQuestion) => string[] {
  const chosen = ids.filter(
    (_, i) => Math.floor((i * size) / ids.length) !== Math.floor(((i - 1) * size) / ids.length),
  );
  return ({ cable }) => [...new Set([...chosen, ...(cable === null ? [] : [cable])])];
}

function crossValidate(
  own: Gathered,
  ranking: readonly RankingCase[],
  parts: readonly SignalCase[],
): string {
  const lines: string[] = [];
  const ranks: (number | null)[] = [];
  const judged: { question: GradedQuestion; withheld: boolean }[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const outside = ({ question }: { readonly question: GradedQuestion }): boolean =>
      foldOf(question, FOLDS) !== fold;
    const inside = (each: { readonly question: GradedQuestion }): boolean => !outside(each);
    const weights = fitWeights(ranking.filter(outside));
    for (const each of own.ranking.filter(inside)) ranks.push(rankUnder(weights, each));
    const confidence = fitConfidence(own.signals.filter(outside), parts.filter(outside));
    for (const { question, signals, ruled } of own.signals.filter(inside)) {
      const low = logistic(confidence, signals) < confidence.threshold;
      judged.push({ question, withheld: ruled === null ? low : ruled === 'withheld' });
    }
  }
  const { questions, recallAt1, recallAt5, recallAt10, mrrAt10 } = rankingOf(ranks);
  const [first, five, ten, mrr] = [recallAt1, recallAt5, recallAt10, mrrAt10].map((value) =>
    value.toFixed(3),
  );
  lines.push(`cross-validated over ${FOLDS} folds of cables, ${questions} questions:`);
  lines.push(`r@1 ${first}  r@5 ${five}  r@10 ${ten}  MRR ${mrr}`);
  const sorts = new Map<string, boolean[]>();
  for (const { question, withheld } of judged) {
    const sort = question.type === 'none' ? sortOf(question) : 'answerable (wrongly)';
    sorts.set(sort, [...(sorts.get(sort) ?? []), withheld]);
  }
  lines.push(
    `withheld, with ${String(WITHHELD_IN_FIT)} of the answerable withheld in the other folds:`,
  );
  for (const [sort, all] of [...sorts].sort(([a], [b]) => a.localeCompare(b))) {
    const held = all.filter(Boolean).length;
    lines.push(`  ${sort.padEnd(22)}${held}/${all.length}  ${(held / all.length).toFixed(3)}`);
  }
  return lines.join('\n');
}

function rankUnder(weights: Weights<Feature>, { candidates }: RankingCase): number | null {
  const scores = candidates.map(({ features, answers }) => ({
    score: weighted(weights, features),
    answers,
  }));
  const best = Math.max(...scores.map(({ score, answers }) => (answers ? score : -Infinity)));
  const rank = 1 + scores.filter(({ score }) => score > best).length;
  return best === -Infinity || rank > DEPTH ? null : rank;
}

function source<F extends string, S extends string>(
  weights: Weights<F>,
  confidence: Confidence<S>,
): string {
  const rows = (each: Weights<string>): string =>
    each.map(([name, ...numbers]) => `['${name}', ${numbers.join(', ')}],`).join('\n  ');
  return `import type { Feature } from './features.js';
import type { Confidence, Weights } from './linear.js';
import type { Signal } from './signals.js';

/** Made by \`npm run fit\`; docs/retrieval.md says how, and what it is worth. */
export const WEIGHTS: Weights<Feature> = [
  ${rows(weights)}
];

/** Made by \`npm run fit\` as well. */
export const CONFIDENCE: Confidence<Signal> = {
  offset: ${confidence.offset},
  threshold: ${confidence.threshold},
  weights: [
    ${rows(confidence.weights)}
  ],
};
`;
}

forbidTelemetry();
const program = new Command('fit')
  .argument('<questions>', 'graded questions: weights and confidence are fitted on them')
  .requiredOption('--index <folder>', 'the index that they are asked of')
  .option('--more <files...>', 'further questions, for the weights alone')
  .option('--dry', 'print the cross-validation and write nothing')
  .action(fit);
try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.stderr.write(`fit: ${messageOf(error)}\n`);
  process.exitCode = 2;
}
