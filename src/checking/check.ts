import { setImmediate } from 'node:timers/promises';
import type { Cable } from '../cable/cable.js';
import type { Span } from '../cable/types.js';
import { comparedWords, type Word } from '../cable/words.js';
import type { Corpus } from '../corpus/corpus.js';
import { folded } from '../quotes/citation.js';
import { readParagraphs, summaryOf } from '../quotes/paragraphs.js';
import { quotedSpan, type QuotedSpan } from '../quotes/quote.js';
import { candidates, nearestTo } from './candidates.js';
import { compare, type Compared } from './compare.js';
import { claimsFor, placesIn, readClaims } from './claims.js';
import { wordsTold, type Difference } from './differences.js';
import type { Block } from './document.js';
import type { HeldWords } from './held-words.js';
import { heldCables, lookUp, NOWHERE_MASKED, type HeldCables, type MaskedIn } from './looked-up.js';
import { quotationsIn, type Quotation } from './quotations.js';
import { runsIn, type Run } from './splices.js';
import { segmentsOf, type Segment } from './spoken.js';
import { stretches, unmarkedRuns } from './unmarked.js';

/**
 * What becomes of a quotation (contract): `exact`, but for what `typographic` says; `altered`; `misattributed`, which is exact
 * but stands elsewhere than is said; `not-found`.
 */
export type Grade = 'exact' | 'altered' | 'misattributed' | 'not-found';

/** Where a quotation stands: a range of the body, in UTF-16 code units, and the first paragraph of it. */
export interface FoundPlace {
  readonly cable: string;
  /** Null for what is no numbered paragraph. */
  readonly paragraph: number | null;
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  readonly citation: string;
  readonly level: QuotedSpan['level'];
}

export interface Graded {
  /** As it is quoted, without its marks. */
  readonly text: string;
  readonly grade: Grade;
  /** No marks stand around it. */
  readonly unmarked?: true;
  /** Word for word; case, line breaks, stops, marks, hyphens, or what it says that it leaves out may differ. */
  readonly typographic?: true;
  /** What whoever quotes has put between brackets into the cable's words: nobody vouches for it. */
  readonly inserted?: readonly string[];
  /** A masked name stands in it, which was not compared. */
  readonly masked?: true;
  readonly claimed?: { readonly cable: string; readonly paragraph?: number | string };
  readonly found?: FoundPlace;
  /** Where its other parts stand, of one that is put together of several. */
  readonly others?: readonly FoundPlace[];
  readonly differences?: readonly Difference[];
  /** What is likest to it, of what is not found. */
  readonly nearest?: QuotedSpan;
}

/** Every quotation of a text with its grade, in the order of the text. */
export interface Checked {
  readonly quotations: readonly Graded[];
  readonly words: number;
}

/** Of its words and of those that tell something, so many are the cable's in a quotation of it. */
const SAME = 0.6;
const TELLING = 0.5;
/** The same of what nobody says to be a cable's, where it has fewer words that tell something than so many. */
const TELLING_OF_FEW = 0.75;
const MANY_TELLING = 8;
/** The same in what runs of words make up. */
const COVERED = 0.75;
/** Quotations that are not found, for which the nearest is looked for by words. */
const MOST_NEAREST = 50;

