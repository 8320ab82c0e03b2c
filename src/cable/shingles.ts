import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

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
    const least = Math.min(...hashes.slice(from, from + WINDOW));
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
  return own.slice(SHINGLE - 1).map((_, at) => {
    let all = 0;
    for (let i = at; i < at + SHINGLE; i++) all = (all * FACTOR + (own[i] ?? 0)) % RANGE;
    return all;
  });
}

/** Words are few, and stand in many texts. */
const KNOWN_WORDS = new LRUCache<string, number>({ max: 50_000 });

function hashOfWord(word: string): number {
  const known = KNOWN_WORDS.get(word);
  if (known !== undefined) return known;
  const hashed = Number.parseInt(hash('md5', word, 'hex').slice(0, 9), 16);
  KNOWN_WORDS.set(word, hashed);
  return hashed;
}

/** 36 bits in seven letters and digits. */
function keyOf(hashed: number): string {
  return hashed.toString(36).padStart(7, '0');
}
