import type { Embedder } from '../embedding/embedder.js';
import { quoteSpan } from '../quotes/quote.js';
import type { LexicalHit, Store } from '../store/store.js';
import { dot } from '../vectors/exact.js';
import type { VectorIndex } from '../vectors/vector-index.js';
import { analyse, type AnalysedQuestion } from './analyse.js';
import type { Answer, AnswerResult } from './answer.js';
import { fuse, type Candidate, type Ranked } from './fuse.js';
import { confidenceOf, THRESHOLD } from './threshold.js';

/** What search reads. */
export interface SearchParts {
  readonly store: Store;
  readonly vectors: VectorIndex;
  readonly embedder: Embedder;
  /** Milliseconds. */
  readonly clock: () => number;
}

/** How a question is asked. */
export interface AskOptions {
  readonly limit: number;
  /** Earlier questions of the conversation, oldest first. */
  readonly history?: readonly string[];
}

/** Answers questions by quoting. */
export interface Search {
  ask(question: string, options: AskOptions): Promise<Answer>;
}

/** Passages taken from each side before they are fused: their union holds 99.6% of the answers. */
const CANDIDATES = 80;
/** A long passage has several vectors: more neighbours are asked for than passages wanted. */
const NEIGHBOURS = 100;

export function createSearch(parts: SearchParts): Search {
  return {
    async ask(question, { limit, history = [] }) {
      const started = parts.clock();
      const analysed = analyse(question, history);
      // The worker embeds while this thread looks up the words.
      const embedding = parts.embedder.embedQuestion(analysed.text);
      const lexical = parts.store.searchWords(analysed.words, CANDIDATES);
      const named = namedIds(parts.store, analysed);
      const vector = await embedding;
      const ranked = fuse(candidates(parts, vector, lexical, named));
      const best = Math.max(-1, ...ranked.map((each) => each.cosine));
      const reason = whyWithheld(ranked, best, named, missingIds(parts.store, question, analysed));
      return {
        q: question,
        abstained: reason !== null,
        reason,
        confidence: round(
          reason === null ? Math.max(confidenceOf(best), 0.5) : Math.min(confidenceOf(best), 0.5),
        ),
        results: ranked.slice(0, limit).map((each) => resultOf(parts.store, each)),
        ms: round(parts.clock() - started),
      };
    },
  };
}

/** The cables that the question names and the index holds. */
function namedIds(store: Store, question: AnalysedQuestion): string[] {
  const withYear = question.ids.filter((id) => store.passagesOfCable(id).length > 0);
  const anyYear = question.idsWithoutYear.flatMap((each) => store.idsOfAnyYear(each));
  return [...new Set([...withYear, ...anyYear])];
}

/** Ids written in one piece, so that they can be nothing else, which the index does not hold. */
function missingIds(store: Store, question: string, analysed: AnalysedQuestion): string[] {
  const plain = question.toUpperCase();
  return analysed.ids.filter((id) => plain.includes(id) && store.passagesOfCable(id).length === 0);
}

function candidates(
  { store, vectors }: SearchParts,
  vector: Float32Array,
  lexical: readonly LexicalHit[],
  named: readonly string[],
): Candidate[] {
  const cosines = new Map<number, number>();
  const neighbours = vectors.search(vector, NEIGHBOURS);
  const owners = store.passagesOfVectors(neighbours.map((each) => each.key));
  for (const [i, { similarity }] of neighbours.entries()) {
    const passage = owners[i];
    if (passage === undefined) continue;
    cosines.set(passage, Math.max(similarity, cosines.get(passage) ?? -1));
  }
  const bm25 = new Map(lexical.map((hit) => [hit.passage, hit.score]));
  const ofNamed = new Set(named.flatMap((id) => store.passagesOfCable(id)));
  const all = new Set([...[...cosines.keys()].slice(0, CANDIDATES), ...bm25.keys(), ...ofNamed]);
  return [...all].map((passage) => ({
    passage,
    cosine: cosines.get(passage) ?? bestCosine(vector, store.vectorsOfPassage(passage)),
    bm25: bm25.get(passage) ?? 0,
    named: ofNamed.has(passage),
  }));
}

function bestCosine(vector: Float32Array, windows: readonly Float32Array[]): number {
  return Math.max(-1, ...windows.map((window) => dot(vector, window)));
}

function whyWithheld(
  ranked: readonly Ranked[],
  best: number,
  named: readonly string[],
  missing: readonly string[],
): string | null {
  if (ranked.length === 0) return 'the index holds no paragraph';
  if (missing.length > 0) return `the index does not hold ${missing.join(', ')}`;
  if (named.length > 0 || best >= THRESHOLD) return null;
  return 'no paragraph of the cables is near enough to the question to answer it';
}

function resultOf(store: Store, ranked: Ranked): AnswerResult {
  const { cable, span } = store.spanOfPassage(ranked.passage);
  const { text, citation } = quoteSpan(cable, span);
  return {
    cable: cable.id,
    paragraph: span.number,
    mark: span.mark,
    level: span.level,
    inherited: span.inherited,
    classification: cable.classification,
    origin: cable.origin,
    date: cable.date,
    subject: cable.subject,
    text,
    highlights: [],
    citation,
    score: round(ranked.score),
  };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
