import { countOf, type TermList } from '../corpus/term-list.js';
import type { Ranked } from './ranked.js';

/** Share of words that two paragraphs must have in common to be the same text sent again. */
const SAME = 0.9;
/** Shorter paragraphs (`Minimize considered.`) are alike without being the same. */
const SHORTEST = 12;

/** A ranked paragraph with those of other cables that say the same words. */
export interface Folded extends Ranked {
  readonly again: readonly Ranked[];
}

/**
 * Folds paragraphs of other cables that are the same text sent again (retransmitted cables) into the
 * best of them. The order stays.
 */
export function fold(ranked: readonly Ranked[], count: number): Folded[] {
  const kept: { best: Ranked; again: Ranked[] }[] = [];
  for (const each of ranked) {
    const same = kept.find(({ best }) => isSameText(best, each));
    if (same !== undefined) same.again.push(each);
    else if (kept.length === count) break;
    else kept.push({ best: each, again: [] });
  }
  return kept.map(({ best, again }) => ({ ...best, again }));
}

function isSameText(a: Ranked, b: Ranked): boolean {
  if (a.passage.cable === b.passage.cable) return false;
  const [shorter, longer] = [a.passage.length, b.passage.length].sort((x, y) => x - y);
  if (shorter === undefined || longer === undefined) return false;
  if (shorter < SHORTEST || shorter < SAME * longer) return false;
  return inCommon(a.passage.terms, b.passage.terms) >= SAME * longer;
}

/** Words that two lists have in common, repeated ones as often as both have them. */
function inCommon(a: TermList, b: TermList): number {
  let words = 0;
  for (let i = 0; i < a.length; i += 2) {
    words += Math.min(a[i + 1] ?? 0, countOf(b, a[i] ?? 0));
  }
  return words;
}
