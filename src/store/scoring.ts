import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Passage } from '../cable/passage.js';
import type { Connection } from './connection.js';
import { readThrough } from './read-through.js';
import { termListFrom, type TermList } from './term-list.js';

const bytes = z.instanceof(Uint8Array);
const terms = bytes.transform(termListFrom);

const passageRow = z.object({
  passage: z.number(),
  cable: z.number(),
  position: z.number(),
  role: z.enum(['summary', 'comment', 'clearance']).nullable(),
  length: z.number(),
  terms,
  sentences: bytes.transform(
    (packed) => new Int8Array(packed.buffer, packed.byteOffset, packed.byteLength),
  ),
});
const cableRow = z.object({
  cable: z.number(),
  id: z.string(),
  post: z.string().nullable(),
  date: z.string().nullable(),
  length: z.number(),
  context: terms,
  terms,
});
const corpusRow = z.object({
  cables: z.number(),
  passages: z.number(),
  cableLength: z.number().nullable(),
  passageLength: z.number().nullable(),
  firstDate: z.string().nullable(),
  lastDate: z.string().nullable(),
});

/** A passage as it is scored; keys name its cable and terms. */
export interface ScoringPassage {
  readonly passage: number;
  readonly cable: number;
  /** 0 for the cable's first passage, 1 for its last. */
  readonly position: number;
  readonly role: Passage['role'];
  /** Words of text and heading. */
  readonly length: number;
  readonly terms: TermList;
  /** Its sentences' vectors, packed (sentence-vectors.ts). */
  readonly sentences: Int8Array;
}

/** A cable as its passages are scored. */
export interface ScoringCable {
  readonly cable: number;
  readonly id: string;
  readonly post: string | null;
  readonly date: string | null;
  /** Words of the whole. */
  readonly length: number;
  /** The terms of what stands before each of its passages. */
  readonly context: TermList;
  readonly terms: TermList;
}

/** What scores are relative to. */
export interface CorpusTotals {
  readonly cables: number;
  readonly passages: number;
  /** Means, in words. */
  readonly cableLength: number;
  readonly passageLength: number;
  readonly firstDate: string | null;
  readonly lastDate: string | null;
}

/** Bytes of passages and of cables that are kept: what is often found is not read again. */
const KEPT_PASSAGES = 64 * 1024 * 1024;
const KEPT_CABLES = 32 * 1024 * 1024;
/** Bytes of a row beside its lists, roughly. */
const ROW = 300;

/** Reads what candidates are scored by: a row a candidate, whatever the size of the corpus. */
export class ScoringReader {
  readonly #connection: Connection;
  readonly #passages = new LRUCache<number, ScoringPassage>({
    maxSize: KEPT_PASSAGES,
    sizeCalculation: ({ terms, sentences }) => ROW + terms.byteLength + sentences.byteLength,
  });
  readonly #cables = new LRUCache<number, ScoringCable>({
    maxSize: KEPT_CABLES,
    sizeCalculation: ({ terms, context }) => ROW + terms.byteLength + context.byteLength,
  });

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  passages(keys: readonly number[]): ScoringPassage[] {
    const sql = `SELECT passage_scoring.*, passage.cable FROM passage_scoring
      JOIN passage ON passage.key = passage_scoring.passage
      WHERE passage_scoring.passage IN (SELECT value FROM json_each(?))`;
    const read = readThrough(this.#passages, keys, (missing) =>
      this.#connection
        .rows(passageRow, sql, JSON.stringify(missing))
        .map((row) => [row.passage, row]),
    );
    return [...read.values()];
  }

  cables(keys: readonly number[]): ScoringCable[] {
    const sql = `SELECT cable_scoring.*, id, post, date FROM cable_scoring
      JOIN cable ON cable.key = cable_scoring.cable
      WHERE cable_scoring.cable IN (SELECT value FROM json_each(?))`;
    const read = readThrough(this.#cables, keys, (missing) =>
      this.#connection.rows(cableRow, sql, JSON.stringify(missing)).map((row) => [row.cable, row]),
    );
    return [...read.values()];
  }

  /** Forgets what it keeps: the store has changed. */
  forget(): void {
    this.#passages.clear();
    this.#cables.clear();
  }

  totals(): CorpusTotals {
    const row = this.#connection.row(
      corpusRow,
      `SELECT (SELECT count(*) FROM cable) AS cables,
              (SELECT count(*) FROM passage) AS passages,
              (SELECT avg(length) FROM cable_scoring) AS cableLength,
              (SELECT avg(length) FROM passage_scoring) AS passageLength,
              (SELECT min(date) FROM cable) AS firstDate,
              (SELECT max(date) FROM cable) AS lastDate`,
    );
    return {
      cables: row?.cables ?? 0,
      passages: row?.passages ?? 0,
      cableLength: row?.cableLength ?? 1,
      passageLength: row?.passageLength ?? 1,
      firstDate: row?.firstDate ?? null,
      lastDate: row?.lastDate ?? null,
    };
  }
}
