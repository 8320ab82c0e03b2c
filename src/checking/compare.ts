import { eng } from 'stopword';
import type { Word } from '../cable/words.js';
import { folded } from '../quotes/citation.js';
import { aligned, type Alignment, type Stretch, type Where } from './align.js';
import {
  byWeight,
  differenceOf,
  isIntention,
  isName,
  isNegation,
  isNumber,
  isTurning,
  type Difference,
  type Hunk,
} from './differences.js';
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
  readonly tellingWords: number;
  /** A masked name was not compared. */
  readonly masked: boolean;
}

/** What a name in brackets may stand for: `[Svetlana] worked` for `she worked`. */
const PRONOUN =
  /^(?:he|she|it|they|him|her|his|hers|its|them|their|theirs|we|us|our|i|me|my|you|your|who)$/;

/** How far words that an ellipsis leaves out may reach: into the next paragraph. */
const NEXT_SPANS = 2;

/** Compares a quotation with a cable; null where they have no two words together. */
export function compare(
  whole: readonly Segment[],
  held: HeldWords,
  first: (at: number) => boolean,
): Compared | null {
  const { segments, before: putBefore } = withoutPutAround(whole);
  // The longest tells where the others are.
  const anchor = segments.reduce((best, each, i) => {
    return each.words.length > (segments[best]?.words.length ?? 0) ? i : best;
  }, 0);
  const main = aligned(segments[anchor]?.words ?? [], held, { first });
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
    const within = { from: startOfSpans(held, behind.from, NEXT_SPANS - 1), to: behind.from };
    const also = startOfSpans(held, behind.from, 0);
    found[i] = alignedWithin(segments[i], held, within, { of: 'last', also });
  }
  const placed = found.filter((each) => each !== null);
  const missing = segments.filter((_, i) => found[i] === null);
  const hunks: Hunk[] = [
    ...placed.flatMap((each) => [...each.hunks]),
    ...missing.map(({ words }) => ({ theirs: words, ours: [] })),
  ];
  const inserted = new Set(segments.flatMap((each) => [...each.inserted]));
  // What brackets say to be put in: where it takes the place of nothing, of a pronoun, or of what was taken out.
  const counted = hunks
    .filter((hunk) => !isOwnSic(hunk))
    .filter(
      ({ theirs, ours }) =>
        theirs.length === 0 ||
        !ours.every(({ folded: word }) => PRONOUN.test(word) || TAKEN_OUT.test(word)) ||
        !theirs.every((word) => inserted.has(word)) ||
        theirs.some(turnsRound),
    );
  const gaps = segments.flatMap((segment, i) => {
    const [before, here] = [found[i - 1] ?? null, found[i] ?? null];
    if (i === 0 && here !== null) return unfairBefore(segment, held, here.from);
    return before === null || here === null
      ? []
      : unfair(segment, held, { from: before.to, to: here.from });
  });
  const all = segments.flatMap(({ words }) => words);
  const lost = new Set(hunks.flatMap(({ theirs }) => theirs));
  const from = Math.min(...placed.map((each) => each.from));
  const to = Math.max(...placed.map((each) => each.to));
  const atEnds = [...cutNumbers(held, { from, to }), ...otherActor(putBefore, held, from)];
  const differences = [...counted.map((hunk) => differenceOf(hunk)), ...gaps, ...atEnds];
  return {
    held,
    from,
    to,
    differences: byWeight(differences),
    cost:
      gaps.length +
      atEnds.length +
      counted.reduce((sum, { theirs, ours }) => sum + Math.max(theirs.length, ours.length), 0),
    ...shares(all, lost),
    masked: held.words.slice(from, to).some((word) => word.masked),
  };
}

/** A cable's own `[sic]`, which is read nowhere. */
function isOwnSic({ theirs, ours }: Hunk): boolean {
  return theirs.length === 0 && ours.every(({ folded: word }) => word === 'sic');
}

/**
 * A quotation without what is put in before its first word and behind its last, in brackets: the cable has nothing there
 * that it could say otherwise, unless it turns the sentence round.
 */
function withoutPutAround(segments: readonly Segment[]): {
  readonly segments: readonly Segment[];
  readonly before: readonly Word[];
} {
  const isPutIn = ({ inserted }: Segment, word: Word): boolean =>
    inserted.has(word) && !turnsRound(word);
  let before: readonly Word[] = [];
  const trimmed = segments.map((segment, i) => {
    const { words } = segment;
    const from = i > 0 ? 0 : words.findIndex((word) => !isPutIn(segment, word));
    const own = words.findLastIndex((word) => !isPutIn(segment, word)) + 1;
    const [next] = words.slice(own);
    // `[since 1959]` is put in; `[Putin]` stands for a word.
    const isAdded = i === segments.length - 1 && next !== undefined && eng.includes(next.folded);
    const to = isAdded ? own : words.length;
    if (from < 0 || own <= from) return segment;
    before = i > 0 ? before : words.slice(0, from);
    return { ...segment, words: words.slice(from, to) };
  });
  return { segments: trimmed, before };
}

