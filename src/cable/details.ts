import type { Cable } from './cable.js';
import {
  DETAILS,
  STORED_FIELDS,
  type CableParts,
  type Detail,
  type FieldShown,
} from './field-table.js';
import { readReferences, type Reference } from './fields/references.js';
import { citingOf } from './id.js';
import { fieldValues, preambleOf } from './preamble.js';
import type { ReadCable } from './read.js';

type Rows = typeof DETAILS;

/** The fields that look-ups show and search does not need. */
export type Details = {
  readonly [Name in keyof Rows]: Rows[Name] extends Detail<infer T> ? T : never;
};

/** A row, whatever its value is. */
interface AnyRow {
  readonly read: (from: CableParts) => unknown;
  readonly json?: (value: never) => object;
}

const ROWS: Readonly<Record<string, AnyRow>> = DETAILS;

/**
 * Reads the details of a cable from header and body. It never throws. What was read with the cable need
 * not be read again.
 */
export function detailsOf(
  cable: Cable,
  { preamble, cited }: Pick<ReadCable, 'preamble' | 'cited'> = readAgain(cable),
): Details {
  const { id, header, body, signature, spans } = cable;
  const parts: CableParts = { id, header, body, signature, spans, preamble, cited };
  // Each row gives the value of its own name.
  return Object.fromEntries(
    Object.entries(ROWS).map(([name, { read }]) => [name, read(parts)]),
  ) as unknown as Details;
}

function readAgain(cable: Cable): Pick<ReadCable, 'preamble' | 'cited'> {
  const { id, date, references } = cable;
  const preamble = preambleOf(cable);
  const cited = readReferences(fieldValues(preamble.fields, 'references'), citingOf(id, date));
  // What the source stated of them is stored.
  const stated = references.map((value): Reference => ({ kind: 'cable', value, enum: null }));
  return { preamble, cited: cited.length > 0 ? cited : stated };
}

/** A field as a list of fields shows it. */
export interface ShownField {
  readonly label: string;
  readonly entries: readonly string[];
  /** Between the entries. */
  readonly separator: string;
  /** Entries to name, at most. */
  readonly most: number;
}

/** The fields of a cable that are listed in a place, those without a value left out. */
export function shownFieldsOf(
  cable: Cable,
  on: FieldShown<never>['on'][number],
  details = detailsOf(cable),
): ShownField[] {
  const values: Readonly<Record<string, unknown>> = { ...cable };
  const read: Readonly<Record<string, unknown>> = details;
  const rows: readonly (readonly [FieldShown<never> | undefined, unknown])[] = [
    ...Object.entries(STORED_FIELDS).map(([name, { shown }]) => [shown, values[name]] as const),
    ...Object.entries(DETAILS).map(([name, { shown }]) => [shown, read[name]] as const),
  ];
  return rows.flatMap(([shown, value]) => {
    if (shown === undefined || !shown.on.includes(on)) return [];
    const { label, separator = ', ', most = Number.POSITIVE_INFINITY } = shown;
    const entries = shown.entries(value as never);
    return entries.length === 0 ? [] : [{ label, entries, separator, most }];
  });
}

/** A cable as JSON has it: one view for all that print one. */
export function cableJson(cable: Cable, details = detailsOf(cable)) {
  const { id, header, body, spans: _, ...fields } = cable;
  const read: Readonly<Record<string, unknown>> = details;
  const detailed = Object.entries(ROWS).map(([name, { json }]): object =>
    json === undefined ? { [name]: read[name] } : json(read[name] as never),
  );
  return {
    id,
    ...fields,
    ...(Object.assign({}, ...detailed) as Readonly<Record<string, unknown>>),
    header,
    body,
  };
}
