import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { forbidTelemetry, PACKAGE_ROOT } from '../config.js';
import { messageOf } from '../errors.js';
import type { Feature, RereadFeature, WordFeature } from '../search/features.js';
import { logistic, weighted, type Confidence, type Weights } from '../search/linear.js';
import { MOST_MADE } from '../search/own-vectors.js';
import { REREAD_DEPTH } from '../search/reread.js';
import { REREAD_SIGNALS, SIGNALS, type PlainSignal, type Signal } from '../search/signals.js';
import { THRESHOLD } from '../search/threshold.js';
import { DEPTH } from './evaluate.js';
import {
  fitByWords,
  fitConfidence,
  fitReread,
  fitWeights,
  foldOf,
  isAnswerable,
  rankUnder,
  type FitCase,
  type WordCase,
} from './fit.js';
import { gather, gatherByWords, keptIn, type FitSet } from './gather.js';
import { sortOf, type GradedQuestion } from './questions.js';

const FOLDS = 5;
/** The fold of cables that the second reader has not learned from (models/training). */
const UNLEARNED = 0;
const OUT = path.join(PACKAGE_ROOT, 'src', 'search', 'weights.ts');
const OUT_BY_WORDS = path.join(PACKAGE_ROOT, 'src', 'search', 'weights-by-words.ts');
/** Passages whose vectors are made while somebody waits, and twice as many. */
const WAITED_FOR = [1, MOST_MADE, 2 * MOST_MADE] as const;

interface Options {
  readonly index: string;
  readonly more?: string[];
  readonly dry?: true;
  readonly gathered?: string;
  readonly byWords?: true;
}

/**
 * `npm run fit`: fits the ranker's weights, those of the second reader and the confidence on graded questions,
 * prints how good they are by cross-validation over folds of cables, each set and type on its own line, and
 * writes src/search/weights.ts. The same index and questions give the same weights.
 */
async function fit(
  files: string[],
  { gathered, dry, byWords, ...options }: Options,
): Promise<void> {
  if (byWords) {
    await fitWords(files, options.index, dry === true);
    return;
  }
  const { sets, ranking, parts } =
    gathered === undefined
      ? await gather(files, options)
      : await keptIn(gathered, () => gather(files, options));
  process.stdout.write(`${crossValidated(sets, ranking, parts)}\n`);
  if (dry) return;
  const whole = sets.flatMap(({ cases }) => cases);
  await writeFile(OUT, source(fitted(whole, ranking, parts)));
  process.stdout.write(`wrote ${OUT}; run npm run format:write, build, and run pilcrow eval\n`);
}

/** Fits the weights of passages that have no vectors yet, and says how often the answer is among the best by them. */
async function fitWords(files: string[], index: string, dry: boolean): Promise<void> {
  const sets = await gatherByWords(files, index);
  const all = sets.flatMap(({ cases }) => cases);
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    fitByWords(all.filter(({ question }) => foldOf(question, FOLDS) !== fold)),
  );
  for (const { name, cases } of sets) {
    const places = cases.map((each) => {
      return placeByWords(folds[foldOf(each.question, FOLDS)] ?? [], each);
    });
    const told = WAITED_FOR.map((most) => {
      return `${most} ${share(places.filter((place) => place <= most).length, places.length)}`;
    });
    process.stdout.write(
      `${name.padEnd(20)} ${places.length}  among the first ${told.join(', ')}\n`,
    );
  }
  if (dry) return;
  const rows = rowsOf(fitByWords(all));
  await writeFile(OUT_BY_WORDS, sourceByWords(rows));
  process.stdout.write(`wrote ${OUT_BY_WORDS}; run npm run format:write and build\n`);
}

/** The place of the first passage that answers, from 1. */
function placeByWords(weights: Weights<WordFeature>, { candidates }: WordCase): number {
  const ranked = candidates
    .map(({ features, answers }) => ({ score: weighted(weights, features), answers }))
    .sort((a, b) => b.score - a.score);
  const place = ranked.findIndex(({ answers }) => answers);
  return place < 0 ? Number.POSITIVE_INFINITY : place + 1;
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

function rowsOf(weights: Weights<string>): string {
  return weights.map(([name, ...numbers]) => `['${name}', ${numbers.join(', ')}],`).join('\n  ');
}

function sourceByWords(rows: string): string {
  return `import type { WordFeature } from './features.js';
import type { Weights } from './linear.js';

/** Of passages that have no vectors yet; made by \`npm run fit -- --by-words\`, docs/scaling.md says what it is worth. */
export const WEIGHTS_BY_WORDS: Weights<WordFeature> = [
  ${rows}
];
`;
}

function source({ weights, reread, plain, confidence }: Fitted): string {
  const judge = ({ offset, weights: each }: Confidence<string>): string =>
    `{\n  offset: ${offset},\n  weights: [\n    ${rowsOf(each)}\n  ],\n}`;
  return `import type { Feature, RereadFeature } from './features.js';
import type { Confidence, Weights } from './linear.js';
import type { PlainSignal, Signal } from './signals.js';

/** Made by \`npm run fit\`; docs/retrieval.md says how, and what it is worth. */
export const WEIGHTS: Weights<Feature> = [
  ${rowsOf(weights)}
];

/** The same for what the second reader has read. */
export const REREAD: Weights<RereadFeature> = [
  ${rowsOf(reread)}
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
  .option('--by-words', 'fit the weights of passages without vectors, on an index that has none')
  .option('--dry', 'print the cross-validation and write nothing')
  .action(fit);
try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.stderr.write(`fit: ${messageOf(error)}\n`);
  process.exitCode = 2;
}
