import { hash } from 'node:crypto';
import { remembered } from './remembered.js';

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
  return hashesOf(words).map((hashed, at) => ({ key: keyOf(hashed), at }));
}

/**
 * The shingles by which a text is found, each once: of every {@link WINDOW} in a row the one with the least hash
 * (winnowing: Schleimer, Wilkerson and Aiken, SIGMOD 2003), some two of five.
 */
export function winnowed(words: readonly string[]): string[] {
  const hashes = hashesOf(words);
  const kept = new Set<number>();
  for (let from = 0; from < Math.max(1, hashes.length - WINDOW + 1); from++) {
    let least = Number.POSITIVE_INFINITY;
    for (let at = from; at < from + WINDOW; at++) {
      least = Math.min(least, hashes[at] ?? Number.POSITIVE_INFINITY);
    }
    if (Number.isFinite(least)) kept.add(least);
  }
  return [...kept].map(keyOf);
}

/** Bits of a hash. */
const RANGE = 2 ** 36;
/** What a word's hash is multiplied with for each word behind it: odd, and small enough for exact products. */
const FACTOR = 65_599;

/** The hash of each run of {@link SHINGLE} words, 36 bits. */
function hashesOf(words: readonly string[]): number[] {
  const own = words.map(hashOfWord);
  const hashes: number[] = [];
  for (let at = 0; at + SHINGLE <= own.length; at++) {
    let all = 0;
    for (let i = at; i < at + SHINGLE; i++) all = (all * FACTOR + (own[i] ?? 0)) % RANGE;
    hashes.push(all);
  }
  return hashes;
}

const hashOfWord = remembered(50_000, (word) =>
  Number.parseInt(hash('md5', word, 'hex').slice(0, 9), 16),
);

/** 36 bits in seven letters and digits. */
function keyOf(hashed: number): string {
  return hashed.toString(36).padStart(7, '0');
}