/** Grades the quotations in the blocks of a text against what a corpus shows; where names are masked, by no name. */
export async function check(
  corpus: Corpus,
  blocks: readonly Block[],
  maskedIn: MaskedIn = NOWHERE_MASKED,
): Promise<Checked> {
  const blockWords = blocks.map(({ text }) => comparedWords(text));
  const looked = await lookUp(corpus, blockWords, maskedIn);
  const held = heldCables(corpus);
  const claims = readClaims(blocks);
  const quotations = quotationsIn(blocks, claims);
  const graded: { readonly block: number; readonly start: number; readonly graded: Graded }[] = [];
  let nearest = 0;
  const grade = async (quotation: Quotation, isUnmarked = false): Promise<void> => {
    const { block, start, end } = quotation;
    const hits = looked.inRange(block, start, end);
    const { text } = quotation;
    const segments = segmentsOf(text);
    const words = segments.flatMap((each) => [...each.words]);
    const ids = await candidates(corpus, { text, words, hits, maskedIn });
    const grading = { corpus, held, segments, words };
    const found = await gradeOf(grading, quotation, ids);
    const near =
      found.grade === 'not-found' && nearest++ < MOST_NEAREST
        ? await nearestTo(corpus, text, maskedIn)
        : null;
    // A few words with one changed in their midst have no run in common by which the cable is found.
    const further = near?.cable ?? null;
    const result =
      further === null || ids.includes(further)
        ? found
        : await gradeOf(grading, quotation, [...ids, further]);
    const quote = result.grade === 'not-found' ? (near?.quote ?? null) : null;
    graded.push({
      ...{ block, start },
      graded: {
        ...result,
        ...(quote !== null && { nearest: quote }),
        ...(isUnmarked && { unmarked: true as const }),
      },
    });
  };
  for (const quotation of quotations) {
    await grade(quotation);
    const { inner = [] } = quotation;
    if (inner.length > 0 && graded.at(-1)?.graded.grade !== 'exact') {
      const ids = inner.flatMap(({ claimed }) => claimed.map(({ id }) => id));
      const found = graded.at(-1)?.graded.found?.cable;
      const cables = await held([...new Set(found === undefined ? ids : [...ids, found])]);
      const places = placesIn(blocks[quotation.block]?.text ?? '');
      const own = (blockWords[quotation.block] ?? []).filter(({ start, end }) => {
        return places.every(({ from, to }) => end <= from || start >= to);
      });
      if (isWriters(own, inner, cables)) {
        graded.pop();
        for (const each of inner) await grade(each);
      }
    }
    await setImmediate(); // others ask meanwhile
  }
  for (const run of await unmarkedRuns({ blocks, blockWords, quotations }, looked, held)) {
    const claimed = claimsFor(claims, run.block, { ...run, all: [] });
    await grade({ ...run, claimed }, true);
  }
  graded.sort((a, b) => a.block - b.block || a.start - b.start);
  return {
    quotations: graded.map((each) => each.graded),
    words: blockWords.reduce((sum, words) => sum + words.length, 0),
  };
}

/**
 * Whether what stands in a block beside the quotations in it is none of the cables', and no more than they are: whoever wrote it
 * leads to them. Where it is more the block is the quotation, and may be made up.
 */
function isWriters(
  words: readonly Word[],
  inner: readonly Quotation[],
  cables: readonly HeldWords[],
): boolean {
  if (cables.length === 0) return false;
  const pieces = stretches(words, (word) => {
    return inner.every(({ start, end }) => word.end <= start || word.start >= end);
  });
  const own = pieces.reduce((sum, { length }) => sum + length, 0);
  return own * 2 <= words.length && pieces.every((piece) => runsIn(piece, cables).length === 0);
}

/** What a quotation is graded by. */
interface Grading {
  readonly corpus: Corpus;
  readonly held: HeldCables;
  /** What the quotation says, and the words of it. */
  readonly segments: readonly Segment[];
  readonly words: readonly Word[];
}

