import { NO_CEILING, type Ceiling } from '../cable/ceiling.js';
import type { Corpus, StoredSpan } from '../corpus/corpus.js';
import { holdsStems, readingsOf, textWithSubject } from './phrases.js';
import type { ReadSpans } from './read-spans.js';

/** Where it is looked whether a cable mentions something. */
export interface Mentions {
  readonly corpus: Corpus;
  readonly spans: ReadSpans;
  /** Cables that mask a name which the question tells. */
  readonly hidden: readonly string[];
}

/** Paragraphs of such cables in which one phrase is looked for, at most. */
const LOOKED_AT = 200;

/**
 * Whether each of some phrases, by its stems, stands in a cable as it may be shown: what stands there under a mask
 * alone must be told of as what stands nowhere, or the telling would say whose name is masked.
 */
export async function mentioned(
  { corpus, spans, hidden }: Mentions,
  phrases: readonly (readonly string[])[],
): Promise<boolean[]> {
  const elsewhere = await corpus.mentions(phrases, hidden);
  if (hidden.length === 0) return elsewhere;
  const anywhere = await corpus.mentions(phrases);
  const where = [{ field: 'id' as const, among: hidden }];
  return Promise.all(
    phrases.map(async (stems, i) => {
      if (elsewhere[i] === true) return true;
      const query = { phrases: [stems], match: 'all' as const, limit: LOOKED_AT, where };
      const { hits } = await corpus.searchWords(query);
      // What surrounds the paragraphs of such a cable asks for no mask.
      if (hits.length === 0) return anywhere[i] === true;
      const read = await spans(hits.map(({ passage }) => passage));
      return read.some((each) => !isMaskedIn(each, stems, corpus.ceiling));
    }),
  );
}

/** Whether a paragraph, or its cable's subject, holds stems under a mask alone. */
function isMaskedIn(stored: StoredSpan, stems: readonly string[], ceiling: Ceiling): boolean {
  const holds = (text: string): boolean => holdsStems(readingsOf(text), stems);
  if (holds(textWithSubject(stored, ceiling))) return false;
  return holds(textWithSubject(stored, NO_CEILING));
}
