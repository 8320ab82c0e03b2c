import type { Ceiling } from '../cable/ceiling.js';
import type { Passage } from '../cable/passage.js';
import type { TextRange } from '../cable/sentences.js';
import type { Cable, CableFields } from '../cable/cable.js';
import type { Span } from '../cable/types.js';
import type { Audience } from './audience.js';
import type { Condition } from './conditions.js';
import type { PackedVectors } from './packed-vectors.js';
import type { TermList } from './term-list.js';

/** Texts of a cable that are kept when others take their place. */
export const FORMER_TEXTS = 4;

/**
 * What is read of one generation of an index, under one ceiling: what that does not show is as if it were
 * not held, and has no effect on anything that is given. Passages, cables, terms and vectors are named by
 * keys that hold for the generation. Methods take lists, so that an engine over a network is asked a
 * handful of times for a question and never once a result; each throws an IndexError where the index is
 * damaged.
 */
export interface Corpus {
  /** What it was bound to. */
  readonly ceiling: Ceiling;
  readonly overview: Overview;
  /** What words and names stand for: terms, and cables. */
  lookUp(asked: AskedWords): Promise<KnownWords>;
  /** The passages that hold words, best first by BM25, and those of named cables, under conditions. */
  searchWords(query: WordQuery): Promise<WordHits>;
  /** For each phrase, passages with its stems one behind the other, not ranked. */
  searchPhrases(phrases: readonly PhraseQuery[]): Promise<number[][]>;
  /**
   * For each phrase, whether its stems stand one behind the other anywhere in what may be shown: in a passage, or
   * in header, preamble, headings or signature of a cable that is shown whole.
   */
  mentions(phrases: readonly (readonly string[])[]): Promise<boolean[]>;
  /**
   * The passages nearest to a vector, best first, under conditions; exact or by a graph, as the engine
   * sees fit. Under a ceiling only those of cables that it shows whole have vectors to be found by: a
   * vector is made with its cable's subject before it. One whose vectors wait to be made is not found.
   */
  nearest(vector: Float32Array, query: NearestQuery): Promise<Nearest>;
  /** What passages are scored by, in their order; those that are not shown are left out. Vectors are read where they are wanted. */
  scoring(passages: readonly number[], wanted: 'with vectors' | 'words alone'): Promise<Scoring>;
  /** The spans that passages stand for, in their order. Throws where one is not held or not shown. */
  spans(passages: readonly number[]): Promise<StoredSpan[]>;
  /**
   * For each shingle (cable/shingles.ts), the spans that hold it, at most so many of each; not all shingles of a text are
   * kept, but one at least of every few in a row.
   */
  withShingles(keys: readonly string[], most: number): Promise<SpanPlace[][]>;
  /** The passages of cables, in the order of the ids and of their places. */
  passagesOf(ids: readonly string[]): Promise<PassagePlace[]>;
  /**
   * The cables of ids, in their order; those of which nothing is shown are left out. One of which a part
   * is shown comes whole, so that its quotes have their offsets: `redact` takes out the rest.
   */
  cables(ids: readonly string[]): Promise<Cable[]>;
  /**
   * What a cable said before another text took its place, newest first, the last {@link FORMER_TEXTS} of them; each whole
   * as of `cables`.
   */
  formerTexts(id: string): Promise<Cable[]>;
  /** Every id, in order. */
  ids(): Promise<string[]>;
  /** What lists tell of cables in order of their ids, at most `limit` behind one id. */
  summaries(after: string, limit: number): Promise<CableSummary[]>;
  /** Cables by date, each by its first passage that meets the conditions. */
  byDate(query: DateQuery): Promise<ByDate>;
  stats(): Promise<CorpusStats>;
}

/** What scores are relative to, and what filters are read against. */
export interface Overview {
  readonly cables: number;
  readonly passages: number;
  readonly vectors: VectorCounts;
  /** Means, in words. */
  readonly cableLength: number;
  readonly passageLength: number;
  /** YYYY-MM-DD. */
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  /** The posts that it holds cables of, as ids name them, in order. */
  readonly posts: readonly string[];
}

/** The passages that may be found by their vectors (none of a cable that is not shown whole), and those that are. */
export interface VectorCounts {
  readonly passages: number;
  readonly embedded: number;
}

/** How many of a hundred of them are found by their vectors, rounded down; null where all are. */
export function percentEmbedded({ passages, embedded }: VectorCounts): number | null {
  return embedded < passages ? Math.floor((100 * embedded) / passages) : null;
}

/** Words and names that are looked up. */
export interface AskedWords {
  readonly stems?: readonly string[];
  /** Terms that are near any of some words (near.ts), begin with any of some letters and are no rarer than so. */
  readonly alike?: {
    readonly words: readonly string[];
    /** Of the same length, each once. */
    readonly beginnings: readonly string[];
    /** Passages that hold it, at least. */
    readonly passages: number;
  };
  /** Cables by their ids. */
  readonly ids?: readonly string[];
  /** Cables of any year by post and number, as in `BEIJING1689`. */
  readonly numbers?: readonly string[];
}

