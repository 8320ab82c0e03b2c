import { bm25, rarityOf } from '../corpus/bm25.js';
import type { LexicalHit, Overview, Scoring, Term } from '../corpus/corpus.js';
import type { ScoringRow } from './sqlite/scoring.js';
import { countOf } from '../corpus/term-list.js';

/**
 * Passages by BM25 among what a ceiling shows: the full text's own rank counts what it hides as well.
 * What stands before a passage counts where its whole cable is shown.
 */
export function rankShown(
  terms: readonly Term[],
  { passages, cables }: Pick<Scoring, 'cables'> & { readonly passages: readonly ScoringRow[] },
  overview: Overview,
): LexicalHit[] {
  const weighed = terms.map(({ key, passages: holding }) => ({
    key,
    weight: 1,
    rarity: rarityOf(holding, overview.passages),
  }));
  return passages
    .map(({ passage, cable, length, terms: own, masked }) => {
      const context = masked ? undefined : cables.get(cable)?.context;
      const count = (term: number): number =>
        countOf(own, term) + (context === undefined ? 0 : countOf(context, term));
      return { passage, score: bm25(weighed, count, length, overview.passageLength) };
    })
    .sort((a, b) => b.score - a.score || a.passage - b.passage);
}
