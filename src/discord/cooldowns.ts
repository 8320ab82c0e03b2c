import { LRUCache } from 'lru-cache';

/** Somebody asks again too soon. */
export class CooldownError extends Error {
  override readonly name = 'CooldownError';

  constructor(seconds: number) {
    super(`one question every ${seconds} seconds, please; ask again in a moment`);
  }
}

/** When each person asked last. */
export interface Cooldowns {
  /** Notes a question; throws {@link CooldownError} where the last one was less than `seconds` ago. */
  take(user: string, seconds: number): void;
  /** Takes a note back: the question was not answered. */
  giveBack(user: string): void;
}

const USERS = 10_000;

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
