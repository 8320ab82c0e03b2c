import type { Level } from '../types.js';
import type { Marking } from './marking.js';
import { bracketedMark } from './reading.js';

/** A portion mark as it is printed, with what it means. */
export interface Mark extends Marking {
  readonly printed: string;
  readonly level: Level;
}

/**
 * Reads the portion mark at the start of a text: `(SBU)`, `(C/NF)`, `[S//NF]`. Returns null where no
 * mark stands there: `(Comment: …)`, `(C)omment`, `(a)`, `(c, as it were)`.
 */
export function markAt(text: string): Mark | null {
  const found = bracketedMark(text);
  if (found === null) return null;
  const { printed, reading } = found;
  // Behind a level in small letters stands prose. A mark's words are capitals, but for the countries
  // of `(S/Rel to USA, FVEY)` (08BEIJING3067 ¶5).
  if (!reading.known && !reading.capitals) return null;
  return { printed, level: reading.level, caveats: reading.caveats };
}

/** `¶1. C) Summary` (10ROME1), `(C Summary`: one of the parentheses is missing. */
const ONE_PARENTHESIS =
  /^(?:([A-Z]{1,3}(?:\/{1,2}(?:NF|NOFORN|OC))?)\)|\(([A-Z]{1,3}(?:\/{1,2}(?:NF|NOFORN|OC))?))(?=\s+["“(]?\p{Lu})/u;

/**
 * The paragraph's own heading, with the mark behind it: `Summary: (SBU)`, `Comment. (C)`. Any other
 * text before a mark may be a sentence that is marked by what stands above it.
 */
const HEADING_BEFORE =
  /^(?:begin )?(?:executive )?(?:summary|comment|note|background|introduction|context|discussion|conclusion|action(?: request)?|key points|bio(?:graphic)? note)(?:(?: and |\s?[/&]\s?)(?:comment|action|introduction|background|request|note)(?: request)?)?\s?[:.]\s+(?=\()/i;

/** The mark of a paragraph: at its start, or behind its own heading (09ISLAMABAD155). */
export function markOfParagraph(text: string): Mark | null {
  const mark = markAt(text);
  if (mark !== null) return mark;
  const heading = HEADING_BEFORE.exec(text);
  return heading === null ? null : markInText(text.slice(heading[0].length));
}

/**
 * The mark behind a paragraph's number: as any paragraph's, or with a parenthesis missing. Without a
 * number `C) Third` is an item of a list.
 */
export function markBehindNumber(text: string): Mark | null {
  const mark = markOfParagraph(text);
  if (mark !== null) return mark;
  const one = ONE_PARENTHESIS.exec(text);
  const whole = one === null ? null : markAt(`(${one[1] ?? one[2] ?? ''})`);
  return one === null || whole === null ? null : { ...whole, printed: one[0] };
}

/**
 * The mark at the start of a text that stands inside a paragraph and may lower its level: it must be in
 * capitals and hold nothing but what is known. `(S/WCI)` is an office (07ALGIERS652), `(a)` an item.
 */
export function markInText(text: string): Mark | null {
  const found = bracketedMark(text);
  if (found === null || !found.reading.known || /^\P{L}*\p{Ll}/u.test(found.printed)) return null;
  const { level, caveats } = found.reading;
  return { printed: found.printed, level, caveats };
}
