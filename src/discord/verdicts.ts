import { LRUCache } from 'lru-cache';

/** Verdicts of one person within an hour, at most. */
const AN_HOUR = 30;
const HOUR = 3_600_000;
/** People whose verdicts are counted. */
const PEOPLE = 10_000;

/** How much somebody has judged lately: in memory alone, so that nobody fills the file. */
export interface Verdicts {
  /** Counts a verdict; false where somebody has given too many within the hour. */
  take(user: string): boolean;
}

export function createVerdicts(clock: () => Date): Verdicts {
  const given = new LRUCache<string, number[]>({ max: PEOPLE });
  return {
    take(user) {
      const now = clock().getTime();
      const own = (given.get(user) ?? []).filter((at) => now - at < HOUR);
      given.set(user, own);
      if (own.length >= AN_HOUR) return false;
      own.push(now);
      return true;
    },
  };
}
