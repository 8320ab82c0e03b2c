/** Weights of named numbers, each standardised by its mean and spread before. */
export type Weights<Name extends string> = readonly (readonly [
  name: Name,
  mean: number,
  spread: number,
  weight: number,
])[];

/** The weighted sum of the standardised numbers. */
export function weighted<Name extends string>(
  weights: Weights<Name>,
  values: Readonly<Record<Name, number>>,
): number {
  let sum = 0;
  for (const row of weights) sum += added(row, values[row[0]]);
  return sum;
}

/** What one number adds to the weighted sum. */
export function added([, mean, spread, weight]: Weights<string>[number], value: number): number {
  return (weight * (value - mean)) / spread;
}

/** A logistic over raw signals; below one half an answer is withheld. */
export interface Confidence<Name extends string> {
  readonly offset: number;
  readonly weights: Weights<Name>;
}

/** 0 to 1. */
export function logistic<Name extends string>(
  { offset, weights }: Confidence<Name>,
  values: Readonly<Record<Name, number>>,
): number {
  return 1 / (1 + Math.exp(-offset - weighted(weights, values)));
}