async function gradeOf(
  { corpus, held, segments, words }: Grading,
  { text, claimed }: Quotation,
  /** Cables to compare it with, beside those that it names. */
  ids: readonly string[],
): Promise<Graded> {
  const named = await held([...new Set(claimed.map(({ id }) => id))]);
  const wanted = (cable: HeldWords): Wanted[] =>
    claimed
      .filter(({ id }) => id === cable.cable.id)
      .map(({ paragraphs }) => placeTest(cable, paragraphs, corpus));
  const [claim] = claimed;
  const base = { text, ...(claim !== undefined && { claimed: claimOf(claim) }) };
  const compared: Compared[] = [];
  const compareWith = (cable: HeldWords): Compared | null => {
    const tests = wanted(cable).flatMap((test) => test ?? []);
    const found = compare(segments, cable, (at) => tests.some((test) => test(at)));
    if (found !== null) compared.push(found);
    return found;
  };
  for (const cable of named) {
    const found = compareWith(cable);
    if (found !== null && isExact(found) && wanted(cable).some((test) => isThere(found, test))) {
      return { ...base, grade: 'exact', ...placeOf(found, corpus), ...typography(text, found) };
    }
  }
  const isNamed = (id: string): boolean => named.some(({ cable }) => cable.id === id);
  const others = await held(ids.filter((id) => !isNamed(id)));
  for (const cable of others) {
    const found = compareWith(cable);
    if (found !== null && isExact(found)) break;
  }
  const best = compared
    .filter((each) => isLike(each) && (claim !== undefined || isLikeUnclaimed(each)))
    .reduce<Compared | null>((a, b) => (a === null || b.cost < a.cost ? b : a), null);
  if (best !== null && isExact(best)) {
    const grade = claim === undefined ? 'exact' : 'misattributed';
    return { ...base, grade, ...placeOf(best, corpus), ...typography(text, best) };
  }
  const spliced = splicedOf(corpus, words, [...named, ...others], best);
  if (spliced !== null) return { ...base, grade: 'altered', ...spliced };
  if (best !== null) {
    const { differences } = best;
    return { ...base, grade: 'altered', ...placeOf(best, corpus), differences };
  }
  return { ...base, grade: 'not-found' };
}

function isExact({ cost }: Compared): boolean {
  return cost === 0;
}

function isLike({ same, telling, cost }: Compared): boolean {
  return cost === 0 || (same >= SAME && telling >= TELLING);
}

/** Whether words that nobody says to be a cable's are too like one to be somebody else's: of a few words most are. */
function isLikeUnclaimed({ telling, tellingWords, cost }: Compared): boolean {
  return cost === 0 || tellingWords >= MANY_TELLING || telling >= TELLING_OF_FEW;
}

/** A quotation put together of words that stand in different places, with nothing that says so. */
function splicedOf(
  corpus: Corpus,
  words: readonly Word[],
  cables: readonly HeldWords[],
  best: Compared | null,
): Pick<Graded, 'found' | 'others' | 'differences'> | null {
  const runs = runsIn(words, cables);
  const [first, second] = runs;
  if (first === undefined || second === undefined) return null;
  const covered = runs.reduce((sum, { from, to }) => sum + to - from, 0) / words.length;
  if (covered < COVERED || (best !== null && best.same >= covered)) return null;
  // A few words that differ in one place are fewer than any that stand elsewhere.
  if (best !== null && runs.every(({ from, to }) => to - from > best.cost)) return null;
  const places = runs.map(({ held, place }) => foundPlace(corpus, held, place));
  const joints = runs.slice(1).map((run, i): Difference => {
    const before = runs[i];
    const left =
      before?.held === run.held ? run.held.words.slice(before.place.to, run.place.from) : [];
    // A name that is masked is not compared.
    if (left.length > 0 && left.every(({ masked }) => masked)) return NO_WORDS;
    const theirs = words.slice(before?.to ?? 0, run.from);
    return { kind: 'word', theirs: wordsTold(theirs), ours: wordsTold(left) };
  });
  // One behind the other, as in the cable: nothing is put together.
  if (joints.every(({ theirs, ours }) => theirs === '' && ours === '') && isOneCable(runs))
    return null;
  const [found, ...others] = places;
  const told = joints.filter(({ theirs, ours }) => theirs !== '' || ours !== '');
  return { ...(found !== undefined && { found }), others, differences: told };
}

const NO_WORDS: Difference = { kind: 'word', theirs: '', ours: '' };

