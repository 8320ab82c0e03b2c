/** The largest of some numbers, and no less than `least`; there may be more than a call takes arguments. */
export function largest(least: number, values: Iterable<number>): number {
  let most = least;
  for (const value of values) if (value > most) most = value;
  return most;
}
