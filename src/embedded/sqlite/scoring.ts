import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { isWithin } from '../../cable/ceiling.js';
import { levelSchema } from '../../cable/types.js';
import { reachFrom } from '../../corpus/audience.js';
import type { Overview, ScoringCable, ScoringPassage } from '../../corpus/corpus.js';
import { positionAmong } from '../../corpus/record.js';
import { difference, lengthOf, sumOf, unpackTerms, type TermList } from '../../corpus/term-list.js';
import type { Connection } from '../../sqlite/connection.js';
import { readThrough } from './read-through.js';
import { isShown, isWholeShown, type Shown, type View } from './view.js';

const bytes = z.instanceof(Uint8Array);
const terms = bytes.transform(unpackTerms);

const role = z.enum(['summary', 'comment', 'clearance']).nullable();
const passageRow = z.object({
  passage: z.number(),
  cable: z.number(),
  audience: z.number(),
  position: z.number(),
  role,
  length: z.number(),
  own_role: role,
  own_length: z.number(),
  heading: terms,
  terms,
  names: terms.nullable(),
});
const cableRow = z.object({
  cable: z.number(),
  id: z.string(),
  post: z.string().nullable(),
  date: z.string().nullable(),
  level: levelSchema.nullable(),
  noforn: z.number().transform((flag) => flag === 1),
  whole: z.string(),
  length: z.number(),
  context: terms,
  terms,
  names: terms.nullable(),
});
type PassageRow = z.infer<typeof passageRow>;
/** A passage as it is scored, without its vectors. */
export type ScoringRow = Omit<ScoringPassage, 'vectors'>;
type CableRow = z.infer<typeof cableRow>;
const corpusRow = z.object({
  cables: z.number(),
  passages: z.number(),
  cableLength: z.number().nullable(),
  passageLength: z.number().nullable(),
  firstDate: z.string().nullable(),
  lastDate: z.string().nullable(),
});

/** Bytes of passages and of cables that are kept: what is often found is not read again. */
const KEPT_PASSAGES = 64 * 1024 * 1024;
const KEPT_CABLES = 32 * 1024 * 1024;
/** Bytes of a row beside its lists, roughly. */
const ROW = 300;

const NOTHING = new Uint32Array();

