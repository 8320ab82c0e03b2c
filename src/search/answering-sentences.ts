import type { TextRange } from '../cable/sentences.js';
import { largest } from '../largest.js';

/** Sentences marked in a paragraph, at most. */
const MOST = 2;
/** A second sentence is marked where it is nearly as good as the best. */
const NEARLY = 0.03;
/** A paragraph of so many sentences is shown whole: marking one says nothing. */
const FEWEST = 2;

/**
 * The sentences that answer, in their order: `places` is where each stands in a quote's exact text
 * (placed-sentences.ts), `scores` are their cosines with the question's words (the words that they have
 * in common with it tell nothing more: docs/retrieval.md). One that was not found there is not marked.
 */
export function highlightsOf(
  places: readonly (TextRange | null)[],
  scores: readonly number[],
): TextRange[] {
  if (places.length < FEWEST) return [];
  const best = largest(-Infinity, scores);
  return scores
    .map((score, index) => ({ score, index }))
    .filter(({ score }) => score >= best - NEARLY)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, MOST)
    .map(({ index }) => places[index] ?? null)
    .filter((range) => range !== null)
    .sort(([a], [b]) => a - b);
}
