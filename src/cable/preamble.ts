import { holds, labelAt, labelsInside, type FieldName, type Label } from './labels.js';
import { lined, linesIn, type BodyLine, type LinedText } from './lines.js';
import { isCustom } from './custom-lines.js';
import { markAt } from './marks/portion.js';
import { RULE } from './patterns.js';
import type { Span } from './types.js';

export type { FieldName } from './labels.js';

/** A labelled field: [start, end) of the body from its label on, and its value without the label. */
export interface Field {
  readonly name: FieldName;
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** What stands before the first paragraph: its fields, where its last line ends, and what is in no field. */
export interface Preamble {
  readonly fields: readonly Field[];
  readonly end: number;
  /** Lines that are neither of a field nor a caption, an address or a stamp. */
  readonly unread: readonly { readonly start: number; readonly end: number }[];
}

/** Preambles end long before this; a body without paragraphs is not searched through. */
const FARTHEST = 12_000;
/** Lines behind text in which a label still may stand, where no paragraph has a number. */
const LABEL_BEHIND_TEXT = 12;

/**
 * Reads the labelled fields of a body up to `limit`, the start of its first numbered paragraph.
 * A field goes on to the next label or the next blank line. Behind text a label counts only where it is spelled
 * as it should be and its field has not come yet: `Subject: …` in a note that is passed on is text.
 */
export function readPreamble(body: LinedText, limit: number): Preamble {
  const head = new Head(limit < body.text.length);
  const pieces = labelledPieces(body, Math.min(limit, FARTHEST));
  for (const [index, piece] of pieces.entries()) if (!head.take(piece, index, pieces)) break;
  return head.preamble();
}

/** The preamble while its lines are read. */
class Head {
  readonly #fields: Field[] = [];
  readonly #unread: Piece[] = [];
  #open: Field | null = null;
  #blank = true;
  /** Text has been met, so many pieces ago. */
  #sinceText: number | null = null;
  #topEnd = 0;
  /** The line above is one that stands there by custom. */
  #addressAbove = false;

  constructor(private readonly numbered: boolean) {}

