import type { Ceiling } from '../cable/ceiling.js';
import { stemOf } from '../cable/terms.js';
import type { Embedder } from '../embedding/embedder.js';
import type { PassageFilter } from '../store/filter.js';
import type { Store } from '../store/store.js';
import type { VectorIndex } from '../vectors/vector-index.js';
import { analyse, type AnalysedQuestion } from './analyse.js';
import type { Answer } from './answer.js';
import { CANDIDATES, candidatesOf, nearest, type AskedVectors } from './candidates.js';
import { featuresOf } from './features.js';
import { readFilters, type Filters, type ReadFilters } from './filters.js';
import { fold } from './fold.js';
import { createOwnVectors, type OwnVectors } from './own-vectors.js';
import { passagesWith } from './phrases.js';
import { rank, type Ranked } from './rank.js';
import { readingOf, resultOf, round } from './results.js';
import { ruledIn, ruledOut, whyWithheld } from './rules.js';
import { signalsOf, type Signals } from './signals.js';
import { corrections, type Correction } from './spelling.js';
import { questionTerms, wordQuery, type QuestionTerm } from './terms.js';
import { confidenceOf } from './threshold.js';

/** What search reads. */
export interface SearchParts {
  readonly store: Store;
  readonly vectors: VectorIndex;
  readonly embedder: Embedder;
  /** Milliseconds. */
  readonly clock: () => number;
}

/** What a question is asked with. */
export interface QuestionContext {
  /** Earlier questions of the conversation, oldest first. */
  readonly history?: readonly string[];
  /** Which cables and paragraphs count; they stand over filters that the question states. */
  readonly filters?: Filters;
  /** What may be shown where the answer goes. */
  readonly ceiling?: Ceiling;
}

export interface AskOptions extends QuestionContext {
  readonly limit: number;
}

/** What was found for a question, before it is judged and quoted. */
export interface Found {
  readonly question: AnalysedQuestion;
  readonly terms: readonly QuestionTerm[];
  readonly corrections: readonly Correction[];
  /** Stems of the question → the stems that they may stand for as well: other spellings, corrections. */
  readonly meant: ReadonlyMap<string, readonly string[]>;
  readonly filters: ReadFilters;
  /** What may be shown: what is said of the corpus is said of it. */
  readonly store: Store;
  /** Phrases that no paragraph holds exactly. */
  readonly missingPhrases: readonly string[];
  readonly ranked: readonly Ranked[];
  readonly signals: Signals;
  /** The cables that the question names and the index holds. */
  readonly named: readonly string[];
  /** Those of the ids that it names with their year that the index holds. */
  readonly held: readonly string[];
  /** Why a rule withholds an answer, whatever the signals. */
  readonly ruledOut: string | null;
  /** A rule gives an answer, whatever the signals: it names a cable, or one paragraph holds all its words. */
  readonly ruledIn: boolean;
}

/** Answers questions by quoting. */
export interface Search {
  ask(question: string, options: AskOptions): Promise<Answer>;
  /** Every candidate with its scores, for explaining and for fitting. */
  find(question: string, context?: QuestionContext): Promise<Found>;
  /** The vectors that are made when they are asked for: one memory of them for all that needs some. */
  readonly own: OwnVectors;
}

/** Passages that the full text may score for one question. docs/retrieval.md has what it costs. */
const MOST_ROWS = 1000;
/** What a corrected word weighs beside one that is written so. */
const CORRECTION_WEIGHT = 0.8;

