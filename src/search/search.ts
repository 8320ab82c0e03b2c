import { stemOf, stemsOf } from '../cable/terms.js';
import { byStem, type CableOrder, type Corpus } from '../corpus/corpus.js';
import type { Embedder } from '../embedding/embedder.js';

import { analyse, type AnalysedQuestion } from './analyse.js';
import type { Answer } from './answer.js';
import type { Candidate } from './candidate.js';
import { CANDIDATES, CANDIDATES_BY_WORDS, candidatesOf, type AskedVectors } from './candidates.js';
import { featuresOf } from './features.js';
import { withoutExcluded } from './exclusions.js';
import type { PassageFilter } from './filter-table.js';
import { conditionsOf, type Filters } from './filters.js';
import { fold } from './fold.js';
import { readSpans, type ReadSpans } from './read-spans.js';
import { isFollowUp, REMEMBERED } from './follow-up.js';
import type { Found, QuestionContext } from './found.js';
import { lookUp, weightsOf, type LookedUp } from './look-up.js';
import { asSpelled, withSpellings } from './own-spelling.js';
import type { OwnVectors } from './own-vectors.js';
import { withoutIds } from './named-cables.js';
import { passagesWith } from './phrases.js';
import type { Reranker } from '../reranking/reranker.js';
import { rank, scoreByWords, scoreOf } from './rank.js';
import { REREAD_DEPTH, rerank, withReadings } from './reread.js';
import { readingOf, resultsOf, round } from './results.js';
import { ruledIn, ruledOut, whyWithheld } from './rules.js';
import { shownOf } from './shown.js';
import type { Ranked } from './ranked.js';
import { signalsOf, type Signals } from './signals.js';
import { mended } from './spelling.js';
import { questionTerms, searchedTerms, type QuestionTerm } from './terms.js';
import { confidenceOf } from './threshold.js';
import { inOrder } from './cables-on.js';

export interface SearchParts {
  readonly corpus: Corpus;
  readonly embedder: Embedder;
  /** The second reader of the best few, if there is one. */
  readonly reranker: Reranker | null;
  readonly own: OwnVectors;
  /** Milliseconds. */
  readonly clock: () => number;
}

export interface AskOptions extends QuestionContext {
  /** Results, at most. */
  readonly limit: number;
  /** Of them to be shown where there is room for a few. */
  readonly shown?: number;
  /** The cables about it by their dates, each by its best paragraph, before all others. */
  readonly order?: CableOrder | null;
}

/** Answers questions over one corpus by quoting. */
export interface Search {
  ask(question: string, options: AskOptions): Promise<Answer>;
  /** Every candidate with its scores, for explaining and for fitting. */
  find(question: string, context?: QuestionContext): Promise<Found>;
}

/**
 * Passages that the full text may score for one question, and where not all have vectors to be found by. docs/retrieval.md
 * has what it costs, docs/scaling.md what the second gains.
 */
const MOST_ROWS = 1000;
const MOST_ROWS_BY_WORDS = 5000;
/** A question is of a new subject where it is answered more surely alone, by this much confidence. */
const MORE_SURELY = 0.1;
/** Results that are shown where nobody says how many. */
const SHOWN = 3;

