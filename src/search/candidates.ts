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
 * Reads what each of the passages found is scored by. Of those whose vectors must be made first (masked ones, and
 * those that have none yet) no more are taken than can be at once.
 */
export async function candidatesOf(
  { corpus, own, spans }: { corpus: Corpus; own: OwnVectors; spans: ReadSpans },
  asked: AskedVectors,
  found: FoundPassages,
): Promise<Candidate[]> {
  const lexical = found.lexical.map(({ passage }) => passage);
  const near = found.near.map(({ passage }) => passage);
  const keys = [...new Set([...near, ...found.named, ...lexical, ...found.before])];
  const { passages, cables } = await corpus.scoring(keys, 'with vectors');
  const made = await own.of(
    passages.filter(({ vectors }) => vectors === null),
    spans,
  );
  const isNamed = new Set(found.named);
  const isBefore = new Set(found.before);
  const wasSaid = new Set(found.said);
  return passages.flatMap((passage): Candidate[] => {
    const { passage: key } = passage;
    const cable = cables.get(passage.cable);
    const vectors = made.get(key) ?? passage.vectors;
    if (cable === undefined || vectors === null) return [];
    const whole = cosinesOf(vectors, asked.whole);
    const own = asked.own === asked.whole ? whole : cosinesOf(vectors, asked.own);
    return [
      {
        ...{ passage, cable, named: isNamed.has(key) },
        ...{ before: isBefore.has(key), said: wasSaid.has(key) },
        ...{ cosine: whole.window, sentences: whole.sentences },
        ...{ ownCosine: own.window, ownSentence: largest(-1, own.sentences) },
      },
    ];
  });
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
