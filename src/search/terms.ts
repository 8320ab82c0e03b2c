import type { Term } from '../store/lexicon.js';
import { countOf, type TermList } from '../store/term-list.js';

/** A term of a question that the corpus holds. */
export interface QuestionTerm extends Term {
  /** 1 for the question's own words, less for those of earlier questions and of expansions. */
  readonly weight: number;
  /** How much a passage that holds it stands out: the logarithm of its rarity. */
  readonly rarity: number;
  /** The same among whole cables. */
  readonly cableRarity: number;
}

/** The terms of a question among `passages` passages and `cables` cables, with their weights. */
export function questionTerms(
  terms: readonly Term[],
  weights: ReadonlyMap<string, number>,
  { passages, cables }: { readonly passages: number; readonly cables: number },
): QuestionTerm[] {
  return [...new Map(terms.map((term) => [term.key, term])).values()].map((term) => ({
    ...term,
    weight: weights.get(term.stem) ?? 1,
    rarity: rarityOf(term.passages, passages),
    cableRarity: rarityOf(term.cables, cables),
  }));
}

/** BM25's inverse document frequency, never negative. */
export function rarityOf(holding: number, all: number): number {
  return Math.log(1 + (all - holding + 0.5) / (holding + 0.5));
}

/** BM25's saturation of repeated words, and how much longer texts are held back. */
const K1 = 1.2;
const B = 0.75;

/**
 * BM25 of a text for a question: a sum over its terms of rarity × saturated count. `count` gives how
 * often a term stands in the text, `length` is the text's in words, `mean` that of all texts.
 */
export function bm25(
  terms: readonly QuestionTerm[],
  count: (term: number) => number,
  length: number,
  mean: number,
  rarity: 'rarity' | 'cableRarity' = 'rarity',
): number {
  const norm = K1 * (1 - B + (B * length) / mean);
  let sum = 0;
  for (const term of terms) {
    const times = count(term.key);
    if (times > 0) sum += (term.weight * term[rarity] * times * (K1 + 1)) / (times + norm);
  }
  return sum;
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

/** What the full text is asked for: passages that hold any of some terms, or all of them. */
export interface WordQuery {
  readonly terms: readonly QuestionTerm[];
  readonly match: 'any' | 'all';
}

/**
 * The terms that the full text is asked for: the rarest first, as long as the passages that hold them
 * are not too many to be scored. FTS5 scores every row that matches, and common words match them all.
 * Where even the rarest is in too many, passages must hold the two rarest together.
 */
export function wordQuery(terms: readonly QuestionTerm[], mostRows: number): WordQuery {
  const rarest = [...terms].sort((a, b) => a.passages - b.passages || a.key - b.key);
  const [first] = rarest;
  if (first !== undefined && first.passages > mostRows) {
    return { terms: rarest.slice(0, 2), match: 'all' };
  }
  let rows = 0;
  const fitting = rarest.findIndex((term) => (rows += term.passages) > mostRows);
  return { terms: fitting < 0 ? rarest : rarest.slice(0, fitting), match: 'any' };
}
