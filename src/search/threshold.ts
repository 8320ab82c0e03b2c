import { logistic } from './linear.js';
import type { Ranked } from './ranked.js';
import type { Signals } from './signals.js';
import { CONFIDENCE, REREAD_CONFIDENCE } from './weights.js';

/** 0 to 1: how sure it is that the corpus answers. */
export function confidenceOf({
  signals,
  ranked,
}: {
  readonly signals: Signals;
  readonly ranked: readonly Pick<Ranked, 'reading'>[];
}): number {
  const isRead = ranked.some(({ reading }) => reading !== null);
  return isRead ? logistic(REREAD_CONFIDENCE, signals) : logistic(CONFIDENCE, signals);
}

/** Below this confidence an answer is withheld: the fit puts it here. README has the error rates. */
export const THRESHOLD = 0.5;
