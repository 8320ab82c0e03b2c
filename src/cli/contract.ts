import type { CableList } from '../library/cable-list.js';
import type { Answer } from '../search/answer.js';

/** An answer as the contract of the command line has it, with at most `limit` results. */
export function contracted(
  { results, shown: _, isNewSubject: _alone, ...answer }: Answer,
  limit: number,
): object {
  const listed = results.slice(0, limit);
  return {
    ...answer,
    results: listed.map(({ ordinal, caveats, title, source, released, ...result }) => result),
  };
}

/** A list of cables as the contract of the command line has it. */
export function contractedList({ q, reading, reason, count, cables }: CableList): object {
  const told = reason === null ? reading : [...reading, `none: ${reason}`];
  const lines = cables.map(({ cable, date, origin, subject, paragraph, text }) => {
    return { cable, date, origin, subject, paragraph, text };
  });
  return { q, reading: told, count, cables: lines };
}
