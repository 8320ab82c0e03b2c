import { NAMED_BONUS, type Ranked } from './ranked.js';
import type { Features } from './features.js';
import type { Candidate } from './candidate.js';
import { weighted } from './linear.js';
import { WEIGHTS } from './weights.js';
import { WEIGHTS_BY_WORDS } from './weights-by-words.js';

/** Ranks candidates by their scores; ties by key, so that it is deterministic. */
export function rank(candidates: readonly Candidate[], features: readonly Features[]): Ranked[] {
  return candidates
    .flatMap((each, i) => {
      const of = features[i];
      if (of === undefined) return [];
      return [
        {
          ...each,
          features: of,
          score: scoreOf(of) + (each.named ? NAMED_BONUS : 0),
          behind: 0,
          respelled: new Map(),
          reading: null,
        },
      ];
    })
    .sort((a, b) => b.score - a.score || a.passage.passage - b.passage.passage);
}

/** What passages are ranked by before they are read a second time. */
export function scoreOf(features: Features): number {
  return weighted(WEIGHTS, features);
}

/** A score by words alone: those of the best passages that lack vectors are made first. */
export function scoreByWords(features: Features): number {
  return weighted(WEIGHTS_BY_WORDS, features);
}
