import { NO_CEILING, showsCable, showsSpan, type Ceiling } from '../cable/ceiling.js';
import { paragraphsOf, type PlacedSpan } from '../quotes/paragraphs.js';
import { quotedSpan, type QuotedSpan } from '../quotes/quote.js';
import type { Receipt } from '../quotes/receipt.js';
import { InputError, NotFoundError } from '../errors.js';
import type { Cable } from '../cable/cable.js';
import { check, type Checked } from '../checking/check.js';
import { blocksOf } from '../checking/document.js';
import { readDocument, type Document } from '../checking/read-document.js';
import type { Corpus, CorpusStats, SpanPlace } from '../corpus/corpus.js';
import type { Generation } from '../corpus/engine.js';
import type { Embedder } from '../embedding/embedder.js';
import type { Reranker } from '../reranking/reranker.js';
import type { Answer, AnswerResult } from '../search/answer.js';
import { explain, type Explanation } from '../search/explain.js';
import { readFiltersOver, type Filters } from '../search/filters.js';
import type { QuestionContext } from '../search/found.js';
import { createOwnVectors } from '../search/own-vectors.js';
import { requireShort } from '../search/analyse.js';
import { intentOf } from '../search/intent.js';
import { quotedAgain, type HighlightedSpan } from '../search/quoted-again.js';
import { relatedTo } from '../search/related.js';
import { createSearch, type AskOptions } from '../search/search.js';
import { readCatalogue, type Catalogue, type Completion } from './catalogue.js';
import {
  findQuote,
  findWords,
  type QuoteHit,
  type FoundWords,
  type WordOptions,
} from './exact-words.js';
import { answerAside } from './aside.js';
import { answerFromField } from './field-answer.js';
import { asList, listCables, wantsList, type CableList, type ListOptions } from './cable-list.js';
import { findCable } from './find-cable.js';
import { redact, type ShownCable } from './shown-cable.js';
import { verify, type Verified } from './verify.js';

/** A cable that another names by its id. */
export interface CitedCable {
  readonly id: string;
  readonly held: boolean;
  /** Null where it is not known, or may not be shown. */
  readonly subject: string | null;
}

/** What a cable cites, and what cites it. */
export interface Citations {
  readonly id: string;
  /** Null where the cable's reference line may not be shown. */
  readonly cites: readonly CitedCable[] | null;
  readonly citedBy: readonly CitedCable[];
}

/** Paragraphs of other cables that are near to a cable, or to some of it. */
export interface Related {
  readonly id: string;
  readonly results: readonly AnswerResult[];
}

/**
 * All that can be asked of an index in a place, under that place's ceiling: what that hides is as if it
 * were not there, and no method has a way to return more. Ids are taken in any form.
 */
export type LibraryView = Readonly<{
  ask(question: string, options: AskOptions): Promise<Answer>;
  /** Whether a question is answered by a list of cables rather than by paragraphs, or by a field. */
  wantsList(question: string, history: readonly string[]): Promise<boolean>;
  /** The cables that a question asks for, or that are about it, a page of them. */
  list(question: string, options: ListOptions): Promise<CableList>;
  explain(question: string, context: QuestionContext): Promise<Explanation>;
  /** Spans that were found for a question before, with the sentences that answer it. */
  quotedAgain(question: string, places: readonly SpanPlace[]): Promise<HighlightedSpan[]>;
  /** The nearest paragraphs of other cables, one a cable, to a cable or to the first of some paragraphs. */
  related(id: string, paragraphs: string | null, limit: number): Promise<Related>;
  cable(id: string): Promise<ShownCable>;
  /** Paragraphs of a cable: `4`, `4-6`, `summary`. Throws where none of them is held, or shown. */
  quotes(id: string, paragraphs: string): Promise<QuotedSpan[]>;
  /** Those of the spans that are held and may be shown, in their order. */
  spans(places: readonly SpanPlace[]): Promise<QuotedSpan[]>;
  words(text: string, options: WordOptions): Promise<FoundWords>;
  /** Filters as they are read. Throws {@link InputError} for what is none. */
  filters(filters: Filters): Promise<readonly string[]>;
  citations(id: string): Promise<Citations>;
  findQuote(passage: string, limit: number): Promise<QuoteHit[]>;
  /** Whether the text that a receipt is of still stands where it did. */
  verify(receipt: Receipt): Promise<Verified>;
  /** The quotations in a text or a document, graded. Throws {@link InputError} where it cannot be read. */
  check(given: CheckedText): Promise<Checked>;
  complete(typed: string, limit: number): Promise<Completion[]>;
  /** Those of the ids that are held. */
  named(ids: readonly string[]): Promise<CitedCable[]>;
  stats(): Promise<CorpusStats>;
}>;

/** Characters that are checked at once: some sixty thousand words. */
const MOST_CHECKED = 400_000;

/** What is checked: a text as it was written, or a document. */
export type CheckedText = { readonly text: string } | { readonly document: Document };

/** An index, open. */
export interface Library {
  /** It as a ceiling shows it. */
  libraryFor(ceiling?: Ceiling): Promise<LibraryView>;
  /** Reads at once what look-ups need. */
  warm(): Promise<void>;
}

/** What a library is made of. */
export interface LibraryParts {
  readonly generation: Generation;
  readonly embedder: Embedder;
  readonly reranker: Reranker | null;
  /** Milliseconds. */
  readonly clock: () => number;
}

