import { LRUCache } from 'lru-cache';
import type { SpanPlace } from '../corpus/corpus.js';

/** Verdicts of one person within an hour, at most. */
const AN_HOUR = 30;
const HOUR = 3_600_000;
/** People whose verdicts are remembered. */
const PEOPLE = 10_000;

/** Who has judged what lately: in memory alone, so that nobody fills the file or counts twice. */
export interface Verdicts {
  /** Notes a verdict; `again` and `too many` are not to be kept. */
  take(
    user: string,
    verdict: string,
    question: string,
    place: SpanPlace,
  ): 'new' | 'again' | 'too many';
}

export function createVerdicts(clock: () => Date): Verdicts {
  const given = new LRUCache<string, Map<string, number>>({ max: PEOPLE });
  return {
    take(user, verdict, question, { cable, ordinal }) {
      const now = clock().getTime();
      const before = given.get(user) ?? new Map<string, number>();
      const own = new Map([...before].filter(([, at]) => now - at < HOUR));
      given.set(user, own);
      const what = JSON.stringify([verdict, question, cable, ordinal]);
      if (own.has(what)) return 'again';
      if (own.size >= AN_HOUR) return 'too many';
      own.set(what, now);
      return 'new';
    },
  };
}
