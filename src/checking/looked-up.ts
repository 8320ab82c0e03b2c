import { SHINGLE, shinglesOf, type Shingle } from '../cable/shingles.js';
import type { Word } from '../cable/words.js';
import type { Corpus, SpanPlace } from '../corpus/corpus.js';
import { heldWordsOf, type HeldWords } from './held-words.js';

/** Spans of a shingle that are looked at: one that stands in more tells little. */
const MOST_OF_A_SHINGLE = 24;

/** Spans that hold shingles of a text. */
export interface LookedUp {
  /** Of each block, the shingles that any span holds, in order. */
  readonly blocks: readonly (readonly (Shingle & { readonly places: readonly SpanPlace[] })[])[];
  /** Those of a range of a block. */
  inRange(block: number, start: number, end: number): readonly (readonly SpanPlace[])[];
}

/** The cables in which some words are of a name that is masked there. */
export type MaskedIn = (words: string) => readonly string[];
export const NOWHERE_MASKED: MaskedIn = () => [];

/** Places but those of cables that mask any of the words: nobody learns by guessing that it stands there. */
export function withoutMasked<P>(
  places: readonly P[],
  idOf: (place: P) => string,
  words: string,
  maskedIn: MaskedIn,
): readonly P[] {
  const hidden = maskedIn(words);
  return hidden.length === 0 ? places : places.filter((place) => !hidden.includes(idOf(place)));
}

/** Looks up all shingles of the blocks of a text. */
export async function lookUp(
  corpus: Corpus,
  blockWords: readonly (readonly Word[])[],
  maskedIn: MaskedIn,
): Promise<LookedUp> {
  const shingles = blockWords.map((words) => shinglesOf(words.map((word) => word.folded)));
  const keys = [...new Set(shingles.flatMap((each) => each.map(({ key }) => key)))];
  const found = await corpus.withShingles(keys, MOST_OF_A_SHINGLE);
  const byKey = new Map(keys.map((key, i) => [key, found[i] ?? []]));
  const blocks = shingles.map((each, block) =>
    each.flatMap((shingle) => {
      const held = byKey.get(shingle.key) ?? [];
      if (held.length === 0) return [];
      const words = blockWords[block]?.slice(shingle.at, shingle.at + SHINGLE) ?? [];
      const said = words.map(({ raw }) => raw).join(' ');
      const places = withoutMasked(held, ({ cable }) => cable, said, maskedIn);
      return places.length === 0 ? [] : [{ ...shingle, places }];
    }),
  );
  return {
    blocks,
    inRange(block, start, end) {
      const words = blockWords[block] ?? [];
      return (blocks[block] ?? []).flatMap(({ at, places }) => {
        const word = words[at];
        return word !== undefined && word.start >= start && word.end <= end ? [places] : [];
      });
    },
  };
}

/** The cables of ids with their words; each is read once. */
export type HeldCables = (ids: readonly string[]) => Promise<HeldWords[]>;

/** Reads cables of a corpus. */
export function heldCables(corpus: Corpus): HeldCables {
  const read = new Map<string, HeldWords | null>();
  return async (ids) => {
    const unread = ids.filter((id) => !read.has(id));
    for (const id of unread) read.set(id, null);
    for (const cable of await corpus.cables(unread)) {
      read.set(cable.id, heldWordsOf(cable, corpus.ceiling));
    }
    return ids.flatMap((id) => read.get(id) ?? []);
  };
}
