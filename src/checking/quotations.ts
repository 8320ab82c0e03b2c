import { comparedWords } from '../cable/words.js';
import { claimsFor, isCitation, isLead, placesIn, readClaims, type Claims } from './claims.js';
import type { NamedPlace } from '../quotes/named-places.js';
import type { Block } from './document.js';
import { BEHIND_STOP, NOTE_SIGN } from './spoken.js';

/** Words that somebody gives as another's. */
export interface Quotation {
  /** Without its marks. */
  readonly text: string;
  /** The block that it stands in, and its range there, marks left out. */
  readonly block: number;
  readonly start: number;
  readonly end: number;
  /** Where it is said to be from: any of these places; none where nothing near it says so. */
  readonly claimed: readonly NamedPlace[];
  /** Of a block that is set off, what stands between marks in it: they are the quotations where the rest is nobody's but the writer's. */
  readonly inner?: readonly Quotation[];
}

/** Fewer words are a term or a title, not a quotation. */
const FEWEST_WORDS = 3;
/** Characters of a quotation, at most: a mark that nobody closes. */
const LONGEST = 20_000;
/** Marks of one kind that are looked at for the end of a quotation. */
const MOST_MARKS = 64;

interface Marks {
  readonly open: string;
  readonly close: string;
  /** An apostrophe looks like it. */
  readonly single?: true;
}

/** The marks of languages, as they open and close. */
const MARKS: readonly Marks[] = [
  { open: '“', close: '”' },
  { open: '„', close: '“”' },
  { open: '«', close: '»' },
  { open: '»', close: '«' },
  { open: '‹', close: '›' },
  { open: '‚', close: '‘', single: true },
  { open: '″', close: '″' },
  { open: '「', close: '」' },
  { open: '『', close: '』' },
  { open: '《', close: '》' },
  { open: '〈', close: '〉' },
  { open: '〝', close: '〞〟' },
  { open: '❝', close: '❞' },
  { open: '‟', close: '”' },
  { open: '＂', close: '＂' },
  { open: '"', close: '"' },
  { open: '”', close: '”' },
  { open: '‘', close: '’', single: true },
  { open: "'", close: "'", single: true },
];

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The quotations in the blocks of a text, in their order, with the places that they are said to be from. */
export function quotationsIn(
  blocks: readonly Block[],
  claims: Claims = readClaims(blocks),
): Quotation[] {
  return blocks.flatMap((block, at) => {
    if (block.quoted && (isCitation(block.text) || isLead(block.text))) return [];
    const marked = markedRanges(block.text);
    const within = (ranges: readonly Range[]): Quotation[] =>
      ranges.flatMap((range): Quotation[] => {
        const text = block.text.slice(range.start, range.end);
        // An id, an address: `10ROME1.html`.
        if (!/\s/.test(text.trim()) || isCitation(text)) return [];
        const words = comparedWords(text).filter(({ folded }) => /[\p{L}\p{N}]/u.test(folded));
        if (words.length < FEWEST_WORDS) return [];
        const claimed = claimsFor(claims, at, { ...range, all: ranges });
        return [{ text, block: at, ...range, claimed }];
      });
    if (!block.quoted) return within(marked);
    const ranges = setOffRanges(block.text, marked);
    if (ranges === marked) return within(marked);
    const inner = within(marked);
    return within(ranges).map((each) => (inner.length === 0 ? each : { ...each, inner }));
  });
}

/** Of a block that is set off, each of the quotations that it is made of, or the whole. */
function setOffRanges(text: string, marked: readonly Range[]): readonly Range[] {
  const [first] = marked;
  if (first === undefined || marked.length < 2) return [setOff(text)];
  const between = marked.map(({ end }, i) => text.slice(end, marked[i + 1]?.start));
  const own = [text.slice(0, first.start), ...between].map((piece) => {
    return placesIn(piece).reduceRight((left, { from, to }) => {
      return left.slice(0, from) + left.slice(to);
    }, piece);
  });
  return own.every((piece) => !/[\p{L}\p{N}]/u.test(piece)) ? marked : [setOff(text)];
}