/** What words and names stand for. */
export interface KnownWords {
  readonly terms: readonly Term[];
  readonly alike: readonly Term[];
  /** Those of the ids that are held, in their order. */
  readonly held: readonly string[];
  /** For each post and number, the ids that end so, in order. */
  readonly ofAnyYear: readonly (readonly string[])[];
}

/** A stem of the corpus, with how many passages (and what stands before them) and cables hold it. */
export interface Term {
  readonly key: number;
  readonly stem: string;
  readonly passages: number;
  readonly cables: number;
}

/** Orders terms by their stems: their keys tell what was stored first, what may not be shown included. */
export function byStem(a: Pick<Term, 'stem'>, b: Pick<Term, 'stem'>): number {
  return a.stem < b.stem ? -1 : a.stem > b.stem ? 1 : 0;
}

export interface WordQuery {
  /** Each the stems of a word, or of a phrase: one behind the other. */
  readonly phrases: readonly (readonly string[])[];
  /** Passages must hold any of them, or all. */
  readonly match: 'any' | 'all';
  readonly limit: number;
  readonly where: readonly Condition[];
  /** Ids of cables whose passages are wanted too. */
  readonly named?: readonly string[];
}

export interface WordHits {
  readonly hits: readonly LexicalHit[];
  /** Of the named cables those with any passage. */
  readonly named: readonly NamedCable[];
}

export interface NamedCable {
  readonly id: string;
  /** Its passages that meet the conditions, in order; there may be none. */
  readonly passages: readonly number[];
}

/** A passage found by the words in it. */
export interface LexicalHit {
  readonly passage: number;
  /** BM25, greater is better. */
  readonly score: number;
}

export interface PhraseQuery {
  readonly stems: readonly string[];
  readonly limit: number;
}

export interface NearestQuery {
  readonly where: readonly Condition[];
  /** Passages, at most. */
  readonly limit: number;
}

/** Cables by date: which come first. */
export type CableOrder = 'newest' | 'oldest';

export interface DateQuery {
  readonly where: readonly Condition[];
  /** Those without a date come last either way; of one day, by their ids. */
  readonly order: CableOrder;
  readonly from: number;
  readonly limit: number;
}

export interface ByDate {
  /** How many cables meet the conditions. */
  readonly count: number;
  readonly passages: readonly number[];
}

export interface Nearest {
  /** The best cosine of each passage's windows. */
  readonly passages: readonly { readonly passage: number; readonly cosine: number }[];
  /** How many passages meet the conditions, found by their vectors or not. */
  readonly searched: number;
}

export interface Scoring {
  readonly passages: readonly ScoringPassage[];
  /** Their cables, by key. */
  readonly cables: ReadonlyMap<number, ScoringCable>;
}

/** A passage as it is scored; keys name its cable and terms. */
export interface ScoringPassage {
  readonly passage: number;
  readonly cable: number;
  /** 0 for the first passage that is shown of its cable, 1 for the last. */
  readonly position: number;
  readonly role: Passage['role'];
  /** Words of text and heading. */
  readonly length: number;
  readonly terms: TermList;
  /** Null where they wait to be made, where it is masked, and where they are not wanted. */
  readonly vectors: PackedVectors | null;
  /**
   * Its cable as a whole is above the ceiling: the vectors that are stored of it, which are read behind
   * the cable's subject, may not be used.
   */
  readonly masked: boolean;
}

/** A cable as its passages are scored. */
export interface ScoringCable {
  readonly cable: number;
  readonly id: string;
  readonly post: string | null;
  readonly date: string | null;
  /** Words of the whole. */
  readonly length: number;
  /** The terms of what stands before each of its passages. */
  readonly context: TermList;
  readonly terms: TermList;
}

/** A span by its cable and its index among the cable's spans. */
export interface SpanPlace {
  readonly cable: string;
  readonly ordinal: number;
}

/** A passage's span, by its key. */
export interface PassagePlace extends SpanPlace {
  readonly passage: number;
}

/** A span of a stored cable, with what a quote of it needs. */
export interface StoredSpan {
  readonly cable: CableFields;
  readonly ordinal: number;
  readonly span: Span;
  /** Where each of its sentences, as they were embedded, stands in its exact text; null: not found there. */
  readonly sentences: readonly (TextRange | null)[];
}

/** What is told of a cable in lists. */
export type CableSummary = Pick<
  Cable,
  | 'id'
  | 'subject'
  | 'origin'
  | 'date'
  | 'classification'
  | 'level'
  | 'caveats'
  | 'references'
  | 'protectedNames'
> & {
  /** Whom any part of it is shown to. */
  readonly audience: Audience;
};

/** Counts over a corpus, each list sorted by count. */
export interface CorpusStats {
  readonly cables: number;
  readonly paragraphs: number;
  readonly vectors: VectorCounts;
  readonly byOrigin: readonly Count[];
  readonly byYear: readonly Count[];
  readonly byClassification: readonly Count[];
  readonly byMark: readonly Count[];
}

export interface Count {
  readonly name: string;
  readonly count: number;
}
