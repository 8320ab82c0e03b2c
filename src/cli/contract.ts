import type { Answer } from '../search/answer.js';

/** An answer as the contract of the command line has it: without what only look-ups need. */
export function contracted({ results, ...answer }: Answer): object {
  return { ...answer, results: results.map(({ ordinal: _, caveats: __, ...result }) => result) };
}
