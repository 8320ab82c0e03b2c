import type { Word } from '../cable/words.js';
import type { HeldCables, LookedUp } from './looked-up.js';
import type { Stretch } from './align.js';
import type { Block } from './document.js';
import type { Quotation } from './quotations.js';
import { sentenceRanges, type TextRange } from '../cable/sentences.js';
import { runsIn, type Run } from './splices.js';

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
    const sentences = sentenceRanges(text);
    for (const words of stretches(blockWords[block] ?? [], isFree)) {
      const runs = runsIn(words, cables);
      for (const [from, to] of longRuns(runs)) {
        const [first, last] = extended({ text, words }, runs, sentences, { from, to });
        const [start = 0, end = 0] = [words[first]?.start, words[last - 1]?.end];
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

/** Words around a run that are looked at. */
const AROUND = 14;

/** A run with the rest of its sentences, where that is much like the cable's: there something may have been changed. */
function extended(
  { text, words }: { readonly text: string; readonly words: readonly Word[] },
  runs: readonly Run[],
  sentences: readonly TextRange[],
  { from, to }: Stretch,
): [from: number, to: number] {
  const [first, last] = [
    runs.find((each) => each.from === from),
    runs.find((each) => each.to === to),
  ];
  const sentenceAt = (word: Word | undefined): TextRange | undefined =>
    sentences.find(([start, end]) => word !== undefined && start <= word.start && word.end <= end);
  const [opening, closing] = [sentenceAt(words[from]), sentenceAt(words[to - 1])];
  const near = words
    .slice(Math.max(0, from - AROUND), from)
    .filter(({ start }) => start >= (opening?.[0] ?? Infinity));
  // The number of a list is of the list.
  const head = near.slice(near.findLastIndex((word) => isListNumber(text, word)) + 1);
  const tail = words.slice(to, to + AROUND).filter(({ end }) => end <= (closing?.[1] ?? -1));
  const isLike = (
    own: readonly Word[],
    theirs: readonly { readonly folded: string }[],
  ): boolean => {
    const held = new Set(theirs.map(({ folded }) => folded));
    return own.length > 0 && own.filter(({ folded }) => held.has(folded)).length * 2 >= own.length;
  };
  const before =
    first?.held.words.slice(Math.max(0, first.place.from - head.length - 2), first.place.from) ??
    [];
  const behind = last?.held.words.slice(last.place.to, last.place.to + tail.length + 2) ?? [];
  return [
    isLike(head, before) ? from - head.length : from,
    isLike(tail, behind) ? to + tail.length : to,
  ];
}

/** Whether a number has a line for itself. */
function isListNumber(text: string, { start, end }: Word): boolean {
  return (
    /^\d+$/.test(text.slice(start, end)) &&
    /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, start - 8), start)) &&
    /^[.)]?[ \t]*\n/.test(text.slice(end, end + 8))
  );
}
