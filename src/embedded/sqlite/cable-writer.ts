import { z } from 'zod';
import { reachOfCable } from '../../cable/ceiling.js';
import { storedFieldsSchema } from '../../cable/cable.js';
import type { CableRecord, PassageRecord, SpanRecord } from '../../corpus/record.js';
import { packTerms, rekeyed, type TermList } from '../../corpus/term-list.js';
import type { Connection } from '../../sqlite/connection.js';
import type { Audiences } from './audiences.js';
import { forgetFormer, keepFormer } from './former-texts.js';
import type { KeyOf, Lexicon } from './lexicon.js';
import { putShingles, removeShingles } from './shingles.js';
import { packText } from '../../sqlite/packed-text.js';
import { sentencesBytes } from './sentence-places.js';

const removedRow = z.object({
  key: z.number(),
  fields: z.string().transform((text) => storedFieldsSchema.parse(JSON.parse(text))),
});

/** Writes a cable's record, and takes a cable out again. */
export class CableWriter {
  readonly #connection: Connection;
  readonly #lexicon: Lexicon;
  readonly #audiences: Audiences;

  constructor(connection: Connection, lexicon: Lexicon, audiences: Audiences) {
    this.#connection = connection;
    this.#lexicon = lexicon;
    this.#audiences = audiences;
  }

  /** Stores a cable, in place of the one with its id. */
  put(record: CableRecord): void {
    keepFormer(this.#connection, record);
    this.#remove(record.cable.id);
    const key = this.#putCable(record);
    for (const [ordinal, span] of record.spans.entries()) this.#putSpan(key, ordinal, span);
    for (const tag of new Set(record.cable.tags)) {
      this.#connection.run('INSERT INTO cable_tag (tag, cable) VALUES (?, ?)', tag, key);
    }
    const keyOf = this.#lexicon.keysOf(record.stems);
    this.#lexicon.add(record.holdings, keyOf);
    this.#connection.run(
      'INSERT INTO cable_scoring (cable, length, whole, context, terms, names) VALUES (?, ?, ?, ?, ?, ?)',
      key,
      record.length,
      record.whole,
      packTerms(rekeyed(record.context, keyOf)),
      packTerms(rekeyed(record.terms, keyOf)),
      packedNames(record.names, keyOf),
    );
    const putAround = (table: string, around: string): void => {
      this.#connection.run(`INSERT INTO ${table} (rowid, around) VALUES (?, ?)`, key, around);
    };
    putAround('cable_text', record.around);
    if (record.aroundPrinted !== '') putAround('cable_printed', record.aroundPrinted);
    for (const passage of record.passages) this.#putPassage(key, passage, keyOf);
  }

  #putCable({ cable, ...of }: CableRecord): number {
    const { id, header, body, date, classification, level, origin } = cable;
    return this.#connection.insert(
      `INSERT INTO cable (id, post, post_and_number, hash, body_hash, header_hash, row_hash, audience,
         date, classification, level, noforn, origin, fields, header, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[id, of.post, of.postAndNumber, of.hash, of.bodyHash, of.headerHash, of.rowHash],
      ...[this.#audiences.keyOf(of.audience), date, classification, level, of.noforn ? 1 : 0],
      ...[origin, of.fields, packText(header), packText(body)],
    );
  }

  #putSpan(cable: number, ordinal: number, { span, ...of }: SpanRecord): void {
    const { kind, number, nth, mark, level, caveats, inherited, start, end } = span;
    this.#connection.run(
      `INSERT INTO span (cable, ordinal, kind, number, nth, mark, level, caveats, inherited, start, end,
         audience, row_hash, sentences) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[cable, ordinal, kind, number, nth ?? null, mark, level, JSON.stringify(caveats)],
      ...[inherited ? 1 : 0, start, end, this.#audiences.keyOf(of.audience), of.rowHash],
      sentencesBytes(of.sentences),
    );
    putShingles(this.#connection, { cable, ordinal }, of.shingles);
  }

  #putPassage(cable: number, passage: PassageRecord, keyOf: KeyOf): void {
    const { ordinal, audience, marked, level, noforn, words, content } = passage;
    const key = this.#connection.insert(
      `INSERT INTO passage (cable, ordinal, audience, marked, level, noforn, content)
       VALUES (?, ?, ?, ?, ?, ?, unhex(?))`,
      ...[cable, ordinal, this.#audiences.keyOf(audience), marked ? 1 : 0, level, noforn ? 1 : 0],
      content,
    );
    const putText = (table: string, text: string): void => {
      const sql = `INSERT INTO ${table} (rowid, context, heading, text) VALUES (?, ?, ?, ?)`;
      this.#connection.run(sql, key, words.context, words.heading, text);
    };
    putText('passage_text', words.text);
    if (passage.printed !== '') putText('passage_printed', passage.printed);
    this.#connection.run(
      `INSERT INTO passage_scoring
         (passage, position, role, length, own_role, own_length, heading, terms, names)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[key, passage.position, passage.role, passage.length, passage.ownRole, passage.ownLength],
      packTerms(rekeyed(passage.heading, keyOf)),
      packTerms(rekeyed(passage.terms, keyOf)),
      packedNames(passage.names, keyOf),
    );
  }

  /** Takes a cable out, with all that it said before. */
  remove(id: string): void {
    this.#remove(id);
    forgetFormer(this.#connection, id);
  }

  #remove(id: string): void {
    const sql = 'SELECT key, fields FROM cable WHERE id = ?';
    const row = this.#connection.row(removedRow, sql, id);
    if (row === null) return;
    const { key } = row;
    const passages = 'SELECT key FROM passage WHERE cable = ?';
    this.#connection.run(`INSERT INTO removed_passage ${passages}`, key);
    this.#connection.run(`DELETE FROM passage_text WHERE rowid IN (${passages})`, key);
    this.#connection.run(`DELETE FROM passage_printed WHERE rowid IN (${passages})`, key);
    this.#lexicon.remove(key, reachOfCable(row.fields));
    this.#connection.run(`DELETE FROM passage_scoring WHERE passage IN (${passages})`, key);
    this.#connection.run('DELETE FROM cable_scoring WHERE cable = ?', key);
    this.#connection.run('DELETE FROM cable_text WHERE rowid = ?', key);
    this.#connection.run('DELETE FROM cable_printed WHERE rowid = ?', key);
    this.#connection.run('DELETE FROM cable_tag WHERE cable = ?', key);
    this.#connection.run('DELETE FROM passage WHERE cable = ?', key);
    removeShingles(this.#connection, key);
    this.#connection.run('DELETE FROM span WHERE cable = ?', key);
    this.#connection.run('DELETE FROM cable WHERE key = ?', key);
  }
}

function packedNames(names: TermList, keyOf: KeyOf): Buffer | null {
  return names.length === 0 ? null : packTerms(rekeyed(names, keyOf));
}