/** Words before the first in which a cable says who does what follows. */
const ACTOR_WITHIN = 4;

/** A name that is put in before the first word, where the cable has another's there. */
function otherActor(put: readonly Word[], held: HeldWords, from: number): Difference[] {
  const theirs = put.filter(isName);
  if (theirs.length === 0) return [];
  const start = Math.max(0, from - ACTOR_WITHIN);
  const [stop] = stopsBetween(held, start, from).slice(-1);
  const ours = held.words
    .slice(start, from)
    .filter((word) => word.start > (stop ?? -1) && isName(word));
  if (
    ours.length === 0 ||
    ours.some(({ folded: own }) => theirs.some((each) => each.folded === own))
  )
    return [];
  return ours.some(({ masked }) => masked) ? [] : [differenceOf({ theirs, ours })];
}

/** What a number is counted in. */
const SCALE = /^(?:(?:hundred|thousand|million|billion|trillion|dozen)s?|percent|per|%)$/;

/** Numbers that a quotation begins or ends within: `$11` of `$11 million`. */
function cutNumbers({ cable, words }: HeldWords, { from, to }: Stretch): Difference[] {
  const isOne = (one: HeldWord | undefined, next: HeldWord | undefined): boolean => {
    if (one === undefined || next === undefined) return false;
    if (!/^[\s-]*$/.test(cable.body.slice(one.end, next.start))) return false;
    if (!isNumber(one) || !isNumber(next)) return false;
    return SCALE.test(next.folded) || (/^\p{L}/u.test(one.folded) && /^\p{L}/u.test(next.folded));
  };
  const before = words.slice(0, from).findLast(({ optional }) => !optional);
  const behind = words.slice(to).find(({ optional }) => !optional);
  const [first, last] = [words[from], words[to - 1]];
  const cut = (theirs: HeldWord, ours: readonly HeldWord[]): Difference => ({
    kind: 'number',
    theirs: theirs.raw,
    ours: ours.map(({ raw }) => raw).join(' '),
  });
  return [
    ...(first !== undefined && before !== undefined && isOne(before, first)
      ? [cut(first, [before, first])]
      : []),
    ...(last !== undefined && behind !== undefined && isOne(last, behind)
      ? [cut(last, [last, behind])]
      : []),
  ];
}

function shares(
  all: readonly Word[],
  lost: ReadonlySet<Word>,
): Pick<Compared, 'same' | 'telling' | 'tellingWords'> {
  const share = (words: readonly Word[]): number =>
    words.length === 0 ? 1 : words.filter((word) => !lost.has(word)).length / words.length;
  const telling = all.filter((word) => !eng.includes(word.folded));
  return { same: share(all), telling: share(telling), tellingWords: telling.length };
}

function alignedWithin(
  segment: Segment | undefined,
  held: HeldWords,
  within: Stretch,
  where: Pick<Where, 'of' | 'also'> = {},
): Alignment | null {
  if (segment === undefined || within.to <= within.from) return null;
  const found = aligned(segment.words, held, { within, ...where });
  // So few words stand anywhere.
  return found === null || found.cost * 2 > segment.words.length ? null : found;
}

