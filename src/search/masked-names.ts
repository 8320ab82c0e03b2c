import { masked, namesAny } from '../cable/protected-names.js';
import type { Corpus } from '../corpus/corpus.js';
import type { Ranked } from './ranked.js';
import type { ReadSpans } from './read-spans.js';

/** Ranked passages that are looked at: more than are ever quoted of one answer. */
const LOOKED_AT = 60;

/**
 * A ranking without the paragraphs in which a name is masked that is asked for: found by it, they would tell whose name it
 * is. Where names are not masked, all of it.
 */
export async function withoutMasked(
  { ceiling }: Pick<Corpus, 'ceiling'>,
  ranked: readonly Ranked[],
  asked: string,
  spans: ReadSpans,
): Promise<readonly Ranked[]> {
  if (ceiling.masked !== true) return ranked;
  const looked = ranked.slice(0, LOOKED_AT);
  const read = await spans(looked.map(({ passage }) => passage.passage));
  const left = looked.filter((_, i) => {
    const { cable, span } = read[i] ?? {};
    return cable === undefined || span === undefined || !tellsMasked(cable, span, asked);
  });
  return [...left, ...ranked.slice(LOOKED_AT)];
}

/** Whether a span has a masked name that somebody's words name. */
export function tellsMasked(
  { body, protectedNames }: { readonly body: string; readonly protectedNames: readonly string[] },
  { start, end }: { readonly start: number; readonly end: number },
  asked: string,
): boolean {
  return (
    namesAny(asked, protectedNames) && masked(body.slice(start, end), protectedNames).masks > 0
  );
}
