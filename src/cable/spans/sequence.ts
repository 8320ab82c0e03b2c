import type { NumberCandidate } from './numbers.js';

/** A place where a numbered paragraph does begin, with the number it bears in the cable's order. */
export interface NumberedStart {
  readonly candidate: NumberCandidate;
  /** As printed, but for the artefact `15.` that stands for ¶5 (sample 06GUANGZHOU32397). */
  readonly number: number;
}

/**
 * Weights for choosing which candidates are paragraph numbers. The numbers of a cable run 1, 2, 3 …
 * with slips; years, days and list items stand at line starts too. Each candidate has a weight of
 * its own, each step from one chosen number to the next another, and the choice with the greatest
 * sum is taken. docs/chunking.md says how often the pages' own anchors differ from it.
 */
const OWN = {
  marked: 6,
  setApart: 2,
  aboveIsComplete: 0.5,
  /** The line above runs on into it: `by February 15, / 2006.` (05PARIS8442). */
  sentenceRunsOn: -5,
  /** No cable of the data has a paragraph 100. */
  threeDigits: -8,
  alone: -4,
  /** `1. Imminent increase …` in the lists of 10KYIV278, whose paragraphs are all marked. */
  unmarkedAmongMarked: -4,
  indented: -3,
  /** `1)` where the first paragraph is `1.`: the lists of 09STATE80163, marked ones in 09STATE124636. */
  otherStyle: -14,
  midLine: -3,
} as const;

const STEP = {
  next: 4,
  /** ¶6 twice in 79TEHRAN8980. */
  same: -1,
  /** ¶9 to ¶11 in 05PARIS5335; more for each further number missing. */
  gap: -1,
  perMissing: -0.25,
  /** A jump costs no more than this: ¶11 to ¶18 in 08BRASILIA351, ¶3 to ¶15 in 09STATE80163. */
  farthestGap: -2,
  /** ¶10 before ¶9 in 06MADRID934, ¶8 to ¶6 in 08STATE79112. */
  back: -4,
  /** 09BERLIN1626 numbers its contents, then its text, each from 1. */
  restart: -4,
  firstIsOne: 2,
  firstIsNotOne: -1,
  /** `15.` read as 5: only right where 5 is the next. */
  artefact: -5,
} as const;

interface State {
  readonly candidate: NumberCandidate;
  readonly number: number;
  readonly score: number;
  readonly previous: State | null;
}

/** Chooses the true paragraph numbers among the candidates, in order. */
export function chooseStarts(candidates: readonly NumberCandidate[]): NumberedStart[] {
  const firm = candidates.filter((c) => !c.midLine && (c.setApart || c.mark !== null));
  const marked = firm.filter((c) => c.mark !== null).length > firm.length / 2;
  const first = firm.find((c) => c.printed === 1) ?? firm[0] ?? candidates[0];
  const parenthesis = first?.parenthesis ?? false;
  const pilcrows = candidates.filter((c) => c.pilcrow).length > candidates.length / 3;
  const ending = new BestEndings();
  let best: State | null = null;
  for (const candidate of candidates) {
    const layer: State[] = [];
    const own =
      ownWeight(candidate, marked) + (candidate.parenthesis && !parenthesis ? OWN.otherStyle : 0);
    for (const number of readings(candidate, pilcrows)) {
      const artefact = number === candidate.printed ? 0 : STEP.artefact;
      let score = own + artefact + (number === 1 ? STEP.firstIsOne : STEP.firstIsNotOne);
      let previous: State | null = null;
      for (const before of ending.before(number)) {
        const sum = before.score + own + artefact + stepWeight(before.number, number);
        if (sum > score) {
          score = sum;
          previous = before;
        }
      }
      const state = { candidate, number, score, previous };
      layer.push(state);
      if (best === null || score > best.score) best = state;
    }
    for (const state of layer) ending.put(state);
  }
  const chosen: NumberedStart[] = [];
  if (best === null || best.score <= 0) return chosen;
  for (let state: State | null = best; state !== null; state = state.previous) {
    chosen.push({ candidate: state.candidate, number: state.number });
  }
  return chosen.reverse();
}

