import { wordsOf } from '../cable/terms.js';
import { daysOf, monthsIn, withoutDates, yearsIn } from './dates.js';
import { filtersInWords, type Filters } from './filters.js';
import { placesIn } from './places.js';

/**
 * Openings of a question that lean on the one before: `and in 2008?`, `what about Spain?`, `why did
 * he refuse?`. A question without one stands alone.
 */
const LEANING =
  /^(?:and|but|so|then|also|or|what about|how about|who else|what else|how so|really)\b|^(?:why|when|where|who|how)\W*$|^(?:\w+\s+){0,3}(?:he|she|it|they|him|her|them|his|their|its|that|those|these|this|there|then)\b/i;

/** Whether a question of a conversation must be read with the one before it. */
export function isFollowUp(question: string): boolean {
  return LEANING.test(question.trim());
}

/** `and in 2008?`, `what about Spain?`: names one thing, and asks nothing by itself. */
const CHANGE =
  /^(?:(?:and|but|so|or)\s+)?(?:(?:what|how)\s+about\s+)?(?:(?:in|from|for|with|by|after|before|since|during|at)\s+)?(?:the\s+)?[\p{L}\p{N}’'.-]+(?:\s+[\p{L}\p{N}’'.-]+){0,3}\s*\?*$/iu;
const OPENING = /^(?:and|but|so|or|what about|how about|in|from|at|since|after|before)\b/i;

/** Earlier questions of a conversation that a question is read with. */
export const REMEMBERED = 3;
/** How the reading of a follow-up begins. */
export const READ_WITH = 'read with: ';

/** What earlier questions lend to a follow-up. */
export interface CarriedOver {
  /** The earlier questions, without what the follow-up changes and without the filters they state. */
  readonly before: readonly string[];
  /** The filters that they state; a date or a place that the follow-up changes is changed in them. */
  readonly filters: Filters;
  /** How the follow-up was read, in words. */
  readonly told: readonly string[];
}

/**
 * Reads a follow-up with the questions before it. One that names one thing alone (`and in 2008?`,
 * `what about Spain?`) changes that thing, a date or a place, and keeps the rest.
 */
export function carriedOver(question: string, history: readonly string[]): CarriedOver {
  if (history.length === 0) return { before: [], filters: {}, told: [] };
  const stated = history.map(filtersInWords);
  let before = stated.map(({ rest }) => rest);
  let filters = stated.reduce<Filters>((all, each) => ({ ...all, ...each.filters }), {});
  if (OPENING.test(question) && CHANGE.test(question)) {
    const words = wordsOf(question);
    const [place] = placesIn(words);
    const years = yearsIn(question);
    if (years.length > 0 || monthsIn(question).length > 0) {
      before = before.map(withoutDates);
      const { from, to, ...others } = filters;
      const days = daysOf(String(years[0] ?? ''));
      if (from !== undefined || to !== undefined) filters = { ...others, ...days };
    }
    if (place !== undefined) {
      before = before.map(withoutPlaces);
      const origin = words.slice(place.first, place.end).join(' ');
      if (filters.origin !== undefined) filters = { ...filters, origin };
    }
  }
  before = before.map((each) => each.trim()).filter((each) => each !== '');
  return { before, filters, told: [`${READ_WITH}${before.join(' ')}`] };
}

/** A question without the cities and countries that it names. */
function withoutPlaces(text: string): string {
  const pieces = text.split(' ');
  const owner: number[] = [];
  const words: string[] = [];
  for (const [piece, written] of pieces.entries()) {
    for (const word of wordsOf(written)) {
      words.push(word);
      owner.push(piece);
    }
  }
  const gone = new Set<number>();
  for (const { first, end } of placesIn(words)) {
    for (const piece of owner.slice(first, end)) gone.add(piece);
  }
  // `in Spain` goes whole: the preposition would lead to the next word.
  for (const piece of [...gone])
    if (/^(?:in|from|of|for|with|to)$/i.test(pieces[piece - 1] ?? '')) gone.add(piece - 1);
  return pieces.filter((_, piece) => !gone.has(piece)).join(' ');
}
