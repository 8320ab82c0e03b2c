import { stemOf, wordsOf } from '../cable/terms.js';
import { largest } from '../largest.js';
import { rarityOf } from '../corpus/bm25.js';
import type { Overview } from '../corpus/corpus.js';
import { countOf, type TermList } from '../corpus/term-list.js';
import { contentWords, type AnalysedQuestion } from './analyse.js';
import { locationOf } from '../reranking/reranker.js';
import type { Features } from './features.js';
import { isOfId } from './named-cables.js';
import type { Ranked } from './ranked.js';
import type { QuestionTerm } from './terms.js';

/**
 * Raw signals of whether the corpus answers a question at all. None is a rank or a fused score: those
 * look alike whether the best is good or bad. docs/retrieval.md says what each tells.
 */
export const SIGNALS = [
  /** The best cosine of all candidates. */
  'cosine',
  /** The best sentence of the candidate ranked first, by its cosine with the question's words. */
  'sentence',
  /** Share of the question's words, weighted by rarity, that the first candidate or its context holds. */
  'words',
  /** Share of the question's words, weighted by rarity, that no cable holds. */
  'unseen',
  /** The largest share of the question's names that a cable of the first five holds; 1 where it has none. */
  'names',
  /**
   * Logarithm of how many vectors were searched: among more, what is no answer comes nearer. By it
   * the threshold follows the size of the corpus and of what a filter leaves.
   */
  'size',
] as const;
export type PlainSignal = (typeof SIGNALS)[number];

/** The same with what the second reader tells; 0 where nothing was read a second time. */
export const REREAD_SIGNALS = [
  ...SIGNALS,
  /** The best relevance of all passages that were read a second time. */
  'relevance',
  /** The relevance of the one that the first ranking puts first: of a near miss it is the one that misleads. */
  'firstRelevance',
  /** The logarithm of their odds in sum: several that may answer are more than one. */
  'relevances',
  /** The largest share of the question's words, weighted by rarity, that one of them holds itself. */
  'wordsInOne',
  /** How surely the answer stands in some sentence of the first. */
  'location',
] as const;
export type Signal = (typeof REREAD_SIGNALS)[number];
export type Signals = Readonly<Record<Signal, number>>;

/** Names of a question: words with a capital, but for the first and for those that begin a title. */
function namesIn(question: string): string[] {
  const names = question.match(/(?<!^)(?<![.?!:]\s)\b\p{Lu}[\p{L}\p{N}’'-]+/gu) ?? [];
  const content = new Set(contentWords(question));
  return [...new Set(names.flatMap(wordsOf))].filter(
    (word) => content.has(word) && word.length > 1,
  );
}

/** How many of the best candidates' cables are looked at for the question's names. */
const NEAR = 5;

export interface SignalSources {
  readonly question: AnalysedQuestion;
  readonly terms: readonly QuestionTerm[];
  /** Stems of the question → the stems that they may stand for as well. */
  readonly meant: ReadonlyMap<string, readonly string[]>;
  /** Best first. */
  readonly ranked: readonly Ranked[];
  readonly overview: Overview;
  /** How many vectors were searched. */
  readonly searched: number;
  /** Cables that the question names: their ids are none of its words. */
  readonly named: readonly string[];
  /** What the first ranking ranks by. */
  readonly scoreOf: (features: Features) => number;
}

/** How the words of a question are met: in any of their spellings, weighted by rarity. */
export function askedWords({
  terms,
  meant,
  overview,
}: Pick<SignalSources, 'terms' | 'meant' | 'overview'>): {
  /** Which share of some stems a part of them is. */
  readonly share: (part: readonly string[], whole: readonly string[]) => number;
  readonly holds: (list: TermList | undefined, stem: string) => boolean;
  /** Which share of some stems a passage holds, or what stands before it. */
  readonly held: (stems: readonly string[], by: Ranked | undefined) => number;
  /** No cable holds it. */
  readonly unseen: (stem: string) => boolean;
} {
  const known = new Map(terms.map((term) => [term.stem, term]));
  const readAs = (stem: string): QuestionTerm[] =>
    [stem, ...(meant.get(stem) ?? [])].flatMap((each) => known.get(each) ?? []);
  const never = rarityOf(0, overview.passages);
  const rarity = (stems: readonly string[]): number =>
    stems.reduce((sum, stem) => sum + (readAs(stem)[0]?.rarity ?? never), 0);
  const share = (part: readonly string[], whole: readonly string[]): number =>
    rarity(part) / Math.max(1e-6, rarity(whole));
  const holds = (list: TermList | undefined, stem: string): boolean =>
    list !== undefined && readAs(stem).some(({ key }) => countOf(list, key) > 0);
  return {
    share,
    holds,
    held: (stems, by) =>
      share(
        stems.filter((stem) => holds(by?.passage.terms, stem) || holds(by?.cable.context, stem)),
        stems,
      ),
    unseen: (stem) => readAs(stem).length === 0,
  };
}

/** The stems of a question's words, without those of the ids that it names. */
export function contentStems(
  { words }: Pick<AnalysedQuestion, 'words'>,
  named: readonly string[],
): string[] {
  return words.filter((word) => !isOfId(word, named)).map(stemOf);
}

/** The signals of what was found for a question. */
export function signalsOf(sources: SignalSources): Signals {
  const { question, ranked, searched, named } = sources;
  const [first] = ranked;
  const { share, holds, held, unseen } = askedWords(sources);
  const content = contentStems(question, named);
  const names = namesIn(question.asked)
    .filter((word) => !isOfId(word, named))
    .map(stemOf);
  const namesHeld = ranked.slice(0, NEAR).map(({ cable }) =>
    share(
      names.filter((stem) => holds(cable.terms, stem)),
      names,
    ),
  );
  return {
    cosine: largest(
      0,
      ranked.map(({ cosine }) => cosine),
    ),
    sentence: largest(0, first?.sentences ?? []),
    words: held(content, first),
    unseen: share(content.filter(unseen), content),
    names: names.length === 0 ? 1 : largest(0, namesHeld),
    size: Math.log(1 + searched),
    location: first?.reading ? locationOf(first.reading) : 0,
    ...signalsOfRead(
      ranked.flatMap(({ features, reading }) =>
        reading === null ? [] : [{ features, relevance: reading.relevance }],
      ),
      sources.scoreOf,
    ),
  };
}

/** The signals of the passages that were read a second time. */
export function signalsOfRead(
  read: readonly { readonly features: Features; readonly relevance: number }[],
  scoreOf: SignalSources['scoreOf'],
): Pick<Signals, 'relevance' | 'firstRelevance' | 'relevances' | 'wordsInOne'> {
  const scored = read.map((each) => ({ ...each, score: scoreOf(each.features) }));
  const [first] = scored.toSorted((a, b) => b.score - a.score);
  if (first === undefined) return { relevance: 0, firstRelevance: 0, relevances: 0, wordsInOne: 0 };
  const relevances = read.map(({ relevance }) => relevance);
  return {
    relevance: largest(-100, relevances),
    firstRelevance: first.relevance,
    relevances: Math.log(relevances.reduce((sum, each) => sum + Math.exp(each), 1e-9)),
    wordsInOne: largest(
      0,
      read.map(({ features }) => features.words),
    ),
  };
}
