import type { Answer } from '../search/answer.js';

/** An answer as the contract of the command line has it, with at most `limit` results. */
export function contracted({ results, shown: _, ...answer }: Answer, limit: number): object {
  const listed = results.slice(0, limit);
  return { ...answer, results: listed.map(({ ordinal: __, caveats: ___, ...result }) => result) };
}