/** What was taken out of a text, as the cables have it: `XXXXXXXXXXXX`. */
const TAKEN_OUT = /^(?:x{3,}(?:'s)?|█)$/;

/** A name, or a pronoun for one; no first word of a sentence that denies: `No action`, `Few believe`. */
function mayBeTakenOut(word: HeldWord): boolean {
  const isAcronym = /^\p{Lu}{2,}$/u.test(word.raw);
  return !isTurning(word) && (isName(word) || isAcronym || PRONOUN.test(word.folded));
}

/** Stands between names, or with one: `of`, `and the`. */
function joinsNames(word: HeldWord): boolean {
  return eng.includes(word.folded) && !isTurning(word) && !isNumber(word);
}

/** A year, as it is put in where a cable has none. */
const YEAR = /^(?:19|20)\d\d$/;

/** Whether what is put in says something else: a word that turns the sentence round, a part of one, a number. */
function turnsRound(word: Word): boolean {
  return (
    isTurning(word) ||
    /^(?:un|in|im|dis|mis|anti)$/.test(word.folded) ||
    (isNumber(word) && !YEAR.test(word.folded))
  );
}

/** Who does what follows: what is left out ends in it, and so who did it. */
const ACTOR = /^(?:who|others)$/;

/** Whether somebody else does what stands behind an ellipsis: `was certain that Moratinos`, `but others`. */
function hidesActor(left: readonly HeldWord[]): boolean {
  const last = left.at(-1);
  if (last === undefined) return false;
  const named = left.findLastIndex((word) => !isName(word));
  const isNamed = named < left.length - 1 && left[named]?.folded === 'that';
  return ACTOR.test(last.folded) || isNamed;
}

/**
 * What a gap hides: a mark of a redaction that stands for words, or for nothing; of an ellipsis words that turn a sentence
 * round, or the end of a sentence and the beginning of another, which make a third.
 */
function unfair({ gap, sign }: Segment, held: HeldWords, { from, to }: Stretch): Difference[] {
  const left = held.words.slice(from, to).filter(({ optional }) => !optional);
  if (gap === 'redaction') {
    const wasTaken = (word: HeldWord): boolean => TAKEN_OUT.test(word.folded) || word.masked;
    const others = left.filter((word) => !wasTaken(word));
    const isFair =
      others.length < left.length
        ? others.every((word) => mayBeTakenOut(word) || joinsNames(word))
        : left.length > 0 && left.every(mayBeTakenOut);
    if (isFair) return [];
    const hidden = differenceOf({ theirs: [], ours: left });
    return [{ ...hidden, theirs: sign }];
  }
  const [first, last] = [left[0], left.at(-1)];
  if (first === undefined || last === undefined) return [];
  const before = held.words[from - 1]?.end ?? first.start;
  const behind = held.words[to]?.start ?? last.end;
  const text = held.shown(before, behind);
  const stops = [...text.matchAll(STOP)];
  const [firstEnd, lastEnd] = [stops[0], stops.at(-1)];
  const ours = folded(held.shown(first.start, last.end));
  if (firstEnd !== undefined && lastEnd !== undefined) {
    const isCutBefore = /[\p{L}\p{N}]/u.test(text.slice(0, firstEnd.index));
    const isCutBehind = /[\p{L}\p{N}]/u.test(text.slice(lastEnd.index));
    if (isCutBefore && isCutBehind) return [{ kind: 'word', theirs: sign, ours }];
  }
  const ends = stopsBetween(held, from, to);
  const ofSentence = left.filter(
    ({ start }) => start < (ends[0] ?? Infinity) || start > (ends.at(-1) ?? -1),
  );
  const turning = ofSentence.filter(isTurning);
  if (turning.length === 0 && !intends(ofSentence) && !(ends.length === 0 && hidesActor(left)))
    return [];
  return [{ kind: turning.some(isNegation) ? 'negation' : 'word', theirs: sign, ours }];
}

/** What a mark of a redaction at the beginning hides: the word before, where it turns the sentence round. */
function unfairBefore({ gap, sign }: Segment, held: HeldWords, from: number): Difference[] {
  const at = held.words.findLastIndex(({ optional }, i) => i < from && !optional);
  const word = held.words[at];
  if (gap !== 'redaction' || word === undefined || word.masked || !isTurning(word)) return [];
  if (stopsBetween(held, at + 1, from).length > 0) return [];
  return [{ ...differenceOf({ theirs: [], ours: [word] }), theirs: sign }];
}

/** Forms of verbs that stand between what governs a verb and the verb. */
const AUXILIARY = /^(?:be|been|being|have|having)$/;

/** Whether what is left out says that something is wanted or tried, and not that it is done: `tried to`, `prepared to be`. */
function intends(left: readonly HeldWord[]): boolean {
  const last = left.findLastIndex(({ folded: word }) => !AUXILIARY.test(word));
  return left[last]?.folded === 'to' && isIntention(left[last - 1] ?? { folded: '' });
}

/** Where sentences end among words of a cable. */
function stopsBetween({ cable, words }: HeldWords, from: number, to: number): number[] {
  const start = words[from - 1]?.end ?? 0;
  const end = words[to]?.start ?? cable.body.length;
  // A stop is told by the letters before it.
  const first = Math.max(0, start - BEFORE_A_STOP);
  return [...cable.body.slice(first, end).matchAll(STOP)].flatMap(({ index }) => {
    return first + index >= start ? [first + index] : [];
  });
}

/** The end of a sentence, or of a paragraph. */
const STOP = /(?<=\p{L}{2}|[\d)"”])[.!?]["”’)]*(?=\s|$)|\n\s*\n/gu;

const BEFORE_A_STOP = 2;

function endOfSpans({ words }: HeldWords, at: number, spans: number): number {
  const ordinal = (words[at]?.ordinal ?? 0) + spans;
  const end = words.findIndex((word, i) => i > at && word.ordinal >= ordinal);
  return end < 0 ? words.length : end;
}

function startOfSpans({ words }: HeldWords, at: number, spans: number): number {
  const ordinal = (words[at]?.ordinal ?? 0) - spans;
  return words.findLastIndex((word, i) => i < at && word.ordinal < ordinal) + 1;
}
