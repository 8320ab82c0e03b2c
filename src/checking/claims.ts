import { parseCableId } from '../cable/id.js';
import { isKnownPost } from '../cable/posts.js';
import { PARAGRAPH_WORD, placesAt, type NamedPlace } from '../quotes/named-places.js';
import type { Block } from './document.js';

interface Placed {
  readonly place: NamedPlace;
  readonly from: number;
  readonly to: number;
}

/** What the blocks of a text say of where something is from. */
export interface Claims {
  readonly blocks: readonly Block[];
  readonly places: readonly (readonly Placed[])[];
  /** The places that notes name, by their labels. */
  readonly notes: ReadonlyMap<string, readonly NamedPlace[]>;
}

/** A paragraph's number, or those of several in a row. */
const NUMBERS = String.raw`(\d{1,4}(?:\s?[-–]\s?\d{1,4})?)`;
/** Further paragraphs behind one that is named: `¶3, ¶4`, `¶¶3, 4`, `paras. 3 and 4`. */
const FURTHER = new RegExp(
  String.raw`^(?:\s*,\s*(?:and\s+)?|\s*&\s*|\s+and\s+)${PARAGRAPH_WORD}?\s?(\d{1,3}(?:\s?[-–]\s?\d{1,3})?)(?![\d\p{L}])`,
  'iu',
);

/** The places that a text names; words with a number before and behind them are none: `from 2000 and 2007`. */
export function placesIn(text: string): Placed[] {
  return placesAt(text)
    .filter(({ place }) => isKnownPost(parseCableId(place.id)?.post ?? ''))
    .flatMap((placed) => {
      const all: Placed[] = [placed];
      let { to } = placed;
      while (placed.place.paragraphs !== null) {
        const more = FURTHER.exec(text.slice(to, to + 30));
        if (more === null) break;
        to += more[0].length;
        all.push({
          place: { ...placed.place, paragraphs: more[1] ?? null },
          from: placed.from,
          to,
        });
      }
      return all;
    });
}

