import type { AnswerResult } from '../search/answer.js';
import { bootstrap, type Interval } from './bootstrap.js';
import { curveOf, type CurvePoint } from './curve.js';
import { sortOf, type Graded, type GradedQuestion } from './questions.js';

/** How deep the ranked list is looked at. */
export const DEPTH = 10;

/** Recall and mean reciprocal rank over a set of answerable questions. */
export interface Ranking {
  readonly questions: number;
  readonly recallAt1: number;
  readonly recallAt5: number;
  readonly recallAt10: number;
  /** A question whose paragraph is not among the first ten counts as 0. */
  readonly mrrAt10: number;
  /** 95% intervals by bootstrap over the questions. */
  readonly intervals: {
    readonly recallAt1: Interval;
    readonly recallAt5: Interval;
    readonly recallAt10: Interval;
    readonly mrrAt10: Interval;
  };
}

/** How often the answer was withheld, over a set of questions. */
export interface Withholding {
  readonly questions: number;
  readonly withheld: number;
  readonly share: number;
}

export interface Evaluation {
  readonly overall: Ranking;
  readonly byType: Readonly<Record<string, Ranking>>;
  readonly abstention: {
    /** Unanswerable questions: withholding is right. */
    readonly unanswerable: Withholding;
    /** The same by sort. */
    readonly bySort: Readonly<Record<string, Withholding>>;
    /** Answerable questions: withholding is wrong. */
    readonly answerable: Withholding;
  };
  /** What other thresholds would withhold, the chosen one among them. */
  readonly curve: readonly CurvePoint[];
  readonly medianMs: number;
}

/** Scores answers. A hit is the very paragraph: its cable and one of the numbers that answer. */
export function evaluate(graded: readonly Graded[]): Evaluation {
  const answerable = graded.filter(({ question }) => question.type !== 'none');
  const unanswerable = graded.filter(({ question }) => question.type === 'none');
  return {
    overall: rankingOf(answerable.map(rankOf)),
    byType: grouped(
      answerable,
      ({ question }) => question.type,
      (group) => rankingOf(group.map(rankOf)),
    ),
    abstention: {
      unanswerable: withholdingOf(unanswerable),
      bySort: grouped(unanswerable, ({ question }) => sortOf(question), withholdingOf),
      answerable: withholdingOf(answerable),
    },
    curve: curveOf(graded),
    medianMs: median(graded.map(({ answer }) => answer.ms)),
  };
}

/** The place of the first result that answers, from 1, or null where none of the first ten does. */
export function rankOf({
  question,
  answer,
}: {
  readonly question: GradedQuestion;
  readonly answer: { readonly results: readonly GradedResult[] };
}): number | null {
  const place = answer.results
    .slice(0, DEPTH)
    .findIndex(
      (result) =>
        isAnswer(question, result.cable, result.paragraph) || answersByField(question, result),
    );
  return place < 0 ? null : place + 1;
}

type GradedResult = Pick<AnswerResult, 'cable' | 'paragraph'> &
  Partial<Pick<AnswerResult, 'field' | 'text'>>;

/** Whether a paragraph of a cable answers a question. */
export function isAnswer(
  { cable, paras, also = [] }: GradedQuestion,
  id: string,
  paragraph: number | null,
): boolean {
  if (paragraph === null) return false;
  if (id === cable && paras.includes(paragraph)) return true;
  return also.some(([other, number]) => id === other && paragraph === number);
}

/** The line of the cable that prints the field, with what is asked for in it. */
function answersByField({ cable, field, span }: GradedQuestion, result: GradedResult): boolean {
  if (field === undefined || result.field !== field || result.cable !== cable) return false;
  const plain = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
  return plain(result.text ?? '').includes(plain(span ?? ''));
}

/** Scores the places of the first results that answer, from 1; null where none of the first ten does. */
export function rankingOf(ranks: readonly (number | null)[]): Ranking {
  const within = (depth: number): number[] =>
    ranks.map((rank) => (rank !== null && rank <= depth ? 1 : 0));
  const [first, five, ten] = [within(1), within(5), within(DEPTH)];
  const reciprocal = ranks.map((rank) => (rank === null ? 0 : 1 / rank));
  return {
    questions: ranks.length,
    recallAt1: mean(first),
    recallAt5: mean(five),
    recallAt10: mean(ten),
    mrrAt10: mean(reciprocal),
    intervals: {
      recallAt1: interval(first),
      recallAt5: interval(five),
      recallAt10: interval(ten),
      mrrAt10: interval(reciprocal),
    },
  };
}

function mean(values: readonly number[]): number {
  return share(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
}

function interval(values: readonly number[]): Interval {
  const [low, high] = bootstrap(values);
  return [share(low, 1), share(high, 1)];
}

function withholdingOf(graded: readonly Graded[]): Withholding {
  const withheld = graded.filter(({ answer }) => answer.abstained).length;
  return { questions: graded.length, withheld, share: share(withheld, graded.length) };
}

function grouped<T>(
  graded: readonly Graded[],
  nameOf: (graded: Graded) => string,
  score: (group: readonly Graded[]) => T,
): Record<string, T> {
  const groups = new Map<string, Graded[]>();
  for (const each of graded) {
    const name = nameOf(each);
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  const sorted = [...groups].sort(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(sorted.map(([name, group]) => [name, score(group)]));
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
