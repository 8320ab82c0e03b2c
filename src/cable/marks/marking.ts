import { LEVELS, type Level } from '../types.js';

/** A level with the caveats that narrow who may read it. */
export interface Marking {
  readonly level: Level | null;
  readonly caveats: readonly string[];
}

/** Whether two marks say the same. */
export function sameMark(a: Marking | null, b: Marking | null): boolean {
  return a?.level === b?.level && a?.caveats.join() === b?.caveats.join();
}

export function higherLevel(a: Level, b: Level): Level {
  return LEVELS.indexOf(a) >= LEVELS.indexOf(b) ? a : b;
}

/** What holds where several markings do: the highest level, and every caveat. Null stands for no level. */
export function highest(markings: readonly Marking[]): Marking {
  let level: Level | null = null;
  const caveats = new Set<string>();
  for (const each of markings) {
    if (each.level !== null) level = level === null ? each.level : higherLevel(level, each.level);
    for (const caveat of each.caveats) caveats.add(caveat);
  }
  return { level, caveats: [...caveats] };
}

/** Whether one marking asks for more than another: a higher level, or NOFORN where the other has none. */
export function raises(marking: Marking, above: Marking): boolean {
  const rank = ({ level }: Marking): number => (level === null ? -1 : LEVELS.indexOf(level));
  const noforn = ({ caveats }: Marking): boolean => caveats.includes('NOFORN');
  return rank(marking) > rank(above) || (noforn(marking) && !noforn(above));
}
