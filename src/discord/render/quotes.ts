import type {
  APIComponentInContainer,
  APIMessageTopLevelComponent,
  APISelectMenuOption,
} from 'discord.js';
import { sourceOf } from '../../quotes/citation.js';
import { displayText } from '../../quotes/display.js';
import { excerptOf } from '../../quotes/excerpt.js';
import {
  LEFT_OUT,
  segmentsOf,
  shownSegments,
  withSigns,
  type Segment,
} from '../../quotes/segments.js';
import type { QuotedSpan } from '../../quotes/quote.js';
import { voiceTold, type Voice } from '../../search/voice.js';
import { ACTIONS, openingText, type Opening } from '../actions.js';
import { idOf } from '../custom-id.js';
import { LIMITS, OURS } from '../limits.js';
import type { Look } from '../look.js';
import { bold, cut, cutAtWord, escapeMarkdown, small } from '../markdown.js';
import { container, menu, text } from './components.js';
import { costOf, pagesOf } from './pages.js';

/** A quoted paragraph, with what answers in it where it is an answer. */
export type ShownQuote = QuotedSpan & {
  readonly highlights?: readonly (readonly [start: number, end: number])[];
  readonly again?: readonly string[];
  readonly voice?: Voice;
  /** It is the line that prints a field, and no span: what opens a span would show another text. */
  readonly field?: string;
};

/** What stands around the quotes of a message. */
export interface QuotesFrame {
  /** Characters that other text of the message takes. */
  readonly taken: number;
  readonly look: Look;
}

/** No quote is given less room, so that a sentence or two are always seen. */
const LEAST = 300;

/** Characters of `part 12 of 34` with its signs, and of an entry of the menu below. */
const PART_TOLD = 24;
const ENTRY = 110;

/**
 * Quotes in containers coloured by their level, each below its citation, and a menu that opens them.
 * Together they stay under a message's limit: a quote that has no room whole shows the part that
 * answers, and says which part it is.
 */
export function quoteContainers(
  quotes: readonly ShownQuote[],
  { taken, look }: QuotesFrame,
): APIMessageTopLevelComponent[] {
  return [
    ...wholeQuotes(quotes, { taken: taken + quotes.length * ENTRY, look }),
    ...openMenu(quotes.map((quote) => entryOf('whole', quote, shortNameOf(quote)))),
  ];
}

/** The quotes alone, as whole as there is room. */
export function wholeQuotes(
  quotes: readonly ShownQuote[],
  { taken, look }: QuotesFrame,
): APIMessageTopLevelComponent[] {
  const parts = quotes.map((quote) => {
    const segments = segmentsOf(displayText(withSigns(quote.text, quote.highlights ?? [])));
    return { quote, segments, citation: citationOf(quote, look), cost: costOf(segments) };
  });
  let room =
    LIMITS.messageText -
    taken -
    parts.reduce((sum, { citation }) => sum + citation.length + PART_TOLD, 0);
  // The short ones are shown whole first: what they leave is shared among the long ones.
  const rooms = new Map<ShownQuote, number>();
  for (const [i, { quote, cost }] of parts.toSorted((a, b) => a.cost - b.cost).entries()) {
    const share = Math.max(Math.min(cost, Math.floor(room / (parts.length - i))), LEAST);
    rooms.set(quote, share);
    room -= share;
  }
  return parts.map(({ quote, segments, citation }) => {
    const pages = pagesOf(segments, rooms.get(quote) ?? LEAST);
    const at = Math.max(
      pages.findIndex(({ strong }) => strong),
      0,
    );
    const told = pages.length === 1 ? [] : [text(small(`part ${at + 1} of ${pages.length}`))];
    return container(quote.level, [text(citation), text(pages[at]?.markdown ?? ''), ...told]);
  });
}

/** Characters of markdown of a short quote, at most: every sign of it may have a backslash. */
const SHORT = 2400;

/** The sentences that answer with those around them, below the citation; and whether something is left out. */
export function shortQuote(
  quote: ShownQuote,
  look: Look,
): { readonly component: APIMessageTopLevelComponent; readonly isWhole: boolean } {
  const { text: exact, highlights = [], level } = quote;
  const ranges = excerptOf(exact, highlights, OURS.excerpt);
  const isAll = ranges.length === 1 && ranges[0]?.[1] === exact.length && ranges[0][0] === 0;
  const [shown, ...others] = pagesOf(shownSegments(exact, highlights, ranges), SHORT);
  const markdown = `${shown?.markdown ?? ''}${others.length > 0 ? LEFT_OUT : ''}`;
  const parts: APIComponentInContainer[] = [text(citationOf(quote, look)), text(markdown)];
  return { component: container(level, parts), isWhole: isAll && others.length === 0 };
}