export function createSearch({ corpus, embedder, reranker, own, clock }: SearchParts): Search {
  /**
   * Of a conversation, a question that does not lean on what was before by its words is read with it and alone:
   * as what the corpus answers more surely.
   */
  async function find(question: string, context: QuestionContext = {}): Promise<Found> {
    const { history = [], ...rest } = context;
    const read = await findRead(question, context);
    if (history.length === 0 || isFollowUp(question)) return read;
    const alone = await findRead(question, rest);
    const isNewSubject = confidenceOf(alone) > confidenceOf(read) + MORE_SURELY;
    return isNewSubject ? { ...alone, isNewSubject } : read;
  }

  async function findRead(
    question: string,
    { history = [], filters = {} }: QuestionContext,
  ): Promise<Found> {
    const analysed = analyse(question, history);
    // The workers embed while this thread looks up the words.
    const embedding = embed(embedder, analysed);
    try {
      const before = await answeredBefore(history);
      return await findFor(analysed, { ...analysed.stated, ...filters }, { embedding, before });
    } catch (error) {
      await embedding.catch(() => undefined); // the first error counts
      throw error;
    }
  }

  /** What was first for each of the last questions of a conversation, read with those before it. */
  async function answeredBefore(history: readonly string[]): Promise<AnsweredBefore> {
    const asked = history.filter((each) => each.trim() !== '');
    const from = Math.max(0, asked.length - REMEMBERED);
    const first = await Promise.all(
      asked.slice(from).map(async (question, i) => {
        const analysed = analyse(question, asked.slice(0, from + i));
        const embedding = embed(embedder, analysed);
        const sources = { embedding, before: NOTHING_BEFORE };
        const { ranked } = await rankFirst(analysed, analysed.stated, sources);
        return ranked.slice(0, 1);
      }),
    );
    return {
      cable: first.at(-1)?.[0]?.cable.id ?? null,
      passages: first.flat().map(({ passage }) => passage.passage),
    };
  }

  async function findFor(
    question: AnalysedQuestion,
    stated: Filters,
    sources: Sources,
  ): Promise<Found> {
    const { overview } = corpus;
    const first = await rankFirst(question, stated, sources);
    const { known, named, spans, searched, terms, missingPhrases } = first;
    const best = { ranked: first.ranked, depth: REREAD_DEPTH };
    const spelled = await withSpellings(known.asked, best, spans, corpus.ceiling);
    const respelled = await termsOf(spelled.flatMap((each) => [...each.respelled.values()]));
    const toRead = readAsOf(question, named);
    const readAs = ({ respelled }: Ranked): string => {
      const others = known.corrected.filter(({ word }) => !respelled.has(word));
      return mended(asSpelled(toRead, respelled), others);
    };
    const ranked =
      reranker === null
        ? spelled
        : rerank(
            await withReadings(reranker, { ...best, ranked: spelled }, { corpus, spans, readAs }),
          );
    const meant = meantBy([
      ...question.spellings,
      ...known.corrected.flatMap(({ word, meant, others }) =>
        word.split(' ').map((each) => {
          return [stemOf(each), [...meant, ...others].map(({ stem }) => stem)] as const;
        }),
      ),
      ...spelled.flatMap((each) =>
        [...each.respelled].map(([word, form]) => [stemOf(word), stemsOf(form)] as const),
      ),
    ]);
    const heldBy = [...terms, ...respelled];
    const signalsUnder = (as: readonly Ranked[]): Signals =>
      signalsOf({ question, terms: heldBy, meant, ranked: as, overview, searched, named, scoreOf });
    const unruled = {
      question,
      terms,
      heldBy,
      corrections: known.corrected,
      meant,
      filters: known.filters,
      corpus,
      spans,
      missingPhrases,
      ranked,
      signals: signalsUnder(ranked),
      signalsOf: signalsUnder,
      readAs,
      named,
      held: known.held,
      isNewSubject: false,
    };
    return { ...unruled, ruledOut: await ruledOut(unruled), ruledIn: ruledIn(unruled) };
  }

  /** The terms of words that the corpus holds. */
  async function termsOf(words: readonly string[]): Promise<QuestionTerm[]> {
    if (words.length === 0) return [];
    const stems = [...new Set(words.flatMap(stemsOf))];
    const { terms } = await corpus.lookUp({ stems });
    return questionTerms(terms, new Map(), corpus.overview);
  }

  /** What is found for a question, in the order in which vectors and words put it. */
  async function rankFirst(
    question: AnalysedQuestion,
    stated: Filters,
    { embedding, before }: Sources,
  ): Promise<FirstRanking> {
    const { overview } = corpus;
    const spans = readSpans(corpus);
    const known = await lookUp({ corpus, embedder }, question, stated);
    const weights = weightsOf(question, known);
    const asked = known.terms.filter(({ stem }) => question.stems.has(stem));
    const ownTerms = questionTerms([...asked, ...known.meantTerms], weights, overview);
    const spelled = questionTerms(known.spelled, weights, overview);
    const terms = [...ownTerms, ...spelled].sort(byStem);
    const { filter, missingPhrases } = await withPhrases(question, known.filters.filter, spans);
    const where = conditionsOf(filter);
    const byWords = overview.vectors.embedded < overview.vectors.passages;
    const most = byWords ? MOST_ROWS_BY_WORDS : MOST_ROWS;
    const { terms: rare, match } = searchedTerms(ownTerms, spelled, most);
    const words = await corpus.searchWords({
      phrases: rare.map(({ stem }) => [stem]),
      match,
      limit: byWords ? CANDIDATES_BY_WORDS : CANDIDATES,
      where,
      named: before.cable === null ? known.named : [...known.named, before.cable],
    });
    const { corrected } = known;
    const vectors =
      corrected.length === 0
        ? await embedding
        : await embed(embedder, {
            own: mended(question.own, corrected),
            text: mended(question.text, corrected),
          });
    const near = await corpus.nearest(vectors.whole.vector, { where, limit: CANDIDATES });
    const { excludes } = question;
    const named = words.named.filter(({ id }) => known.named.includes(id));
    const sources = {
      ...{ corpus, own, spans },
      byWords: (some: readonly Candidate[]) =>
        featuresOf(question, terms, some, overview).map(scoreByWords),
    };
    const all = await candidatesOf(sources, vectors, {
      near: near.passages,
      lexical: words.hits,
      named: named.flatMap(({ passages }) => passages),
      before: words.named.flatMap(({ id, passages }) => (id === before.cable ? passages : [])),
      said: before.passages,
    });
    const candidates = excludes === null ? all : withoutExcluded(all, excludes, known.terms);
    return {
      ...{ known, terms, missingPhrases, spans, searched: near.searched },
      named: named.map(({ id }) => id),
      ranked: rank(candidates, featuresOf(question, terms, candidates, overview)),
    };
  }

  /** The filter narrowed to paragraphs that hold the question's phrases, unless none does. */
  async function withPhrases(
    { phrases }: AnalysedQuestion,
    filter: PassageFilter,
    spans: ReadSpans,
  ): Promise<{ filter: PassageFilter; missingPhrases: readonly string[] }> {
    if (phrases.length === 0) return { filter, missingPhrases: [] };
    const passages = await passagesWith(corpus, phrases, spans);
    return passages.length === 0
      ? { filter, missingPhrases: phrases }
      : { filter: { ...filter, passages }, missingPhrases: [] };
  }

  return {
    find,
    async ask(question, { limit, shown = SHOWN, order = null, ...context }) {
      const started = clock();
      const found = await find(question, context);
      const confidence = confidenceOf(found);
      const ranked = order === null ? found.ranked : inOrder(found, order);
      const results = await resultsOf(found, fold(ranked, limit));
      const reason = await whyWithheld(found, confidence);
      return {
        q: question,
        abstained: reason !== null,
        reason,
        confidence: found.ruledOut === null ? round(confidence) : 0,
        reading: readingOf(found, results),
        results,
        shown: shownOf(results, shown),
        ...(found.isNewSubject && { isNewSubject: true as const }),
        ms: round(clock() - started),
      };
    },
  };
}

