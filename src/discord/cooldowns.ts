import { LRUCache } from 'lru-cache';
import { EXIT, PilcrowError } from '../errors.js';

/** Somebody asks again too soon. */
export class CooldownError extends PilcrowError {
  override readonly name = 'CooldownError';

  constructor(seconds: number) {
    const what = `one question every ${seconds} seconds, please`;
    super('COOLDOWN', { what, todo: 'ask again in a moment', context: { seconds } }, EXIT.notFound);
  }
}

/** People whose last question is remembered. */
const USERS = 10_000;

/** When each person asked last. */
export interface Cooldowns {
  /** Notes a question; throws {@link CooldownError} where the last one was less than `seconds` ago. */
  take(user: string, seconds: number): void;
  /** Takes a note back: the question was not answered. */
  giveBack(user: string): void;
}

export function createCooldowns(clock: () => Date): Cooldowns {
  const last = new LRUCache<string, number>({ max: USERS });
  return {
    take(user, seconds) {
      const now = clock().getTime();
      if (now - (last.get(user) ?? -Infinity) < seconds * 1000) throw new CooldownError(seconds);
      last.set(user, now);
    },
    giveBack(user) {
      last.delete(user);
    },
  };
}
