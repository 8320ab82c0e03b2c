/** A passage that may answer, with its raw scores. */
export interface Candidate {
  readonly passage: number;
  /** Cosine of the question with the passage's best window. */
  readonly cosine: number;
  /** BM25 of the question's words, 0 where it is not among the best by words. */
  readonly bm25: number;
  /** The question names its cable. */
  readonly named: boolean;
}

/** A candidate with the score it is ranked by. */
export interface Ranked extends Candidate {
  readonly score: number;
}

/** What the best BM25 is worth beside a cosine; design.md's table. */
export const LEXICAL_WEIGHT = 0.15;
/** A named cable's paragraphs stand before all others: no other score differs by as much. */
export const NAMED_BONUS = 1;

/** Ranks candidates by cosine + 0.15 × BM25 / best BM25; ties by key, so that it is deterministic. */
export function fuse(candidates: readonly Candidate[]): Ranked[] {
  const best = Math.max(0, ...candidates.map((each) => each.bm25));
  return candidates
    .map((each) => ({
      ...each,
      score:
        each.cosine +
        (best > 0 ? (LEXICAL_WEIGHT * each.bm25) / best : 0) +
        (each.named ? NAMED_BONUS : 0),
    }))
    .sort((a, b) => b.score - a.score || a.passage - b.passage);
}
