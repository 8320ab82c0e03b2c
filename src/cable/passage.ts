import { searchText } from './search-text.js';
import type { Cable, Span } from './types.js';

/** A paragraph as it is searched: its place in the cable and its text with the context before it. */
export interface Passage {
  /** Index of its span in the cable's spans. */
  readonly ordinal: number;
  /** `SUBJECT | ORIGIN, YYYY-MM-DD`, the form the model was trained with (its PROVENANCE.md). */
  readonly context: string;
  /** The heading above it, folded; empty where it has none. */
  readonly heading: string;
  readonly text: string;
}

/** The paragraphs of a cable as they are searched; redactions alone (`XXXXXXXXXXXX`) are left out. */
export function passagesOf(cable: Cable): Passage[] {
  const context = passageContext(cable);
  const passages: Passage[] = [];
  let heading = '';
  for (const [ordinal, span] of cable.spans.entries()) {
    const text = searchText(cable.body.slice(span.start, span.end));
    if (span.kind === 'heading') heading = joinHeadings(cable.spans, ordinal, heading, text);
    else if (span.kind === 'paragraph' && /\p{L}{2}/u.test(text.replace(/x{4,}/gi, ''))) {
      passages.push({ ordinal, context, heading, text: withoutNumber(text) });
    }
  }
  return passages;
}

/**
 * `¶4. (SBU) Jiang said …` → `Jiang said …`: number and mark say nothing about what a paragraph
 * says, and without them more answers are found (docs/retrieval.md).
 */
function withoutNumber(text: string): string {
  const bare = text.replace(NUMBER_AND_MARK, '');
  return /\p{L}{2}/u.test(bare) ? bare : text;
}

const NUMBER_AND_MARK =
  /^(?:\([A-Z/ -]{1,24}\)\s*)?¶?\s*(?:\(?\d{1,3}(?:\)\s*\.?|\s*\.(?!\d)|(?=\s?\([A-Z]))\s*)?(?:\([A-Za-z/ -]{1,24}\)\s*)?/;

/** The line before a passage: what its cable is about, who sent it and when. */
export function passageContext(cable: Pick<Cable, 'subject' | 'origin' | 'date'>): string {
  return `${searchText(cable.subject ?? '')} | ${cable.origin ?? ''}, ${cable.date ?? ''}`;
}

/** Two headings in a row, a section's and a part's, stand above a paragraph together. */
function joinHeadings(spans: readonly Span[], at: number, before: string, text: string): string {
  const plain = text
    .replace(/[-=_*~/]{2,}|(?:- ){2,}-?/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return spans[at - 1]?.kind === 'heading' && before !== '' ? `${before}: ${plain}` : plain;
}