/** What a ranking is made of, beside the question. */
interface Sources {
  readonly embedding: Promise<AskedVectors>;
  readonly before: AnsweredBefore;
}

/** What answered the questions before. */
interface AnsweredBefore {
  /** The cable of the last answer. */
  readonly cable: string | null;
  readonly passages: readonly number[];
}

const NOTHING_BEFORE: AnsweredBefore = { cable: null, passages: [] };

/** What is found before anything is read a second time. */
interface FirstRanking extends Pick<
  Found,
  'terms' | 'missingPhrases' | 'spans' | 'named' | 'ranked'
> {
  readonly known: LookedUp;
  /** How many vectors were searched. */
  readonly searched: number;
}

async function embed(
  embedder: Embedder,
  { own, text }: Pick<AnalysedQuestion, 'own' | 'text'>,
): Promise<AskedVectors> {
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

/** Stems and what they may stand for, each with all that is said of it. */
function meantBy(
  all: readonly (readonly [string, readonly string[]])[],
): ReadonlyMap<string, readonly string[]> {
  const meant = new Map<string, readonly string[]>();
  for (const [stem, others] of all) {
    meant.set(stem, [...new Set([...(meant.get(stem) ?? []), ...others])]);
  }
  return meant;
}

/**
 * The question before those that it leans on: of a long conversation the second reader reads the beginning. An id
 * in it stands in no paragraph.
 */
function readAsOf({ own, text }: AnalysedQuestion, named: readonly string[]): string {
  const asked = withoutIds(own, named) || own;
  return text.endsWith(own) ? `${asked} ${text.slice(0, text.length - own.length)}`.trim() : asked;
}