/** `Embassy Moscow,`, `Source: Consulate Munich, cable` before an id. */
const POST_BEFORE =
  /^\W*(?:source:?\s+)?(?:u\.?s\.?\s+)?(?:am)?(?:embassy|consulate(?: general)?|mission|interests section)\s[\p{L} .'’-]{2,40},?\s*(?:cable\s+)?(?:no\.?\s+)?[([]?$/iu;

/** `Embassy London, “U/S Tauscher’s Meetings,” cable ` before an id, as a note has it. */
const NOTE_BEFORE =
  /^\W*(?:source:?\s+)?\p{Lu}[^“”".!?\n]{1,60},\s*[“"][^“”"\n]{1,300}[”"],?\s*(?:(?:cable|telegram)\s*)?$/iu;
/** The same up to its title. */
const NOTE_OPENS = /^[”"’“.,;\s]*(?:[([]\s*)?\p{Lu}[\p{L} .'’-]{1,40},\s*[“"]$/u;

/** A block that is a citation and nothing else: `(07RABAT1229)`, `Source: …`, `— Embassy Rabat, …`. */
export function isCitation(text: string): boolean {
  const [first] = placesIn(text);
  if (first === undefined) return false;
  const before = text.slice(0, first.from);
  return (
    /^[\s([—–-]*(?:(?:sources?|see|from|cable)[\s:]*)?$/i.test(before) ||
    POST_BEFORE.test(before) ||
    NOTE_BEFORE.test(before) ||
    /^\s*(?:[—–]|--)[^.!?“”"]{0,80}$/.test(before)
  );
}

/** A line that names a cable and leads on: `Look at 10RABAT22:`. */
export function isLead(text: string): boolean {
  return /[:：]\s*$/.test(text) && text.length < LONGEST_LEAD && placesIn(text).length > 0;
}

const LABEL = String.raw`\[\^?(\w{1,4})\]|([¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})`;
const NOTE = new RegExp(String.raw`^\s*(?:${LABEL}|(\d{1,3})(?=[.)\s]))`);
const NOTE_MARK = new RegExp(String.raw`^[”"’“.,;:)\s]{0,4}(?:${LABEL}|(\d{1,3})(?=[\s.,;)]|$))`);
/** Words of a heading beside the place that it names, at most. */
const HEADING = 8;
/** Blocks for which a heading stands. */
const UNDER_HEADING = 8;

/** Reads what every block names, and the notes. */
export function readClaims(blocks: readonly Block[]): Claims {
  const places = blocks.map(({ text }) => placesIn(text));
  const notes = new Map<string, NamedPlace[]>();
  let last: NamedPlace | undefined;
  for (const { text } of blocks) {
    // Several notes may stand one behind the other, a line each.
    for (const line of text.split('\n')) {
      const label = labelOf(NOTE.exec(line));
      if (label === null) continue;
      const own = placesIn(line).map(({ place }) => place);
      const named = own.length > 0 || last === undefined ? own : ibidem(line, last);
      if (named.length === 0) continue;
      last = named.at(-1);
      if (!notes.has(label)) notes.set(label, named);
    }
  }
  return { blocks, places, notes };
}

const IBIDEM = new RegExp(
  String.raw`\bibid(?:em)?\b\.?(?:[\s,;]*(?:at\s)?${PARAGRAPH_WORD}?\s?${NUMBERS})?`,
  'iu',
);

/** `Ibid., para. 12`: the cable of the note before. */
function ibidem(line: string, last: NamedPlace): NamedPlace[] {
  const match = IBIDEM.exec(line.slice(0, 40));
  if (match === null) return [];
  return [match[1] === undefined ? last : { id: last.id, paragraphs: match[1] }];
}

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function labelOf(match: RegExpExecArray | null): string | null {
  if (match === null) return null;
  const [, bracketed, raised, bare] = match;
  return (
    bracketed ?? bare ?? raised?.replace(/./gu, (sign) => String(SUPERSCRIPT.indexOf(sign))) ?? null
  );
}

const ATTACHED =
  /^[\s”’"'“.,;:)\]|»«*_]*(?:(?:[—–-]{1,2}\s*|[([]\s*)[*_]*)?(?:(?:see|in|from|source|cf\.?|cable)[\s:]*){0,3}$/i;
/** The same with a post and a title between: `(Embassy London, “U/S Tauscher’s Meetings,” cable `. */
const ATTACHED_NOTE =
  /^[\s”’"'“.,;:)\]]*(?:[—–-]{1,2}\s*|[([]\s*)?\p{Lu}[\p{L} .'’-]{1,40},\s*[“"][^“”"\n]{1,300}[”"],?\s*(?:(?:cable|telegram)\s*)?$/iu;
const SENTENCE_END = /[.!?]["”’)]*\s+(?=["“‘([]?\p{Lu})/u;
const BARE_PARAGRAPH = new RegExp(
  String.raw`^[”"’“.,;\s]*[([]\s*(?:(?:ibid|(?:op|loc)\.?\s?cit)\.?,?\s*)?${PARAGRAPH_WORD}\s?${NUMBERS}`,
  'iu',
);

/** `But ¶5 says`, `In paragraph 5 it adds:`, `(Same cable, para 4):` right before a quotation. */
const PARAGRAPH_BEFORE = new RegExp(
  String.raw`(?:^|[\s(,])${PARAGRAPH_WORD}\s?${NUMBERS}[),]?(?!\s+of\b)(?:\s+(?!of\b)\p{L}+){0,4}\s*[,:：]?\s*["“„«]?$`,
  'iu',
);

/** Places before a quotation in its block that are looked at. */
const LOOKED_BACK = 64;
/** Characters of such a lead, at most. */
const LONGEST_LEAD = 80;

/** Where a quotation stands in its block, and all of the block's. */
export interface AmongQuotations {
  readonly start: number;
  readonly end: number;
  readonly all: readonly { readonly start: number; readonly end: number }[];
}

/**
 * The places that something in a block is said to be from: a note's that its mark names, those right behind it, in its
 * sentence, the last before it in its paragraph, those that a line before or behind a block that is set off names, or a heading's.
 * What stands right behind one quotation is not said of the next. Where a sentence names one cable before each of its
 * quotations, either of those around one will do.
 */
export function claimsFor(
  claims: Claims,
  at: number,
  { start, end, all }: AmongQuotations,
): readonly NamedPlace[] {
  const { blocks, places, notes } = claims;
  const block = blocks[at];
  if (block === undefined) return [];
  const { text, quoted } = block;
  const ends = all.flatMap((each) => (each.end <= start ? [each.end] : []));
  const former = ends.at(-1) ?? 0;
  const [following, second] = all.flatMap((each) => (each.start >= end ? [each.start] : []));
  // The title in a note is no quotation beside this one.
  const isTitle = following !== undefined && NOTE_OPENS.test(text.slice(end, following));
  const next = (isTitle ? second : following) ?? text.length;
  const note = labelOf(NOTE_MARK.exec(text.slice(end, end + 12)));
  const noted = note === null ? undefined : notes.get(note);
  if (noted !== undefined) return noted;
  const own = places[at] ?? [];
  const shared = ofSeveral({ text, own }, { start, end, all });
  if (shared !== null) return [shared];
  const bare = BARE_PARAGRAPH.exec(text.slice(end, end + 40))?.[1];
  if (bare !== undefined) {
    const last = [...own.filter(({ to }) => to <= start), ...places.slice(0, at).flat()].at(-1);
    if (last !== undefined) return [{ id: last.place.id, paragraphs: bare }];
  }
  const behind = own.filter(({ from }) => from >= end && from < next);
  const [first] = behind;
  const between = first === undefined ? '' : text.slice(end, first.from);
  const named = own.filter(({ to }) => to <= start).slice(-LOOKED_BACK);
  const before = named.findLast(({ from, to }) => {
    const quoted = ends.findLast((each) => each <= from);
    return (
      quoted === undefined ||
      !ATTACHED.test(text.slice(quoted, from)) ||
      !isClosed(text.slice(to, start))
    );
  });
  if (first !== undefined && (ATTACHED.test(between) || ATTACHED_NOTE.test(between))) {
    // All that stand in the same brackets.
    const close = text.slice(first.from).search(/[)\]\n]|$/);
    const together = behind.filter(({ from }) => from <= first.from + close);
    const leadsOn = next < text.length && !/[([]\s*$|^[^\n]*\n[^\n]*$/.test(between);
    const either = leadsOn && before !== undefined && before.from >= former ? [before] : [];
    return [...either, ...together].map(({ place }) => place);
  }
  const lead = text.slice(Math.max(former, before?.to ?? 0, start - LONGEST_LEAD), start);
  const led = PARAGRAPH_BEFORE.exec(lead)?.[1];
  if (led !== undefined) {
    const last = before ?? places.slice(0, at).flat().at(-1);
    if (last !== undefined) return [{ id: last.place.id, paragraphs: led }];
  }
  if (before !== undefined && !SENTENCE_END.test(text.slice(before.to, start)))
    return [before.place];
  if (first !== undefined && !SENTENCE_END.test(between)) return [first.place];
  if (before !== undefined) return [before.place];
  return (quoted ? aroundBlock(claims, at) : null) ?? headingOf(claims, at);
}

const RESPECTIVELY = /\brespectively\b/i;
/** `(both from `, before the id of several quotations. */
const OF_ALL = /[([]\s*(?:both|all)\b[^()[\]]{0,20}$/i;

/** The place of one of several quotations that a sentence names together: `“…” and “…” (both from …)`, `…, respectively`. */
function ofSeveral(
  { text, own }: { readonly text: string; readonly own: readonly Placed[] },
  { start, end, all }: AmongQuotations,
): NamedPlace | null {
  const together = own.find(({ from }) => from >= end);
  if (
    together !== undefined &&
    OF_ALL.test(text.slice(Math.max(end, together.from - LONGEST_LEAD), together.from)) &&
    !SENTENCE_END.test(text.slice(end, together.from))
  )
    return together.place;
  const word = text.search(RESPECTIVELY);
  const quoted = all.filter((each) => each.end <= word);
  const [first, last] = [quoted[0], quoted.at(-1)];
  if (first === undefined || last === undefined) return null;
  const behind = own.filter(({ from, to }) => from >= last.end && to <= word);
  const named = behind.length > 0 ? behind : own.filter(({ to }) => to <= first.start);
  if (named.length !== quoted.length) return null;
  return named[quoted.findIndex((each) => each.start === start)]?.place ?? null;
}

/** Whether a place leads on to nothing: its bracket, its line or its sentence ends. */
function isClosed(behind: string): boolean {
  return /^\s*[)\]]|\n/.test(behind) || SENTENCE_END.test(behind);
}

/** What the lines before and behind a run of blocks that are set off name. */
function aroundBlock({ blocks, places }: Claims, at: number): readonly NamedPlace[] | null {
  let to = at + 1;
  while (blocks[to]?.quoted === true && !isCitation(blocks[to]?.text ?? '')) to++;
  const behind = blocks[to];
  if (behind !== undefined && isCitation(behind.text)) {
    return (places[to] ?? []).map(({ place }) => place);
  }
  let from = at - 1;
  while (blocks[from]?.quoted === true && !isLead(blocks[from]?.text ?? '')) from--;
  const lead = blocks[from];
  const line = lead?.text.split('\n').at(-1) ?? '';
  const last = placesIn(line).at(-1);
  return last !== undefined && /[:：]\s*$/.test(line) ? [last.place] : null;
}

/** What the heading names under which a block stands. */
function headingOf({ blocks, places }: Claims, at: number): readonly NamedPlace[] {
  for (let above = at - 1; above >= Math.max(0, at - UNDER_HEADING); above--) {
    const block = blocks[above];
    const [first] = places[above] ?? [];
    if (block?.heading === true && first === undefined) return [];
    if (block === undefined || first === undefined || block.quoted) continue;
    if (block.heading ?? looksLikeHeading(block.text, first, blocks[above - 1]))
      return [first.place];
  }
  return [];
}

/** Whether a line of a plain text is a heading, and not where the quotation above it is from, a note, or a list of sources. */
function looksLikeHeading(text: string, { from, to }: Placed, above: Block | undefined): boolean {
  const rest = text.slice(0, from) + text.slice(to);
  const isOfQuotation =
    isCitation(text) &&
    above !== undefined &&
    (above.quoted || /["”»“’'][.,;]?\s*$/.test(above.text));
  return (
    !isOfQuotation &&
    rest.split(/\s+/).filter(Boolean).length <= HEADING &&
    !/["“”«»]|[.!?]\s*$/.test(text) &&
    NOTE.exec(text) === null &&
    !/^\s*[—–(]|[:：]/.test(text.slice(0, from))
  );
}
