import { linesOf } from './lines.js';
import { markAt } from './marks/portion.js';
import { RULE } from './patterns.js';

/** The labelled fields that stand before a cable's first paragraph. */
export type FieldName = 'executiveOrder' | 'tags' | 'subject' | 'references' | 'classifiedBy';

/** A labelled field: [start, end) of the body from its label on, and its value without the label. */
export interface Field {
  readonly name: FieldName;
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** What stands before the first paragraph: its fields, and where its last line ends. */
export interface Preamble {
  readonly fields: readonly Field[];
  readonly end: number;
}

interface Label {
  readonly name: FieldName;
  /** At the start of a line. */
  readonly atStart: RegExp;
  /** Inside a line, behind another field: `E.O. 12958: N/A TAGS: PGOV` (05RIODEJANEIRO1238). */
  readonly inside?: RegExp;
}

const LABELS: readonly Label[] = [
  {
    name: 'executiveOrder',
    atStart: /^E\.?\s?O\.?\s*1\d{3,4}\s*:?|^DECL(?:AS)?\s*:/i,
    inside: /\s(?=E\.O\. 1\d{4}:)/,
  },
  {
    name: 'tags',
    // 09STOCKHOLM194 has `TAG PTER, PGOV`, 08LONDON639 `TAGS PGOV, PREL`; also `TAS:`, `TAGES:`, `TAGS,`.
    atStart: /^(?:T?AGS?|TAS|TAGES)(?:\s*[:,]|\s(?=[A-Z#]))\s*/i,
    inside: /\s(?=T?AGS?: [A-Z#]|TAGS? [A-Z#])/i,
  },
  {
    name: 'subject',
    atStart: /^SUBJ(?:ECT)?(?:\s*[:;]|\s(?=[A-Z("]))\s*/i,
    inside: /\s(?=SUBJ(?:ECT)?:)/i,
  },
  {
    name: 'references',
    // `REF A WELLINGTON 721`, `REFS :  (A) 03 Brasilia 3939`, `A. REF AMMAN 222`.
    atStart:
      /^([A-Z][.)]\s+(?=REF))?REF(?:ERENCE)?(?:S|\(S\)|TELS?)?(?:\s*[:;]|\s(?=\(?[A-Z][.)]?\s)|\s(?=[A-Z]{4,}\s\d))\s*/i,
    // `EGYPTREF: CAIRO 493` is run in; `IN RIO Ref(s): A) 08 RIO DE JAN 138`.
    inside: /\s(?=REFS?:)|(?<=\S)(?=REF: [A-Z])|\s(?=Ref\(s\): )|\s(?=REF [A-Z]\) )/,
  },
  {
    name: 'classifiedBy',
    atStart: /^(?:\(U\)\s*)?CLASS?I?FIED\s+(?:BY\b|:)|^REASONS?\s*:|^Classiied By:/i,
    // `VISIT TO CAIROClassified By: DEPUTY …` is run in.
    inside: /\s(?=CLASSIFIED BY:?\s)|\s(?=Classiied By: )|(?<=\S)(?=Classified By: )/i,
  },
];

/** What a line must hold for a second label to stand in it: most lines are passed over. */
const ANY_LABEL = /e\.o\.|ags?[: ]|subj|ref|class/i;

/** Lines of references go on behind a blank line: `¶B. LISBON 750` (07MADRID545), `(C) STATE 1`. */
const NEXT_REFERENCE = /^(?:¶?\(?[A-Z][.)]|\[[A-Z]\])\s*\S/;

/** Preambles end long before this; a body without paragraphs is not searched through. */
const FARTHEST = 12_000;

/**
 * Reads the labelled fields of a body up to `limit`, the start of its first numbered paragraph.
 * A field goes on to the next label or the next blank line.
 */
export function readPreamble(body: string, limit: number): Preamble {
  const pieces = labelledPieces(body, Math.min(limit, FARTHEST));
  const fields: Field[] = [];
  let open = null as Field | null;
  let blank = false;
  for (const [index, piece] of pieces.entries()) {
    if (piece.text.trim() === '') {
      blank = true;
      continue;
    }
    const label = LABELS.find((each) => each.atStart.test(piece.text.trimStart()));
    if (label !== undefined) {
      if (open !== null) fields.push(open);
      const text = piece.text.trimStart();
      const start = piece.end - text.length;
      open = { name: label.name, start, end: piece.end, value: withoutLabel(text, label) };
    } else if (open !== null && (beginsText(open, piece.text) || isHeading(pieces, index))) {
      break;
    } else if (open !== null && (!blank || goesOnBehindBlank(open, piece.text))) {
      open = { ...open, end: piece.end, value: `${open.value}\n${piece.text}` };
    } else if (open !== null) {
      fields.push(open);
      open = null;
    }
    blank = false;
  }
  if (open !== null) fields.push(open);
  return { fields, end: fields.at(-1)?.end ?? 0 };
}

/** `A. REF AMMAN 222` keeps its letter. */
function withoutLabel(text: string, { atStart }: Label): string {
  const [label = '', letter = ''] = atStart.exec(text) ?? [];
  return letter + text.slice(label.length);
}

/**
 * A marked paragraph straight under the references or the TAGS ends the preamble: `(SBU) Poloff
 * delivered …` in 08KUALALUMPUR317. `(C) STATE 94723` is the third of a list of references.
 */
function beginsText(open: Field, text: string): boolean {
  if (open.name !== 'references' && open.name !== 'tags') return false;
  const mark = markAt(text.trimStart());
  return mark !== null && (mark.printed.length > 3 || !/\d{2}/.test(text));
}

/** `Summary` over its rule, straight under the last field (06MOSCOW9533), ends the preamble. */
function isHeading(pieces: readonly Piece[], index: number): boolean {
  const text = pieces[index]?.text.trim() ?? '';
  return text.length <= 60 && RULE.test(pieces[index + 1]?.text.trim() ?? '') && !RULE.test(text);
}

function goesOnBehindBlank(open: Field, text: string): boolean {
  if (open.name === 'references') {
    // `C) RIO \n \nDE JANEIRO 1291`: the last name still lacks its number.
    const unfinished =
      /(?:,|\bAND|[A-Z]{3,})\s*$/i.test(open.value) && /^(?:[A-Z ]{3,30})?\d/.test(text);
    return unfinished || NEXT_REFERENCE.test(text.trimStart());
  }
  // `TAGS:` alone on its line, its value under a blank one.
  return open.value.trim() === '' && text.trim().length < 80 && !RULE.test(text.trim());
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

/** The lines of a preamble, cut again where a second label stands inside one. */
function labelledPieces(body: string, limit: number): Piece[] {
  const pieces: Piece[] = [];
  for (const line of linesOf(body, 0, limit)) {
    const text = body.slice(line.start, line.end);
    const cuts = (ANY_LABEL.test(text) ? LABELS : [])
      .flatMap(({ inside }) => {
        const found = inside?.exec(text);
        return found ? [found.index + found[0].length] : [];
      })
      .sort((a, b) => a - b);
    let from = 0;
    for (const cut of [...cuts, text.length]) {
      // `(U) Classified by …` (05ANKARA1730) is one piece.
      if (cut < text.length && /^\s*\([A-Z/]+\)\s*$/.test(text.slice(from, cut))) continue;
      if (cut > from || text.length === 0) {
        pieces.push({ text: text.slice(from, cut), end: line.start + cut });
      }
      from = cut;
    }
  }
  return pieces;
}

/** The value of the first field of a name that has one; empty where there is none. */
export function fieldValue(fields: readonly Field[], name: FieldName): string {
  return fields.find((field) => field.name === name && field.value.trim() !== '')?.value ?? '';
}
