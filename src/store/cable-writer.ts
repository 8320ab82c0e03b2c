import { z } from 'zod';
import { both, reachOfCable, reachOfSpan, type Reach } from '../cable/ceiling.js';
import { parseCableId, postAndNumber } from '../cable/id.js';
import { levelSchema, type Cable, type Span } from '../cable/types.js';
import { sha256OfText } from '../sha256.js';
import { audienceText, reachText, type Audiences } from './audience.js';
import type { Connection } from './connection.js';
import type { CableTerms, Lexicon } from './lexicon.js';
import { hashOfFields, hashOfSpan } from './row-hash.js';
import { packSentences } from './sentence-vectors.js';
import type { StoredPassage } from './store.js';
import { lengthOf, toBytes } from './term-list.js';

const removedRow = z.object({
  key: z.number(),
  level: levelSchema.nullable(),
  caveats: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
});

/** Writes a cable with all that belongs to it, and takes it out again. */
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
  put(cable: Cable, hash: string, passages: readonly StoredPassage[]): void {
    this.#remove(cable.id);
    const whole = reachOfCable(cable);
    const reaches = cable.spans.map((span) => reachOfSpan(cable, span));
    const bodyHash = sha256OfText(cable.body);
    const key = this.#putCable(cable, { hash, bodyHash, whole, reaches });
    for (const [ordinal, span] of cable.spans.entries()) {
      const audience = this.#audienceOf([reaches[ordinal] ?? whole]);
      this.#putSpan(
        key,
        ordinal,
        span,
        audience,
        hashOfSpan({ id: cable.id, bodyHash }, ordinal, span),
      );
    }
    for (const tag of new Set(cable.tags)) {
      this.#connection.run('INSERT INTO cable_tag (tag, cable) VALUES (?, ?)', tag, key);
    }
    // TAGS are searched with what stands before a passage, but they are not embedded.
    const context = [passages[0]?.context ?? '', ...cable.tags].join(' ');
    const placed = passages.map((passage) => ({
      ...passage,
      context,
      reach: reaches[passage.ordinal] ?? whole,
    }));
    const terms = this.#lexicon.add({ context, reach: whole, passages: placed });
    this.#connection.run(
      'INSERT INTO cable_scoring (cable, length, whole, context, terms) VALUES (?, ?, ?, ?, ?)',
      key,
      lengthOf(terms.cable),
      reachText(placed.reduce((all, { reach }) => both(all, reach), whole)),
      toBytes(terms.context),
      toBytes(terms.cable),
    );
    for (const [index, passage] of placed.entries()) {
      const span = cable.spans[passage.ordinal];
      const own = terms.passages[index];
      if (span === undefined || own === undefined) {
        throw new RangeError(`${cable.id} has no span ${passage.ordinal}`);
      }
      const position = placed.length < 2 ? 0 : index / (placed.length - 1);
      this.#putPassage(key, passage, span, position, own);
    }
  }

  #audienceOf(reaches: readonly Reach[]): number {
    return this.#audiences.keyOf(audienceText(reaches.map(reachText)));
  }

  #putCable(
    cable: Cable,
    {
      hash,
      bodyHash,
      whole,
      reaches,
    }: {
      readonly hash: string;
      readonly bodyHash: string;
      readonly whole: Reach;
      readonly reaches: readonly Reach[];
    },
  ): number {
    const { id, header, body, date, classification, level, caveats } = cable;
    const { origin, subject, tags, references, signature } = cable;
    const headerHash = sha256OfText(header);
    const paragraphs = reaches.filter((_, ordinal) => cable.spans[ordinal]?.kind === 'paragraph');
    return this.#connection.insert(
      `INSERT INTO cable (id, post, post_and_number, hash, body_hash, header_hash, row_hash, audience, date,
         classification, level, noforn, caveats, origin, subject, tags, refs, signature, header, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      parseCableId(id)?.post ?? null,
      postAndNumber(id),
      hash,
      bodyHash,
      headerHash,
      hashOfFields({ ...cable, headerHash, bodyHash }),
      this.#audienceOf([whole, ...paragraphs]),
      date,
      classification,
      level,
      isNoforn(caveats),
      JSON.stringify(caveats),
      origin,
      subject,
      JSON.stringify(tags),
      JSON.stringify(references),
      signature,
      header,
      body,
    );
  }

  #putSpan(cable: number, ordinal: number, span: Span, audience: number, rowHash: string): void {
    this.#connection.run(
      `INSERT INTO span (cable, ordinal, kind, number, mark, level, caveats, inherited, start, end,
         audience, row_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
      audience,
      rowHash,
    );
  }

  #putPassage(
    cable: number,
    passage: StoredPassage & { readonly reach: Reach },
    span: Span,
    position: number,
    { terms, heading }: CableTerms['passages'][number],
  ): void {
    const key = this.#connection.insert(
      'INSERT INTO passage (cable, ordinal, audience, marked, level, noforn) VALUES (?, ?, ?, ?, ?, ?)',
      cable,
      passage.ordinal,
      this.#audienceOf([passage.reach]),
      span.mark === null ? 0 : 1,
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
      `INSERT INTO passage_scoring
         (passage, position, role, length, own_role, own_length, heading, terms, sentences)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      key,
      position,
      passage.role,
      lengthOf(terms),
      passage.ownRole,
      lengthOf(terms) - lengthOf(heading),
      toBytes(heading),
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
    const sql = 'SELECT key, level, caveats FROM cable WHERE id = ?';
    const row = this.#connection.row(removedRow, sql, id);
    if (row === null) return;
    const { key } = row;
    const passages = 'SELECT key FROM passage WHERE cable = ?';
    this.#connection.run(
      `INSERT INTO removed_vector SELECT key FROM vector WHERE passage IN (${passages})`,
      key,
    );
    this.#connection.run(`DELETE FROM vector WHERE passage IN (${passages})`, key);
    this.#connection.run(`DELETE FROM passage_text WHERE rowid IN (${passages})`, key);
    this.#lexicon.remove(key, reachOfCable(row));
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
