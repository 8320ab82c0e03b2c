import type { Corpus, ScoringCable, ScoringPassage, StoredSpan } from '../corpus/corpus.js';
import type { AnalysedQuestion } from './analyse.js';
import type { Features } from './features.js';
import type { Filters, ReadFilters } from './filters.js';
import type { Signals } from './signals.js';
import type { Correction } from './spelling.js';
import type { QuestionTerm } from './terms.js';

/** What a question is asked with. */
export interface QuestionContext {
  /** Earlier questions of the conversation, oldest first. */
  readonly history?: readonly string[];
  /** Which cables and paragraphs count; they stand over filters that the question states. */
  readonly filters?: Filters;
}

/** A passage that may answer, with what it is scored by. */
export interface Candidate {
  readonly passage: ScoringPassage;
  readonly cable: ScoringCable;
  /** Cosine of the question, read with those before it, with the passage's best window. */
  readonly cosine: number;
  /** The same for the question alone. */
  readonly ownCosine: number;
  /** Cosine of the question's words with each of the passage's sentences. */
  readonly sentences: readonly number[];
  /** The question names its cable. */
  readonly named: boolean;
}

/** A candidate with its features and the score it is ranked by. */
export interface Ranked extends Candidate {
  readonly features: Features;
  readonly score: number;
}

/** Spans read for one question: each once, those that are still missing all at once. */
export type ReadSpans = (passages: readonly number[]) => Promise<readonly StoredSpan[]>;

/** What was found for a question, before it is judged and quoted. */
export interface Found {
  readonly question: AnalysedQuestion;
  readonly terms: readonly QuestionTerm[];
  readonly corrections: readonly Correction[];
  /** Stems of the question → the stems that they may stand for as well: other spellings, corrections. */
  readonly meant: ReadonlyMap<string, readonly string[]>;
  readonly filters: ReadFilters;
  /** What may be shown: what is said of the corpus is said of it. */
  readonly corpus: Corpus;
  readonly spans: ReadSpans;
  /** Phrases that no paragraph holds exactly. */
  readonly missingPhrases: readonly string[];
  /** Best first. */
  readonly ranked: readonly Ranked[];
  readonly signals: Signals;
  /** The cables that the question names and of which the index holds a paragraph. */
  readonly named: readonly string[];
  /** Those of the ids that it names with their year that the index holds. */
  readonly held: readonly string[];
  /** Why a rule withholds an answer, whatever the signals. */
  readonly ruledOut: string | null;
  /** A rule gives an answer, whatever the signals: it names a cable, or one paragraph holds all its words. */
  readonly ruledIn: boolean;
}

/** All that was found but what the rules decide. */
export type Unruled = Omit<Found, 'ruledOut' | 'ruledIn'>;

/** A memory of a corpus's spans for one question. */
export function readSpans(corpus: Corpus): ReadSpans {
  const read = new Map<number, StoredSpan>();
  return async (passages) => {
    const missing = [...new Set(passages)].filter((passage) => !read.has(passage));
    if (missing.length > 0) {
      const spans = await corpus.spans(missing);
      for (const [i, span] of spans.entries()) read.set(missing[i] ?? 0, span);
    }
    return passages.flatMap((passage) => read.get(passage) ?? []);
  };
}
