import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Resamples: enough for the second digit of an interval's ends. */
const RESAMPLES = 1000;
/** The same seed always: the same answers have the same interval. */
const SEED = 776;

/** The middle 95% of a statistic's values over resamples of the same size, drawn with replacement. */
export type Interval = readonly [low: number, high: number];

export function bootstrap(values: readonly number[]): Interval {
  if (values.length === 0) return [0, 0];
  const random = xoroshiro128plus(SEED);
  const means: number[] = [];
  for (let resample = 0; resample < RESAMPLES; resample++) {
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      sum += values[uniformInt(random, 0, values.length - 1)] ?? 0;
    }
    means.push(sum / values.length);
  }
  means.sort((a, b) => a - b);
  return [means[Math.floor(0.025 * RESAMPLES)] ?? 0, means[Math.ceil(0.975 * RESAMPLES) - 1] ?? 0];
}
