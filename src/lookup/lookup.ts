import { NO_CEILING, showsCable, showsSpan, type Ceiling } from '../cable/ceiling.js';
import { detailsOf } from '../cable/details.js';
import type { Cable } from '../cable/types.js';
import { wordsOf } from '../cable/terms.js';
import { InputError } from '../errors.js';
import { quotedSpan, type QuotedSpan } from '../quotes/quote.js';
import { readFilters, type Filters } from '../search/filters.js';
import type { SpanPlace } from '../search/highlighted.js';
import { foldedText } from '../search/phrases.js';
import type { Store, StoreStats } from '../store/store.js';
import type { Catalogue, Completion } from './catalogue.js';
import { findCable } from './find-cable.js';

/** A cable with what its reference line says and when it may be declassified. */
export interface CableLookup {
  readonly cable: Cable;
  readonly declassifyOn: string | null;
  readonly captions: readonly string[];
}

/** A cable that is named by its id. */
export interface Reference {
  readonly id: string;
  readonly held: boolean;
  /** Null where it is not known, or may not be shown. */
  readonly subject: string | null;
}

export interface References {
  readonly id: string;
  /** Null where the cable's reference line may not be shown. */
  readonly cites: readonly Reference[] | null;
  readonly citedBy: readonly Reference[];
}

/** Paragraphs that hold words exactly. */
export interface WordHits {
  /** The filters as they were read. */
  readonly told: readonly string[];
  readonly found: number;
  /** No more were looked for: there may be others. */
  readonly more: boolean;
  readonly page: readonly QuotedSpan[];
}

/** Where a passage stands: word for word, or with the same words. */
export interface QuoteHit extends QuotedSpan {
  readonly exact: boolean;
}

/**
 * What is looked up without a question, under the ceiling of the place where it is shown: what that hides
 * is as if it were not there. A function of ids takes them in any form.
 */
export type Lookup = Readonly<{
  cable(id: string, ceiling: Ceiling): CableLookup;
  /** Those of the spans that are held and may be shown, in their order. */
  spans(places: readonly SpanPlace[], ceiling: Ceiling): QuotedSpan[];
  words(text: string, options: WordOptions): WordHits;
  references(id: string, ceiling: Ceiling): References;
  find(passage: string, limit: number, ceiling: Ceiling): QuoteHit[];
  complete(typed: string, limit: number, ceiling: Ceiling): Completion[];
  /** Those of the ids that are held. */
  named(ids: readonly string[], ceiling: Ceiling): Reference[];
  stats(ceiling: Ceiling): StoreStats;
}>;

export interface WordOptions {
  readonly filters: Filters;
  readonly ceiling: Ceiling;
  readonly from: number;
  readonly limit: number;
}

/** Paragraphs looked at for exact words. */
const LOOKED_AT = 2000;
/** A sentence of fewer words stands in too many places to tell where it is from. */
const FEWEST_WORDS = 4;

