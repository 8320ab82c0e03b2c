import { z } from 'zod';
import type { SpanPlace } from '../../corpus/corpus.js';
import type { Connection } from '../../sqlite/connection.js';
import { isShown, type View } from './view.js';

/** Spans of a cable whose shingles are kept: a row's id has so many bits for the span. */
const ORDINAL_BITS = 20;
const MOST_SPANS = 2 ** ORDINAL_BITS;

const placeRow = z.object({ cable: z.string(), ordinal: z.number() });

/** Keeps the shingles of a span, named by its cable's key. */
export function putShingles(
  connection: Connection,
  { cable, ordinal }: { readonly cable: number; readonly ordinal: number },
  shingles: readonly string[],
): void {
  if (shingles.length === 0 || ordinal >= MOST_SPANS) return;
  connection.run(
    'INSERT INTO span_shingles (rowid, shingles) VALUES (?, ?)',
    cable * MOST_SPANS + ordinal,
    shingles.join(' '),
  );
}

/** Takes out the shingles of a cable's spans, while it has them. */
export function removeShingles(connection: Connection, cable: number): void {
  connection.run(
    `DELETE FROM span_shingles WHERE rowid IN
       (SELECT cable * ${MOST_SPANS} + ordinal FROM span WHERE cable = ?)`,
    cable,
  );
}

/** For each shingle the spans that hold it and that a view shows. */
export function spansWith(
  connection: Connection,
  keys: readonly string[],
  { most, view }: { readonly most: number; readonly view: View | null },
): SpanPlace[][] {
  const shown = isShown('span', view);
  const sql = `SELECT cable.id AS cable, span.ordinal AS ordinal FROM span_shingles
    JOIN span ON span.cable = span_shingles.rowid / ${MOST_SPANS}
      AND span.ordinal = span_shingles.rowid % ${MOST_SPANS}
    JOIN cable ON cable.key = span.cable
    WHERE span_shingles MATCH ? AND ${shown.sql} LIMIT ?`;
  return keys.map((key) => connection.rows(placeRow, sql, `"${key}"`, ...shown.values, most));
}
