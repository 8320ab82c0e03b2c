import type { Word } from '../cable/words.js';
import type { HeldWord, HeldWords } from './held-words.js';
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
      if (words.length < SHORTEST) continue;
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
export function stretches(words: readonly Word[], isFree: (word: Word) => boolean): Word[][] {
  const all: Word[][] = [[]];
  for (const word of words) {
    if (isFree(word)) all.at(-1)?.push(word);
    else if ((all.at(-1)?.length ?? 0) > 0) all.push([]);
  }
  return all;
}

/** Runs, those near to each other as one, where one of them is long enough, or several that follow in a cable. */
function longRuns(runs: readonly Run[]): [from: number, to: number][] {
  const joined: { from: number; to: number; count: number; longest: number; last: Run }[] = [];
  for (const run of runs) {
    const { from, to } = run;
    const before = joined.at(-1);
    if (before !== undefined && from - before.to <= BETWEEN) {
      before.count = follows(before.last, run) ? before.count + to - from : to - from;
      before.longest = Math.max(before.longest, before.count);
      before.to = to;
      before.last = run;
    } else joined.push({ from, to, count: to - from, longest: to - from, last: run });
  }
  return joined
    .filter(({ longest }) => longest >= SHORTEST)
    .map(({ from, to }): [number, number] => [from, to]);
}

/** Whether a run stands right behind another in the same cable, but for words that were changed between them. */
function follows(one: Run, next: Run): boolean {
  const between = next.place.from - one.place.to;
  return one.held === next.held && between >= 0 && between <= BETWEEN;
}

/** Words around a run that are looked at. */
const AROUND = 14;

/** A run with as much of the rest of its sentences as is the cable's: there something may have been changed. */
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
  // The number of a list is of the list. A short sentence may stand in one range with the next.
  const head = near.slice(
    near.findLastIndex(
      (word, i) => isListNumber(text, word) || stopsBetween(text, word, near[i + 1] ?? words[from]),
    ) + 1,
  );
  const all = words.slice(to, to + AROUND).filter(({ end }) => end <= (closing?.[1] ?? -1));
  const stop = all.findIndex((word, i) => stopsBetween(text, all[i - 1] ?? words[to - 1], word));
  const tail = all.slice(0, stop < 0 ? undefined : stop);
  const before = first === undefined ? [] : sentenceBefore(first).toReversed();
  const behind = last === undefined ? [] : sentenceBehind(last);
  return [from - likeness(head.toReversed(), before), to + likeness(tail, behind)];
}

/** The cable's words before a run, and behind it, up to where their sentence ends, from the first to the last. */
function sentenceBefore({ held, place }: Run): readonly HeldWord[] {
  const near = held.words.slice(Math.max(0, place.from - AROUND - 2), place.from + 1);
  const start = near.findLastIndex((word, i) => i > 0 && endsBetween(held, near[i - 1], word));
  return near.slice(Math.max(0, start), -1).filter(({ optional }) => !optional);
}

function sentenceBehind({ held, place }: Run): readonly HeldWord[] {
  const near = held.words.slice(place.to - 1, place.to + AROUND + 2);
  const end = near.findIndex((word, i) => i > 0 && endsBetween(held, near[i - 1], word));
  return near.slice(1, end < 0 ? undefined : end).filter(({ optional }) => !optional);
}

function endsBetween({ cable }: HeldWords, one: HeldWord | undefined, next: HeldWord): boolean {
  if (one === undefined) return false;
  return one.ordinal !== next.ordinal || stopsBetween(cable.body, one, next);
}

/** Whether a sentence ends between two words of a text. */
function stopsBetween(
  text: string,
  one: TextPlace | undefined,
  next: TextPlace | undefined,
): boolean {
  if (one === undefined || next === undefined) return false;
  return /[.!?]["”’)]*\s/.test(text.slice(one.end, next.start + 1));
}

type TextPlace = Pick<Word, 'start' | 'end'>;

/**
 * How many of some words are as a cable goes on, one changed, left out or put in here and there: up to the last that is, and one
 * more where both have one more before their sentences end.
 */
function likeness(
  own: readonly { readonly folded: string }[],
  theirs: readonly { readonly folded: string }[],
): number {
  let [i, j, score] = [0, 0, 0];
  let best = { score: 0, own: 0, theirs: 0 };
  const isSame = (at: number, there: number): boolean =>
    own[at] !== undefined && own[at].folded === theirs[there]?.folded;
  while (i < own.length && j < theirs.length && score > best.score - MOST_UNLIKE) {
    if (isSame(i, j)) {
      score++;
      i++;
      j++;
      if (score >= best.score) best = { score, own: i, theirs: j };
      continue;
    }
    score--;
    // A word that only one of them has, or another in its place.
    const isPutIn = isSame(i + 1, j);
    const isLeftOut = !isPutIn && isSame(i, j + 1);
    if (!isLeftOut) i++;
    if (!isPutIn) j++;
  }
  const left = own.length - best.own;
  const most = own.at(-1)?.folded === theirs.at(-1)?.folded ? MOST_BEFORE_LAST : MOST_AT_END;
  return left <= most && left === theirs.length - best.theirs ? own.length : best.own;
}

/** Words at a sentence's end, as many in both, that may all differ, or all but the last: `two years ago` for `a year ago`. */
const MOST_AT_END = 2;
const MOST_BEFORE_LAST = 4;

/** Words in a row that differ before one is no longer looked further. */
const MOST_UNLIKE = 3;

/** Whether a number has a line for itself. */
function isListNumber(text: string, { start, end }: Word): boolean {
  return (
    /^\d+$/.test(text.slice(start, end)) &&
    /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, start - 8), start)) &&
    /^[.)]?[ \t]*\n/.test(text.slice(end, end + 8))
  );
}
