import { LRUCache } from 'lru-cache';
import { passageAsRead } from '../cable/passage.js';
import type { ScoringPassage, StoredSpan } from '../corpus/corpus.js';
import type { Embedder, PassageVectors } from '../embedding/embedder.js';
import type { ReadSpans } from './read-spans.js';

/** Passages embedded for one question, at most. docs/scaling.md has what more gain, and cost. */
export const MOST_MADE = 12;
/** Milliseconds after which none is begun any more for a question, and how many are under way. */
const LONGEST = 1500;
const AT_ONCE = 8;
/** Bytes of vectors that are kept. */
const KEPT = 64 * 1024 * 1024;

/**
 * Vectors that are made when they are asked for: of passages whose vectors wait to be made, and of those whose cable
 * may not be shown whole. What is stored of the latter is read behind the cable's subject: where a ceiling shows a
 * paragraph and not its subject it may not decide anything, and others are made of its own words.
 */
export interface OwnVectors {
  /** The vectors of the first of some passages that need them, by their keys. */
  of(
    passages: readonly Pick<ScoringPassage, 'passage' | 'masked'>[],
    spans: ReadSpans,
  ): Promise<ReadonlyMap<number, PassageVectors>>;
}

/** One memory of them for all that needs some, over one generation of an index. `clock` tells milliseconds. */
export function createOwnVectors(embedder: Embedder, clock: () => number): OwnVectors {
  const memory = (): LRUCache<number, PassageVectors> =>
    new LRUCache({
      maxSize: KEPT / 2,
      sizeCalculation: ({ windows, sentences }) =>
        1 + [...windows, ...sentences].reduce((sum, { byteLength }) => sum + byteLength, 0),
    });
  const kept = { whole: memory(), masked: memory() };
  const make = ({ cable, span }: StoredSpan, masked: boolean): Promise<PassageVectors> => {
    const { context, sentences } = passageAsRead(cable, span, !masked);
    return embedder.embedPassage(context, sentences);
  };
  return {
    async of(passages, spans) {
      const found = new Map<number, PassageVectors>();
      const missing: (typeof passages)[number][] = [];
      for (const each of passages.slice(0, MOST_MADE)) {
        const known = kept[each.masked ? 'masked' : 'whole'].get(each.passage);
        if (known === undefined) missing.push(each);
        else found.set(each.passage, known);
      }
      const read = await spans(missing.map(({ passage }) => passage));
      const until = clock() + LONGEST;
      const waiting = missing.entries();
      const makeSome = async (): Promise<void> => {
        for (const [at, { passage, masked }] of waiting) {
          if (clock() >= until) return;
          const span = read[at];
          if (span === undefined) continue;
          const vectors = await make(span, masked);
          kept[masked ? 'masked' : 'whole'].set(passage, vectors);
          found.set(passage, vectors);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, makeSome));
      return found;
    },
  };
}
