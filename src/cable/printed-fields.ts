import { firstClassificationLine } from './classification-lines.js';
import type { Cable } from './cable.js';
import { linesOf } from './lines.js';
import { preambleOf, type FieldName } from './preamble.js';

/** The fields that a question may ask for, by the lines that print them. */
export const PRINTED_FIELDS = [
  'signed',
  'subject',
  'tags',
  'references',
  'classifiedBy',
  'declassifyOn',
  'recipients',
  'infoRecipients',
  'classification',
  'origin',
  'sent',
] as const;
export type PrintedField = (typeof PRINTED_FIELDS)[number];

/** Where a field is printed: a range of a cable's body, or of its header. */
export interface PrintedPlace {
  readonly in: 'body' | 'header';
  readonly kind: 'preamble' | 'signature';
  readonly start: number;
  readonly end: number;
}

/** The ranges of header or body that print a field of a cable, in order; none where it prints none. */
export function printedPlaces(cable: Cable, field: PrintedField): PrintedPlace[] {
  switch (field) {
    case 'signed':
      return cable.spans
        .filter(({ kind }) => kind === 'signature')
        .map(({ start, end }) => place(cable.body, start, end, 'body', 'signature'));
    case 'subject':
    case 'tags':
    case 'references':
    case 'classifiedBy':
      return labelled(cable, field);
    case 'declassifyOn':
      return labelled(cable, 'executiveOrder');
    case 'classification': {
      const line = firstClassificationLine(cable.body);
      return line === null ? [] : [place(cable.body, line.start, line.end)];
    }
    case 'recipients':
      return headerLines(cable.header, /^TO\b/);
    case 'infoRecipients':
      return headerLines(cable.header, /^INFO\b/);
    case 'origin':
      return headerLines(cable.header, /^FM\b/);
    case 'sent':
      return headerLines(cable.header, /^(?:[ZOPR] +){1,3}\d{2} ?\d{4} ?Z\b/);
  }
}

function labelled(cable: Cable, name: FieldName): PrintedPlace[] {
  return preambleOf(cable)
    .fields.filter((field) => field.name === name)
    .map((field) => place(cable.body, field.start, field.end));
}

/** What begins another part of a header, or ends it. */
const PART = /^(?:TO|INFO|FM|ZEN|BT|#\d+|(?:[ZOPR] +){1,3}\d{2} ?\d{4} ?Z)(?=\s|$)/;

/** The lines of a header from the first that begins so up to the next part, of every such part. */
function headerLines(header: string, begins: RegExp): PrintedPlace[] {
  const found: PrintedPlace[] = [];
  let open: { start: number; end: number } | null = null;
  const close = (): void => {
    if (open !== null) found.push(place(header, open.start, open.end, 'header'));
    open = null;
  };
  for (const { start, end, trimmed } of linesOf(header)) {
    if (begins.test(trimmed)) {
      close();
      open = { start, end };
    } else if (PART.test(trimmed)) close();
    else if (open !== null && trimmed !== '') open.end = end;
  }
  close();
  return found;
}

/** A range without the blanks around it. */
function place(
  text: string,
  start: number,
  end: number,
  where: PrintedPlace['in'] = 'body',
  kind: PrintedPlace['kind'] = 'preamble',
): PrintedPlace {
  const printed = text.slice(start, end);
  const from = start + printed.length - printed.trimStart().length;
  return { in: where, kind, start: from, end: from + printed.trim().length };
}