/** Marks of several signs, which are read as one beside blanks: ``` ``…'' ```, `"""…"""`, `,,…''`, `[quote]…[/quote]`. */
const LATEX_OPENS = /(?<!`)``(?=[^\s`])|(?<![\p{L}\p{N},]),,(?=[^\s,])|(?<![^\s([])''(?=[^\s'])/gu;
const TAG_OPENS = /\[quote(?:=[^\][]{0,60})?\]/gi;
const TAG_CLOSES = /\[\/quote\]/gi;
const LATEX_CLOSES = /(?<=[^\s'])''(?!['\p{L}\p{N}])/gu;
const TRIPLE = /(?<!")"""(?!")/g;

/** What stands between marks, the outermost; a double mark that is closed nowhere goes to the end of its paragraph. */
function markedRanges(written: string): Range[] {
  const text = written
    .replace(LATEX_OPENS, ' “')
    .replace(LATEX_CLOSES, '” ')
    .replace(TAG_OPENS, (all) => `${' '.repeat(all.length - 1)}“`)
    .replace(TAG_CLOSES, (all) => `”${' '.repeat(all.length - 1)}`)
    .replace(TRIPLE, (all, at: number) =>
      /^\S/.test(written.slice(at + all.length)) ? '  “' : '”  ',
    );
  const ranges: Range[] = [];
  const signs = new Map(MARKS.map((marks) => [marks, signsOf(text, marks)]));
  for (let at = 0; at < text.length; at++) {
    const marks = MARKS.find(({ open }) => text.startsWith(open, at));
    if (marks === undefined || !opensAt(text, at, marks)) continue;
    const start = at + marks.open.length;
    const closing = endOf(text, start, marks, signs.get(marks) ?? []);
    const end = closing ?? (isApart(text, start, marks) ? null : unclosed(text, start, marks));
    if (end === null) continue;
    ranges.push(trimmed(text, { start, end }));
    at = end;
  }
  return ranges;
}

/** Every place of a mark of a kind in a text, in order. */
function signsOf(text: string, { open, close }: Marks): number[] {
  const found: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith(open, at) || close.includes(text.charAt(at))) found.push(at);
  }
  return found;
}

function trimmed(text: string, { start, end }: Range): Range {
  const inner = text.slice(start, end);
  const lead = inner.length - inner.trimStart().length;
  return { start: start + lead, end: start + Math.max(lead, inner.trimEnd().length) };
}

/** Whether a blank stands behind an opening mark that sets none: one stands before the mark that closes then, too. */
function isApart(text: string, start: number, { open }: Marks): boolean {
  return !isSpaced(open) && /\s/.test(text.charAt(start));
}

function opensAt(text: string, at: number, marks: Marks): boolean {
  const { open, close, single } = marks;
  const start = at + open.length;
  const behind = text.slice(start, start + 2);
  if (isApart(text, start, marks)) {
    // `" did not command … "`, `“ …”`: of marks that are no apostrophe, behind a blank.
    if (single || open === '”' || open === '»') return false;
    return at === 0 || /[\s([:]/.test(text.charAt(at - 1));
  }
  // French sets a blank within its marks.
  if (!/^\S/.test(isSpaced(open) ? behind.trimStart() : behind)) return false;
  if (/^["“”«»]/.test(behind)) return false;
  if (single && /^\d/.test(behind)) return false; // `the '90s`
  // A mark that opens in its own form needs nothing before it.
  if (!close.includes(open) && single === undefined && open !== '»') return true;
  return at === 0 || /[\s([{—–:;,/*_>|-]/.test(text.charAt(at - 1));
}

function isSpaced(sign: string): boolean {
  return /[«»‹›]/.test(sign);
}

function closesAt(text: string, at: number, { close, single }: Marks, isApart: boolean): boolean {
  if (!close.includes(text.charAt(at))) return false;
  if (/\s/.test(text.charAt(at - 1)) && !isSpaced(text.charAt(at)) && !isApart) return false;
  const behind = text.slice(at + 1, at + 5);
  if (!/^[\p{L}\p{N}]/u.test(behind) || (single === undefined && close !== '"')) return true;
  // The mark of a note: `…to Nigeria’s aid."1`
  return /[.,;!?]/.test(text.charAt(at - 1)) && /^\d{1,3}(?![\p{L}\p{N}])/u.test(behind);
}

/** Where a quotation ends: behind marks of its own kind within it; null where its mark closes nowhere. */
function endOf(text: string, start: number, marks: Marks, signs: readonly number[]): number | null {
  const from = firstFrom(signs, start);
  const near = signs.slice(from, from + MOST_MARKS).filter((at) => at - start < LONGEST);
  const apart = isApart(text, start, marks);
  let depth = 1;
  let first: number | null = null;
  for (const at of near) {
    if (closesAt(text, at, marks, apart)) {
      first ??= at;
      // `the ministers’ view` ends nothing, where a stop before another mark does.
      if (marks.single && text.charAt(at - 1) === 's') {
        return (
          near.find(
            (other) =>
              closesAt(text, other, marks, apart) && /[.,;!?]/.test(text.charAt(other - 1)),
          ) ?? at
        );
      }
      if (--depth === 0) return at;
    } else if (
      marks.single === undefined &&
      text.startsWith(marks.open, at) &&
      opensAt(text, at, marks)
    )
      depth++;
  }
  return first;
}

/** The index of the first that is not before a place. */
function firstFrom(signs: readonly number[], start: number): number {
  let [low, high] = [0, signs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((signs[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The end of a paragraph, for a double mark that nobody closes, or the citation before it. */
function unclosed(text: string, start: number, { single, open }: Marks): number | null {
  if (single || open === '”' || text.length - start > LONGEST) return null;
  const rest = text.slice(start);
  const [place] = placesIn(rest);
  const end =
    place === undefined
      ? rest.trimEnd().length
      : rest.slice(0, place.from).replace(/[\s([—–-]+$/, '').length;
  return start + end;
}

const LAST_NOTE = new RegExp(String.raw`${BEHIND_STOP}\s?${NOTE_SIGN}$`, 'u');

/** A block that is set off, without the marks around it, the citation and the mark of a note behind it. */
function setOff(text: string): Range {
  const last = placesIn(text).at(-1);
  const before = last === undefined ? '' : text.slice(0, last.from);
  const leadsOver = /(?:[([]\s*(?:see\s+)?|\n\s*|(?:[—–-]|--)\s*|(?<=[.!?…]["”’)]{0,2})\s+)$/i.exec(
    before,
  );
  const isAtEnd = last !== undefined && text.slice(last.to).replace(/\n[\s\S]*/, '').length < 120;
  const cut = last !== undefined && isAtEnd && leadsOver !== null ? leadsOver.index : text.length;
  const whole = text
    .slice(0, cut)
    .replace(/\n[ \t]*receipt\b[^\n]*\n?$/i, '')
    .trimEnd()
    .replace(LAST_NOTE, '');
  const lead = /^[\s“„«"'‘]*/.exec(whole)?.[0].length ?? 0;
  const tail = /[\s”“»"'’]*$/.exec(whole)?.[0].length ?? 0;
  return { start: lead, end: Math.max(lead, whole.length - tail) };
}
