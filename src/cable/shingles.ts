import { hash } from 'node:crypto';

/** Words of a shingle. */
export const SHINGLE = 3;
/** Of so many shingles in a row one at least is kept: whatever has SHINGLE + WINDOW − 1 words in common is found. */
const WINDOW = 4;

/** A run of {@link SHINGLE} words by its hash, with the index of its first word. */
export interface Shingle {
  readonly key: string;
  readonly at: number;
}

/** Every shingle of some words, in order. */
export function shinglesOf(words: readonly string[]): Shingle[] {
  return words
    .slice(SHINGLE - 1)
    .map((_, at) => ({ key: keyOf(words.slice(at, at + SHINGLE)), at }));
}

/**
 * The shingles by which a text is found, each once: of every {@link WINDOW} in a row the one with the least hash
 * (winnowing: Schleimer, Wilkerson and Aiken, SIGMOD 2003), some two of five.
 */
export function winnowed(words: readonly string[]): string[] {
  const keys = shinglesOf(words).map(({ key }) => key);
  const kept = new Set<string>();
  for (let from = 0; from < Math.max(1, keys.length - WINDOW + 1); from++) {
    const [least] = keys.slice(from, from + WINDOW).sort();
    if (least !== undefined) kept.add(least);
  }
  return [...kept];
}

/** 36 bits in seven letters and digits. */
function keyOf(words: readonly string[]): string {
  const bits = Number.parseInt(hash('md5', words.join(' '), 'hex').slice(0, 9), 16);
  return bits.toString(36).padStart(7, '0');
}
