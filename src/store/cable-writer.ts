import { z } from 'zod';
import { parseCableId, postAndNumber } from '../cable/id.js';
import { levelOfClassification } from '../cable/marks.js';
import type { Cable, Span } from '../cable/types.js';
import { sha256OfText } from '../sha256.js';
import type { Connection } from './connection.js';
import type { Lexicon } from './lexicon.js';
import { packSentences } from './sentence-vectors.js';
import type { StoredPassage } from './store.js';
import { toBytes, type TermList } from './term-list.js';

/** Writes a cable with all that belongs to it, and takes it out again. */
export class CableWriter {
  readonly #connection: Connection;
  readonly #lexicon: Lexicon;

  constructor(connection: Connection, lexicon: Lexicon) {
    this.#connection = connection;
    this.#lexicon = lexicon;
  }

  /** Stores a cable, in place of the one with its id. */
  put(cable: Cable, hash: string, passages: readonly StoredPassage[]): void {
    this.#remove(cable.id);
    const { level, caveats } = levelOfClassification(cable.classification ?? '');
    const key = this.#connection.insert(
      `INSERT INTO cable (id, post, post_and_number, hash, body_hash, date, classification, level, noforn,
         origin, subject, tags, refs, signature, header, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      cable.id,
      parseCableId(cable.id)?.post ?? null,
      postAndNumber(cable.id),
      hash,
      sha256OfText(cable.body),
      cable.date,
      cable.classification,
      level,
      isNoforn(caveats),
      cable.origin,
      cable.subject,
      JSON.stringify(cable.tags),
      JSON.stringify(cable.references),
      cable.signature,
      cable.header,
      cable.body,
    );
    for (const [ordinal, span] of cable.spans.entries()) this.#putSpan(key, ordinal, span);
    for (const tag of new Set(cable.tags)) {
      this.#connection.run('INSERT INTO cable_tag (tag, cable) VALUES (?, ?)', tag, key);
    }
    // TAGS are searched with what stands before a passage, but they are not embedded.
    const context = [passages[0]?.context ?? '', ...cable.tags].join(' ');
    const texts = passages.map(({ heading, text }) => `${heading} ${text}`);
    const terms = this.#lexicon.add(context, texts);
    this.#connection.run(
      'INSERT INTO cable_scoring (cable, length, context, terms) VALUES (?, ?, ?, ?)',
      key,
      lengthOf(terms.cable),
      toBytes(terms.context),
      toBytes(terms.cable),
    );
    for (const [index, passage] of passages.entries()) {
      const span = cable.spans[passage.ordinal];
      if (span === undefined) throw new RangeError(`${cable.id} has no span ${passage.ordinal}`);
      const position = passages.length < 2 ? 0 : index / (passages.length - 1);
      this.#putPassage(
        key,
        { ...passage, context },
        span,
        position,
        terms.passages[index] ?? new Uint32Array(),
      );
    }
  }

  #putSpan(cable: number, ordinal: number, span: Span): void {
    this.#connection.run(
      'INSERT INTO span VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      cable,
      ordinal,
      span.kind,
      span.number,
      span.mark,
      span.level,
      JSON.stringify(span.caveats),
      span.inherited ? 1 : 0,
      span.start,
      span.end,
    );
  }

  #putPassage(
    cable: number,
    passage: StoredPassage,
    span: Span,
    position: number,
    terms: TermList,
  ): void {
    const key = this.#connection.insert(
      'INSERT INTO passage (cable, ordinal, level, noforn) VALUES (?, ?, ?, ?)',
      cable,
      passage.ordinal,
      span.level,
      isNoforn(span.caveats),
    );
    this.#connection.run(
      'INSERT INTO passage_text (rowid, context, heading, text) VALUES (?, ?, ?, ?)',
      key,
      passage.context,
      passage.heading,
      passage.text,
    );
    this.#connection.run(
      `INSERT INTO passage_scoring (passage, position, role, length, terms, sentences)
       VALUES (?, ?, ?, ?, ?, ?)`,
      key,
      position,
      passage.role,
      lengthOf(terms),
      toBytes(terms),
      toBytes(packSentences(passage.sentences)),
    );
    for (const vector of passage.windows) {
      this.#connection.run(
        'INSERT INTO vector (passage, value) VALUES (?, ?)',
        key,
        toBytes(vector),
      );
    }
  }

  #remove(id: string): void {
    const key = this.#connection.value(z.number(), 'SELECT key FROM cable WHERE id = ?', id);
    if (key === null) return;
    const passages = 'SELECT key FROM passage WHERE cable = ?';
    this.#connection.run(
      `INSERT INTO removed_vector SELECT key FROM vector WHERE passage IN (${passages})`,
      key,
    );
    this.#connection.run(`DELETE FROM vector WHERE passage IN (${passages})`, key);
    this.#connection.run(`DELETE FROM passage_text WHERE rowid IN (${passages})`, key);
    this.#lexicon.remove(key);
    this.#connection.run(`DELETE FROM passage_scoring WHERE passage IN (${passages})`, key);
    this.#connection.run('DELETE FROM cable_scoring WHERE cable = ?', key);
    this.#connection.run('DELETE FROM cable_tag WHERE cable = ?', key);
    this.#connection.run('DELETE FROM passage WHERE cable = ?', key);
    this.#connection.run('DELETE FROM span WHERE cable = ?', key);
    this.#connection.run('DELETE FROM cable WHERE key = ?', key);
  }
}

function isNoforn(caveats: readonly string[]): number {
  return caveats.includes('NOFORN') ? 1 : 0;
}

/** The words of a text: the sum of its terms' counts. */
function lengthOf(terms: TermList): number {
  let length = 0;
  for (let i = 1; i < terms.length; i += 2) length += terms[i] ?? 0;
  return length;
}