  /** Takes the next piece; false where the text has begun. */
  take(piece: Piece, index: number, pieces: readonly Piece[]): boolean {
    const text = piece.text.trim();
    if (text === '') this.#blank = true;
    if (text === '' || piece.stamp) return true;
    if (this.#sinceText !== null) this.#sinceText++;
    const label = labelAt(piece.text.trimStart());
    if (label !== null) {
      if (!this.#counts(label, piece.text)) return false;
      this.#begin(label, piece);
    } else if (this.#open === null) this.#stray(piece, index, pieces);
    else if (beginsText(this.#open, piece.text, this.#blank) || isHeading(pieces, index))
      return false;
    else if (!this.#blank || goesOnBehindBlank(this.#open, piece.text)) {
      this.#open = { ...this.#open, end: piece.end, value: `${this.#open.value}\n${piece.text}` };
    } else {
      this.#close();
      this.#stray(piece, index, pieces);
    }
    this.#blank = false;
    return true;
  }

  preamble(): Preamble {
    this.#close();
    const end = Math.max(this.#fields.at(-1)?.end ?? 0, this.#topEnd);
    return { fields: this.#fields, end, unread: this.#unread.filter((each) => each.end <= end) };
  }

  #counts({ name, exact, value }: Label, line: string): boolean {
    if (this.#sinceText === null) return true;
    if (!exact || this.#has(name) || !holds(name, value)) return false;
    // `Reference: our talk of March 3` is a letter's.
    const inCapitals = /^[A-Z(]{3}/.test(line.trimStart());
    return this.numbered || (inCapitals && this.#sinceText <= LABEL_BEHIND_TEXT);
  }

  #has(name: FieldName): boolean {
    return this.#fields.some((field) => field.name === name);
  }

  #begin({ name, value }: Label, piece: Piece): void {
    this.#close();
    const start = piece.end - piece.text.trimStart().length;
    this.#open = { name, start, end: piece.end, value };
  }

  #close(): void {
    if (this.#open !== null) this.#fields.push(this.#open);
    this.#open = null;
  }

  /** A line that is in no field: what stands at the top by custom, text, or something that nobody reads. */
  #stray(piece: Piece, index: number, pieces: readonly Piece[]): void {
    // What stands right under an address goes on with it: `AND EB` (06PARIS953), a second office's names.
    const isTop = isCustom(piece.text.trim()) || (this.#addressAbove && !this.#blank);
    this.#addressAbove = isTop && !RULE.test(piece.text.trim());
    if (isTop && this.#sinceText === null) {
      const isTopmost = this.#fields.length === 0 && this.#unread.length === 0;
      if (isTopmost && !RULE.test(piece.text.trim())) this.#topEnd = piece.end;
      return;
    }
    const begun = this.#has('subject') || this.#has('tags');
    if (begun && this.#blank && isText(blockAt(pieces, index))) this.#sinceText ??= 0;
    if (this.#sinceText === null) this.#unread.push(piece);
  }
}

/**
 * A marked paragraph straight under the references or the TAGS ends the preamble: `(SBU) Poloff
 * delivered …` in 08KUALALUMPUR317. `(C) STATE 94723` is the third of a list of references. So does a line under
 * the references that names none.
 */
function beginsText(open: Field, text: string, blank: boolean): boolean {
  if (open.name !== 'references' && open.name !== 'tags') return false;
  const mark = markAt(text.trimStart());
  if (mark !== null && (mark.printed.length > 3 || !/\d{2}/.test(text))) return true;
  return open.name === 'references' && !blank && !namesSomething(text);
}

/** Words of a line of references that names none: a sentence has more. */
const MOST_WORDS = 4;

/** Whether a line may be one of a list of references: with a number, an enumerator, or a few words. */
function namesSomething(text: string): boolean {
  if (
    /\d{2}|\be-?mail|telcon|septel|notal|phone/i.test(text) ||
    NEXT_REFERENCE.test(text.trimStart())
  )
    return true;
  return text.trim().split(/\s+/).length <= MOST_WORDS;
}

/** `Summary` over its rule, straight under the last field (06MOSCOW9533), ends the preamble. */
function isHeading(pieces: readonly Piece[], index: number): boolean {
  const text = pieces[index]?.text.trim() ?? '';
  const ruled = (at: number): boolean => RULE.test(pieces[at]?.text.trim() ?? '');
  // The rule is the next heading's, which has another one under it.
  if (ruled(index + 1) && !ruled(index + 2) && ruled(index + 3)) return false;
  return text.length <= 60 && ruled(index + 1) && !ruled(index);
}

/** Lines of references go on behind a blank line: `¶B. LISBON 750` (07MADRID545), `(C) STATE 1`. */
const NEXT_REFERENCE = /^(?:¶?\(?[A-Z][.)]|\[[A-Z]\])\s*\S/;

function goesOnBehindBlank(open: Field, text: string): boolean {
  if (open.name === 'references') {
    // `C) RIO \n \nDE JANEIRO 1291`: the last name still lacks its number.
    const unfinished =
      /(?:,|\bAND|[A-Z]{3,}|\b[A-Z][.)])\s*$/i.test(open.value) &&
      /^\s*(?:[A-Z ]{3,30})?\d/.test(text);
    return unfinished || (NEXT_REFERENCE.test(text.trimStart()) && isEntry(text));
  }
  // A page's stamp may stand among the TAGS.
  if (open.name === 'tags' && open.value.trimEnd().endsWith(','))
    return /^[A-Z0-9 ,()/-]+$/.test(text.trim());
  // `TAGS:` alone on its line, its value under a blank one.
  return open.value.trim() === '' && text.trim().length < 80 && !RULE.test(text.trim());
}

/** An item of a list of references, and not the first of a list in the text. */
function isEntry(text: string): boolean {
  return /\d/.test(text) || text.trim().split(/\s+/).length <= MOST_WORDS * 2;
}

/** Words of a sentence, at least. */
const SENTENCE_WORDS = 9;
const LONG_TEXT = 140;

/** A block of lines that is text: a marked one, or sentences. */
function isText(text: string): boolean {
  if ((markAt(text)?.printed.length ?? 0) > 3) return true;
  if (text.split(/\s+/).length < SENTENCE_WORDS) return false;
  return /[.!?]["”’)]*$/.test(text) || text.length > LONG_TEXT;
}

/** The lines from a piece on up to a blank one. */
function blockAt(pieces: readonly Piece[], index: number): string {
  const lines: string[] = [];
  for (let at = index; at < pieces.length; at++) {
    const text = pieces[at]?.text.trim() ?? '';
    if (text === '') break;
    if (pieces[at]?.stamp === false) lines.push(text);
  }
  return lines.join(' ');
}

interface Piece extends Pick<BodyLine, 'start' | 'end' | 'stamp'> {
  readonly text: string;
}

/** The lines of a preamble, cut again where a second label stands inside one. */
function labelledPieces(body: LinedText, limit: number): Piece[] {
  const pieces: Piece[] = [];
  for (const line of linesIn(body, 0, limit)) {
    const text = body.text.slice(line.start, line.end);
    let from = 0;
    for (const cut of [...labelsInside(text), text.length]) {
      // `(U) Classified by …` (05ANKARA1730) is one piece.
      // So is `RREF:`.
      if (cut < text.length && /^(?:\([A-Z/]+\)|\S)?$/.test(text.slice(from, cut).trim())) continue;
      if (cut > from || text.length === 0) {
        const { start, stamp } = line;
        pieces.push({ text: text.slice(from, cut), start: start + from, end: start + cut, stamp });
      }
      from = cut;
    }
  }
  return pieces;
}

/** The preamble of a cable that was read before: it ends where its first span does. */
export function preambleOf({
  body,
  spans,
}: {
  readonly body: string;
  readonly spans: readonly Span[];
}): Preamble {
  const end = spans[0]?.kind === 'preamble' ? spans[0].end : 0;
  return readPreamble(lined(body.slice(0, end)), end);
}

/** The value of the first field of a name that has one; empty where there is none. */
export function fieldValue(fields: readonly Field[], name: FieldName): string {
  return fields.find((field) => field.name === name && field.value.trim() !== '')?.value ?? '';
}

/** The values of all fields of a name, a line each. */
export function fieldValues(fields: readonly Field[], name: FieldName, sign = '\n'): string {
  return fields
    .filter((field) => field.name === name)
    .map(({ value }) => value)
    .join(sign);
}
