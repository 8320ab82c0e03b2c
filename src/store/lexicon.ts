import { z } from 'zod';
import { both, type Reach } from '../cable/ceiling.js';
import { termCounts } from '../cable/terms.js';
import { audienceText, reachFrom, reachText, type Audiences } from './audience.js';
import type { Connection } from './connection.js';
import { difference, termList, termListFrom, termsIn, type TermList } from './term-list.js';
import type { View } from './view.js';

const bytes = z.instanceof(Uint8Array);
const termRow = z.object({
  stem: z.string(),
  key: z.number(),
  passages: z.number(),
  cables: z.number(),
});

/** A stem of the corpus, with how many passages and cables hold it. */
export type Term = z.infer<typeof termRow>;

/** A cable's words as they are counted: what stands before each passage, and the passages. */
export interface CountedCable {
  readonly context: string;
  /** What the context, as the headings, is shown with: the whole cable. */
  readonly reach: Reach;
  readonly passages: readonly {
    readonly text: string;
    readonly heading: string;
    readonly reach: Reach;
  }[];
}

/** The lists of a cable's terms. */
export interface CableTerms {
  readonly context: TermList;
  /** Of text and heading, and of the heading alone. */
  readonly passages: readonly { readonly terms: TermList; readonly heading: TermList }[];
  readonly cable: TermList;
}

/** The terms of the corpus and their counts, kept in step with what is stored. */
export class Lexicon {
  readonly #connection: Connection;
  readonly #audiences: Audiences;
  readonly #keys = new Map<string, number>();

  constructor(connection: Connection, audiences: Audiences) {
    this.#connection = connection;
    this.#audiences = audiences;
  }

  /** The terms among stems that the corpus holds: under a ceiling, what it shows of the corpus. */
  terms(stems: readonly string[], view: View | null): Term[] {
    if (stems.length === 0) return [];
    const among = 'stem IN (SELECT value FROM json_each(?))';
    if (view === null) {
      const sql = `SELECT * FROM term WHERE passages > 0 AND ${among} ORDER BY key`;
      return this.#connection.rows(termRow, sql, JSON.stringify(stems));
    }
    const sql = `${SHOWN_TERMS} AND ${among} GROUP BY term.key HAVING sum(term_audience.passages) > 0 ORDER BY term.key`;
    return this.#connection.rows(termRow, sql, view.audiences, JSON.stringify(stems));
  }

  /** Stems of the corpus that begin with the same letters, in so many passages at least. */
  stemsBeginning(letters: string, passages: number, view: View | null): Term[] {
    const range = [letters, `${letters}\u{10ffff}`];
    if (view === null) {
      const sql = 'SELECT * FROM term WHERE stem >= ? AND stem < ? AND passages >= ?';
      return this.#connection.rows(termRow, sql, ...range, passages);
    }
    const sql = `${SHOWN_TERMS} AND stem >= ? AND stem < ? GROUP BY term.key HAVING sum(term_audience.passages) >= ?`;
    return this.#connection.rows(termRow, sql, view.audiences, ...range, passages);
  }

