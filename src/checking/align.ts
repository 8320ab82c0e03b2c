import { diffArrays } from 'diff';
import { eng } from 'stopword';
import type { Word } from '../cable/words.js';
import { isName, isNumber, isSameWritten, isTurning, type Hunk } from './differences.js';
import { pairOf, type HeldWord, type HeldWords } from './held-words.js';

/** Words of a quotation laid beside words of a cable. */
export interface Alignment {
  /** Indices of the cable's first word and behind its last. */
  readonly from: number;
  readonly to: number;
  readonly hunks: readonly Hunk[];
  /** Words that differ. */
  readonly cost: number;
  /** Its first word, or its last, is not the cable's there. */
  readonly endsDiffer: boolean;
  /** Words that differ stand in another paragraph than the first that is the same. */
  readonly leavesSpan: boolean;
}

/** A stretch of a cable's words, by their indices. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Ways to lay the words that are tried. */
const TRIED = 4;
/** A place with fewer votes than this share of the best one's is not tried. */
const NEARLY = 0.4;
/** Words that may be more or fewer before the first that is found, and behind the last. */
const SLACK = 3;
/** A word so much longer counts: one in every so many words may be more or fewer. */
const WORDS_A_SLACK = 8;
const MOST_SLACK = 12;
/** Words that stand for a name that is masked, at most. */
const LONGEST_NAME = 6;

/** Where words may be laid. */
export interface Where {
  readonly within?: Stretch;
  /** Which of places that are as good as each other. */
  readonly of?: 'first' | 'last';
  /** What stands here is taken before either. */
  readonly first?: (at: number) => boolean;
  /** A place that is tried as well: of a paragraph's number and mark no two words tell it. */
  readonly also?: number | null;
}

/**
 * Lays words beside those of a cable that are likest to them, as they stand one behind the other; null where no two of
 * them stand together there.
 */
export function aligned(
  words: readonly Word[],
  held: HeldWords,
  {
    within = { from: 0, to: held.words.length },
    of = 'first',
    first = () => false,
    also = null,
  }: Where = {},
): Alignment | null {
  let best: Alignment | null = null;
  const likely = likelyStarts(words, held, { within, of, first });
  for (const start of also === null ? likely : [...likely, also]) {
    const found = alignedNear(words, held, start, within);
    if (found === null || (best !== null && found.cost >= best.cost)) continue;
    best = found;
    if (best.cost === 0) break;
  }
  return best;
}

/** Where the first word would stand, as most pairs of words say; the best first. */
function likelyStarts(
  words: readonly Word[],
  { pairs, needed, neededBefore }: HeldWords,
  { within: { from, to }, of, first }: Required<Omit<Where, 'also'>>,
): number[] {
  const votes = new Map<number, number>();
  words.forEach(({ folded }, i) => {
    const next = words[i + 1];
    const keys =
      words.length === 1 ? folded : next === undefined ? null : pairOf(folded, next.folded);
    for (const at of keys === null ? [] : (pairs.get(keys) ?? [])) {
      if (at < from || at >= to) continue;
      const start = Math.max(from, needed[(neededBefore[at] ?? 0) - i] ?? 0);
      votes.set(start, (votes.get(start) ?? 0) + 1);
    }
  });
  const total = (start: number): number =>
    [-2, -1, 0, 1, 2].reduce(
      (sum, by) => sum + (votes.get(start + by) ?? 0) / (1 + Math.abs(by)),
      0,
    );
  const starts = [...votes.keys()]
    .map((start) => ({ start, votes: total(start) + (first(start) ? 0.5 : 0) }))
    .sort((a, b) => b.votes - a.votes || (of === 'first' ? a.start - b.start : b.start - a.start));
  const least = (starts[0]?.votes ?? 0) * NEARLY;
  return starts
    .slice(0, TRIED)
    .filter((each) => each.votes >= least)
    .map(({ start }) => start);
}

/** The best way to lay words near to a place: each beginning and end that looks like theirs is tried. */
function alignedNear(
  words: readonly Word[],
  held: HeldWords,
  near: number,
  within: Stretch,
): Alignment | null {
  const folded = words.map((word) => word.folded);
  const slack = Math.min(MOST_SLACK, SLACK + Math.floor(words.length / WORDS_A_SLACK));
  const at = (index: number): HeldWord | undefined =>
    index >= within.from && index < within.to ? held.words[index] : undefined;
  // A stamp or a paragraph's beginning that stands there takes nothing from how far is looked.
  const { needed, neededBefore } = held;
  const around = (middle: number, word: string | undefined): number[] => {
    const rank = neededBefore[Math.min(middle, held.words.length - 1)] ?? 0;
    const first = (needed[rank - slack - 1] ?? -1) + 1;
    const last = needed[rank + slack + 1] ?? held.words.length;
    const all = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
    return all.filter((index) => at(index)?.folded === word);
  };
  // Words written together at an end are one word more, or one less.
  const alikeBegins = around(near, folded[0]);
  const behind = held.words.slice(near, near + slack + 1);
  const inNext = behind.findIndex(({ ordinal }) => ordinal !== behind[0]?.ordinal);
  const nextSpan = inNext > 0 ? [near + inNext] : [];
  const begins = [...new Set([near, ...alikeBegins, near + 1, near - 1, ...nextSpan])];
  const ends = (begin: number): number[] => {
    const last = behindOptional(held, begin, words.length);
    const alike = around(last - 1, folded.at(-1)).map((index) => index + 1);
    return [...new Set([last, ...alike, last - 1, last + 1])];
  };
  let best: (Alignment & { readonly begin: number }) | null = null;
  const attempt = (begin: number, end: number): void => {
    const from = Math.max(within.from, begin);
    const to = Math.min(within.to, end);
    if (to <= from || best?.cost === 0) return;
    const all = Array.from({ length: to - from }, (_, i) => from + i);
    const most = 2 * (best?.cost ?? Infinity) + slack;
    const whole = laid(words, folded, held.words, all, most);
    const isNeeded = (index: number): boolean => held.words[index]?.optional === false;
    const first = all.findIndex(isNeeded);
    const inner = all.filter((index, i) => i < first || isNeeded(index));
    // A word of a stamp may look like one of the sentence that it cuts.
    const bare =
      whole?.cost === 0 || inner.length === all.length
        ? null
        : laid(words, folded, held.words, inner, most);
    for (const found of [whole, bare]) {
      if (found !== null && (best === null || rankOf(found) < rankOf(best)))
        best = { ...found, begin };
    }
  };
  // The beginning first, then the end behind the best of them, and behind those that look like theirs.
  for (const begin of begins) attempt(begin, behindOptional(held, begin, words.length));
  const chosen = (best as (Alignment & { readonly begin: number }) | null)?.begin ?? near;
  for (const begin of new Set([chosen, ...alikeBegins])) {
    for (const end of ends(begin)) attempt(begin, end);
  }
  return best;
}

