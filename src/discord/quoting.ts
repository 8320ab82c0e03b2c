import { isBadInput, isNotFound } from '../errors.js';
import type { NamedPlace } from '../quotes/named-places.js';
import type { QuotedSpan } from '../quotes/quote.js';
import type { StyleName } from '../quotes/styles.js';
import { ACTIONS } from './actions.js';
import { idOf } from './custom-id.js';
import { small } from './markdown.js';
import { text, type Rendered } from './render/components.js';
import { textLength } from './render/message-text.js';
import { renderQuotePages } from './render/quote-pages.js';
import { quoteContainers } from './render/quotes.js';
import type { Turn } from './turn.js';

/** Paragraphs quoted beneath one message, at most. */
const MOST = 4;

/** A page, from 0, of some paragraphs of a cable, with their citations. Throws where there are none. */
export async function quotePage(
  { library, look }: Turn,
  id: string,
  paragraphs: string,
  style: StyleName,
  at: number,
): Promise<Rendered> {
  const quotes = await library((shown) => shown.quotes(id, paragraphs));
  const cable = quotes[0]?.cable ?? id;
  return renderQuotePages(quotes, {
    page: at,
    style,
    look,
    turnTo: (other) => idOf(ACTIONS.quotes, [cable, paragraphs, style, other]),
  });
}

/** Those of the places whose cables are held. */
export async function heldAmong(
  { library }: Turn,
  places: readonly NamedPlace[],
): Promise<NamedPlace[]> {
  if (places.length === 0) return [];
  const held = await library(({ named }) => named(places.map(({ id }) => id)));
  return places.filter(({ id }) => held.some((each) => each.id === id));
}

/**
 * The paragraphs that are named, as many as a message takes; what is not there, or may not be shown, is left out. Null where
 * nothing is left.
 */
export async function quoteNamed(
  turn: Turn,
  places: readonly NamedPlace[],
): Promise<Rendered | null> {
  const held = await heldAmong(turn, places);
  const found: QuotedSpan[] = [];
  for (const place of held.slice(0, MOST)) found.push(...(await quotesOf(turn, place)));
  if (found.length === 0) return null;
  const shown = found.slice(0, MOST);
  const more = found.length - shown.length + Math.max(held.length - MOST, 0);
  const told = more > 0 ? [text(small(`and ${more} more that it names`))] : [];
  const taken = textLength({ components: told });
  return { components: [...quoteContainers(shown, { taken, look: turn.look }), ...told] };
}

/** Of a cable of which no paragraph is named, its summary, or its first paragraph. */
async function quotesOf({ library }: Turn, { id, paragraphs }: NamedPlace): Promise<QuotedSpan[]> {
  const tried = paragraphs === null ? ['summary', '1'] : [paragraphs];
  for (const each of tried) {
    try {
      return await library((shown) => shown.quotes(id, each));
    } catch (error) {
      if (!isNotFound(error) && !isBadInput(error)) throw error; // `6-4` are no paragraphs
    }
  }
  return [];
}