export function createSearch(parts: SearchParts): Search {
  const { vectors, embedder, clock } = parts;
  const own = createOwnVectors(embedder);

  async function find(
    question: string,
    { history = [], filters = {}, ceiling }: QuestionContext = {},
  ): Promise<Found> {
    const analysed = analyse(question, history);
    // Whatever is asked of it from here on, it gives nothing that may not be shown.
    const store = ceiling === undefined ? parts.store : parts.store.under(ceiling);
    const totals = store.totals();
    // The workers embed while this thread looks up the words.
    const embedding = embed(embedder, analysed);
    try {
      const held = store.terms([...analysed.stems.keys()]);
      const known = new Set(held.map(({ stem }) => stem));
      const corrected = corrections(store, analysed.words, known);
      const meantTerms = store.terms(corrected.map(({ stem }) => stem));
      const terms = questionTerms([...held, ...meantTerms], weightsOf(analysed, corrected), totals);
      const read = readFilters({ ...analysed.stated, ...filters }, store);
      const { filter, missingPhrases } = withPhrases(store, analysed.phrases, read.filter);
      const { terms: rare, match } = wordQuery(terms, MOST_ROWS);
      const words = rare.map(({ stem }) => stem);
      const lexical = store.searchWords(words, CANDIDATES, { filter, match });
      const named = namedIds(store, analysed);
      const ofNamed = store.passes(
        filter,
        named.flatMap((id) => store.passagesOfCable(id)),
      );
      const asked = await embedding;
      const near = nearest(store, vectors, asked.whole.vector, filter);
      const found = { near: near.cosines, lexical, named: ofNamed };
      const candidates = await candidatesOf(store, own, asked, found);
      const ranked = rank(candidates, featuresOf(analysed, terms, candidates, totals));
      const meant = new Map([
        ...analysed.spellings,
        ...corrected.map(({ word, stem }) => [stemOf(word), [stem]] as const),
      ]);
      const signals = signalsOf({
        question: analysed,
        terms,
        meant,
        ranked,
        totals,
        searched: ceiling === undefined ? near.searched : store.count(filter),
      });
      const unruled = {
        question: analysed,
        terms,
        corrections: corrected,
        meant,
        filters: read,
        missingPhrases,
        ranked,
        signals,
        named,
        held: store.held(analysed.ids),
        store,
      };
      return { ...unruled, ruledOut: ruledOut(totals, unruled), ruledIn: ruledIn(unruled) };
    } catch (error) {
      await embedding.catch(() => undefined); // the first error counts
      throw error;
    }
  }

  return {
    find,
    own,
    async ask(question, { limit, ...context }) {
      const started = clock();
      const found = await find(question, context);
      const confidence = confidenceOf(found.signals);
      const reason = whyWithheld(found, confidence);
      const results = fold(found.ranked, limit).map((each) =>
        resultOf(found.store, each, context.ceiling),
      );
      return {
        q: question,
        abstained: reason !== null,
        reason,
        confidence: found.ruledOut === null ? round(confidence) : 0,
        reading: readingOf(found, results),
        results,
        ms: round(clock() - started),
      };
    },
  };
}

async function embed(embedder: Embedder, { own, text }: AnalysedQuestion): Promise<AskedVectors> {
  if (own === text) {
    const whole = await embedder.embedQuestion(text);
    return { whole, own: whole };
  }
  const [whole, alone] = await Promise.all([
    embedder.embedQuestion(text),
    embedder.embedQuestion(own),
  ]);
  return { whole, own: alone };
}

/** What each stem weighs: the question's own, and those that its misspelt words mean. */
function weightsOf(
  { stems }: AnalysedQuestion,
  corrected: readonly Correction[],
): ReadonlyMap<string, number> {
  return new Map([...corrected.map(({ stem }) => [stem, CORRECTION_WEIGHT] as const), ...stems]);
}

/** The filter narrowed to paragraphs that hold the phrases, unless none does. */
function withPhrases(
  store: Store,
  phrases: readonly string[],
  filter: PassageFilter,
): { readonly filter: PassageFilter; readonly missingPhrases: readonly string[] } {
  if (phrases.length === 0) return { filter, missingPhrases: [] };
  const passages = passagesWith(store, phrases, {});
  return passages.length === 0
    ? { filter, missingPhrases: phrases }
    : { filter: { ...filter, passages }, missingPhrases: [] };
}

/** The cables that the question names and the index holds. */
function namedIds(store: Store, question: AnalysedQuestion): string[] {
  const withYear = question.ids.filter((id) => store.passagesOfCable(id).length > 0);
  const anyYear = question.idsWithoutYear.flatMap((each) => store.idsOfAnyYear(each));
  return [...new Set([...withYear, ...anyYear])];
}
