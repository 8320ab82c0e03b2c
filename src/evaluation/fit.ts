import { createHash } from 'node:crypto';
import { FEATURES, type Feature, type Features } from '../search/features.js';
import { logistic, type Confidence, type Weights } from '../search/linear.js';
import { SIGNALS, type Signal, type Signals } from '../search/signals.js';
import { fitLogistic, fitRanking, standardised, standards } from './linear-fit.js';
import type { GradedQuestion } from './questions.js';

/** A question with the features of its candidates and which of them answer. */
export interface RankingCase {
  readonly question: GradedQuestion;
  readonly candidates: readonly { readonly features: Features; readonly answers: boolean }[];
}

/** A question with the signals of what was found, over the corpus or a part of it. */
export interface SignalCase {
  readonly question: GradedQuestion;
  readonly signals: Signals;
  /** Withheld or answered by a rule, whatever the signals: a date, a phrase, a named cable, all words in one paragraph. */
  readonly ruled: 'withheld' | 'answered' | null;
}

/** Chosen by cross-validation among 0.0005, 0.002 and 0.01. */
const RANKING_L2 = 0.002;
const CONFIDENCE_L2 = 0.01;
/**
 * The share of answerable questions withheld in fitting: under the one in twenty that may be, since it
 * is more on questions that were not fitted.
 */
export const WITHHELD_IN_FIT = 0.04;

export function fitWeights(cases: readonly RankingCase[]): Weights<Feature> {
  const rows = (each: RankingCase): number[][] =>
    each.candidates.map(({ features }) => FEATURES.map((feature) => features[feature]));
  const scale = standards(cases.flatMap(rows), FEATURES.length);
  const lists = cases.map((each) => ({
    rows: rows(each).map((row) => standardised(row, scale)),
    answers: each.candidates.map(({ answers }) => answers),
  }));
  return withScale(FEATURES, scale, fitRanking(lists, RANKING_L2));
}

/**
 * A logistic over the signals, answerable and unanswerable questions counting the same in sum. It is
 * fitted over the whole corpus and parts of it, so that it learns what the size does; the threshold is
 * the confidence below which {@link WITHHELD_IN_FIT} of the answerable lie over the whole.
 */
export function fitConfidence(
  whole: readonly SignalCase[],
  parts: readonly SignalCase[],
): Confidence<Signal> {
  const cases = [...whole, ...parts];
  const row = ({ signals }: SignalCase): number[] => SIGNALS.map((signal) => signals[signal]);
  const scale = standards(cases.map(row), SIGNALS.length);
  const isAnswerable = ({ question }: SignalCase): boolean => question.type !== 'none';
  const answerable = cases.filter(isAnswerable).length;
  const weights = fitLogistic(
    cases.map((each) => ({
      row: standardised(row(each), scale),
      yes: isAnswerable(each),
      weight: 1 / (isAnswerable(each) ? answerable : cases.length - answerable),
    })),
    CONFIDENCE_L2,
  );
  const confidence = {
    offset: rounded(weights.at(-1) ?? 0),
    threshold: 0,
    weights: withScale(SIGNALS, scale, weights),
  };
  const scores = whole
    .filter((each) => isAnswerable(each) && each.ruled !== 'answered')
    .map((each) => (each.ruled === 'withheld' ? -1 : logistic(confidence, each.signals)))
    .sort((a, b) => a - b);
  const withheld = Math.floor(WITHHELD_IN_FIT * whole.filter(isAnswerable).length);
  return { ...confidence, threshold: rounded(Math.max(0, scores[withheld] ?? 0)) };
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