function isOneCable(runs: readonly Run[]): boolean {
  return runs.every(({ held, place }, i) => {
    const before = runs[i - 1];
    return before === undefined || (before.held === held && before.place.from <= place.from);
  });
}

function spanAt({ cable, words }: HeldWords, at: number): Span | undefined {
  return cable.spans[words[at]?.ordinal ?? -1];
}

/** Whether a word of a cable stands in a paragraph that is named; null where none is, or where it cannot be told. */
type Wanted = ((at: number) => boolean) | null;

function placeTest(held: HeldWords, text: string | null, { ceiling }: Corpus): Wanted {
  const wanted = text === null ? null : readParagraphs(text);
  if (wanted === null) return null;
  if (wanted === 'summary') {
    const summary = summaryOf(held.cable, ceiling);
    return summary.size === 0 ? null : (at) => summary.has(held.words[at]?.ordinal ?? -1);
  }
  return (at) => {
    const number = spanAt(held, at)?.number ?? null;
    return number !== null && number >= wanted.from && number <= wanted.to;
  };
}

function isThere(found: Compared, wanted: Wanted): boolean {
  if (wanted === null) return true;
  let isAboveAll = true;
  for (let at = found.from; at < found.to; at++) {
    if (wanted(at)) return true;
    isAboveAll &&= spanAt(found.held, at)?.kind === 'preamble';
  }
  // A note gives a cable's subject, and then the paragraph that the text quotes.
  return isAboveAll;
}

function claimOf({ id, paragraphs }: Quotation['claimed'][number]) {
  if (paragraphs === null) return { cable: id };
  const number = Number(paragraphs);
  return { cable: id, paragraph: Number.isNaN(number) ? paragraphs : number };
}

function placeOf(found: Compared, corpus: Corpus): Pick<Graded, 'found' | 'masked'> {
  return {
    found: foundPlace(corpus, found.held, found),
    ...(found.masked && { masked: true as const }),
  };
}

function foundPlace(
  { ceiling }: Corpus,
  { cable, words }: HeldWords,
  { from, to }: { readonly from: number; readonly to: number },
): FoundPlace {
  // Where words of a paragraph follow its number and mark, it stands in that paragraph.
  const first = words.slice(from, to).find(({ optional }) => !optional) ?? words[from];
  const last = words[to - 1];
  if (first === undefined || last === undefined) throw new RangeError('no words');
  const quote = quoteAt(cable, first.ordinal, ceiling);
  return {
    cable: cable.id,
    paragraph: quote.paragraph,
    ordinal: first.ordinal,
    start: words[from]?.start ?? first.start,
    end: last.end,
    citation: quote.citation,
    level: quote.level,
  };
}

function quoteAt(cable: Cable, ordinal: number, ceiling: Corpus['ceiling']): QuotedSpan {
  const span = cable.spans[ordinal];
  if (span === undefined) throw new RangeError(`${cable.id} has no span ${ordinal}`);
  return quotedSpan(cable, ordinal, span, ceiling);
}

/** Whether it is exact character for character, but for white space and the stops at its ends. */
function typography(
  text: string,
  { held, from, to, masked }: Compared,
): Pick<Graded, 'typographic' | 'inserted'> {
  if (masked) return { typographic: true };
  const [first, last] = [held.words[from], held.words[to - 1]];
  const ours = held.shown(first?.start ?? 0, last?.end ?? 0);
  const bare = (of: string): string =>
    folded(of).replace(/^[^\p{L}\p{N}$€£¥]+|[^\p{L}\p{N}%]+$/gu, '');
  if (bare(ours) === bare(text)) return {};
  const inserted = (text.match(/\[[^\][]{1,80}\]/g) ?? []).filter(
    (each) => /\p{L}/u.test(each) && !/^\[\s*(?:sic|snip|stamp)\b/i.test(each),
  );
  const others = inserted.filter((each) => !ours.includes(each) && !/^\[\p{L}\]$/u.test(each));
  return { typographic: true, ...(others.length > 0 && { inserted: others }) };
}
