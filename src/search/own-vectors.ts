import { LRUCache } from 'lru-cache';
import { passageContext, passageText } from '../cable/passage.js';
import { sentencesOf } from '../cable/sentences.js';
import type { Embedder, PassageVectors } from '../embedding/embedder.js';
import type { Store } from '../store/store.js';

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
  of(store: Store, passages: readonly number[]): Promise<ReadonlyMap<number, PassageVectors>>;
}

export function createOwnVectors(embedder: Embedder): OwnVectors {
  const kept = new LRUCache<number, PassageVectors>({
    maxSize: KEPT,
    sizeCalculation: ({ windows, sentences }) =>
      1 + [...windows, ...sentences].reduce((sum, { byteLength }) => sum + byteLength, 0),
  });
  const make = async (store: Store, passage: number): Promise<PassageVectors> => {
    const known = kept.get(passage);
    if (known !== undefined) return known;
    const { cable, span } = store.spanOfPassage(passage);
    const { origin, date } = cable;
    const made = await embedder.embedPassage(
      passageContext({ subject: null, origin, date }),
      sentencesOf(passageText(cable.body, span)),
    );
    kept.set(passage, made);
    return made;
  };
  return {
    async of(store, passages) {
      const first = passages.slice(0, MOST);
      const made = await Promise.all(first.map((passage) => make(store, passage)));
      return new Map(first.map((passage, i) => [passage, made[i] ?? NONE]));
    },
  };
}

const NONE: PassageVectors = { windows: [], sentences: [] };
