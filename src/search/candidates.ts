import type {
  Corpus,
  LexicalHit,
  Nearest,
  ScoringPassage,
  StoredVector,
} from '../corpus/corpus.js';
import { sentenceCosines } from '../corpus/sentence-vectors.js';
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

/**
 * Reads what each of the passages found is scored by. Of those whose own vectors must be made first
 * (masked ones) no more are taken than can be at once.
 */
export async function candidatesOf(
  { corpus, own, spans }: { corpus: Corpus; own: OwnVectors; spans: ReadSpans },
  asked: AskedVectors,
  found: FoundPassages,
): Promise<Candidate[]> {
  const near = new Map(found.near.map(({ passage, cosine }) => [passage, cosine]));
  const lexical = found.lexical.map(({ passage }) => passage);
  const keys = [...new Set([...near.keys(), ...found.named, ...lexical, ...found.before])];
  // The cosines of the nearest are known already.
  const missing = asked.own === asked.whole ? keys.filter((key) => !near.has(key)) : keys;
  const { passages, cables, vectors } = await corpus.scoring(keys, missing);
  const stored = storedCosines(asked, near, vectors);
  const masked = passages.flatMap((each) => (each.masked ? [each.passage] : []));
  const made = await own.of(masked, spans);
  const isNamed = new Set(found.named);
  const isBefore = new Set(found.before);
  const wasSaid = new Set(found.said);
  return passages.flatMap((passage): Candidate[] => {
    const cable = cables.get(passage.cable);
    if (cable === undefined) return [];
    const { passage: key } = passage;
    const candidate = {
      ...{ passage, cable, named: isNamed.has(key) },
      ...{ before: isBefore.has(key), said: wasSaid.has(key) },
    };
    const vectorsOf = made.get(passage.passage);
    if (passage.masked && vectorsOf === undefined) return [];
    const cosines = vectorsOf === undefined ? stored(passage) : ownCosines(asked, vectorsOf);
    const sentences = cosinesWithSentences(passage, vectorsOf, asked.whole.wordMean);
    const alone =
      asked.own === asked.whole
        ? sentences
        : cosinesWithSentences(passage, vectorsOf, asked.own.wordMean);
    return [{ ...candidate, ...cosines, sentences, ownSentence: largest(-1, alone) }];
  });
}

type Cosines = Pick<Candidate, 'cosine' | 'ownCosine'>;

/** The cosines of a question's words with a passage's sentences, by the vectors made for it, if any. */
export function cosinesWithSentences(
  { sentences }: ScoringPassage,
  made: PassageVectors | undefined,
  wordMean: Float32Array,
): number[] {
  return made?.sentences.map((each) => dot(each, wordMean)) ?? sentenceCosines(sentences, wordMean);
}

function ownCosines(asked: AskedVectors, { windows }: PassageVectors): Cosines {
  const best = ({ vector }: QuestionVectors): number =>
    windows.reduce((most, window) => Math.max(most, dot(vector, window)), -1);
  return { cosine: best(asked.whole), ownCosine: best(asked.own) };
}

/** The cosines of a question with passages, by the vectors that are stored of them. */
function storedCosines(
  asked: AskedVectors,
  near: ReadonlyMap<number, number>,
  vectors: readonly StoredVector[],
): (passage: ScoringPassage) => Cosines {
  const alone = asked.own === asked.whole;
  const whole = new Map<number, number>();
  const own = new Map<number, number>();
  for (const { passage, vector } of vectors) {
    whole.set(passage, Math.max(dot(asked.whole.vector, vector), whole.get(passage) ?? -1));
    if (!alone) own.set(passage, Math.max(dot(asked.own.vector, vector), own.get(passage) ?? -1));
  }
  return ({ passage }) => {
    const cosine = near.get(passage) ?? whole.get(passage) ?? -1;
    return { cosine, ownCosine: own.get(passage) ?? cosine };
  };
}
