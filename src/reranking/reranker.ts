/** How well a passage answers a question. */
export interface PassageReading {
  /** The logarithm of the odds that it answers. */
  readonly relevance: number;
  /**
   * For each sentence the logarithm of how likely the answer stands in it, against standing nowhere in
   * the passage.
   */
  readonly sentences: readonly number[];
}

/**
 * A second reader of the best few: it reads a question and a passage together, and tells what vectors and
 * words cannot: whether this passage answers, and where in it.
 */
export interface Reranker {
  readonly name: string;
  /** A passage is given by its sentences, and what stands before it. */
  read(question: string, context: string, sentences: readonly string[]): Promise<PassageReading>;
  close(): Promise<void>;
}

/** The logarithm of how likely the answer stands in any sentence, against in none. */
export function locationOf({ sentences }: PassageReading): number {
  return Math.log(sentences.reduce((sum, odds) => sum + Math.exp(odds), 1e-9));
}