/** What a word that stands for another at an end costs more: words that were left out behind the first would look so. */
const AT_AN_END = 2;
/** What words of another paragraph cost more: of two ways that are as good the one is better that stays in one. */
const ELSEWHERE = 0.5;

/** The better of two ways to lay words is the one with less. */
function rankOf({ hunks, cost, endsDiffer, leavesSpan }: Alignment): number {
  return cost + (endsDiffer && hunks.length > 0 ? AT_AN_END : 0) + (leavesSpan ? ELSEWHERE : 0);
}

/** The index behind so many words that no quotation may leave out. */
function behindOptional({ words }: HeldWords, begin: number, count: number): number {
  let left = count;
  let at = begin;
  while (left > 0 && at < words.length) {
    if (words[at]?.optional === false) left--;
    at++;
  }
  return at;
}

function laid(
  words: readonly Word[],
  folded: readonly string[],
  all: readonly HeldWord[],
  /** Those of them that the words are laid beside. */
  indices: readonly number[],
  /** Words that are put in or left out, at most. */
  most: number,
): Alignment | null {
  const held = indices.flatMap((index) => all[index] ?? []);
  const changes = diffArrays(
    held.map((word) => word.folded),
    [...folded],
    { maxEditLength: Math.min(most, folded.length + MOST_SLACK) },
  );
  if (changes === undefined) return null;
  const hunks: { theirs: Word[]; ours: HeldWord[]; at: number }[] = [];
  let [i, j] = [0, 0];
  let isOpen = false;
  let [first, last] = [-1, -1]; // of the words that are the same
  for (const { value, added, removed } of changes) {
    if (!added && !removed) {
      if (first < 0) first = i;
      i += value.length;
      j += value.length;
      last = i;
      isOpen = false;
      continue;
    }
    if (!isOpen) hunks.push({ theirs: [], ours: [], at: i });
    isOpen = true;
    const hunk = hunks.at(-1);
    if (removed) {
      hunk?.ours.push(...held.slice(i, i + value.length));
      i += value.length;
    } else {
      hunk?.theirs.push(...words.slice(j, j + value.length));
      j += value.length;
    }
  }
  if (first < 0) return null;
  // What the cable has before the first and behind the last is not quoted.
  const inner = hunks.filter(({ theirs, at }) => theirs.length > 0 || (at > first && at < last));
  const trimmed = inner.map((hunk) => trimmedHunk(hunk));
  const counted = trimmed.filter((hunk) => !isNoDifference(hunk));
  const begin = inner.some(({ at }) => at < first) ? 0 : first;
  const end = inner.some(({ at }) => at >= last) ? held.length : last;
  return {
    from: indices[begin] ?? 0,
    to: (indices[end - 1] ?? 0) + 1,
    hunks: counted,
    endsDiffer: counted.some(({ theirs }) => {
      return theirs.some((word) => word === words[0] || word === words.at(-1));
    }),
    leavesSpan: inner.some(({ ours, at }) => {
      return ours.length > 0 && held[at]?.ordinal !== held[first]?.ordinal;
    }),
    cost: counted.reduce((sum, { theirs, ours }) => sum + Math.max(theirs.length, ours.length), 0),
  };
}

/** A hunk without what a quotation may leave out, where it has nothing in its place. */
function trimmedHunk({ theirs, ours }: Hunk): Hunk {
  const needed = ours.filter(({ optional }) => !optional);
  return { theirs, ours: needed };
}

function isNoDifference(hunk: Hunk): boolean {
  return (
    (hunk.theirs.length === 0 && hunk.ours.length === 0) || isSameWritten(hunk) || isMasked(hunk)
  );
}

/** The name that a quotation has where it is masked, or a mark for it, and nothing else. */
function isMasked({ theirs, ours }: Hunk): boolean {
  return (
    ours.length > 0 &&
    ours.every(({ masked }) => masked) &&
    theirs.length > 0 &&
    theirs.length <= LONGEST_NAME &&
    theirs.every(mayBeOfName)
  );
}

/** A word with a capital, or a particle: `al`, `bin`, `de`. */
function mayBeOfName(word: Word): boolean {
  const isParticle = /^\p{Ll}{1,3}$/u.test(word.raw) && !eng.includes(word.folded);
  return (isName(word) || isParticle || word.folded === '█') && !isTurning(word) && !isNumber(word);
}
