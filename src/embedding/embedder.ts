/**
 * Turns texts into vectors. Vectors have `dimension` components and length 1, so that their inner
 * product is their cosine.
 */
export interface Embedder {
  /** Tells this model, with all that shapes its vectors, from every other. */
  readonly fingerprint: string;
  readonly name: string;
  readonly dimension: number;
  /** The vector of a question, the model's prefix for questions put before it. */
  embedQuestion(question: string): Promise<Float32Array>;
  /**
   * The vectors of a passage: one, or one for each overlapping window of a text that is longer than
   * the model's window. The context is put before each of them.
   */
  embedPassage(context: string, text: string): Promise<Float32Array[]>;
  close(): Promise<void>;
}