  /** Counts the words of a cable that has been stored; gives the lists of its terms. */
  add({ context, reach, passages }: CountedCable): CableTerms {
    const inContext = termCounts(context);
    const counted = passages.map((each) => ({
      text: termCounts(each.text),
      heading: termCounts(each.heading),
      reach: each.reach,
    }));
    const whole = new Map(inContext);
    for (const { text, heading } of counted) {
      addCounts(whole, text);
      addCounts(whole, heading);
    }
    const holding = holdingOf(
      inContext.keys(),
      reach,
      counted.map((each) => ({ ...each, text: each.text.keys(), heading: each.heading.keys() })),
    );
    for (const [stem, counts] of holding) this.#count(this.#keyOf(stem), counts, 1);
    const listOf = (counts: ReadonlyMap<string, number>): TermList =>
      termList(new Map([...counts].map(([stem, count]) => [this.#keys.get(stem) ?? 0, count])));
    return {
      context: listOf(inContext),
      passages: counted.map(({ text, heading }) => ({
        terms: listOf(addCounts(new Map(text), heading)),
        heading: listOf(heading),
      })),
      cable: listOf(whole),
    };
  }

  /** Takes back what {@link add} has counted of a cable. */
  remove(cable: number, reach: Reach): void {
    const passages = this.#connection.rows(
      removedRow,
      `SELECT terms, heading, reaches FROM passage_scoring
       JOIN passage ON passage.key = passage_scoring.passage
       JOIN audience ON audience.key = passage.audience WHERE passage.cable = ?`,
      cable,
    );
    const context = this.#connection.value(
      bytes,
      'SELECT context FROM cable_scoring WHERE cable = ?',
      cable,
    );
    const holding = holdingOf(
      context === null ? [] : termsIn(termListFrom(context)),
      reach,
      passages.map(({ terms, heading, reaches }) => ({
        text: termsIn(difference(terms, heading)),
        heading: termsIn(heading),
        reach: reachFrom(reaches),
      })),
    );
    for (const [term, counts] of holding) this.#count(term, counts, -1);
  }

  /** Forgets the keys it has given: a transaction that gave them was undone. */
  forget(): void {
    this.#keys.clear();
  }

  #keyOf(stem: string): number {
    const known = this.#keys.get(stem);
    if (known !== undefined) return known;
    const sql = `INSERT INTO term (stem, passages, cables) VALUES (?, 0, 0)
      ON CONFLICT (stem) DO UPDATE SET stem = excluded.stem RETURNING key`;
    const key = this.#connection.value(z.number(), sql, stem) ?? 0;
    this.#keys.set(stem, key);
    return key;
  }

  #count(term: number, { passages, cable }: Holding, sign: 1 | -1): void {
    let all = 0;
    const counts = new Map<string, { passages: number; cables: number }>([
      [cable, { passages: 0, cables: sign }],
    ]);
    for (const [audience, count] of passages) {
      all += count;
      const { cables = 0 } = counts.get(audience) ?? {};
      counts.set(audience, { passages: sign * count, cables });
    }
    this.#connection.run(
      'UPDATE term SET passages = passages + ?, cables = cables + ? WHERE key = ?',
      sign * all,
      sign,
      term,
    );
    for (const [audience, { passages: more, cables }] of counts) {
      this.#connection.run(
        `INSERT INTO term_audience (term, audience, passages, cables) VALUES (?, ?, ?, ?)
         ON CONFLICT (term, audience) DO UPDATE
         SET passages = passages + excluded.passages, cables = cables + excluded.cables`,
        term,
        this.#audiences.keyOf(audience),
        more,
        cables,
      );
    }
  }
}

/** The counts of terms among what a ceiling shows. */
const SHOWN_TERMS = `SELECT stem, term.key, sum(term_audience.passages) AS passages,
    sum(term_audience.cables) AS cables
  FROM term JOIN term_audience ON term_audience.term = term.key
  WHERE term_audience.audience IN (SELECT value FROM json_each(?))`;

const list = bytes.transform(termListFrom);
const removedRow = z.object({ terms: list, heading: list, reaches: z.string() });

function addCounts(to: Map<string, number>, counts: ReadonlyMap<string, number>) {
  for (const [stem, count] of counts) to.set(stem, (to.get(stem) ?? 0) + count);
  return to;
}

/** Who may see that a term stands in a cable: how many of its passages by audience, and the cable. */
interface Holding {
  readonly passages: ReadonlyMap<string, number>;
  readonly cable: string;
}

/**
 * What may be seen of each term. In a passage's own text it is seen with the passage; in its heading or
 * in the context before all passages only where the whole cable may be shown as well.
 */
function holdingOf<Name>(
  context: Iterable<Name>,
  whole: Reach,
  passages: readonly {
    readonly text: Iterable<Name>;
    readonly heading: Iterable<Name>;
    readonly reach: Reach;
  }[],
): Map<Name, Holding> {
  const holding = new Map<Name, { passages: Map<string, number>; reaches: Set<string> }>();
  const of = (term: Name) => {
    const known = holding.get(term);
    if (known !== undefined) return known;
    const made = { passages: new Map<string, number>(), reaches: new Set<string>() };
    holding.set(term, made);
    return made;
  };
  const inContext = new Set(context);
  for (const term of inContext) of(term).reaches.add(reachText(whole));
  for (const { text, heading, reach } of passages) {
    const own = reachText(reach);
    const around = reachText(both(reach, whole));
    const seen = new Map<Name, string>();
    for (const term of text) seen.set(term, own);
    for (const term of heading) if (!seen.has(term)) seen.set(term, around);
    for (const term of inContext) if (!seen.has(term)) seen.set(term, around);
    for (const [term, audience] of seen) {
      const { passages: counts, reaches } = of(term);
      counts.set(audience, (counts.get(audience) ?? 0) + 1);
      reaches.add(audience);
    }
  }
  return new Map(
    [...holding].map(([term, { passages: counts, reaches }]) => [
      term,
      { passages: counts, cable: audienceText(reaches) },
    ]),
  );
}
