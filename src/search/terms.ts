import { rarityOf, type WeighedTerm } from '../corpus/bm25.js';
import { byStem, type Term } from '../corpus/corpus.js';
import { countOf, type TermList } from '../corpus/term-list.js';

/** A term of a question that the corpus holds. */
export interface QuestionTerm extends Term, WeighedTerm {
  /** How much a cable that holds it stands out among cables. */
  readonly cableRarity: number;
}

/** The terms of a question among `passages` passages and `cables` cables, with their weights. */
export function questionTerms(
  terms: readonly Term[],
  weights: ReadonlyMap<string, number>,
  { passages, cables }: { readonly passages: number; readonly cables: number },
): QuestionTerm[] {
  return [...new Map(terms.map((term) => [term.key, term])).values()].sort(byStem).map((term) => ({
    ...term,
    weight: weights.get(term.stem) ?? 1,
    rarity: rarityOf(term.passages, passages),
    cableRarity: rarityOf(term.cables, cables),
  }));
}

/** The share of the terms' rarity that a text meets, 0 to 1. */
export function coverage(terms: readonly QuestionTerm[], list: TermList): number {
  let met = 0;
  let all = 0;
  for (const { key, rarity, weight } of terms) {
    all += rarity * weight;
    if (countOf(list, key) > 0) met += rarity * weight;
  }
  return all === 0 ? 0 : met / all;
}

/** The terms that the full text is asked for: passages that hold any of them, or all. */
export interface SearchedTerms {
  readonly terms: readonly QuestionTerm[];
  readonly match: 'any' | 'all';
}

/**
 * The terms that the full text is asked for: the rarest first, as long as the passages that hold them
 * are not too many to be scored. FTS5 scores every row that matches, and common words match them all.
 * Where even the rarest is in too many, passages must hold the two rarest together. Other spellings of its names come last.
 */
export function searchedTerms(
  terms: readonly QuestionTerm[],
  spelled: readonly QuestionTerm[],
  mostRows: number,
): SearchedTerms {
  const rarest = [...terms].sort((a, b) => a.passages - b.passages || byStem(a, b));
  const [first] = rarest;
  if (first !== undefined && first.passages > mostRows) {
    return { terms: rarest.slice(0, 2), match: 'all' };
  }
  let rows = 0;
  const fitting = rarest.findIndex((term) => (rows += term.passages) > mostRows);
  if (fitting >= 0) return { terms: rarest.slice(0, fitting), match: 'any' };
  const others = [...spelled]
    .sort((a, b) => a.passages - b.passages || byStem(a, b))
    .filter(({ passages }) => (rows += passages) <= mostRows);
  return { terms: [...rarest, ...others], match: 'any' };
}