/** Reads what candidates are scored by: a row a candidate, whatever the size of the corpus. */
export class ScoringReader {
  readonly #connection: Connection;
  readonly #passages = new LRUCache<number, PassageRow>({
    maxSize: KEPT_PASSAGES,
    sizeCalculation: (row) => ROW + row.terms.byteLength + row.heading.byteLength,
  });
  readonly #cables = new LRUCache<number, CableRow>({
    maxSize: KEPT_CABLES,
    sizeCalculation: (row) => ROW + row.terms.byteLength + row.context.byteLength,
  });

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Passages under a view, with the names that are to be protected among their terms or without. */
  passages(keys: readonly number[], { view, masked: without }: Shown): ScoringRow[] {
    const sql = `SELECT passage_scoring.*, passage.cable, passage.audience FROM passage_scoring
      JOIN passage ON passage.key = passage_scoring.passage
      WHERE passage_scoring.passage IN (SELECT value FROM json_each(?))`;
    const read = readThrough(this.#passages, keys, (missing) =>
      this.#connection
        .rows(passageRow, sql, JSON.stringify(missing))
        .map((row) => [row.passage, row]),
    );
    const rows = keys.flatMap((key) => withNames(read.get(key), without));
    if (view === null) return rows.map((row) => ({ ...row, masked: false }));
    const wholes = this.#cableRows(rows.map(({ cable }) => cable));
    const places = new Map<number, ReadonlyMap<number, number>>();
    return rows.flatMap((row) => {
      const cable = wholes.get(row.cable);
      if (cable === undefined || !view.shows(row.audience)) return [];
      const masked = !view.showsWhole(cable);
      const scored = masked ? maskedRow(row) : { ...row, masked };
      if (isWithin(view.ceiling, reachFrom(cable.whole))) return [scored];
      const own = places.get(row.cable) ?? this.#placesOf(row.cable, view);
      places.set(row.cable, own);
      return [{ ...scored, position: own.get(row.passage) ?? 0 }];
    });
  }

  /** The positions of what is shown of a cable, among that: what is hidden has none. */
  #placesOf(cable: number, view: View): ReadonlyMap<number, number> {
    const shown = isShown('passage', view);
    const sql = `SELECT key FROM passage WHERE cable = ? AND ${shown.sql} ORDER BY key`;
    const keys = this.#connection.values(z.number(), sql, cable, ...shown.values);
    return new Map(keys.map((key, i) => [key, positionAmong(i, keys.length)]));
  }

  cables(keys: readonly number[], { view, masked }: Shown): ScoringCable[] {
    const rows = [...this.#cableRows(keys).values()].flatMap((row) => withNames(row, masked));
    return view === null ? rows : rows.map((row) => this.#shownOf(row, { view, masked }));
  }

  #cableRows(keys: readonly number[]): ReadonlyMap<number, CableRow> {
    const sql = `SELECT cable_scoring.*, id, post, date, level, noforn FROM cable_scoring
      JOIN cable ON cable.key = cable_scoring.cable
      WHERE cable_scoring.cable IN (SELECT value FROM json_each(?))`;
    return readThrough(this.#cables, [...new Set(keys)], (missing) =>
      this.#connection.rows(cableRow, sql, JSON.stringify(missing)).map((row) => [row.cable, row]),
    );
  }

  /** What a ceiling shows of a cable: where that is not all, the sum of the passages that it shows. */
  #shownOf(row: CableRow, { view, masked }: Shown & { readonly view: View }): ScoringCable {
    if (isWithin(view.ceiling, reachFrom(row.whole))) return row;
    const sql = 'SELECT key FROM passage WHERE cable = ? ORDER BY key';
    const keys = this.#connection.values(z.number(), sql, row.cable);
    const context = view.showsWhole(row) ? row.context : NOTHING;
    const passages = this.passages(keys, { view, masked });
    const length = passages.reduce((sum, each) => sum + each.length, lengthOf(context));
    return {
      ...row,
      context,
      terms: sumOf([context, ...passages.map((each) => each.terms)]),
      length,
    };
  }

  /** Forgets what it keeps: the store has changed. */
  forget(): void {
    this.#passages.clear();
    this.#cables.clear();
  }

  totals(view: View | null): Omit<Overview, 'posts' | 'vectors'> {
    const row = view === null ? this.#allTotals() : this.#shownTotals(view);
    return {
      cables: row?.cables ?? 0,
      passages: row?.passages ?? 0,
      cableLength: row?.cableLength ?? 1,
      passageLength: row?.passageLength ?? 1,
      firstDate: row?.firstDate ?? null,
      lastDate: row?.lastDate ?? null,
    };
  }

  #allTotals() {
    return this.#connection.row(
      corpusRow,
      `SELECT (SELECT count(*) FROM cable) AS cables,
              (SELECT count(*) FROM passage) AS passages,
              (SELECT avg(length) FROM cable_scoring) AS cableLength,
              (SELECT avg(length) FROM passage_scoring) AS passageLength,
              (SELECT min(date) FROM cable) AS firstDate,
              (SELECT max(date) FROM cable) AS lastDate`,
    );
  }

  /** The same of what a ceiling shows. It reads every row: once a ceiling and generation. */
  #shownTotals(view: View) {
    const [cables, passages] = [isShown('cable', view), isShown('passage', view)];
    const whole = isWholeShown(view);
    return this.#connection.row(
      corpusRow,
      `SELECT cables, passages, cast(words AS REAL) / max(cables, 1) AS cableLength,
              cast(words AS REAL) / max(passages, 1) AS passageLength, firstDate, lastDate
       FROM (SELECT count(*) AS cables, min(date) AS firstDate, max(date) AS lastDate
             FROM cable WHERE ${cables.sql}),
            (SELECT count(*) AS passages,
                    coalesce(sum(CASE WHEN ${whole.sql} THEN length ELSE own_length END), 0) AS words
             FROM passage JOIN passage_scoring ON passage_scoring.passage = passage.key
             JOIN cable ON cable.key = passage.cable WHERE ${passages.sql})`,
      ...cables.values,
      ...whole.values,
      ...passages.values,
    );
  }
}

/** A row with names among its terms, or without; nothing of none. */
function withNames<Row extends { readonly terms: TermList; readonly names: TermList | null }>(
  row: Row | undefined,
  masked: boolean,
): [] | [Row] {
  if (row === undefined) return [];
  const { terms, names } = row;
  return [masked || names === null ? row : { ...row, terms: sumOf([terms, names]) }];
}

/** What is seen of a passage whose heading and context may not be shown: its own words alone. */
function maskedRow(row: PassageRow): ScoringRow {
  return {
    ...row,
    role: row.own_role,
    length: row.own_length,
    terms: difference(row.terms, row.heading),
    masked: true,
  };
}
