/** A row of numbers for each feature. */
export type Row = readonly number[];

/** One list to be ranked: its candidates' features, and which of them answer. */
export interface RankingList {
  readonly rows: readonly Row[];
  readonly answers: readonly boolean[];
}

/** Mean and spread of each feature; a feature that never varies has spread 1. */
export function standards(rows: Iterable<Row>, features: number): (readonly [number, number])[] {
  const sums = new Float64Array(features);
  const squares = new Float64Array(features);
  let count = 0;
  for (const row of rows) {
    count++;
    for (const [i, value] of row.entries()) {
      sums[i] = (sums[i] ?? 0) + value;
      squares[i] = (squares[i] ?? 0) + value * value;
    }
  }
  return Array.from(sums, (sum, i) => {
    const mean = sum / Math.max(1, count);
    const spread = Math.sqrt(Math.max(0, (squares[i] ?? 0) / Math.max(1, count) - mean * mean));
    return [mean, spread < 1e-9 ? 1 : spread];
  });
}

export function standardised(row: Row, scale: readonly (readonly [number, number])[]): number[] {
  return row.map((value, i) => {
    const [mean, spread] = scale[i] ?? [0, 1];
    return (value - mean) / spread;
  });
}

/** Adds the gradient of a loss at some weights. */
type Gradient = (weights: Float64Array, gradient: Float64Array) => void;

/** Steps of the descent: more change no digit that is written down. */
const STEPS = 600;
const RATE = 0.1;
/** Decay of the running means of Adam (Kingma and Ba, 2015). */
const FIRST = 0.9;
const SECOND = 0.999;

/** Minimises a smooth loss from zero by full-batch Adam with a falling rate: the same every time. */
function minimise(addGradient: Gradient, size: number): number[] {
  const weights = new Float64Array(size);
  const gradient = new Float64Array(size);
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  for (let step = 1; step <= STEPS; step++) {
    gradient.fill(0);
    addGradient(weights, gradient);
    const rate = RATE * (1 - (step - 1) / STEPS);
    for (let i = 0; i < size; i++) {
      const g = gradient[i] ?? 0;
      const m = FIRST * (mean[i] ?? 0) + (1 - FIRST) * g;
      const s = SECOND * (square[i] ?? 0) + (1 - SECOND) * g * g;
      mean[i] = m;
      square[i] = s;
      const move = m / (1 - FIRST ** step) / (Math.sqrt(s / (1 - SECOND ** step)) + 1e-8);
      weights[i] = (weights[i] ?? 0) - rate * move;
    }
  }
  return [...weights];
}

function product(weights: Float64Array, row: Row): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += (weights[i] ?? 0) * (row[i] ?? 0);
  return sum;
}

/**
 * Weights that rank an answer first: the softmax over each list gives its answers as much as it can
 * (listwise loss), with a little L2. Rows are standardised.
 */
export function fitRanking(lists: readonly RankingList[], l2: number): number[] {
  const useful = lists.filter(({ answers }) => answers.includes(true));
  const size = useful[0]?.rows[0]?.length ?? 0;
  return minimise((weights, gradient) => {
    for (const { rows, answers } of useful) {
      const scores = rows.map((row) => product(weights, row));
      const most = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - most));
      const all = odds.reduce((sum, each) => sum + each, 0);
      const right = odds.reduce((sum, each, i) => sum + (answers[i] === true ? each : 0), 0);
      for (const [i, row] of rows.entries()) {
        const odd = odds[i] ?? 0;
        const pull = odd / all - (answers[i] === true ? odd / right : 0);
        for (let j = 0; j < size; j++) {
          gradient[j] = (gradient[j] ?? 0) + (pull * (row[j] ?? 0)) / useful.length;
        }
      }
    }
    for (let j = 0; j < size; j++) gradient[j] = (gradient[j] ?? 0) + 2 * l2 * (weights[j] ?? 0);
  }, size);
}

/** A row that stands for yes or for no, and how much it counts. */
export interface Judged {
  readonly row: Row;
  readonly yes: boolean;
  readonly weight: number;
}

/** Weights of a logistic, the offset last, with a little L2 on all but the offset. */
export function fitLogistic(judged: readonly Judged[], l2: number): number[] {
  const size = (judged[0]?.row.length ?? 0) + 1;
  const total = judged.reduce((sum, { weight }) => sum + weight, 0);
  return minimise((weights, gradient) => {
    for (const { row, yes, weight } of judged) {
      const sum = product(weights, [...row, 1]);
      const pull = (weight / total) * (1 / (1 + Math.exp(-sum)) - (yes ? 1 : 0));
      for (let j = 0; j < size; j++) {
        gradient[j] = (gradient[j] ?? 0) + pull * (j === size - 1 ? 1 : (row[j] ?? 0));
      }
    }
    for (let j = 0; j + 1 < size; j++)
      gradient[j] = (gradient[j] ?? 0) + 2 * l2 * (weights[j] ?? 0);
  }, size);
}
