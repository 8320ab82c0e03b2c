import { comparedWords } from '../cable/words.js';
import { parseCableId } from '../cable/id.js';
import { isKnownPost } from '../cable/posts.js';
import { placesAt, type NamedPlace } from '../quotes/named-places.js';
import type { Block } from './document.js';

/** Words between quotation marks that somebody gives as another's. */
export interface Quotation {
  /** Without its marks. */
  readonly text: string;
  /** The block that it stands in, and its range there, marks left out. */
  readonly block: number;
  readonly start: number;
  readonly end: number;
  /** Where it is said to be from, if something near it says so. */
  readonly claimed: NamedPlace | null;
}

/** Fewer words are a term or a title, not a quotation. */
export const FEWEST_WORDS = 3;
/** Characters of a quotation, at most: a mark that nobody closes. */
const LONGEST = 20_000;

interface Marks {
  readonly open: string;
  readonly close: RegExp;
  /** An apostrophe looks like its end. */
  readonly single?: true;
}

/** The marks of languages, as they open and close. */
const MARKS: readonly Marks[] = [
  { open: '“', close: /”/g },
  { open: '„', close: /[“”]/g },
  { open: '«', close: /»/g },
  { open: '‹', close: /›/g },
  { open: '「', close: /」/g },
  { open: '『', close: /』/g },
  { open: '``', close: /''/g },
  { open: '"', close: /(?<=\S)"(?![\p{L}\p{N}])/gu },
  { open: '‘', close: /(?<=\S)’(?![\p{L}\p{N}])/gu, single: true },
  { open: "'", close: /(?<=\S)'(?![\p{L}\p{N}'])/gu, single: true },
];

/** What may stand before a mark that opens. */
const BEFORE_OPEN = /[\s([{—–\-:;,/“‘"'*_>]$/;

/** The quotations in the blocks of a text, in their order, with the places that they are said to be from. */
export function quotationsIn(blocks: readonly Block[]): Quotation[] {
  return blocks.flatMap((block, at) => {
    const ranges = block.quoted ? [setOff(block.text)] : markedRanges(block.text);
    const places = namedIn(block.text);
    const before = block.quoted ? namedIn(lastLine(blocks[at - 1])) : [];
    const behind = block.quoted ? namedIn(firstLine(blocks[at + 1])) : [];
    return ranges.flatMap((range, i): Quotation[] => {
      const text = block.text.slice(range.start, range.end);
      const next = ranges[i + 1]?.start ?? block.text.length;
      const claimed =
        claimedIn(block.text, range, next, places) ??
        (isCitation(blocks[at + 1]) ? behind[0]?.place : undefined) ??
        before.at(-1)?.place ??
        null;
      const words = comparedWords(text).filter(({ folded }) => /[\p{L}\p{N}]/u.test(folded));
      if (words.length < FEWEST_WORDS) return [];
      return [{ text, block: at, ...range, claimed }];
    });
  });
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function markedRanges(text: string): Range[] {
  const ranges: Range[] = [];
  for (let at = 0; at < text.length; at++) {
    const marks = MARKS.find(({ open }) => text.startsWith(open, at));
    if (marks === undefined) continue;
    const start = at + marks.open.length;
    const opens =
      (at === 0 || BEFORE_OPEN.test(text.slice(at - 1, at))) && /^\S/.test(text.slice(start));
    const end = opens ? endOf(text, start, marks) : null;
    if (end === null) continue;
    ranges.push({ start, end });
    at = end;
  }
  return ranges;
}

/** Where a quotation ends; null where its mark closes nowhere. */
function endOf(text: string, start: number, { close, single }: Marks): number | null {
  const ends = [...text.slice(start, start + LONGEST).matchAll(close)].map(
    ({ index }) => start + index,
  );
  if (single !== true) return ends[0] ?? null;
  // `the ministers’ view` ends nothing, where a stop before another mark does.
  const [first = null] = ends;
  if (first === null || text.charAt(first - 1) !== 's') return first;
  return ends.find((end) => /[.,;!?]/.test(text.charAt(end - 1))) ?? first;
}

/** A block that is set off, without the marks around it and the line behind it that says where it is from. */
function setOff(text: string): Range {
  const citation = /\n[ \t]*(?:[—–-]{1,2}\s*|\()?(?:receipt\b|[^\n]{0,60}$)/i.exec(text);
  const cited =
    citation !== null && (namedIn(citation[0]).length > 0 || /receipt/i.test(citation[0]));
  const whole = cited ? text.slice(0, citation.index) : text;
  const lead = /^[\s“„«"'‘]*/.exec(whole)?.[0].length ?? 0;
  const tail = /[\s”“»"'’]*$/.exec(whole)?.[0].length ?? 0;
  return { start: lead, end: Math.max(lead, whole.length - tail) };
}

const ATTACHED =
  /^[\s”’"'.,;:)\]]*(?:[—–-]{1,2}\s*|[([]\s*)?(?:(?:see|in|from|source|cf\.?|cable)[\s:]*){0,3}$/i;
const SENTENCE_END = /[.!?]["”’)]*\s+(?=["“‘([]?\p{Lu})/u;

/**
 * The place that a quotation is said to be from: one that stands right behind it, in its sentence before or behind it, or
 * the last that was named before it in its paragraph.
 */
function claimedIn(
  text: string,
  { start, end }: Range,
  next: number,
  places: ReturnType<typeof namedIn>,
): NamedPlace | null {
  const behind = places.find(({ from }) => from >= end && from < next);
  const between = behind === undefined ? '' : text.slice(end, behind.from);
  if (behind !== undefined && ATTACHED.test(between)) return behind.place;
  const before = places.findLast(({ to }) => to <= start);
  if (before !== undefined && !SENTENCE_END.test(text.slice(before.to, start))) return before.place;
  if (behind !== undefined && !SENTENCE_END.test(between)) return behind.place;
  return before?.place ?? null;
}

/** The line that leads over to a block that is set off. */
function lastLine(block: Block | undefined): string {
  const line = block === undefined || block.quoted ? '' : (block.text.split('\n').at(-1) ?? '');
  return /[:：]\s*$/.test(line) ? line : '';
}

function firstLine(block: Block | undefined): string {
  return block === undefined || block.quoted ? '' : (block.text.split('\n')[0] ?? '');
}

/** A block that begins with a dash or a bracket tells where the one before it is from. */
function isCitation(block: Block | undefined): boolean {
  return block !== undefined && /^\s*(?:[—–(]|--?\s|source\b)/i.test(firstLine(block));
}

/** The places that a text names; words with a number before and behind them are none: `from 2000 and 2007`. */
function namedIn(text: string): ReturnType<typeof placesAt> {
  return placesAt(text).filter(({ place }) => isKnownPost(parseCableId(place.id)?.post ?? ''));
}
