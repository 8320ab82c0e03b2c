import type { PassageReading } from '../reranking/reranker.js';
import type { Candidate } from './candidate.js';
import type { StoredSpan } from '../corpus/corpus.js';
import type { Features } from './features.js';
import type { ReadSpans } from './read-spans.js';

/** A named cable's paragraphs stand before all others: no other score differs by as much. */
export const NAMED_BONUS = 100;

/** Names of a question that a passage has in another spelling: each as the question has it, and as the passage has it. */
export type Respelled = ReadonlyMap<string, string>;

/** A candidate with its features and the score it is ranked by. */
export interface Ranked extends Candidate {
  readonly features: Features;
  readonly score: number;
  /** What was taken off its score, so that it stands behind those that were read a second time. */
  readonly behind: number;
  /** Names of the question that it has in another spelling; none where it was not looked at. */
  readonly respelled: Respelled;
  /** How the second reader reads it; null where it was not asked. */
  readonly reading: PassageReading | null;
}

/** Ranked passages, of which the first few are looked at more closely. */
export interface BestRanked {
  readonly ranked: readonly Ranked[];
  readonly depth: number;
}

/** Ranked passages with the best changed by their text; the others as they are. */
export async function changeBest(
  { ranked, depth }: BestRanked,
  spans: ReadSpans,
  change: (passage: Ranked, stored: StoredSpan) => Ranked | Promise<Ranked>,
): Promise<Ranked[]> {
  const best = ranked.slice(0, depth);
  const stored = await spans(best.map(({ passage }) => passage.passage));
  const changed = best.map(async (each, i) => {
    const of = stored[i];
    return of === undefined ? each : change(each, of);
  });
  return [...(await Promise.all(changed)), ...ranked.slice(depth)];
}
