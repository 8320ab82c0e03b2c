import type { SpanPlace } from '../../corpus/corpus.js';
import { DEFAULT_STYLE } from '../../quotes/styles.js';
import { ACTIONS, type Opening } from '../actions.js';
import { idOf } from '../custom-id.js';
import { renderCard, type CardFrame } from '../render/cable.js';
import { NOT_SHOWN, type Rendered } from '../render/components.js';
import { renderPlain } from '../render/plain.js';
import { renderQuotePages } from '../render/quote-pages.js';
import type { Turn } from '../turn.js';

/** What a menu opens of a span. */
export function opened(
  turn: Turn,
  what: Exclude<Opening['what'], 'result'>,
  place: SpanPlace,
): Promise<Rendered> {
  switch (what) {
    case 'whole':
      return reading(turn, place, place.ordinal, 0);
    case 'around':
      return around(turn, place);
    case 'plain':
      return plain(turn, place);
    case 'cable':
      return card(turn, place.cable, { of: place.ordinal });
  }
}

/** A cable's card. */
export async function card(
  { library, place, look }: Turn,
  id: string,
  page: CardFrame['page'],
): Promise<Rendered> {
  const found = await library((shown) => shown.cable(id));
  return renderCard(found, { dates: place.settings.dates, page, look });
}

/** Spans of a cable from one place to another, both included, a page of them. */
export async function reading(
  { library, look }: Turn,
  { cable, ordinal }: SpanPlace,
  to: number,
  page: number,
): Promise<Rendered> {
  const places = Array.from({ length: to - ordinal + 1 }, (_, i) => ({
    cable,
    ordinal: ordinal + i,
  }));
  const quotes = await library(({ spans }) => spans(places));
  return renderQuotePages(quotes, {
    page,
    style: DEFAULT_STYLE,
    look,
    turnTo: (other) => idOf(ACTIONS.leaf, [{ cable, ordinal }, to, other]),
  });
}

/** A quote as it is pasted elsewhere. */
export async function plain({ library, preferences }: Turn, place: SpanPlace): Promise<Rendered> {
  const [quoted] = await library(({ spans }) => spans([place]));
  return quoted === undefined ? NOT_SHOWN : renderPlain(quoted, preferences.style);
}

/** Spans before and behind a paragraph that are shown with it. */
const AROUND = 1;

/** The spans around one, headings and blank ones between included. */
export function around(turn: Turn, { cable, ordinal }: SpanPlace): Promise<Rendered> {
  const from = Math.max(ordinal - AROUND, 0);
  return reading(turn, { cable, ordinal: from }, ordinal + AROUND, 0);
}