export function createLookup(store: Store, catalogue: Catalogue): Lookup {
  const stats = new Map<string, StoreStats>([[JSON.stringify(NO_CEILING), store.stats()]]);

  const quotedOf = (passage: number, ceiling: Ceiling): QuotedSpan => {
    const { cable, ordinal, span } = store.under(ceiling).spanOfPassage(passage);
    return quotedSpan(cable, ordinal, span, ceiling);
  };
  const referenceTo = (id: string, ceiling: Ceiling): Reference => {
    const summary = catalogue.summary(id, ceiling);
    const shown = summary !== null && showsCable(ceiling, summary);
    return { id, held: summary !== null, subject: shown ? summary.subject : null };
  };
  const shownWith = (phrase: string, ceiling: Ceiling): QuoteHit[] => {
    const wanted = foldedText(phrase);
    return store
      .under(ceiling)
      .searchPhrase(phrase, LOOKED_AT)
      .map((passage) => quotedOf(passage, ceiling))
      .map((quoted) => ({ ...quoted, exact: foldedText(quoted.text).includes(wanted) }));
  };

  return {
    cable(id, ceiling) {
      const cable = findCable(store.under(ceiling), id);
      const { declassifyOn, captions } = detailsOf(cable);
      return { cable, declassifyOn, captions };
    },
    spans: (places, ceiling) =>
      places.flatMap(({ cable: id, ordinal }) => {
        const cable = store.under(ceiling).cable(id);
        const span = cable?.spans[ordinal];
        return cable && span && showsSpan(ceiling, cable, span)
          ? [quotedSpan(cable, ordinal, span, ceiling)]
          : [];
      }),
    words(text, { filters, ceiling, from, limit }) {
      const wanted = phrasesAndWords(text);
      const shown = store.under(ceiling);
      const { filter, told } = readFilters(filters, shown);
      const rows = shown.searchWords(wanted, LOOKED_AT, { filter, match: 'all' });
      const hits = rows
        .map(({ passage }) => quotedOf(passage, ceiling))
        .filter((quoted) => holdsAll(quoted.text, wanted));
      return {
        told,
        found: hits.length,
        more: rows.length === LOOKED_AT,
        page: hits.slice(from, from + limit),
      };
    },
    references(id, ceiling) {
      const cable = findCable(store.under(ceiling), id);
      const cites = showsCable(ceiling, cable)
        ? cable.references.map((each) => referenceTo(each, ceiling))
        : null;
      // Who cites is told by another cable's reference line, which may be above the ceiling.
      const citedBy = catalogue
        .citing(cable.id, ceiling)
        .map(({ id: citing, subject }) => ({ id: citing, held: true, subject }));
      return { id: cable.id, cites, citedBy };
    },
    find(passage, limit, ceiling) {
      const whole = shownWith(passage, ceiling);
      if (whole.length > 0) return whole.slice(0, limit);
      // Pasted with a word changed, or over two paragraphs: each line and sentence is looked for alone.
      const sentences = passage
        .split(/\n+|(?<=[.!?])\s+/)
        .filter((each) => wordsOf(each).length >= FEWEST_WORDS);
      const found = sentences.flatMap((each) => shownWith(each, ceiling));
      const seen = new Set<string>();
      return found
        .filter(({ cable, ordinal }) => {
          const place = `${cable} ${ordinal}`;
          return !seen.has(place) && seen.add(place);
        })
        .slice(0, limit);
    },
    complete: (typed, limit, ceiling) => catalogue.complete(typed, limit, ceiling),
    named: (ids, ceiling) => ids.map((id) => referenceTo(id, ceiling)).filter(({ held }) => held),
    stats(ceiling) {
      const name = JSON.stringify(ceiling);
      const known = stats.get(name) ?? store.under(ceiling).stats();
      stats.set(name, known);
      return known;
    },
  };
}

/** Words, and phrases between quotation marks. Throws {@link InputError} where there are none. */
function phrasesAndWords(text: string): string[] {
  const phrases: string[] = [];
  const rest = text.replace(/["“”]([^"“”]+)["“”]/g, (_, phrase: string) => {
    phrases.push(phrase.trim());
    return ' ';
  });
  const wanted = [...phrases, ...rest.split(/\s+/)].filter((each) => /[\p{L}\p{N}]/u.test(each));
  if (wanted.length === 0) {
    throw new InputError(
      'WORDS_EMPTY',
      'give words to look for, or a phrase between quotation marks',
    );
  }
  return wanted;
}

/** Whether every word and phrase stands in a text just so, but for capitals and line breaks. */
function holdsAll(text: string, wanted: readonly string[]): boolean {
  const folded = foldedText(text);
  return wanted.every((each) => {
    const word = foldedText(each).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
      const before = folded[at - 1] ?? ' ';
      const after = folded[at + word.length] ?? ' ';
      if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
    }
    return false;
  });
}
