import type { Corpus } from '../corpus/corpus.js';
import type { AnalysedQuestion } from './analyse.js';
import type { Filters, ReadFilters } from './filters.js';
import type { Ranked } from './ranked.js';
import type { ReadSpans } from './read-spans.js';
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

/** What was found for a question, before it is judged and quoted. */
export interface Found {
  readonly question: AnalysedQuestion;
  readonly terms: readonly QuestionTerm[];
  /** They, and those of other spellings of its names that the best passages have: nothing was searched by these. */
  readonly heldBy: readonly QuestionTerm[];
  readonly corrections: readonly Correction[];
  /** Stems of the question → the stems that they may stand for as well: other spellings, corrections, what the best passages have. */
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
  /** The signals of another ranking of the same. */
  readonly signalsOf: (ranked: readonly Ranked[]) => Signals;
  /** What the second reader reads beside a passage: the question, then those before it, its slips mended, with names as the passage has them. */
  readonly readAs: (passage: Ranked) => string;
  /** The cables that the question names and of which the index holds a paragraph. */
  readonly named: readonly string[];
  /** Those of the ids that it names with their year that the index holds. */
  readonly held: readonly string[];
  /** Why a rule withholds an answer, whatever the signals. */
  readonly ruledOut: string | null;
  /** It was asked in a conversation, and is better answered without it. */
  readonly isNewSubject: boolean;
  /** A rule gives an answer, whatever the signals: it names a cable and asks nothing else, or one paragraph holds all its words. */
  readonly ruledIn: boolean;
}

/** All that was found but what the rules decide. */
export type Unruled = Omit<Found, 'ruledOut' | 'ruledIn'>;
