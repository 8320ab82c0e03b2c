import { largest } from '../largest.js';
import { bm25 } from '../corpus/bm25.js';
import type { Overview } from '../corpus/corpus.js';
import { countOf } from '../corpus/term-list.js';
import type { AnalysedQuestion } from './analyse.js';
import type { Candidate } from './candidate.js';
import { coverage, type QuestionTerm } from './terms.js';

/**
 * What a candidate is ranked by, beside a named cable. Cosines are −1 to 1, shares 0 to 1, BM25 is
 * divided by ten or by the best candidate's; docs/retrieval.md says what each is worth.
 */
export const FEATURES = [
  /** Cosine with the question read with those before it. */
  'cosine',
  /** Cosine with the question alone. */
  'ownCosine',
  /** The best cosine among the cable's candidates. */
  'cableCosine',
  /** Cosine of the question's words with the best sentence, read in its context. */
  'sentence',
  /** The same for the question alone. */
  'ownSentence',
  /** BM25 of the text with heading. */
  'text',
  /** BM25 of the text with the context before it, by the best candidate's. */
  'fullShare',
  /** BM25 of the whole cable, and the same by the best candidate's. */
  'cable',
  'cableShare',
  /** Share of the question's words met, weighted by rarity. */
  'words',
  /** 0 for the cable's first passage, 1 for its last. */
  'position',
  'first',
  'summary',
  'comment',
  /** Who cleared the telegram: answers nothing. */
  'clearance',
  /** A question after reasons or opinions, and a summary, a late passage. */
  'whySummary',
  'whyPosition',
  /** 1 in a year that the question names, −1 in another; 0 where it names none. */
  'year',
  'month',
  /** 1 from a post in a place that the question names. */
  'place',
  /** 1 in the cable that answered the question before. */
  'before',
  /** 1 where it was first for a question of the conversation: another is wanted now. */
  'said',
] as const;
export type Feature = (typeof FEATURES)[number];
export type Features = Readonly<Record<Feature, number>>;

/** What is known of a passage by its vectors alone. */
const OF_VECTORS = ['cosine', 'ownCosine', 'cableCosine', 'sentence', 'ownSentence'] as const;
export type WordFeature = Exclude<Feature, (typeof OF_VECTORS)[number]>;
/** What a passage is ranked by that has no vectors yet. */
export const WORD_FEATURES = FEATURES.filter(
  (name): name is WordFeature => !OF_VECTORS.some((other) => other === name),
);

/** What a passage that was read a second time is ranked by. */
export const REREAD_FEATURES = [
  /** The score that it was ranked by before. */
  'score',
  /** How well it answers: the logarithm of the odds. */
  'relevance',
  /** How surely the answer stands in some sentence of it: the same. */
  'location',
] as const;
export type RereadFeature = (typeof REREAD_FEATURES)[number];
export type RereadFeatures = Readonly<Record<RereadFeature, number>>;

/** BM25 by ten is of the order of a cosine. */
const TENTH = 10;

/** The features of every candidate, in their order. */
export function featuresOf(
  question: AnalysedQuestion,
  terms: readonly QuestionTerm[],
  candidates: readonly Candidate[],
  overview: Overview,
): Features[] {
  const raw = candidates.map(({ passage, cable }) => ({
    text: bm25(
      terms,
      (term) => countOf(passage.terms, term),
      passage.length,
      overview.passageLength,
    ),
    full: bm25(
      terms,
      (term) => countOf(passage.terms, term) + countOf(cable.context, term),
      passage.length,
      overview.passageLength,
    ),
  }));
  const cables = new Map<number, { bm25: number; cosine: number }>();
  for (const { passage, cable, cosine } of candidates) {
    const known = cables.get(passage.cable);
    if (known === undefined) {
      const count = (term: number): number => countOf(cable.terms, term);
      const rarity = (term: QuestionTerm): number => term.cableRarity;
      const whole = bm25(terms, count, cable.length, overview.cableLength, rarity);
      cables.set(passage.cable, { bm25: whole, cosine });
    } else known.cosine = Math.max(known.cosine, cosine);
  }
  const most = (values: Iterable<number>): number => largest(1e-6, values);
  const bestFull = most(raw.map(({ full }) => full));
  const bestCable = most([...cables.values()].map((cable) => cable.bm25));
  return candidates.map((candidate, i) => {
    const { passage, cable, cosine, ownCosine, sentences, ownSentence } = candidate;
    const { text = 0, full = 0 } = raw[i] ?? {};
    const of = cables.get(passage.cable) ?? { bm25: 0, cosine };
    const summary = passage.role === 'summary' ? 1 : 0;
    const comment = passage.role === 'comment' ? 1 : 0;
    const why = question.asksWhy ? 1 : 0;
    return {
      cosine,
      ownCosine,
      cableCosine: of.cosine,
      sentence: largest(-1, sentences),
      ownSentence,
      text: text / TENTH,
      fullShare: full / bestFull,
      cable: of.bm25 / TENTH,
      cableShare: of.bm25 / bestCable,
      words: coverage(terms, passage.terms),
      position: passage.position,
      first: passage.position === 0 ? 1 : 0,
      summary,
      comment,
      clearance: passage.role === 'clearance' ? 1 : 0,
      whySummary: why * summary,
      whyPosition: why * passage.position,
      ...agreement(question, cable.date, cable.post),
      before: candidate.before ? 1 : 0,
      said: candidate.said ? 1 : 0,
    };
  });
}

/** How a cable's date and post agree with those that the question names. */
function agreement(
  { years, months, posts }: AnalysedQuestion,
  date: string | null,
  post: string | null,
): Pick<Features, 'year' | 'month' | 'place'> {
  const year = date === null ? null : Number(date.slice(0, 4));
  const month = date === null ? null : Number(date.slice(5, 7));
  const inYear = year !== null && years.includes(year);
  return {
    year: years.length === 0 || year === null ? 0 : inYear ? 1 : -1,
    month: inYear && month !== null && months.includes(month) ? 1 : 0,
    place: post !== null && posts.has(post) ? 1 : 0,
  };
}
