import type { Word } from '../cable/words.js';
import type { HeldCables, LookedUp } from './looked-up.js';
import type { Block } from './document.js';
import type { Quotation } from './quotations.js';
import { runsIn } from './splices.js';

/** A text as it was taken apart. */
interface Taken {
  readonly blocks: readonly Block[];
  readonly blockWords: readonly (readonly Word[])[];
  readonly quotations: readonly Quotation[];
}

/** Words in a row that are a cable's, so many of them, are quoted without marks. */
const SHORTEST = 14;
/** Words between two runs of a passage that was altered, at most. */
const BETWEEN = 4;
/** Cables that a block is compared with. */
const COMPARED = 6;

type Unmarked = Omit<Quotation, 'claimed'>;

/** Long runs of a cable's words outside of every quotation. */
export async function unmarkedRuns(
  { blocks, blockWords, quotations }: Taken,
  looked: LookedUp,
  held: HeldCables,
): Promise<Unmarked[]> {
  const found: Unmarked[] = [];
  for (const [block, { text, quoted }] of blocks.entries()) {
    const hits = looked.blocks[block] ?? [];
    if (quoted || hits.length === 0) continue;
    const taken = quotations.filter((each) => each.block === block);
    const isFree = ({ start, end }: Word): boolean =>
      taken.every((each) => end <= each.start || start >= each.end);
    const votes = new Map<string, number>();
    for (const { at, places } of hits) {
      const word = blockWords[block]?.[at];
      if (word === undefined || !isFree(word)) continue;
      for (const id of new Set(places.map(({ cable }) => cable))) {
        votes.set(id, (votes.get(id) ?? 0) + 1);
      }
    }
    const ids = [...votes]
      .filter(([, count]) => count > 1)
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, COMPARED)
      .map(([id]) => id);
    if (ids.length === 0) continue;
    const cables = await held(ids);
    for (const words of stretches(blockWords[block] ?? [], isFree)) {
      for (const [from, to] of longRuns(runsIn(words, cables))) {
        const [start = 0, end = 0] = [words[from]?.start, words[to - 1]?.end];
        found.push({ text: text.slice(start, end), block, start, end });
      }
    }
  }
  return found;
}

/** Words one behind the other that are free. */
function stretches(words: readonly Word[], isFree: (word: Word) => boolean): Word[][] {
  const all: Word[][] = [[]];
  for (const word of words) {
    if (isFree(word)) all.at(-1)?.push(word);
    else if ((all.at(-1)?.length ?? 0) > 0) all.push([]);
  }
  return all.filter(({ length }) => length >= SHORTEST);
}

/** Runs, those near to each other as one, where one of them is long enough. */
function longRuns(
  runs: readonly { readonly from: number; readonly to: number }[],
): [from: number, to: number][] {
  const joined: { from: number; to: number; longest: number }[] = [];
  for (const { from, to } of runs) {
    const last = joined.at(-1);
    if (last !== undefined && from - last.to <= BETWEEN) {
      last.to = to;
      last.longest = Math.max(last.longest, to - from);
    } else joined.push({ from, to, longest: to - from });
  }
  return joined
    .filter(({ longest }) => longest >= SHORTEST)
    .map(({ from, to }): [number, number] => [from, to]);
}
