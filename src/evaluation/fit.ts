import { createHash } from 'node:crypto';
import {
  FEATURES,
  REREAD_FEATURES,
  WORD_FEATURES,
  type Feature,
  type Features,
  type RereadFeature,
  type WordFeature,
} from '../search/features.js';
import { logistic, weighted, type Confidence, type Weights } from '../search/linear.js';
import type { Signals } from '../search/signals.js';
import { fitLogistic, fitRanking, standardised, standards } from './linear-fit.js';
import type { GradedQuestion } from './questions.js';

/** A candidate with what it is ranked by, and whether it answers. */
export interface FitCandidate {
  readonly features: Features;
  /** What the second reader tells, of the first few. */
  readonly reading: { readonly relevance: number; readonly location: number } | null;
  readonly answers: boolean;
}

/** A question with its candidates and the signals of what was found, over the corpus or a part of it. */
export interface FitCase {
  readonly question: GradedQuestion;
  readonly candidates: readonly FitCandidate[];
  readonly signals: Signals;
  /** Withheld or answered by a rule, whatever the signals: a date, a phrase, all words in one paragraph. */
  readonly ruled: 'withheld' | 'answered' | null;
}

/** Chosen by cross-validation among 0.0005, 0.002 and 0.01. */
const RANKING_L2 = 0.002;
const CONFIDENCE_L2 = 0.01;
/**
 * The share of answerable questions withheld in fitting: under the one in twenty that may be, since it
 * is more on questions that were not fitted.
 */
export const WITHHELD_IN_FIT = 0.045;

/** The ranker's weights, by all candidates of answerable questions. */
export function fitWeights(cases: readonly FitCase[]): Weights<Feature> {
  return fitLists(
    FEATURES,
    cases.map(({ candidates }) =>
      candidates.map(({ features, answers }) => ({ values: features, answers })),
    ),
    RANKING_L2,
  );
}

/** The same for passages that have no vectors yet. */
export function fitByWords(cases: readonly WordCase[]): Weights<WordFeature> {
  const lists = cases.map(({ candidates }) =>
    candidates.map(({ features, answers }) => ({ values: features, answers })),
  );
  return fitLists(WORD_FEATURES, lists, RANKING_L2);
}

/** A question with what its words find. */
export interface WordCase {
  readonly question: GradedQuestion;
  readonly candidates: readonly Pick<FitCandidate, 'features' | 'answers'>[];
}

/** Chosen among 0.002 and 0.01: few weights need little. */
const REREAD_L2 = 0.002;

/** The weights of what was read a second time, the first ranking's score among them. */
export function fitReread(
  cases: readonly FitCase[],
  first: Weights<Feature>,
): Weights<RereadFeature> {
  const lists = cases.map(({ candidates }) =>
    candidates.flatMap(({ features, reading, answers }) => {
      if (reading === null) return [];
      return [{ values: { score: weighted(first, features), ...reading }, answers }];
    }),
  );
  return fitLists(REREAD_FEATURES, lists, REREAD_L2);
}

interface Listed<Name extends string> {
  readonly values: Readonly<Record<Name, number>>;
  readonly answers: boolean;
}

function fitLists<Name extends string>(
  names: readonly Name[],
  all: readonly (readonly Listed<Name>[])[],
  l2: number,
): Weights<Name> {
  // A list without an answer has nothing to be ranked before the others.
  const lists = all.filter((list) => list.some(({ answers }) => answers));
  const row = ({ values }: Listed<Name>): number[] => names.map((name) => values[name]);
  const scale = standards(
    lists.flatMap((list) => list.map(row)),
    names.length,
  );
  const fitted = fitRanking(
    lists.map((list) => ({
      rows: list.map((each) => standardised(row(each), scale)),
      answers: list.map(({ answers }) => answers),
    })),
    l2,
  );
  return withScale(names, scale, fitted);
}

/** The place of the first candidate that answers, from 1, as some weights rank them. */
export function rankUnder(
  first: Weights<Feature>,
  reread: Weights<RereadFeature> | null,
  { candidates }: FitCase,
  depth: number,
): number | null {
  const ranked = candidates
    .map(({ features, reading, answers }) => ({
      score: weighted(first, features),
      reading,
      answers,
    }))
    .sort((a, b) => b.score - a.score);
  if (reread !== null) {
    const again = ranked
      .slice(0, depth)
      .map((each) => {
        const { score, reading } = each;
        const again = reading === null ? -Infinity : weighted(reread, { score, ...reading });
        return { ...each, score: again };
      })
      .sort((a, b) => b.score - a.score);
    ranked.splice(0, again.length, ...again);
  }
  const place = ranked.findIndex(({ answers }) => answers);
  return place < 0 ? null : place + 1;
}

export function isAnswerable({ question }: Pick<FitCase, 'question'>): boolean {
  return question.type !== 'none';
}

/**
 * A logistic over signals, answerable and unanswerable questions counting the same in sum, shifted so that
 * {@link WITHHELD_IN_FIT} of the answerable lie below one half over the whole corpus. It is fitted over the whole
 * and parts of it, so that it learns what the size does.
 */
export function fitConfidence<Name extends keyof Signals>(
  names: readonly Name[],
  whole: readonly FitCase[],
  parts: readonly FitCase[],
): Confidence<Name> {
  const cases = [...whole, ...parts];
  const row = ({ signals }: FitCase): number[] => names.map((name) => signals[name]);
  const scale = standards(cases.map(row), names.length);
  const answerable = cases.filter(isAnswerable).length;
  const fitted = fitLogistic(
    cases.map((each) => ({
      row: standardised(row(each), scale),
      yes: isAnswerable(each),
      weight: 1 / (isAnswerable(each) ? answerable : cases.length - answerable),
    })),
    CONFIDENCE_L2,
  );
  const weights = withScale(names, scale, fitted);
  const offset = fitted.at(-1) ?? 0;
  const odds = whole
    .filter((each) => isAnswerable(each) && each.ruled === null)
    .map(({ signals }) => logOdds({ offset, weights }, signals))
    .sort((a, b) => a - b);
  const ruledOut = whole.filter((each) => isAnswerable(each) && each.ruled === 'withheld').length;
  const withheld = Math.floor(WITHHELD_IN_FIT * whole.filter(isAnswerable).length) - ruledOut;
  return { offset: rounded(offset - (odds[Math.max(0, withheld)] ?? 0)), weights };
}

function logOdds<Name extends keyof Signals>(
  confidence: Confidence<Name>,
  signals: Signals,
): number {
  const share = Math.min(1 - 1e-12, Math.max(1e-12, logistic(confidence, signals)));
  return Math.log(share / (1 - share));
}

/** The fold of a question, from 0: all questions on a cable stand in one. */
export function foldOf({ cable, q }: GradedQuestion, folds: number): number {
  return (
    createHash('sha256')
      .update(cable ?? q)
      .digest()
      .readUInt32BE(0) % folds
  );
}

function withScale<Name extends string>(
  names: readonly Name[],
  scale: readonly (readonly [number, number])[],
  weights: readonly number[],
): Weights<Name> {
  return names.map((name, i) => {
    const [mean, spread] = scale[i] ?? [0, 1];
    return [name, rounded(mean), rounded(spread), rounded(weights[i] ?? 0)];
  });
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
