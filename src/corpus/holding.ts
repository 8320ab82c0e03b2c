import { both, type Reach } from '../cable/ceiling.js';
import { audienceText, reachText } from './audience.js';

/** Who may see that a term stands in a cable: how many of its passages by audience, and the cable. */
export interface Holding {
  readonly passages: ReadonlyMap<string, number>;
  readonly cable: string;
}

/** A passage's terms, and who may see it. */
export interface HeldPassage<Term> {
  readonly text: Iterable<Term>;
  readonly heading: Iterable<Term>;
  readonly reach: Reach;
}

/**
 * What may be seen of each term. In a passage's own text it is seen with the passage; in its heading or
 * in the context before all passages only where the whole cable may be shown as well.
 */
export function holdingsOf<Term>(
  context: Iterable<Term>,
  whole: Reach,
  passages: readonly HeldPassage<Term>[],
): Map<Term, Holding> {
  const holdings = new Map<Term, { passages: Map<string, number>; reaches: Set<string> }>();
  const of = (term: Term) => {
    const known = holdings.get(term);
    if (known !== undefined) return known;
    const made = { passages: new Map<string, number>(), reaches: new Set<string>() };
    holdings.set(term, made);
    return made;
  };
  const inContext = new Set(context);
  for (const term of inContext) of(term).reaches.add(reachText(whole));
  for (const { text, heading, reach } of passages) {
    const own = reachText(reach);
    const around = reachText(both(reach, whole));
    const seen = new Map<Term, string>();
    for (const term of text) seen.set(term, own);
    for (const term of heading) if (!seen.has(term)) seen.set(term, around);
    for (const term of inContext) if (!seen.has(term)) seen.set(term, around);
    for (const [term, audience] of seen) {
      const { passages: counts, reaches } = of(term);
      counts.set(audience, (counts.get(audience) ?? 0) + 1);
      reaches.add(audience);
    }
  }
  return new Map(
    [...holdings].map(([term, { passages: counts, reaches }]) => [
      term,
      { passages: counts, cable: audienceText(reaches) },
    ]),
  );
}
