import type { Ceiling } from '../cable/ceiling.js';
import { passageAsRead, type ReadPassage } from '../cable/passage.js';
import type { StoredSpan } from '../corpus/corpus.js';
import { locationOf, type Reranker } from '../reranking/reranker.js';
import { weighted } from './linear.js';
import { changeBest, NAMED_BONUS, type BestRanked, type Ranked } from './ranked.js';
import type { Found } from './found.js';
import type { RereadFeatures } from './features.js';
import { REREAD, WEIGHTS } from './weights.js';

/** Passages that are read a second time: docs/retrieval.md has what more gain, and cost. */
export const REREAD_DEPTH = 10;

/**
 * The best of some ranked passages with how the second reader reads them, each beside the question as it is read there;
 * the others as they are.
 */
export async function withReadings(
  reranker: Reranker,
  best: BestRanked,
  { corpus, spans, readAs }: Pick<Found, 'corpus' | 'spans' | 'readAs'>,
): Promise<Ranked[]> {
  return changeBest(best, spans, async (each, stored) => {
    const { context, sentences } = asRead(stored, each, corpus.ceiling);
    return { ...each, reading: await reranker.read(readAs(each), context, sentences) };
  });
}

/** A passage as the second reader reads it: where the cable's subject may not be shown it decides nothing. */
function asRead({ cable, span }: StoredSpan, { passage }: Ranked, ceiling: Ceiling): ReadPassage {
  const withSubject = !passage.masked;
  const masked = passageAsRead(cable, span, withSubject);
  if (ceiling.masked === true || cable.protectedNames.length === 0) return masked;
  const printed = passageAsRead({ ...cable, protectedNames: [] }, span, withSubject);
  // The sentences that are kept of it are those of the text with names masked: an initial's stop may end another.
  return printed.sentences.length === masked.sentences.length ? printed : masked;
}

/** What a passage that was read a second time is ranked by, or null. */
export function rereadFeaturesOf({
  features,
  reading,
}: Pick<Ranked, 'features' | 'reading'>): RereadFeatures | null {
  if (reading === null) return null;
  const { relevance } = reading;
  return { score: weighted(WEIGHTS, features), relevance, location: locationOf(reading) };
}

/** Ranks what was read a second time anew; the others stay behind it in their order. */
export function rerank(ranked: readonly Ranked[]): Ranked[] {
  const read = ranked
    .flatMap((each) => {
      const features = rereadFeaturesOf(each);
      if (features === null) return [];
      return [{ ...each, score: weighted(REREAD, features) + (each.named ? NAMED_BONUS : 0) }];
    })
    .sort((a, b) => b.score - a.score || a.passage.passage - b.passage.passage);
  const least = read.at(-1)?.score ?? Number.POSITIVE_INFINITY;
  const others = ranked.filter(({ reading }) => reading === null);
  const [first] = others;
  const behind = first === undefined ? 0 : Math.max(0, first.score - least);
  return [...read, ...others.map((each) => ({ ...each, score: each.score - behind, behind }))];
}
