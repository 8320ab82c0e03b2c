import { stemsOf } from '../cable/terms.js';
import type { Word } from '../cable/words.js';
import type { Corpus, SpanPlace } from '../corpus/corpus.js';
import { withoutMasked, type MaskedIn } from './looked-up.js';
import { largest } from '../largest.js';
import { quotedSpan, type QuotedSpan } from '../quotes/quote.js';

/** Cables that a quotation is compared with, beside the one that is named. */
const COMPARED = 5;
/** Of the shingles that the best cable has, fewer than this share. */
const FEW = 0.25;
/** A quotation of fewer words has hardly a shingle: it is looked for as a phrase. */
const SHORT = 8;
/** Paragraphs among which the nearest is chosen. */
const NEAREST = 5;

/** A quotation, with the spans that hold each of its shingles. */
interface Sought {
  readonly text: string;
  readonly words: readonly Word[];
  readonly hits: readonly (readonly SpanPlace[])[];
  readonly maskedIn: MaskedIn;
}

/** Cables that a quotation may be from, the likeliest first: rare shingles tell most. */
export async function candidates(
  corpus: Corpus,
  { text, words, hits, maskedIn }: Sought,
): Promise<string[]> {
  const votes = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const places of hits) {
    for (const id of new Set(places.map(({ cable }) => cable))) {
      votes.set(id, (votes.get(id) ?? 0) + 1 / places.length);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  // A cable that has few of them where another has many has common words alone.
  const least = largest(0, [...counts.values()]) * FEW;
  for (const [id, count] of counts) if (count < least) votes.delete(id);
  if (words.length < SHORT) {
    const [passages = []] = await corpus.searchPhrases([{ stems: stemsOf(text), limit: COMPARED }]);
    const spans = await corpus.spans(passages);
    for (const { cable } of withoutMasked(spans, ({ cable: { id } }) => id, text, maskedIn)) {
      votes.set(cable.id, (votes.get(cable.id) ?? 0) + 1);
    }
  }
  return [...votes]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, COMPARED)
    .map(([id]) => id);
}

export interface Nearest {
  /** The paragraph that is likest to words that stand nowhere. */
  readonly quote: QuotedSpan | null;
  /** A cable to compare them with; none that masks a name: a right guess finds what a wrong one does. */
  readonly cable: string | null;
}

/** Looks for what is likest to words that stand nowhere. */
export async function nearestTo(
  corpus: Corpus,
  text: string,
  maskedIn: MaskedIn,
): Promise<Nearest> {
  // By a name that is masked anywhere nothing is looked for, as by one that stands nowhere.
  const stems = [...new Set(stemsOf(text))].filter((stem) => maskedIn(stem).length === 0);
  const { terms } = await corpus.lookUp({ stems });
  const rare = [...terms]
    .sort((a, b) => a.passages - b.passages)
    .slice(0, 6)
    .map(({ stem }) => [stem]);
  const { hits } = await corpus.searchWords({
    phrases: rare,
    match: 'any',
    limit: NEAREST,
    where: [],
  });
  const spans = await corpus.spans(hits.map(({ passage }) => passage));
  const [first] = spans;
  if (first === undefined) return { quote: null, cable: null };
  const { cable, ordinal, span } = first;
  const masks = corpus.ceiling.masked === true && cable.protectedNames.length > 0;
  return {
    quote: quotedSpan(cable, ordinal, span, corpus.ceiling),
    cable: masks ? null : cable.id,
  };
}
