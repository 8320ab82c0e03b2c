import { THRESHOLD } from '../search/threshold.js';
import type { Graded } from './questions.js';
import { sortOf } from './questions.js';

/** What a threshold of confidence withholds. */
export interface CurvePoint {
  readonly threshold: number;
  /** The threshold in use. */
  readonly chosen: boolean;
  /** Shares, 0 to 1. */
  readonly answerableWithheld: number;
  readonly unanswerableWithheld: number;
  /** Unanswerable questions withheld, by sort. */
  readonly bySort: Readonly<Record<string, number>>;
}

const STEPS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * What other thresholds would withhold. What a rule decides (a date after the corpus ends, a named
 * cable) no threshold changes.
 */
export function curveOf(graded: readonly Graded[]): CurvePoint[] {
  const answerable = graded.filter(({ question }) => question.type !== 'none');
  const unanswerable = graded.filter(({ question }) => question.type === 'none');
  const sorts = [...new Set(unanswerable.map(({ question }) => sortOf(question)))].sort();
  return [...new Set([...STEPS, THRESHOLD])]
    .sort((a, b) => a - b)
    .map((threshold) => {
      const share = (of: readonly Graded[]): number =>
        of.length === 0 ? 0 : of.filter((each) => isWithheld(each, threshold)).length / of.length;
      const ofSort = (sort: string): Graded[] =>
        unanswerable.filter(({ question }) => sortOf(question) === sort);
      return {
        threshold,
        chosen: threshold === THRESHOLD,
        answerableWithheld: share(answerable),
        unanswerableWithheld: share(unanswerable),
        bySort: Object.fromEntries(sorts.map((sort) => [sort, share(ofSort(sort))])),
      };
    });
}

function isWithheld({ answer }: Graded, threshold: number): boolean {
  const byConfidence = answer.confidence < THRESHOLD;
  if (answer.abstained !== byConfidence) return answer.abstained; // a rule decided
  return answer.confidence < threshold;
}
