import type { Corpus, LexicalHit, Nearest } from '../corpus/corpus.js';
import { sentenceCosines, windowCosines, type PackedVectors } from '../corpus/packed-vectors.js';
import { dot } from '../corpus/vector.js';
import type { PassageVectors, QuestionVectors } from '../embedding/embedder.js';
import { largest } from '../largest.js';
import type { Candidate } from './candidate.js';
import type { ReadSpans } from './read-spans.js';
import type { OwnVectors } from './own-vectors.js';

/** A question's vectors: read with the ones before it, and alone. */
export interface AskedVectors {
  readonly whole: QuestionVectors;
  readonly own: QuestionVectors;
}

/** Passages taken from each side: their union holds the answer of every graded question. */
export const CANDIDATES = 80;
/** Passages taken by their words where not all have vectors to be found by. */
export const CANDIDATES_BY_WORDS = 300;

/** Passages that were found for a question, from each side. */
export interface FoundPassages {
  readonly near: Nearest['passages'];
  readonly lexical: readonly LexicalHit[];
  readonly named: readonly number[];
  /** Those of the cable that answered the question before. */
  readonly before: readonly number[];
  /** Those that were first for earlier questions of the conversation. */
  readonly said: readonly number[];
}

/** What candidates are read with. */
export interface CandidateSources {
  readonly corpus: Corpus;
  readonly own: OwnVectors;
  readonly spans: ReadSpans;
  /** How well each of some candidates meets the question by its words alone. */
  readonly byWords: (candidates: readonly Candidate[]) => readonly number[];
}

/**
 * Reads what each of the passages found is scored by. Of those whose vectors must be made first (masked ones, and
 * those that have none yet) no more are taken than can be at once: those that meet the question best by their words.
 */
export async function candidatesOf(
  { corpus, own, spans, byWords }: CandidateSources,
  asked: AskedVectors,
  found: FoundPassages,
): Promise<Candidate[]> {
  const lexical = found.lexical.map(({ passage }) => passage);
  const near = found.near.map(({ passage }) => passage);
  const keys = [...new Set([...near, ...found.named, ...lexical, ...found.before])];
  const { passages, cables } = await corpus.scoring(keys, 'with vectors');
  const isNamed = new Set(found.named);
  const isBefore = new Set(found.before);
  const wasSaid = new Set(found.said);
  const all = passages.flatMap((passage): Candidate[] => {
    const { passage: key, vectors } = passage;
    const cable = cables.get(passage.cable);
    if (cable === undefined) return [];
    const candidate = {
      ...{ passage, cable, named: isNamed.has(key) },
      ...{ before: isBefore.has(key), said: wasSaid.has(key), ...NO_COSINES },
    };
    return [vectors === null ? candidate : withCosines(candidate, vectors, asked)];
  });
  const lacking = all.filter(({ passage }) => passage.vectors === null);
  if (lacking.length === 0) return all;
  const scores = byWords(lacking);
  const best = lacking
    .map(({ passage }, i) => ({ passage, score: scores[i] ?? 0 }))
    .sort((a, b) => b.score - a.score || a.passage.passage - b.passage.passage);
  const made = await own.of(
    best.map(({ passage }) => passage),
    spans,
  );
  return all.flatMap((candidate) => {
    if (candidate.passage.vectors !== null) return [candidate];
    const vectors = made.get(candidate.passage.passage);
    return vectors === undefined ? [] : [withCosines(candidate, vectors, asked)];
  });
}

type Cosines = 'cosine' | 'sentences' | 'ownCosine' | 'ownSentence';
const NO_COSINES: Pick<Candidate, Cosines> = {
  cosine: 0,
  sentences: [],
  ownCosine: 0,
  ownSentence: 0,
};

function withCosines(
  candidate: Candidate,
  vectors: PackedVectors | PassageVectors,
  asked: AskedVectors,
): Candidate {
  const whole = cosinesOf(vectors, asked.whole);
  const own = asked.own === asked.whole ? whole : cosinesOf(vectors, asked.own);
  return {
    ...candidate,
    ...{ cosine: whole.window, sentences: whole.sentences },
    ...{ ownCosine: own.window, ownSentence: largest(-1, own.sentences) },
  };
}

/** The cosines of a question with a passage's best window, and with each of its sentences. */
export function cosinesOf(
  vectors: PackedVectors | PassageVectors,
  { vector, wordMean }: QuestionVectors,
): { readonly window: number; readonly sentences: number[] } {
  const { windows, sentences } = vectors;
  return {
    window: largest(
      -1,
      windows instanceof Int8Array
        ? windowCosines(windows, vector)
        : windows.map((each) => dot(each, vector)),
    ),
    sentences:
      sentences instanceof Uint8Array
        ? sentenceCosines(sentences, wordMean)
        : sentences.map((each) => dot(each, wordMean)),
  };
}
