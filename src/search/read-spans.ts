import type { Corpus, StoredSpan } from '../corpus/corpus.js';

/** Spans read for one question: each once, those that are still missing all at once. */
export type ReadSpans = (passages: readonly number[]) => Promise<readonly StoredSpan[]>;

/** A memory of a corpus's spans for one question. */
export function readSpans(corpus: Corpus): ReadSpans {
  const read = new Map<number, StoredSpan>();
  return async (passages) => {
    const missing = [...new Set(passages)].filter((passage) => !read.has(passage));
    if (missing.length > 0) {
      const spans = await corpus.spans(missing);
      for (const [i, span] of spans.entries()) read.set(missing[i] ?? 0, span);
    }
    return passages.flatMap((passage) => read.get(passage) ?? []);
  };
}
