import type { Citing } from '../id.js';
import { isStamp, replaceRunInStamps, RUNNING_CLASSIFICATION } from '../stamps.js';
import { CitedList } from './cited-list.js';

/** What a reference line names: a cable, or something else by its kind. */
export type ReferenceKind = 'cable' | 'email' | 'tel' | 'report' | 'book' | 'septel';

export interface Reference {
  readonly kind: ReferenceKind;
  /** The canonical id of a cable; of all else what is printed. */
  readonly value: string;
  /** The letter or number it is enumerated by, as in `REF B`; null where it has none. */
  readonly enum: string | null;
}

/** What a reference line says, and the words and numbers of it that nothing was read from. */
export interface ReferenceReading {
  readonly references: readonly Reference[];
  readonly unread: readonly string[];
}

/** `A.`, `(B)`, `C)`, `[D]`, `¶E.`, `(1)`, doubled as in `A. (A) RIO 329` (09RIODEJANEIRO357). */
const ENUMERATOR = /(?<![A-Z0-9'])¶?[([]?([A-Z\d])[.)\]:]+(?=[\s(['A-Z0-9])/gi;
/** `REF A WELLINGTON 721 B WELLINGTON 690`: letters without a sign behind them, in their order. */
const BARE_ENUMERATOR = /(?<=^|\d\s{1,4})([A-Z])(?=\s+[A-Z]{3})/g;

/** What is no cable, told by a word of it. First come, first served. */
const OTHER_KINDS: readonly (readonly [ReferenceKind, RegExp])[] = [
  ['email', /\be-?mails?\b/i], // "JOHNSON-STEVENS/GODFREY E-MAIL 10/15/07"
  ['tel', /\btele?-?con(?:versation)?s?\b|\b(?:tele)?phone\b|\bphonecon/i], // "MITCHELL/SIMS TELCON 02/16/2010"
  ['septel', /\bseptels?\b/i],
  ['report', /\b(?:IIR|CIR|DIA|CRS|TDX?)[- ]?\d|\bTDX?-|\b(?:reports?|INCSR|IIR)\b/i], // "TD-314/21795-05"
  ['book', /\b\d{1,2} (?:FAM|FAH)\b|\bISBN\b|\b(?:book|handbook|manual|volume)\b/i],
];

/**
 * Documents that are no cables, told by a word: letters, memoranda, the forces' messages, resolutions, the press and
 * what a post calls its own (`PARIS POINTS JULY 15`). They are read, and left out.
 */
const DOCUMENTS =
  /\b(?:letters?|memo(?:randum|con)?s?|memcons?|msgs?|messages?|dtg|points?|unscr|resolution|osc|eup|gmp|cep|iap|sap|fax|wireless|file|usdel|pouch|despatch|meetings?|conversations?|talks?|dvc|www\.\S+|web ?site|article|agreement|airgrams?|instruction|circular|report)\b|\b\d{6} ?Z\b/i;

/** The references of a line; see {@link readReferenceLine}. */
export function readReferences(value: string, citing: Citing): Reference[] {
  return [...readReferenceLine(value, citing).references];
}

/**
 * What a reference line names, in order. The year of a cable is the one that it states, or that of its date, else
 * the citing cable's; a cable of the own post with a higher number than the own is of the year before. What is
 * neither a cable nor of a known kind (`PARIS POINTS JULY 15`, an airgram) is left out.
 */
export function readReferenceLine(value: string, citing: Citing): ReferenceReading {
  const references: Reference[] = [];
  const unread: string[] = [];
  let post = citing.post;
  for (const { letter, text } of entriesOf(oneLine(value))) {
    for (const part of text.split(';').map(trimmed)) {
      const other = OTHER_KINDS.find(([, pattern]) => pattern.test(part));
      const list = new CitedList(part, citing, post, other !== undefined);
      const cables = list.read();
      for (const { id, post: named } of cables) {
        references.push({ kind: 'cable', value: id, enum: letter });
        post = named;
      }
      if (cables.length === 0 && other !== undefined) {
        references.push({ kind: other[0], value: part, enum: letter });
      } else if (!DOCUMENTS.test(part)) unread.push(...list.unread());
    }
  }
  return { references, unread };
}

/** The ids of the cables among them, each once. */
export function citedIds(references: readonly Reference[]): string[] {
  const ids = references.filter(({ kind }) => kind === 'cable').map((each) => each.value);
  return [...new Set(ids)];
}

function oneLine(value: string): string {
  const joined = value
    .split(/\r\n|\n|\r/)
    .map((line) => line.replace(/\\+n?\s*$/, '').trim())
    .filter((line) => !isStamp(line) && !RUNNING_CLASSIFICATION.test(line))
    .join(' ');
  return replaceRunInStamps(joined, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^(?:\s*(?:[A-Z][.)]\s*)?REF(?:ERENCE)?S?\s*[:;.])+/i, ''); // `REF: REFERENCE: 01 ABUJA 997`
}

interface Entry {
  readonly letter: string | null;
  readonly text: string;
}

/** The line cut at its enumerators; `A. A)` is one. */
function entriesOf(text: string): Entry[] {
  const marks = [...text.matchAll(ENUMERATOR)].filter(
    // `LA PAZ 244: 3 CARACAS` has none: a digit enumerates behind a sign or at the beginning.
    ({ 1: sign = '', index, 0: all }) =>
      /[A-Z]/i.test(sign) || /[([¶]/.test(all) || /(?:^|[;,.])\s*$/.test(text.slice(0, index)),
  );
  const found = marks.length > 0 ? marks : bareEnumerators(text);
  const entries: Entry[] = [];
  let letter: string | null = null;
  let from = 0;
  for (const match of found) {
    entries.push({ letter, text: text.slice(from, match.index) });
    letter = match[1]?.toUpperCase() ?? null;
    from = match.index + match[0].length;
  }
  entries.push({ letter, text: text.slice(from) });
  return entries.filter((entry) => trimmed(entry.text) !== '');
}

/** They must run A, B, C; a single letter between names is none. */
function bareEnumerators(text: string): RegExpExecArray[] {
  const found = [...text.matchAll(BARE_ENUMERATOR)];
  const inOrder = found.every((match, index) => match[1] === String.fromCharCode(65 + index));
  return found.length > 1 && inOrder ? found : [];
}

function trimmed(text: string): string {
  return text.replace(/^[\s,;:¶-]+|[\s,;:-]+$/g, '');
}
