/** A term that is searched, by its key. */
export interface WeighedTerm {
  readonly key: number;
  /** 1 for a question's own words, less for those of earlier questions and of expansions. */
  readonly weight: number;
  /** How much a passage that holds it stands out: the logarithm of its rarity. */
  readonly rarity: number;
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
export function bm25<Term extends WeighedTerm>(
  terms: readonly Term[],
  count: (term: number) => number,
  length: number,
  mean: number,
  rarity: (term: Term) => number = (term) => term.rarity,
): number {
  const norm = K1 * (1 - B + (B * length) / mean);
  let sum = 0;
  for (const term of terms) {
    const times = count(term.key);
    if (times > 0) sum += (term.weight * rarity(term) * times * (K1 + 1)) / (times + norm);
  }
  return sum;
}
