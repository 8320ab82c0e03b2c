import { eng } from 'stopword';
import type { Word } from '../cable/words.js';
import { folded } from '../quotes/citation.js';
import { aligned, type Alignment, type Stretch } from './align.js';
import { byWeight, differenceOf, isNegation, type Difference, type Hunk } from './differences.js';
import type { HeldWord, HeldWords } from './held-words.js';
import type { Segment } from './spoken.js';

/** A quotation beside one cable. */
export interface Compared {
  readonly held: HeldWords;
  /** The cable's words that it stands for, from the first to the last, by their indices. */
  readonly from: number;
  readonly to: number;
  /** Those that weigh most first; none where it is exact. */
  readonly differences: readonly Difference[];
  /** Words that differ. */
  readonly cost: number;
  /** Share of its words that are the cable's, and of those that tell something. */
  readonly same: number;
  readonly telling: number;
  /** A masked name was not compared. */
  readonly masked: boolean;
}

/** How far words that an ellipsis leaves out may reach: into the next paragraph. */
const NEXT_SPANS = 2;

/** Compares a quotation with a cable; null where they have no two words together. */
export function compare(
  segments: readonly Segment[],
  held: HeldWords,
  first: (at: number) => boolean,
): Compared | null {
  // The longest tells where the others are.
  const anchor = segments.reduce((best, each, i) => {
    return each.words.length > (segments[best]?.words.length ?? 0) ? i : best;
  }, 0);
  const main = aligned(segments[anchor]?.words ?? [], held, undefined, first);
  if (main === null) return null;
  const found: (Alignment | null)[] = segments.map(() => null);
  found[anchor] = main;
  for (let i = anchor + 1; i < segments.length; i++) {
    const before = found.slice(0, i).findLast((each) => each !== null) ?? main;
    const within = { from: before.to, to: endOfSpans(held, before.to - 1, NEXT_SPANS) };
    found[i] = alignedWithin(segments[i], held, within);
  }
  for (let i = anchor - 1; i >= 0; i--) {
    const behind = found.slice(i + 1).find((each) => each !== null) ?? main;
    const within = { from: startOfSpans(held, behind.from, NEXT_SPANS), to: behind.from };
    found[i] = alignedWithin(segments[i], held, within);
  }
  const placed = found.filter((each) => each !== null);
  const missing = segments.filter((_, i) => found[i] === null);
  const hunks: Hunk[] = [
    ...placed.flatMap((each) => [...each.hunks]),
    ...missing.map(({ words }) => ({ theirs: words, ours: [] })),
  ];
  const differences = [
    ...hunks.map((hunk) => differenceOf(hunk)),
    ...segments.flatMap((segment, i) => {
      const [before, here] = [found[i - 1] ?? null, found[i] ?? null];
      return before === null || here === null || segment.gap !== 'ellipsis'
        ? []
        : unfair(held.words.slice(before.to, here.from), held);
    }),
  ];
  const all = segments.flatMap(({ words }) => words);
  const lost = new Set(hunks.flatMap(({ theirs }) => theirs));
  return {
    held,
    from: Math.min(...placed.map(({ from }) => from)),
    to: Math.max(...placed.map(({ to }) => to)),
    differences: byWeight(differences),
    cost:
      differences.length -
      hunks.length +
      hunks.reduce((sum, { theirs, ours }) => sum + Math.max(theirs.length, ours.length), 0),
    ...shares(all, lost),
    masked: placed.some(({ masked }) => masked),
  };
}

function shares(all: readonly Word[], lost: ReadonlySet<Word>): Pick<Compared, 'same' | 'telling'> {
  const share = (words: readonly Word[]): number =>
    words.length === 0 ? 1 : words.filter((word) => !lost.has(word)).length / words.length;
  return { same: share(all), telling: share(all.filter((word) => !eng.includes(word.folded))) };
}

function alignedWithin(
  segment: Segment | undefined,
  held: HeldWords,
  within: Stretch,
): Alignment | null {
  if (segment === undefined || within.to <= within.from) return null;
  const found = aligned(segment.words, held, within);
  // So few words stand anywhere.
  return found === null || found.cost * 2 > segment.words.length ? null : found;
}

/** Words that an ellipsis leaves out of a sentence that goes on: without a `not` it says something else. */
function unfair(left: readonly HeldWord[], { cable }: HeldWords): Difference[] {
  const [first, last] = [left[0], left.at(-1)];
  if (first === undefined || last === undefined) return [];
  const text = cable.body.slice(first.start, last.end);
  const ends = [...text.matchAll(/[.!?]["”’)]*(?=\s|$)/gu)];
  const firstEnd = first.start + (ends[0]?.index ?? text.length);
  const lastEnd = first.start + (ends.at(-1)?.index ?? 0);
  const ofSentence = left.filter(({ start }) => start < firstEnd || start > lastEnd);
  return ofSentence.some(isNegation) ? [{ kind: 'negation', theirs: '…', ours: folded(text) }] : [];
}

function endOfSpans({ words }: HeldWords, at: number, spans: number): number {
  const ordinal = (words[at]?.ordinal ?? 0) + spans;
  const end = words.findIndex((word, i) => i > at && word.ordinal >= ordinal);
  return end < 0 ? words.length : end;
}

function startOfSpans({ words }: HeldWords, at: number, spans: number): number {
  const ordinal = (words[at]?.ordinal ?? 0) - spans;
  return words.findLastIndex((word, i) => i < at && word.ordinal <= ordinal) + 1;
}
