/** Windows of a passage that are linked, at most: a paragraph of some eight thousand words. */
export const MOST_WINDOWS = 32;

/** The key of a passage's window in a graph: of 32 bits, so that a store may have given out 134 million passages. */
export function labelOf(passage: number, window: number): number {
  const label = passage * MOST_WINDOWS + window;
  if (label >= 2 ** 32) throw new RangeError(`passage ${passage} is beyond what a graph can hold`);
  return label;
}

export function passageOf(label: number): number {
  return Math.floor(label / MOST_WINDOWS);
}
