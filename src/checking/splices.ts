import type { Word } from '../cable/words.js';
import type { Stretch } from './align.js';
import { pairOf, type HeldWords } from './held-words.js';

/** Words of a quotation that stand in a cable just so, one behind the other. */
export interface Run {
  readonly held: HeldWords;
  /** Indices of the cable's words. */
  readonly place: Stretch;
  /** Indices of the quotation's. */
  readonly from: number;
  readonly to: number;
}

/** A shorter run may stand anywhere. */
const SHORTEST = 5;

/** The longest runs of words that stand in any of some cables, in the order of the quotation, none over another. */
export function runsIn(words: readonly Word[], cables: readonly HeldWords[]): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < words.length;) {
    const run = longestAt(words, at, cables);
    if (run === null) at++;
    else {
      runs.push(run);
      at = run.to;
    }
  }
  return runs;
}

/** The longest run that begins at a word. */
function longestAt(words: readonly Word[], at: number, cables: readonly HeldWords[]): Run | null {
  const [word, next] = [words[at], words[at + 1]];
  if (word === undefined || next === undefined) return null;
  const key = pairOf(word.folded, next.folded);
  let best: Run | null = null;
  for (const held of cables) {
    for (const start of held.pairs.get(key) ?? []) {
      let [i, j] = [at, start];
      while (i < words.length && j < held.words.length) {
        const there = held.words[j];
        if (there?.folded === words[i]?.folded) i++;
        else if (there?.optional !== true) break;
        j++;
      }
      if (i - at >= SHORTEST && (best === null || i > best.to)) {
        best = { held, place: { from: start, to: j }, from: at, to: i };
      }
    }
  }
  return best;
}
