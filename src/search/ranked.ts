import type { Candidate } from './candidate.js';
import type { Features } from './features.js';

/** A candidate with its features and the score it is ranked by. */
export interface Ranked extends Candidate {
  readonly features: Features;
  readonly score: number;
}
