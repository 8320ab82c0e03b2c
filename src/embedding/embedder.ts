/** What a question is searched with; both vectors have length 1. */
export interface QuestionVectors {
  /** The question's own vector: compared with windows. */
  readonly vector: Float32Array;
  /** The mean of its words' last hidden states: compared with sentences. */
  readonly wordMean: Float32Array;
}

/** What a passage is found by; every vector has length 1. */
export interface PassageVectors {
  /** One, or one for each overlapping window of a text that is longer than the model's window. */
  readonly windows: readonly Float32Array[];
  /** One for each sentence: the mean of its words' last hidden states, read in their context. */
  readonly sentences: readonly Float32Array[];
}

/**
 * Turns texts into vectors. Vectors have `dimension` components and length 1, so that their inner
 * product is their cosine.
 */
export interface Embedder {
  /** Tells this model, with all that shapes its vectors, from every other. */
  readonly fingerprint: string;
  readonly name: string;
  readonly dimension: number;
  /** The directions in which its vectors differ most, one behind the other; null: none are known. */
  readonly projection: Float32Array | null;
  /** The vectors of a question, the model's prefix for questions put before it. */
  embedQuestion(question: string): Promise<QuestionVectors>;
  /** The vectors of a passage given by its sentences. The context is put before each window. */
  embedPassage(context: string, sentences: readonly string[]): Promise<PassageVectors>;
  /** Stems of the words that the model knows whole: written so, a word is no slip. */
  words(): Promise<ReadonlySet<string>>;
  close(): Promise<void>;
}
