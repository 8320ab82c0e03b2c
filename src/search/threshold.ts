import { logistic } from './linear.js';
import type { Signals } from './signals.js';
import { CONFIDENCE } from './weights.js';

/** 0 to 1: how sure it is that the corpus answers. */
export function confidenceOf(signals: Signals): number {
  return logistic(CONFIDENCE, signals);
}

/** Below this confidence an answer is withheld; README has the error rates. */
export const { threshold: THRESHOLD } = CONFIDENCE;