/** A step over so many numbers or more costs {@link STEP.farthestGap}. */
const FARTHEST = 6;
/** No number is greater: four digits are read. */
const MOST_NUMBERS = 1 << 14;

/**
 * The best choice that ends with each number: all that a further step can lean on. Of the thousands that a
 * hostile text may have, a step looks at those shortly below it, at the best of all below (a gap costs the
 * same however wide) and at the best of all (as a step back does).
 */
class BestEndings {
  readonly #byNumber = new Map<number, State>();
  /** Numbers in the order in which they first came: of equal choices the first is taken. */
  readonly #order = new Map<number, number>();
  /** A Fenwick tree: the best among a stretch of numbers that ends with each. */
  readonly #stretches = new Map<number, State>();

  put(state: State): void {
    const known = this.#byNumber.get(state.number);
    if (known !== undefined && state.score <= known.score) return;
    if (known === undefined) this.#order.set(state.number, this.#order.size);
    this.#byNumber.set(state.number, state);
    for (let at = state.number + 1; at <= MOST_NUMBERS; at += at & -at) {
      this.#stretches.set(at, this.#better(this.#stretches.get(at), state));
    }
  }

  /** The choices from which the best step to a number may come, in the order in which they came. */
  before(number: number): State[] {
    const found = new Set<State>();
    for (let near = number - FARTHEST; near <= number; near++) {
      const state = this.#byNumber.get(near);
      if (state !== undefined) found.add(state);
    }
    for (const end of [number, MOST_NUMBERS]) {
      const state = this.#bestBelow(end);
      if (state !== undefined) found.add(state);
    }
    return [...found].sort((a, b) => this.#orderOf(a) - this.#orderOf(b));
  }

  #bestBelow(end: number): State | undefined {
    let best: State | undefined;
    for (let at = end; at > 0; at -= at & -at) {
      const state = this.#stretches.get(at);
      if (state !== undefined) best = this.#better(best, state);
    }
    return best;
  }

  #better(a: State | undefined, b: State): State {
    if (a === undefined || a.number === b.number) return b;
    if (a.score !== b.score) return a.score > b.score ? a : b;
    return this.#orderOf(a) < this.#orderOf(b) ? a : b;
  }

  #orderOf({ number }: State): number {
    return this.#order.get(number) ?? 0;
  }
}

/** `15` without a ¶, in a text whose paragraphs have one, may be a ¶5 whose ¶ was read as a 1. */
function readings(candidate: NumberCandidate, pilcrows: boolean): number[] {
  const { printed } = candidate;
  if (printed < 11 || printed > 199 || candidate.pilcrow || !pilcrows) return [printed];
  const digits = String(printed);
  return digits.startsWith('1') && !digits.startsWith('10')
    ? [printed, Number(digits.slice(1))]
    : [printed];
}

function ownWeight(candidate: NumberCandidate, markedText: boolean): number {
  let weight = 0;
  if (candidate.mark !== null) weight += OWN.marked;
  else if (markedText && !candidate.setApart) weight += OWN.unmarkedAmongMarked;
  if (candidate.setApart) weight += OWN.setApart;
  if (candidate.aboveIsComplete) weight += OWN.aboveIsComplete;
  else if (!candidate.setApart) weight += OWN.sentenceRunsOn;
  if (candidate.printed >= 100) weight += OWN.threeDigits;
  if (candidate.alone) weight += OWN.alone;
  if (candidate.indented) weight += OWN.indented;
  if (candidate.midLine) weight += OWN.midLine;
  return weight;
}

function stepWeight(from: number, to: number): number {
  if (to === from + 1) return STEP.next;
  if (to === from) return STEP.same;
  if (to > from) return Math.max(STEP.gap + (to - from - 2) * STEP.perMissing, STEP.farthestGap);
  return to === 1 ? STEP.restart : STEP.back;
}
