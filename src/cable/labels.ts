import { distance } from 'fastest-levenshtein';

/** The labelled fields that stand before a cable's first paragraph, in the order that they come in. */
export const FIELD_NAMES = [
  'executiveOrder',
  'tags',
  'subject',
  'references',
  'classifiedBy',
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** A label at the start of a line: which field it begins, and what stands behind it. */
export interface Label {
  readonly name: FieldName;
  readonly value: string;
  /** It is spelled as it should be. */
  readonly exact: boolean;
}

interface LabelRow {
  readonly name: FieldName;
  /** As it stands at the start of a line. */
  readonly atStart: RegExp;
  /** Inside a line, behind another field: `E.O. 12958: N/A TAGS: PGOV` (05RIODEJANEIRO1238). */
  readonly inside?: RegExp;
  /** The label's word; a word with a sign behind it that is nearly this one is taken for it. */
  readonly words: readonly string[];
}

const ROWS: readonly LabelRow[] = [
  {
    name: 'executiveOrder',
    // `E.OM 11652: N/A` (74LAPAZ4940), `E.O. XGDS` (74LAPAZ5497).
    atStart: /^E[.,]?\s?[O0][.,]?M?[.,]?\s*(?:1\d{3,4}\s*:?|(?=X?GDS\b))|^DECL(?:AS)?\s*:/i,
    inside: /\s(?=E\.O\. 1\d{4}:)/,
    words: [],
  },
  {
    name: 'tags',
    // 09STOCKHOLM194 has `TAG PTER, PGOV`, 08LONDON639 `TAGS PGOV, PREL`.
    atStart: /^(?:T?AGS?|TAGES)(?:\s*[:;,.=]|\s-{1,2}(?=\s)|\s{1,4}(?=[A-Z#]))\s*/i,
    inside: /\s(?=T?AGS?: [A-Z#]|TAGS? [A-Z#])/i,
    words: ['TAGS'],
  },
  {
    name: 'subject',
    atStart: /^SUBJ(?:ECT)?(?:\s*[:;.=]|\s-{1,2}(?=\s)|\s{1,4}(?=[A-Z("]))\s*/i,
    inside: /\s(?=SUBJ(?:ECT)?:)/i,
    words: ['SUBJECT', 'SUBJ'],
  },
  {
    name: 'references',
    // `REF A WELLINGTON 721`, `REFS :  (A) 03 Brasilia 3939`, `A. REF AMMAN 222`, `Refs - `, `REF. `.
    atStart:
      /^([A-Z][.)]\s+(?=REF))?R ?E ?F(?:ERENCE)?(?:S|\(S\)|TELS?)?(?:\s*[:;.=]|\s?-{1,2}(?=\s)|\s(?=\(?[A-Z][.)]?\s)|\s(?=[A-Z]{4,}\s\d))\s*/i,
    // `EGYPTREF: CAIRO 493` is run in; `IN RIO Ref(s): A) 08 RIO DE JAN 138`, `INQUIRY Reftel: Dhaka 3011`.
    inside:
      /\s(?=REF(?:S|TELS?|ERENCES?)?\s?[:;])|(?<=\S)(?=REF: [A-Z])|\s(?=Ref(?:\(s\)|s|tels?)?: )|\s(?=REF [A-Z]\) )|\s(?=R ?E ?F: \(?A[.)])|\s(?=REFS?\.\s+\(?[A-Z][.)]\s)|\s(?=REFS?\.\s+[A-Z]{3,}(?: [A-Z]+)* \d)/,
    words: ['REFERENCES', 'REFTELS', 'REFS', 'REF'],
  },
  {
    name: 'classifiedBy',
    atStart: /^(?:\(U\)\s*)?CLASS?I?FIED\s+(?:BY\b|:)|^REASONS?\s*:|^Cl\w{2,8}ed[ -]By\s*:/i,
    // `VISIT TO CAIROClassified By: DEPUTY …` is run in.
    inside: /\s(?=CLASSIFIED BY:?\s)|\s(?=Classiied By: )|(?<=\S)(?=Classified By: )/i,
    words: ['CLASSIFIED BY', 'REASON'],
  },
];

/** A word or two with a sign behind: what a misspelt label looks like. */
const LIKE_A_LABEL = /^([A-Z]{2,11}(?: [A-Z]{2,3})?)\s?[:;.=]\s*(?=\S)/i;

/** A label of which little is left, before a list: `Q: A) TRIPOLI 199, B) TRIPOLI 227` (08TRIPOLI402). */
const DAMAGED_REFERENCES =
  /^[A-Z]{1,3}\s?[:;]\s*(?=\(?A[.)]\s*(?:\d{2}\s)?[A-Z][A-Z .'-]{2,30}\s0*\d{1,6}\b)/i;

/** `S UBJECT:`, `T AGS:`. */
const BLANK_IN_LABEL = /^([A-Z]) (?=[A-Z]{3,9}\s?[:;])/;
/** A sign behind the first word or two, or one of the labels that may do without. */
const MAY_BE_LABEL =
  /^\S{1,14}(?: [A-Z]{2,3})?\s?[:;.,=-]|^\(U\)|^[\s(]*(?:E|T?AG|SUBJ|R ?E ?F|CL|DECL|REASON|[A-Z][.)]\s+REF)/i;

/**
 * The label at a line's start, or null. A word that is none but nearly is one (`TABS:`, `TGS:`, `RFE:`,
 * `SUJBECT:`) is read as one: one letter may be wrong, missing or doubled, two of seven, two may have changed
 * places. A short one needs what its field holds behind it.
 */
export function labelAt(printed: string): Label | null {
  const line = printed.replace(BLANK_IN_LABEL, '$1');
  if (!MAY_BE_LABEL.test(line)) return null; // most lines
  for (const { name, atStart } of ROWS) {
    const [label, letter = ''] = atStart.exec(line) ?? [];
    // `A. REF AMMAN 222` keeps its letter.
    if (label !== undefined) {
      return { name, value: letter + line.slice(label.length), exact: true };
    }
  }
  const damaged = DAMAGED_REFERENCES.exec(line)?.[0];
  if (damaged !== undefined) {
    return { name: 'references', value: line.slice(damaged.length), exact: false };
  }
  const [label, like = ''] = LIKE_A_LABEL.exec(line) ?? [];
  if (label === undefined) return null;
  const word = like.toUpperCase();
  const near = ROWS.find(({ words }) => words.some((each) => isNear(word, each)));
  const value = line.slice(label.length);
  return near === undefined || !holds(near.name, value)
    ? null
    : { name: near.name, value, exact: false };
}

function isNear(printed: string, label: string): boolean {
  if (Math.abs(printed.length - label.length) > 2) return false;
  const most = label.length >= 7 ? 2 : 1;
  if (distance(printed, label) <= most) return true;
  return (
    printed.length === label.length &&
    sorted(printed) === sorted(label) &&
    distance(printed, label) === 2
  );
}

function sorted(word: string): string {
  return Array.from(word).sort().join('');
}

/** What the value of a misspelt label must look like: `TASK: …` is no TAGS line, `RE: your letter` no reference. */
export function holds(name: FieldName, value: string): boolean {
  switch (name) {
    case 'tags':
      return /^[A-Z]{2,5}(?:[\s,;(]|$)/.test(value);
    case 'references':
      return /^\(?[A-Z][.)\]]\s*\S|^(?:\d{2}\s?)?[A-Z][A-Z .'-]{2,30}\s0*\d{1,6}\b/i.test(value);
    case 'executiveOrder':
    case 'subject':
    case 'classifiedBy':
      return true;
  }
}

/** What a line must hold for a second label to stand in it: most lines are passed over. */
const ANY_LABEL = /e\.o\.|ags?[: ]|subj|r ?ef|class/i;

/** Where further labels stand inside a line, in order. */
export function labelsInside(line: string): number[] {
  if (!ANY_LABEL.test(line)) return [];
  return ROWS.flatMap(({ inside }) => {
    const found = inside?.exec(line);
    return found ? [found.index + found[0].length] : [];
  }).sort((a, b) => a - b);
}