/** A line of a paragraph that was found as well: its mark, its place and the first words of what answers. */
export function foundLine(quote: ShownQuote, { id }: Look): string {
  const { cable, mark, level, inherited } = quote;
  const shown = inherited ? `(no mark, ${level ?? 'level unknown'})` : (mark ?? '(no mark)');
  return `${escapeMarkdown(shown)} ${bold(`${id(cable)}${escapeMarkdown(placeOf(quote))}`)} ${escapeMarkdown(firstWords(quote, OURS.firstWords))}`;
}

/** The first words of what answers, or of the paragraph without its number and mark. */
export function firstWords(quote: ShownQuote, most: number): string {
  const { text: exact, highlights } = quote;
  const [answer] = highlights ?? [];
  const segments: Segment[] =
    answer === undefined
      ? [{ text: displayText(exact), strong: false }]
      : shownSegments(exact, [], [answer]);
  const words = segments
    .map((segment) => segment.text)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
  const isBeginning = answer === undefined || exact.slice(0, answer[0]).trim() === '';
  return cutAtWord(isBeginning ? withoutNumber(words, quote) : words.replace(/^\[…\] /, ''), most);
}

/** A paragraph's words without the number and the mark that it begins with: they are told beside it. */
export function withoutNumber(
  words: string,
  { paragraph, mark }: Pick<QuotedSpan, 'paragraph' | 'mark'>,
): string {
  if (paragraph === null) return words;
  const rest = words.replace(/^¶?\s*(\d+)[.)]?\s*(?!\d)/, (printed, number: string) =>
    Number(number) === paragraph ? '' : printed,
  );
  return mark !== null && rest.startsWith(mark) ? rest.slice(mark.length).trim() : rest;
}

/** ` ¶4`, or nothing where it has no number. */
function placeOf({ paragraph }: QuotedSpan): string {
  return paragraph === null ? '' : ` ¶${paragraph}`;
}

/** `07BEIJING1689 ¶4 (SBU)`: as a menu names a paragraph. */
export function shortNameOf(quote: QuotedSpan): string {
  return `${quote.cable}${placeOf(quote)} ${quote.mark ?? '(no mark)'}`;
}

/** An entry of a menu that opens something of a quote. */
export function entryOf(
  what: Opening['what'],
  quote: ShownQuote,
  label: string,
  description = firstWords(quote, OURS.firstWords),
): APISelectMenuOption {
  const { cable, ordinal } = quote;
  return { label, description, value: openingText({ what, place: { cable, ordinal } }) };
}

/** The menu below quotes: every entry once. */
export function openMenu(entries: readonly APISelectMenuOption[]): APIMessageTopLevelComponent[] {
  const values = new Set<string>();
  const once = entries.filter(({ value }) => !values.has(value) && values.add(value));
  return menu(idOf(ACTIONS.choose, []), 'Open…', once);
}

/** Characters of a line of small print: whatever a cable has in its place, quotes have room. */
const SUBJECT = 200;

/** How a name that is masked is told, and how it can be shown. */
const MASKED =
  '█████: a name that the cable asks to protect; whoever runs Pilcrow may show it (`PILCROW_PROTECTED_NAMES`)';

/** Other cables with the same text that are named. */
const AGAIN = 3;

/** The citation as a title, the subject, and what else must be known of a quote. */
export function citationOf(quote: ShownQuote, { id }: Look): string {
  const source = sourceOf(quote);
  const place = quote.citation.slice(quote.cable.length, -source.length);
  const lines = [
    `${bold(`${id(quote.cable)}${escapeMarkdown(place.replace(/, $/, ''))}`)}, ${escapeMarkdown(source)}`,
  ];
  if (quote.subject !== null) {
    lines.push(small(escapeMarkdown(cut(quote.subject.replace(/\s+/g, ' '), SUBJECT))));
  }
  if (quote.inherited && quote.level !== null) {
    lines.push(small(`no mark is printed: the cable’s level is ${quote.level}`));
  }
  if (quote.voice !== undefined) lines.push(small(escapeMarkdown(voiceTold(quote.voice))));
  if (quote.again !== undefined && quote.again.length > 0) {
    const again = `the same text again: ${quote.again.slice(0, AGAIN).join('; ')}`;
    lines.push(small(escapeMarkdown(cut(again, SUBJECT))));
  }
  if (quote.masks !== undefined) lines.push(small(MASKED));
  return lines.join('\n');
}
