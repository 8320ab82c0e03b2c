import { z } from 'zod';
import { passagesOf } from '../cable/passage.js';
import type { Cable } from '../cable/cable.js';
import { levelSchema, spanSchema } from '../cable/types.js';
import type { Building, VectorProgress } from '../corpus/engine.js';
import { recordOf, type EmbeddedPassage } from '../corpus/record.js';
import { IndexError } from '../errors.js';
import { sha256OfText } from '../sha256.js';
import type { Connection } from '../sqlite/connection.js';
import { openPublished } from './sqlite/published.js';
import { damaged } from './sqlite/trouble.js';
import { vectorFrom } from './sqlite/vector-bytes.js';

/*
 * Brings a store of schema 4 over. It had the full text's own stemmer, and its spans no places of
 * sentences; cables, passages and vectors were as they are now.
 */

const textList = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)));
const bytes = z.instanceof(Uint8Array);
const cableRow = z.object({
  key: z.number(),
  id: z.string(),
  header: z.string(),
  body: z.string(),
  date: z.string().nullable(),
  classification: z.string().nullable(),
  level: levelSchema.nullable(),
  caveats: textList,
  origin: z.string().nullable(),
  subject: z.string().nullable(),
  tags: textList,
  refs: textList,
  signature: z.string().nullable(),
  header_hash: z.string(),
  body_hash: z.string(),
  row_hash: z.string(),
});
const spanRow = z.object({
  ...spanSchema.shape,
  caveats: textList,
  inherited: z.number().transform((flag) => flag === 1),
  row_hash: z.string(),
});
const passageRow = z.object({ key: z.number(), ordinal: z.number(), sentences: bytes });
const vectorRow = z.object({ passage: z.number(), value: bytes.transform(vectorFrom) });

/** Cables brought over in one transaction. */
const A_BATCH = 50;

/** Puts every cable of an older store into a new one. Throws {@link IndexError} where it is damaged. */
export async function migrate(
  file: string,
  building: Building,
  { total, progress }: { readonly total: number; readonly progress: VectorProgress },
): Promise<void> {
  const connection = openPublished(file);
  try {
    const keys = connection.values(z.number(), 'SELECT key FROM cable ORDER BY key');
    let vectors = 0;
    for (let at = 0; at < keys.length; at += A_BATCH) {
      const records = keys.slice(at, at + A_BATCH).map((key) => {
        const cable = cableOf(connection, key);
        return recordOf(cable, embeddedOf(connection, key, cable));
      });
      await building.put(records);
      for (const { passages } of records) {
        vectors += passages.reduce((sum, { windows }) => sum + windows.length, 0);
      }
      progress(vectors, total);
    }
  } finally {
    connection.close();
  }
}

/** A cable, compared with the hashes that the older schema has of it. */
function cableOf(connection: Connection, key: number): Cable {
  const row = connection.row(cableRow, 'SELECT * FROM cable WHERE key = ?', key);
  const spans = connection.rows(
    spanRow,
    'SELECT * FROM span WHERE cable = ? ORDER BY ordinal',
    key,
  );
  if (row === null) throw damaged(connection.file, new Error(`cable ${key} is gone`));
  const { refs: references, header_hash, body_hash, row_hash, key: _, ...fields } = row;
  const { header, body } = fields;
  const whole =
    fieldsHash(row) === row_hash &&
    sha256OfText(header) === header_hash &&
    sha256OfText(body) === body_hash &&
    spans.every((span, ordinal) => spanHash(row, ordinal, span) === span.row_hash) &&
    spans.reduce((end, span) => (span.start === end ? span.end : -1), 0) === body.length;
  if (!whole) {
    throw damaged(connection.file, new Error(`${fields.id} is not the one that was stored`));
  }
  return {
    ...fields,
    printedId: null,
    references,
    spans: spans.map(({ row_hash: __, ...span }) => span),
  };
}

function fieldsHash(row: z.infer<typeof cableRow>): string {
  const { id, header_hash, body_hash, date, classification, level, caveats } = row;
  const { origin, subject, tags, refs, signature } = row;
  return sha256OfText(
    JSON.stringify([
      ...[id, header_hash, body_hash, date, classification, level, caveats],
      ...[origin, subject, tags, refs, signature],
    ]),
  );
}

function spanHash(
  { id, body_hash }: z.infer<typeof cableRow>,
  ordinal: number,
  span: z.infer<typeof spanRow>,
): string {
  const { number, mark, level, caveats, inherited, kind, start, end } = span;
  return sha256OfText(
    JSON.stringify([
      ...[id, body_hash, ordinal, number, mark, level, caveats, inherited, kind, start, end],
    ]),
  ).slice(0, 16);
}

/** The passages of a cable, cut again, with the vectors that are stored of them. */
function embeddedOf(connection: Connection, key: number, cable: Cable): EmbeddedPassage[] {
  const rows = connection.rows(
    passageRow,
    `SELECT passage.key, ordinal, sentences FROM passage
     JOIN passage_scoring ON passage_scoring.passage = passage.key WHERE cable = ?`,
    key,
  );
  const vectors = connection.rows(
    vectorRow,
    `SELECT vector.passage, value FROM vector JOIN passage ON passage.key = vector.passage
     WHERE cable = ? ORDER BY vector.key`,
    key,
  );
  const stored = new Map(rows.map((row) => [row.ordinal, row]));
  return passagesOf(cable).map((passage) => {
    const row = stored.get(passage.ordinal);
    if (row === undefined) {
      throw damaged(connection.file, new Error(`${cable.id} lacks a passage`));
    }
    const windows = vectors
      .filter((vector) => vector.passage === row.key)
      .map(({ value }) => value);
    return { passage, windows, sentences: new Int8Array(new Uint8Array(row.sentences).buffer) };
  });
}

/** A stopped ingest of the schema before has left work that only the version before can go on with. */
export function unfinishedOfBefore(file: string): IndexError {
  return new IndexError('UNFINISHED', {
    what: `a stopped ingest of the version before has left its work in ${file}`,
    todo: 'finish it with that version, or remove the file, and run pilcrow reindex again',
    context: { file },
  });
}
