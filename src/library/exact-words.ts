import { stemsOf, wordsOf } from '../cable/terms.js';
import type { Corpus, PhraseQuery } from '../corpus/corpus.js';
import { InputError } from '../errors.js';
import { quotedSpan, type QuotedSpan } from '../quotes/quote.js';
import { requireShort } from '../search/analyse.js';
import { conditionsOf, readFiltersOver, type Filters } from '../search/filters.js';
import { foldedText, holdsPhrase, LOOKED_AT, readingsOf } from '../search/phrases.js';

/** Paragraphs that hold words exactly. */
export interface FoundWords {
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

/** Which page of what was found. */
export interface WordOptions {
  readonly filters: Filters;
  readonly from: number;
  readonly limit: number;
}

/** A sentence of fewer words stands in too many places to tell where it is from. */
const FEWEST_WORDS = 4;

/** Finds the paragraphs that hold words, and phrases between quotation marks, just so. */
export async function findWords(
  corpus: Corpus,
  text: string,
  { filters, from, limit }: WordOptions,
): Promise<FoundWords> {
  const { wanted, unwanted } = phrasesAndWords(text);
  const { filter, told } = await readFiltersOver(corpus, filters);
  const { hits } = await corpus.searchWords({
    phrases: wanted.map(stemsOf),
    match: 'all',
    limit: LOOKED_AT,
    where: conditionsOf(filter),
  });
  const quotes = await quotesOf(
    corpus,
    hits.map(({ passage }) => passage),
  );
  const found = quotes.filter(
    (quoted) =>
      holdsAll(quoted.text, wanted) && !unwanted.some((each) => holdsAll(quoted.text, [each])),
  );
  const more = hits.length === LOOKED_AT;
  const without = unwanted.map((each) => `paragraphs without “${each}”`);
  return {
    told: [...told, ...without],
    found: found.length,
    more,
    page: found.slice(from, from + limit),
  };
}

/** Finds where a passage stands that somebody quotes: the whole, or else each line and sentence of it. */
export async function findQuote(
  corpus: Corpus,
  passage: string,
  limit: number,
): Promise<QuoteHit[]> {
  const [whole = []] = await holding(corpus, [passage]);
  if (whole.length > 0) return whole.slice(0, limit);
  // Pasted with a word changed, or over two paragraphs.
  const sentences = passage
    .split(/\n+|(?<=[.!?])\s+/)
    .filter((each) => wordsOf(each).length >= FEWEST_WORDS);
  const found = (await holding(corpus, sentences)).flat();
  const seen = new Set<string>();
  return found
    .filter(({ cable, ordinal }) => {
      const place = `${cable} ${ordinal}`;
      return !seen.has(place) && seen.add(place);
    })
    .slice(0, limit);
}

/** For each phrase, the paragraphs with its words in a row. */
async function holding(corpus: Corpus, phrases: readonly string[]): Promise<QuoteHit[][]> {
  if (phrases.length === 0) return [];
  const queries = phrases.map((phrase): PhraseQuery => ({
    stems: stemsOf(phrase),
    limit: LOOKED_AT,
  }));
  const matching = await corpus.searchPhrases(queries);
  const all = [...new Set(matching.flat())];
  const quotes = await quotesOf(corpus, all);
  const byKey = new Map(all.map((passage, i) => [passage, quotes[i]]));
  return matching.map((passages, i) => {
    const phrase = phrases[i] ?? '';
    return passages.flatMap((passage) => {
      const quoted = byKey.get(passage);
      if (quoted === undefined) return [];
      // A mask stands between its words.
      if (quoted.masks !== undefined && !holdsPhrase(readingsOf(quoted.text), phrase)) return [];
      return [{ ...quoted, exact: holdsPhrase(readingsOf(quoted.text), phrase) }];
    });
  });
}

async function quotesOf(corpus: Corpus, passages: readonly number[]): Promise<QuotedSpan[]> {
  const spans = await corpus.spans(passages);
  return spans.map(({ cable, ordinal, span }) => quotedSpan(cable, ordinal, span, corpus.ceiling));
}

/**
 * Words, and phrases between quotation marks: those that are wanted, and behind `-` or `NOT` those that are not. Throws
 * {@link InputError} where none is wanted.
 */
function phrasesAndWords(text: string): { readonly wanted: string[]; readonly unwanted: string[] } {
  requireShort(text);
  const [wanted, unwanted]: [string[], string[]] = [[], []];
  for (const { groups = {} } of text.matchAll(WANTED)) {
    const each = (groups['phrase'] ?? groups['word'] ?? '').trim();
    if (!/[\p{L}\p{N}]/u.test(each)) continue;
    (groups['not'] === undefined ? wanted : unwanted).push(each);
  }
  if (wanted.length === 0) {
    const what = 'give words to look for, or a phrase between quotation marks';
    throw new InputError('WORDS_EMPTY', { what });
  }
  return { wanted: [...new Set(wanted)], unwanted: [...new Set(unwanted)] };
}

const WANTED = /(?<not>(?<!\S)(?:-|NOT\s+))?(?:["“”](?<phrase>[^"“”]+)["“”]|(?<word>[^\s"“”]+))/g;

/** Whether every word and phrase stands in a text just so, in any of its readings. */
function holdsAll(text: string, wanted: readonly string[]): boolean {
  const readings = readingsOf(text);
  return wanted.every((each) => readings.some((folded) => holdsWord(folded, each)));
}

function holdsWord(folded: string, wanted: string): boolean {
  const word = foldedText(wanted).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    const before = folded[at - 1] ?? ' ';
    const after = folded[at + word.length] ?? ' ';
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
