import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { spanSchema, type Cable, type CableFields, type Span } from '../cable/types.js';
import { sha256OfText } from '../sha256.js';
import type { CableSummary } from './store.js';
import { damaged, type Connection } from './connection.js';

const textList = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)));
const cableRow = z.object({
  key: z.number(),
  id: z.string(),
  body_hash: z.string(),
  date: z.string().nullable(),
  classification: z.string().nullable(),
  origin: z.string().nullable(),
  subject: z.string().nullable(),
  tags: textList,
  refs: textList,
  signature: z.string().nullable(),
  header: z.string(),
  body: z.string(),
});
const summaryRow = cableRow.pick({
  id: true,
  subject: true,
  origin: true,
  date: true,
  classification: true,
  refs: true,
});
const spanRow = spanSchema.extend({
  caveats: textList,
  inherited: z.number().transform((flag) => flag === 1),
});

/** Characters of cables that stay parsed: an answer quotes ten paragraphs, often of the same cables. */
const KEPT_CABLES = 32 * 1024 * 1024;

/** Summaries read at once where all are walked over. */
const SUMMARIES_A_PAGE = 1000;

/** Reads cables by their keys, the fields of those last read from memory. */
export class CableRows {
  readonly #connection: Connection;
  readonly #fields = new LRUCache<number, CableFields>({
    maxSize: KEPT_CABLES,
    sizeCalculation: ({ header, body }) => 1 + header.length + body.length,
  });

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  cable(key: number): Cable {
    const spans = this.#connection.rows(
      spanRow,
      'SELECT * FROM span WHERE cable = ? ORDER BY ordinal',
      key,
    );
    return { ...this.fields(key), spans };
  }

  /** A cable without its spans: all that a quote of one of them needs. */
  fields(key: number): CableFields {
    const kept = this.#fields.get(key);
    if (kept !== undefined) return kept;
    const fields = this.#read(key);
    this.#fields.set(key, fields);
    return fields;
  }

  /** One of a cable's spans, or null. */
  span(key: number, ordinal: number): Span | null {
    const sql = 'SELECT * FROM span WHERE cable = ? AND ordinal = ?';
    return this.#connection.row(spanRow, sql, key, ordinal);
  }

  /** Reads a cable's fields and compares its body with the hash kept of it. */
  #read(key: number): CableFields {
    const row = this.#connection.row(cableRow, 'SELECT * FROM cable WHERE key = ?', key);
    if (row === null) throw damaged(this.#connection.file, new Error(`cable ${key} is gone`));
    const { id, date, classification, origin, subject, tags, refs, signature, header, body } = row;
    if (sha256OfText(body) !== row.body_hash) {
      throw damaged(
        this.#connection.file,
        new Error(`the body of ${id} is not the one that was stored`),
      );
    }
    return {
      id,
      header,
      body,
      date,
      classification,
      origin,
      subject,
      tags,
      references: refs,
      signature,
    };
  }

  *summaries(): Generator<CableSummary> {
    const sql =
      'SELECT id, subject, origin, date, classification, refs FROM cable WHERE id > ? ORDER BY id LIMIT ?';
    for (let last = ''; ;) {
      const page = this.#connection.rows(summaryRow, sql, last, SUMMARIES_A_PAGE);
      for (const { refs, ...summary } of page) yield { ...summary, references: refs };
      const end = page.at(-1);
      if (end === undefined) return;
      last = end.id;
    }
  }

  /** Forgets what it keeps: the store has changed. */
  forget(): void {
    this.#fields.clear();
  }
}
