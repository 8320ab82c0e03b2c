import { LRUCache } from 'lru-cache';
import { passageAsRead } from '../cable/passage.js';
import type { StoredSpan } from '../corpus/corpus.js';
import type { Embedder, PassageVectors } from '../embedding/embedder.js';
import type { ReadSpans } from './read-spans.js';

/** Passages embedded for one question, at most: on two cores half a second. */
const MOST = 24;
/** Bytes of vectors that are kept. */
const KEPT = 64 * 1024 * 1024;

/**
 * Vectors of passages by their own words. Those that are stored are read behind the cable's subject:
 * where a ceiling shows a paragraph and not its subject, they may not decide anything, and others are
 * made when they are asked for.
 */
export interface OwnVectors {
  /** The vectors of the first of some passages, by their keys. */
  of(passages: readonly number[], spans: ReadSpans): Promise<ReadonlyMap<number, PassageVectors>>;
}

/** One memory of them for all that needs some, over one generation of an index. */
export function createOwnVectors(embedder: Embedder): OwnVectors {
  const kept = new LRUCache<number, PassageVectors>({
    maxSize: KEPT,
    sizeCalculation: ({ windows, sentences }) =>
      1 + [...windows, ...sentences].reduce((sum, { byteLength }) => sum + byteLength, 0),
  });
  const make = ({ cable, span }: StoredSpan): Promise<PassageVectors> => {
    const { context, sentences } = passageAsRead(cable, span, false);
    return embedder.embedPassage(context, sentences);
  };
  return {
    async of(passages, spans) {
      const first = passages.slice(0, MOST);
      const missing = first.filter((passage) => !kept.has(passage));
      const read = await spans(missing);
      const made = await Promise.all(read.map(make));
      for (const [i, vectors] of made.entries()) kept.set(missing[i] ?? 0, vectors);
      const fresh = new Map(missing.map((passage, i) => [passage, made[i]]));
      return new Map(
        first.flatMap((passage) => {
          const vectors = fresh.get(passage) ?? kept.get(passage);
          return vectors === undefined ? [] : [[passage, vectors] as const];
        }),
      );
    },
  };
}
