import { both, type Reach } from '../cable/ceiling.js';
import { audienceText, reachText } from './audience.js';
import { termList, type TermList } from './term-list.js';

/** What is of just this audience among a cable's terms. */
export interface Holding {
  readonly audience: string;
  /** In how many passages of this audience each stands. */
  readonly passages: TermList;
  /** The keys of those that the cable as a whole shows to this audience. */
  readonly shown: Uint32Array;
}

/** The keys of a passage's terms, and who may see it. */
export interface HeldPassage {
  readonly text: Iterable<number>;
  readonly heading: Iterable<number>;
  /** Those that stand in its text as names alone that its cable asks to protect, others there as well. */
  readonly names: Iterable<number>;
  readonly reach: Reach;
}

/**
 * What may be seen of a cable's terms, by audience. In a passage's own text a term is seen with the passage; in its
 * heading or in the context before all passages only where the whole cable may be shown as well.
 */
export function holdingsOf(
  context: Iterable<number>,
  whole: Reach,
  passages: readonly HeldPassage[],
): Holding[] {
  const reaches = new Map<number, Set<string>>();
  const seenIn = (term: number, reach: string): void => {
    const known = reaches.get(term);
    if (known === undefined) reaches.set(term, new Set([reach]));
    else known.add(reach);
  };
  const counts = new Map<string, Map<number, number>>();
  const inContext = new Set(context);
  for (const term of inContext) seenIn(term, reachText(whole));
  for (const { text, heading, names, reach } of passages) {
    const own = reachText(reach);
    const around = reachText(both(reach, whole));
    const seen = new Map<number, string>();
    for (const term of text) seen.set(term, own);
    for (const term of heading) if (!seen.has(term)) seen.set(term, around);
    for (const term of inContext) if (!seen.has(term)) seen.set(term, around);
    const named = reachText({ ...reach, named: true });
    for (const term of names) if (!seen.has(term)) seen.set(term, named);
    for (const [term, audience] of seen) {
      const held = madeOnce(counts, audience, () => new Map<number, number>());
      held.set(term, (held.get(term) ?? 0) + 1);
      seenIn(term, audience);
    }
  }
  const shown = new Map<string, number[]>();
  for (const [term, by] of reaches) madeOnce(shown, audienceText(by), () => []).push(term);
  return [...new Set([...shown.keys(), ...counts.keys()])].map((audience) => ({
    audience,
    passages: termList(counts.get(audience) ?? new Map()),
    shown: Uint32Array.from(shown.get(audience) ?? []),
  }));
}

function madeOnce<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
