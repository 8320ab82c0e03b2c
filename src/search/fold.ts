import { countOf, type TermList } from '../store/term-list.js';
import type { Ranked } from './rank.js';

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

/** Paragraphs of one cable that are shown while others answer too. */
const OF_ONE_CABLE = 2;
/**
 * Scores are logarithms of odds: a paragraph of another cable answers too where it is no less likely
 * than by this much.
 */
const AS_LIKELY = 1.5;

/**
 * The results to show, of a ranked list: the first `count`, but for a third of one cable while a
 * paragraph of another is nearly as likely. The ranked list itself stays one of paragraphs.
 */
export function shownOf<T extends { readonly cable: string; readonly score: number }>(
  results: readonly T[],
  count: number,
): T[] {
  const shown: T[] = [];
  const left = [...results];
  while (shown.length < count) {
    const [next] = left;
    if (next === undefined) break;
    const crowded = (each: T): boolean =>
      shown.filter(({ cable }) => cable === each.cable).length >= OF_ONE_CABLE;
    const other = left.find((each) => !crowded(each));
    const instead =
      crowded(next) && other !== undefined && other.score >= next.score - AS_LIKELY ? other : next;
    shown.push(instead);
    left.splice(left.indexOf(instead), 1);
  }
  return shown;
}
