import type { Passage } from '../cable/passage.js';
import type { Ceiling } from '../cable/ceiling.js';
import type { Cable, CableFields, Span } from '../cable/types.js';
import type { PassageVectors } from '../embedding/embedder.js';
import type { Audience } from './audience.js';
import type { PassageFilter } from './filter.js';
import type { Term } from './lexicon.js';
import type { CorpusTotals, ScoringCable, ScoringPassage } from './scoring.js';

/** A passage found by the words in it. */
export interface LexicalHit {
  readonly passage: number;
  /** BM25, greater is better. */
  readonly score: number;
}

/** A span of a stored cable, with what a quote of it needs. */
export interface StoredSpan {
  readonly cable: CableFields;
  readonly ordinal: number;
  readonly span: Span;
}

/** A passage to be stored: the text that is searched by words, and its vectors. */
export type StoredPassage = Passage & PassageVectors;

/** A stored vector with the passage it belongs to. */
export interface StoredVector {
  readonly key: number;
  readonly passage: number;
  readonly vector: Float32Array;
}

/** Counts over the whole store, each list sorted by count. */
export interface StoreStats {
  readonly cables: number;
  readonly paragraphs: number;
  readonly vectors: number;
  readonly byOrigin: readonly Count[];
  readonly byYear: readonly Count[];
  readonly byClassification: readonly Count[];
  readonly byMark: readonly Count[];
}

export interface Count {
  readonly name: string;
  readonly count: number;
}

/** What is told of a cable in lists. */
export type CableSummary = Pick<
  Cable,
  'id' | 'subject' | 'origin' | 'date' | 'classification' | 'level' | 'caveats' | 'references'
> & {
  /** Whom any part of it is shown to. */
  readonly audience: Audience;
};

/** Which passages a search by words gives: those that pass a filter and hold any word, or all. */
export interface WordSearch {
  readonly filter?: PassageFilter;
  readonly match?: 'any' | 'all';
}

/** What is read from an index's store. Passages and vectors are named by their keys. */
export interface Store {
  /**
   * The store as a ceiling shows it: what may not be shown there is as if it were not held, and has no
   * effect on anything that is given. A cable of which a part is shown is held; it comes whole, so that
   * its quotes have their offsets: its spans are to be asked of the ceiling one by one.
   */
  under(ceiling: Ceiling): Store;
  /** The cable of an id, compared with the hashes kept of it, or null. */
  cable(id: string): Cable | null;
  /** Those of some ids that are held. */
  held(ids: readonly string[]): string[];
  /** Every id, in order. */
  ids(): string[];
  /** What lists tell of every cable, in order of the ids. */
  summaries(): Iterable<CableSummary>;
  /** Ids of any year that end with a post and a number, as in `BEIJING1689`. */
  idsOfAnyYear(postAndNumber: string): string[];
  /** The span that a passage stands for. Throws an IndexError where the body is damaged. */
  spanOfPassage(passage: number): StoredSpan;
  /** The passages that hold any of the words, or all of them, best first, at most `limit`. */
  searchWords(words: readonly string[], limit: number, how?: WordSearch): LexicalHit[];
  /** Passages with the words of a phrase, in any form, one behind the other; `limit` of them at most. */
  searchPhrase(phrase: string, limit: number, filter?: PassageFilter): number[];
  /** The terms among stems that the corpus holds. */
  terms(stems: readonly string[]): Term[];
  /** Terms that begin with some letters and stand in so many passages at least. */
  stemsBeginning(letters: string, passages: number): Term[];
  scoringPassages(keys: readonly number[]): ScoringPassage[];
  scoringCables(keys: readonly number[]): ScoringCable[];
  totals(): CorpusTotals;
  /** The posts that the index holds cables of, as ids name them. */
  posts(): string[];
  passagesOfCable(id: string): number[];
  /** The passage that each vector belongs to, in the order of the keys given. */
  passagesOfVectors(vectors: readonly number[]): number[];
  vectorsOfPassages(passages: readonly number[]): StoredVector[];
  /**
   * Keys of the vectors whose passages pass a filter; under a ceiling those of cables that it shows whole,
   * since a vector is made with its cable's subject before it.
   */
  vectorKeys(filter: PassageFilter): ReadonlySet<number>;
  /** How many passages pass a filter. */
  count(filter: PassageFilter): number;
  /** Whether a filter, or the ceiling, leaves anything out. */
  isNarrow(filter: PassageFilter): boolean;
  vectors(keys: readonly number[]): StoredVector[];
  /** Those of some passages that pass a filter. */
  passes(filter: PassageFilter, passages: readonly number[]): number[];
  /** Every vector whose key is greater than `after`, in order of their keys. */
  vectorsAfter(after: number): Iterable<readonly [key: number, vector: Float32Array]>;
  stats(): StoreStats;
  /** What is wrong with the file, or null. Reads all of it. */
  damage(): string | null;
  close(): void;
}

/** What ingest does to a store that is being built. */
export interface WritableStore extends Store {
  /** The content hash kept of a cable, or null where it is not stored. */
  hashOf(id: string): string | null;
  /** The id of another cable with the very same body, or null. */
  idOfBody(body: string, except: string): string | null;
  /** Stores a cable, in place of the one with its id. */
  put(cable: Cable, hash: string, passages: readonly StoredPassage[]): void;
  /** Runs `work` in one transaction. */
  transaction<T>(work: () => T): T;
  /** Keys of vectors removed since `forgetRemoved` was last called. */
  removedVectors(): number[];
  forgetRemoved(): void;
  lastVector(): number;
  lastCable(): number;
  /** The ids of the cables stored since one was the last. */
  idsAfter(cable: number): string[];
  property(name: string): string | null;
  setProperty(name: string, value: string): void;
}