/** Opens a library; its catalogue is read when it is first needed. */
export function createLibrary({ generation, embedder, reranker, clock }: LibraryParts): Library {
  const own = createOwnVectors(embedder, clock);
  let reading: Promise<Catalogue> | null = null;
  const catalogue = (): Promise<Catalogue> => {
    reading ??= generation.corpus().then(readCatalogue);
    return reading;
  };

  function viewOf(corpus: Corpus): LibraryView {
    const { ceiling } = corpus;
    const search = createSearch({ corpus, embedder, reranker, own, clock });
    const citing = async (id: string): Promise<string[]> =>
      (await catalogue()).citing(id, ceiling).map((each) => each.id);
    const spans = async (places: readonly SpanPlace[]): Promise<QuotedSpan[]> => {
      const ids = [...new Set(places.map(({ cable }) => cable))];
      const cables = new Map((await corpus.cables(ids)).map((cable) => [cable.id, cable]));
      return places.flatMap(({ cable: id, ordinal }) => {
        const cable = cables.get(id);
        const span = cable?.spans[ordinal];
        return cable && span ? quotesOf(cable, [{ span, ordinal }], ceiling) : [];
      });
    };
    const citedCable = (id: string, from: Catalogue): CitedCable => {
      const summary = from.summary(id, ceiling);
      const shown = summary !== null && showsCable(ceiling, summary);
      return { id, held: summary !== null, subject: shown ? summary.subject : null };
    };
    return {
      async ask(question, options) {
        requireShort(question);
        const started = clock();
        const aside = await answerAside(search, question, options);
        if (aside !== null) return aside;
        const intent = await intentOf(embedder, question, options.history);
        const parts = { corpus, search, citing };
        const { limit } = options;
        const answer = await answerFromField(parts, question, options, { limit, intent });
        if (answer === null) return search.ask(question, asList(question, options, intent));
        return { ...answer, ms: Math.round(clock() - started) };
      },
      async wantsList(question, history) {
        requireShort(question);
        return wantsList(question, history, await intentOf(embedder, question, history));
      },
      list: async (question, options) =>
        listCables(
          { corpus, search },
          question,
          options,
          await intentOf(embedder, question, options.history),
        ),
      explain: async (question, context) => explain(await search.find(question, context)),
      async quotedAgain(question, places) {
        const quotes = await quotedAgain({ corpus, embedder, own }, question, places);
        // What is no passage (the line of a field) has no sentences to be marked.
        const others = places.filter(
          ({ cable, ordinal }) =>
            !quotes.some((quote) => quote.cable === cable && quote.ordinal === ordinal),
        );
        const whole = others.length === 0 ? [] : await spans(others);
        return [...quotes, ...whole.map((quote) => ({ ...quote, highlights: [] }))];
      },
      async related(id, paragraphs, limit) {
        const cable = await findCable(corpus, id);
        const [first] = paragraphs === null ? [] : paragraphsOf(cable, paragraphs, ceiling);
        const to = { cable: cable.id, ...(first && { ordinal: first.ordinal }) };
        return { id: cable.id, results: await relatedTo({ corpus, own, embedder }, to, limit) };
      },
      cable: async (id) => redact(await findCable(corpus, id), ceiling),
      async quotes(id, paragraphs) {
        const cable = await findCable(corpus, id);
        const quotes = quotesOf(cable, paragraphsOf(cable, paragraphs, ceiling), ceiling);
        if (quotes.length > 0) return quotes;
        throw new NotFoundError('ABOVE_CEILING', {
          what: `what you name of ${cable.id} is above what may be shown here`,
          context: { id: cable.id },
        });
      },
      spans,
      words: (text, options) => findWords(corpus, text, options),
      filters: async (filters) => (await readFiltersOver(corpus, filters)).told,
      async citations(id) {
        const cable = await findCable(corpus, id);
        const from = await catalogue();
        const cites = showsCable(ceiling, cable)
          ? cable.references.map((each) => citedCable(each, from))
          : null;
        // Who cites is told by another cable's reference line, which may be above the ceiling.
        const citedBy = from
          .citing(cable.id, ceiling)
          .map(({ id: citing, subject }) => ({ id: citing, held: true, subject }));
        return { id: cable.id, cites, citedBy };
      },
      findQuote: (passage, limit) => findQuote(corpus, passage, limit),
      verify: (receipt) => verify(corpus, receipt),
      async check(given) {
        const blocks = 'text' in given ? blocksOf(given.text) : await readDocument(given.document);
        const length = blocks.reduce((sum, { text }) => sum + text.length, 0);
        const maskedIn = ceiling.masked === true ? (await catalogue()).masking : undefined;
        if (length <= MOST_CHECKED) return check(corpus, blocks, maskedIn);
        throw new InputError('DOCUMENT', {
          what: 'that is more than can be checked while others ask',
          todo: 'check it in parts, or with pilcrow check in a terminal',
        });
      },
      complete: async (typed, limit) => (await catalogue()).complete(typed, limit, ceiling),
      async named(ids) {
        const from = await catalogue();
        return ids.map((id) => citedCable(id, from)).filter(({ held }) => held);
      },
      stats: () => corpus.stats(),
    };
  }

  return {
    libraryFor: async (ceiling = NO_CEILING) => viewOf(await generation.corpus(ceiling)),
    async warm() {
      await catalogue();
    },
  };
}

/** Those of a cable's spans that a ceiling shows. */
function quotesOf(cable: Cable, spans: readonly PlacedSpan[], ceiling: Ceiling): QuotedSpan[] {
  return spans
    .filter(({ span }) => showsSpan(ceiling, cable, span))
    .map(({ ordinal, span }) => quotedSpan(cable, ordinal, span, ceiling));
}
