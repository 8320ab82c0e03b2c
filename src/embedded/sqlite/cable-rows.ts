import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import {
  storedFieldsSchema,
  type Cable,
  type CableFields,
  type StoredFields,
} from '../../cable/cable.js';
import { levelSchema, spanSchema } from '../../cable/types.js';
import { audienceFrom } from '../../corpus/audience.js';
import type { CableSummary, StoredSpan } from '../../corpus/corpus.js';
import { hashOfFields, hashOfSpan } from '../../corpus/row-hash.js';
import type { IndexError } from '../../errors.js';
import { sha256OfText } from '../../sha256.js';
import type { Connection } from '../../sqlite/connection.js';
import { unpackText } from '../../sqlite/packed-text.js';
import { sentencesFrom } from './sentence-places.js';
import { damaged } from './trouble.js';
import { isShown, type View } from './view.js';

const textList = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)));
const fieldsRow = z.object({
  id: z.string(),
  header_hash: z.string(),
  body_hash: z.string(),
  row_hash: z.string(),
  date: z.string().nullable(),
  classification: z.string().nullable(),
  level: levelSchema.nullable(),
  noforn: z.number().transform((flag) => flag === 1),
  origin: z.string().nullable(),
  fields: z.string(),
});
type FieldsRow = z.infer<typeof fieldsRow>;
const FIELDS =
  'id, header_hash, body_hash, row_hash, date, classification, level, noforn, origin, fields';
const packed = z.instanceof(Uint8Array).transform(unpackText);
const wholeRow = fieldsRow.extend({ header: packed, body: packed });
const spanRow = z
  .object({ ...spanSchema.shape, row_hash: z.string(), ordinal: z.number() })
  .extend({
    nth: z.number().nullable(),
    caveats: textList,
    inherited: z.number().transform((flag) => flag === 1),
    sentences: z.instanceof(Uint8Array).transform(sentencesFrom),
  });
const summaryRow = fieldsRow.extend({ reaches: z.string().transform(audienceFrom) });

/** Characters of cables that stay parsed: an answer quotes ten paragraphs, often of the same cables. */
const KEPT_CABLES = 32 * 1024 * 1024;

/** A cable without its spans, and what its spans are compared by. */
interface KeptFields {
  readonly fields: CableFields;
  readonly bodyHash: string;
}

/**
 * Reads cables by their keys, the fields of those last read from memory. Whatever is read is compared
 * with its hash: what was damaged on the disk is never given out.
 */
export class CableRows {
  readonly #connection: Connection;
  readonly #fields = new LRUCache<number, KeptFields>({
    maxSize: KEPT_CABLES,
    sizeCalculation: ({ fields }) => 1 + fields.header.length + fields.body.length,
  });

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  cable(key: number): Cable {
    const kept = this.#kept(key);
    const { fields } = kept;
    const rows = this.#connection.rows(
      spanRow,
      'SELECT * FROM span WHERE cable = ? ORDER BY ordinal',
      key,
    );
    const spans = rows.map((row, ordinal) => this.#checked(row, kept, ordinal).span);
    let end = 0;
    for (const span of spans) {
      if (span.start !== end) break;
      end = span.end;
    }
    if (end !== fields.body.length) {
      throw this.#damaged(`the spans of ${fields.id} do not cover its body`);
    }
    return { ...fields, spans };
  }

  /** One of a cable's spans, with all that a quote of it needs; or null. */
  span(key: number, ordinal: number): StoredSpan | null {
    const sql = 'SELECT * FROM span WHERE cable = ? AND ordinal = ?';
    const row = this.#connection.row(spanRow, sql, key, ordinal);
    if (row === null) return null;
    const kept = this.#kept(key);
    return { cable: kept.fields, ordinal, ...this.#checked(row, kept, ordinal) };
  }

  #checked(
    { row_hash, ordinal: stored, sentences, nth, ...row }: z.infer<typeof spanRow>,
    { fields: { id }, bodyHash }: KeptFields,
    ordinal: number,
  ): Pick<StoredSpan, 'span' | 'sentences'> {
    const span = nth === null ? row : { ...row, nth };
    if (stored !== ordinal || hashOfSpan({ id, bodyHash }, ordinal, span, sentences) !== row_hash) {
      throw this.#damaged(`a span of ${id} is not the one that was stored`);
    }
    return { span, sentences };
  }

  #kept(key: number): KeptFields {
    const kept = this.#fields.get(key);
    if (kept !== undefined) return kept;
    const fields = this.#read(key);
    this.#fields.set(key, fields);
    return fields;
  }

  #read(key: number): KeptFields {
    const sql = `SELECT ${FIELDS}, header, body FROM cable WHERE key = ?`;
    const row = this.#connection.row(wholeRow, sql, key);
    if (row === null) throw this.#damaged(`cable ${key} is gone`);
    const { header, body } = row;
    const stored = this.#checkedFields(row);
    if (sha256OfText(body) !== row.body_hash || sha256OfText(header) !== row.header_hash) {
      throw this.#damaged(`the text of ${row.id} is not the one that was stored`);
    }
    return { fields: { id: row.id, ...stored, header, body }, bodyHash: row.body_hash };
  }

  /** A row's fields, compared with their hash, and the columns that are looked at with the fields. */
  #checkedFields(row: FieldsRow): StoredFields {
    const { id, header_hash: headerHash, body_hash: bodyHash, fields } = row;
    if (hashOfFields({ id, headerHash, bodyHash, fields }) !== row.row_hash) {
      throw this.#damaged(`the fields of ${id} are not those that were stored`);
    }
    const stored = storedFieldsSchema.parse(JSON.parse(fields));
    const agree =
      row.date === stored.date &&
      row.classification === stored.classification &&
      row.level === stored.level &&
      row.origin === stored.origin &&
      row.noforn === stored.caveats.includes('NOFORN');
    if (!agree) throw this.#damaged(`the columns of ${id} are not those that were stored`);
    return stored;
  }

  #damaged(what: string): IndexError {
    return damaged(this.#connection.file, new Error(what));
  }

  /** Summaries behind one id, at most `limit`, in order of their ids. */
  summaries(after: string, limit: number, view: View | null): CableSummary[] {
    const shown = isShown('cable', view);
    const sql = `SELECT ${FIELDS}, reaches FROM cable CROSS JOIN audience
      WHERE audience.key = cable.audience AND id > ? AND ${shown.sql} ORDER BY id LIMIT ?`;
    return this.#connection
      .rows(summaryRow, sql, after, ...shown.values, limit)
      .map(({ reaches: audience, ...row }) => {
        const stored = this.#checkedFields(row);
        return { id: row.id, ...stored, audience };
      });
  }

  /** Forgets what it keeps: the store has changed. */
  forget(): void {
    this.#fields.clear();
  }
}
