import { NAMED_BONUS, type Ranked } from './ranked.js';
import type { Feature, Features } from './features.js';
import type { Candidate } from './candidate.js';
import { weighted } from './linear.js';
import { WEIGHTS } from './weights.js';

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
          score: weighted(WEIGHTS, of) + (each.named ? NAMED_BONUS : 0),
          behind: 0,
          reading: null,
        },
      ];
    })
    .sort((a, b) => b.score - a.score || a.passage.passage - b.passage.passage);
}

/** What is known only of a passage that has its vectors. */
const OF_VECTORS: ReadonlySet<Feature> = new Set([
  'cosine',
  'ownCosine',
  'cableCosine',
  'sentence',
  'ownSentence',
]);
const BY_WORDS = WEIGHTS.filter(([name]) => !OF_VECTORS.has(name));

/** A score by words alone: those of the best passages that lack vectors are made first. */
export function scoreByWords(features: Features): number {
  return weighted(BY_WORDS, features);
}
