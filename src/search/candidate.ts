import type { ScoringCable, ScoringPassage } from '../corpus/corpus.js';

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
  /** The best of the same with the words of the question alone. */
  readonly ownSentence: number;
  /** The question names its cable. */
  readonly named: boolean;
  /** Its cable answered the question before. */
  readonly before: boolean;
  /** It was first for a question of the conversation. */
  readonly said: boolean;
}
