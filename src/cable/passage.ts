import { masked } from './masks.js';
import { BROKEN_WORD, searchText, wordsThatTell, type BrokenWords } from './search-text.js';
import { ownRole, rolesOf, type Role, type RoleSource } from './role.js';
import { sentencesOf } from './sentences.js';
import type { Cable } from './cable.js';
import type { Span } from './types.js';

/** A paragraph as it is searched: its place in the cable and its text with the context before it. */
export interface Passage {
  /** Index of its span in the cable's spans. */
  readonly ordinal: number;
  /** `SUBJECT | ORIGIN, YYYY-MM-DD`, the form the model was trained with (its PROVENANCE.md). */
  readonly context: string;
  /** The heading above it, folded; empty where it has none. */
  readonly heading: string;
  readonly text: string;
  /** What it is embedded by: joined by blanks they are the text. */
  readonly sentences: readonly string[];
  /**
   * Its sentences with a word that a line's end breaks and that nothing tells how to read, in the other reading:
   * they are found by it too.
   */
  readonly otherReadings: string;
  /** What it is in its cable, where that is said of it. */
  readonly role: Role | null;
  /** The same by its own words, where its heading may not be shown. */
  readonly ownRole: Passage['role'];
}

/** How far before a heading it is looked whether it is one's end: `(END) SUMMARY`. */
const BEFORE_HEADING = 12;

/**
 * The paragraphs of a cable as they are searched, with the names masked that it asks to protect; redactions alone
 * (`XXXXXXXXXXXX`) are left out.
 */
export function passagesOf(cable: Cable): Passage[] {
  const { body, spans, protectedNames: names } = cable;
  const context = passageContext(cable, names);
  const passages: Omit<Passage, 'role'>[] = [];
  const sources: RoleSource[] = [];
  const shown = ({ start, end }: Span): string => masked(body.slice(start, end), names).text;
  const broken = wordsThatTell(masked(body, names).text);
  let heading = '';
  for (const [ordinal, span] of spans.entries()) {
    if (span.kind === 'heading') {
      const text = searchText(shown(span), broken);
      heading = joinHeadings(spans, ordinal, heading, text);
      const before = body.slice(Math.max(0, span.start - BEFORE_HEADING), span.start);
      sources.push({ kind: 'heading', text: heading, before });
    } else if (span.kind === 'paragraph') {
      const printed = shown(span);
      const bare = textOfPassage(printed, span.mark, broken);
      if (!/\p{L}{2}/u.test(bare.replace(/x{4,}/gi, ''))) continue;
      const own = ownRole(bare);
      sources.push({ kind: 'paragraph', text: bare, own, marking: span });
      const sentences = sentencesOf(bare);
      const otherReadings = otherReadingsOf(printed, span.mark, sentences);
      passages.push({
        ...{ ordinal, context, heading, text: bare, sentences, otherReadings, ownRole: own },
      });
    }
  }
  const roles = rolesOf(sources).filter((_, at) => sources[at]?.kind === 'paragraph');
  return passages.map((passage, at) => ({ ...passage, role: roles[at] ?? null }));
}

/** A paragraph as the models read it: what stands before it, and its sentences. */
export interface ReadPassage {
  readonly context: string;
  readonly sentences: readonly string[];
}

/** The same of a stored cable's span; where the cable's subject may not be shown, without it. */
export function passageAsRead(
  cable: Pick<Cable, 'body' | 'subject' | 'origin' | 'date' | 'protectedNames'>,
  span: Span,
  withSubject = true,
): ReadPassage {
  const { body, subject, origin, date, protectedNames: names } = cable;
  return {
    context: passageContext({ subject: withSubject ? subject : null, origin, date }, names),
    sentences: sentencesOf(passageText(body, span, names)),
  };
}

/** A paragraph's text as it is searched, without its number and mark, and with names masked. */
export function passageText(
  body: string,
  span: Pick<Span, 'start' | 'end' | 'mark'>,
  names: readonly string[] = [],
): string {
  const printed = masked(body.slice(span.start, span.end), names).text;
  return textOfPassage(printed, span.mark, wordsThatTell(masked(body, names).text));
}

function textOfPassage(printed: string, mark: string | null, broken: BrokenWords): string {
  return withoutNumber(searchText(printed, broken), mark);
}

function otherReadingsOf(
  printed: string,
  mark: string | null,
  sentences: readonly string[],
): string {
  if (!BROKEN_WORD.test(printed)) return '';
  const own = new Set(sentences);
  const readings = (['joined', 'hyphened'] as const).flatMap((broken) =>
    sentencesOf(textOfPassage(printed, mark, broken)),
  );
  return [...new Set(readings)].filter((sentence) => !own.has(sentence)).join(' ');
}

/** A mark may stand behind a short heading: `Summary: (C)`. */
const FARTHEST_MARK = 64;

const NUMBER =
  /^(?:\([A-Z/ -]{1,24}\)\s*)?¶?\s*(?:\(?\d{1,3}(?:\)\s*\.?|\s*\.(?!\d)|(?=\s{0,2}\([A-Z]))\s*)?/;
/** `-- `, `¶A. `, `1) ` before a mark. */
const ITEM = /^(?:-{1,3}|[•·*]|¶?\(?[A-Z\d]{1,2}[.)])\s*$/i;

/**
 * `¶4. (SBU) Jiang said …` → `Jiang said …`: number, item and mark say nothing about what a
 * paragraph says, and without them more answers are found (docs/retrieval.md).
 */
function withoutNumber(text: string, mark: string | null): string {
  const unnumbered = text.replace(NUMBER, '');
  const printed = mark?.replace(/\s+/g, ' ') ?? '';
  const at =
    printed === '' ? -1 : unnumbered.slice(0, FARTHEST_MARK + printed.length).indexOf(printed);
  const bare =
    at < 0
      ? unnumbered
      : `${unnumbered.slice(0, at).replace(ITEM, '')}${unnumbered.slice(at + printed.length)}`;
  return /\p{L}{2}/u.test(bare) ? bare.trim() : text;
}

/** The line before a passage: what its cable is about, who sent it and when. */
export function passageContext(
  cable: Pick<Cable, 'subject' | 'origin' | 'date'>,
  names: readonly string[],
): string {
  const subject = searchText(masked(cable.subject ?? '', names).text);
  return `${subject} | ${cable.origin ?? ''}, ${cable.date ?? ''}`;
}

/** Characters of headings that stand above each other. */
const LONGEST_HEADINGS = 1000;

/** Two headings in a row, a section's and a part's, stand above a paragraph together. */
function joinHeadings(spans: readonly Span[], at: number, before: string, text: string): string {
  const plain = text
    .replace(/[-=_*~/]{2,}|(?:- ){2,}-?/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (spans[at - 1]?.kind !== 'heading' || before === '') return plain;
  return plain === '' ? before : `${before}: ${plain}`.slice(-LONGEST_HEADINGS);
}
