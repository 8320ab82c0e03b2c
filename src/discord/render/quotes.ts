import type { APIComponentInContainer, APIMessageTopLevelComponent } from 'discord.js';
import { displayText } from '../../quotes/display.js';
import { segmentsOf, withSigns } from '../../quotes/segments.js';
import type { QuotedSpan } from '../../quotes/quote.js';
import { ACTIONS } from '../actions.js';
import { idOf } from '../custom-id.js';
import { LIMITS } from '../limits.js';
import { cut, escapeMarkdown, small } from '../markdown.js';
import { button, buttons, container, text } from './components.js';
import { costOf, pagesOf } from './pages.js';

/** A quoted paragraph, with what answers in it where it is an answer. */
export type ShownQuote = QuotedSpan & {
  readonly highlights?: readonly (readonly [start: number, end: number])[];
  readonly again?: readonly string[];
};

/** What stands around the quotes of a message. */
export interface QuotesFrame {
  /** Characters that other text of the message takes. */
  readonly taken: number;
  /** Whether each quote has buttons that judge it: only answers have. */
  readonly judged: boolean;
}

/** No quote is given less room, so that a sentence or two are always seen. */
const LEAST = 300;

/** Characters of `part 12 of 34` with its signs. */
const PART_TOLD = 24;

/**
 * Quotes in containers coloured by their level, each with its citation. Together they stay under a
 * message's limit: a quote that has no room whole shows the part that answers, says which part it is
 * and has a button for the whole.
 */
export function quoteContainers(
  quotes: readonly ShownQuote[],
  frame: QuotesFrame,
): APIMessageTopLevelComponent[] {
  const parts = quotes.map((quote) => {
    const segments = segmentsOf(displayText(withSigns(quote.text, quote.highlights ?? [])));
    return { quote, segments, citation: citationOf(quote), cost: costOf(segments) };
  });
  let room =
    LIMITS.messageText -
    frame.taken -
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
    const part = pages.length === 1 ? '' : `\n${small(`part ${at + 1} of ${pages.length}`)}`;
    return container(quote.level, [
      text(pages[at]?.markdown ?? ''),
      text(`${citation}${part}`),
      ...quoteButtons(quote, pages.length > 1, frame.judged),
    ]);
  });
}

/** Characters of a line of small print: whatever a cable has in its place, quotes have room. */
const SUBJECT = 200;

/** Other cables with the same text that are named. */
const AGAIN = 3;

/** Citation, subject, and what else must be known of a quote. */
export function citationOf(quote: ShownQuote): string {
  const lines = [`— ${escapeMarkdown(quote.citation)}`];
  if (quote.subject !== null) {
    lines.push(small(escapeMarkdown(cut(quote.subject.replace(/\s+/g, ' '), SUBJECT))));
  }
  if (quote.inherited && quote.level !== null) {
    lines.push(small(`no mark is printed: the cable’s level is ${quote.level}`));
  }
  if (quote.again !== undefined && quote.again.length > 0) {
    const again = `the same text again: ${quote.again.slice(0, AGAIN).join('; ')}`;
    lines.push(small(escapeMarkdown(cut(again, SUBJECT))));
  }
  return lines.join('\n');
}

function quoteButtons(
  quote: ShownQuote,
  partly: boolean,
  judged: boolean,
): APIComponentInContainer[] {
  const { cable, ordinal } = quote;
  const place = { cable, ordinal };
  return buttons(
    partly ? button('Whole paragraph', idOf(ACTIONS.read, [place, ordinal, 0])) : null,
    button('Context', idOf(ACTIONS.context, [place])),
    button('Open cable', idOf(ACTIONS.open, [place])),
    judged ? button('Good', idOf(ACTIONS.good, [place])) : null,
    judged ? button('Wrong', idOf(ACTIONS.wrong, [place])) : null,
  );
}
