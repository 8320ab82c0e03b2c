import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { showsSpan, type Ceiling } from '../cable/ceiling.js';
import type { Cable } from '../cable/cable.js';
import { isNear, MOST_LONGER } from '../corpus/near.js';
import type { Condition } from '../corpus/conditions.js';
import {
  byStem,
  type AskedWords,
  type ByDate,
  type CableSummary,
  type Corpus,
  type CorpusStats,
  type DateQuery,
  type KnownWords,
  type NamedCable,
  type Nearest,
  type NearestQuery,
  type Overview,
  type PassagePlace,
  type PhraseQuery,
  type Scoring,
  type SpanPlace,
  type StoredSpan,
  type Term,
  type VectorCounts,
  type WordHits,
  type WordQuery,
} from '../corpus/corpus.js';
import type { Connection } from '../sqlite/connection.js';
import { nearestPassages } from './nearest.js';
import type { PassageSet } from './passage-set.js';
import { rankShown } from './rank-shown.js';
import { formerTexts } from './sqlite/former-texts.js';
import { FullText } from './sqlite/full-text.js';
import type { StoreParts } from './sqlite/parts.js';
import type { ScoringRow } from './sqlite/scoring.js';
import { spansWith } from './sqlite/shingles.js';
import { statsOf } from './sqlite/stats.js';
import { damaged } from './sqlite/trouble.js';
import { isShown, type Shown, type View } from './sqlite/view.js';
import { whereOf } from './sqlite/where.js';
import type { VectorIndex } from './vectors/vector-index.js';

/** Conditions whose passages were counted. */
const KEPT_COUNTS = 16;

const numberRow = z.number();
const placeRow = z.object({ key: z.number(), cable: z.number(), ordinal: z.number() });
const passagePlace = z.object({ passage: z.number(), cable: z.string(), ordinal: z.number() });

/** What is linked of a store's passages. */
export interface Linked {
  readonly graph: VectorIndex;
  readonly passages: PassageSet;
}

export interface CorpusOptions {
  readonly ceiling: Ceiling;
  readonly view: View | null;
  /** Null: it serves look-ups alone. */
  readonly linked: Linked | null;
  /** How many passages are linked, as the manifest has it. */
  readonly embedded: number;
}

/**
 * Terms that are looked through for what a question's words may be, some 0.2 s: more than an archive of a million terms has of any
 * two words. Of more only the likeliest beginnings are.
 */
const MOST_LOOKED_THROUGH = 300_000;

/** A store and a graph, as one ceiling shows them. SQLite answers at once: the promises are the port's. */
export class EmbeddedCorpus implements Corpus {
  readonly ceiling: Ceiling;
  readonly #parts: StoreParts;
  readonly #linked: Linked | null;
  readonly #embedded: number;
  readonly #view: View | null;
  readonly #shown: Shown;
  readonly #text: FullText;
  readonly #counts = new LRUCache<string, number>({ max: KEPT_COUNTS });
  #overview: Overview | null = null;
  #stats: CorpusStats | null = null;

  constructor(parts: StoreParts, { ceiling, view, linked, embedded }: CorpusOptions) {
    this.ceiling = ceiling;
    this.#parts = parts;
    this.#linked = linked;
    this.#embedded = embedded;
    this.#view = view;
    this.#shown = { view, masked: ceiling.masked === true };
    this.#text = new FullText(parts.connection, this.#shown, (stems, passages) =>
      rankShown(parts.lexicon.terms(stems, this.#shown), this.#scoring(passages), this.overview),
    );
  }

  get #connection(): Connection {
    return this.#parts.connection;
  }

  get overview(): Overview {
    this.#overview ??= this.#readOverview();
    return this.#overview;
  }

  #readOverview(): Overview {
    const totals = this.#parts.scoring.totals(this.#view);
    return { ...totals, vectors: this.#vectorCounts(totals.passages), posts: this.#posts() };
  }

  lookUp({ stems = [], alike, ids = [], numbers = [] }: AskedWords): Promise<KnownWords> {
    return settled(() => ({
      terms: this.#parts.lexicon.terms(stems, this.#shown),
      alike: alike === undefined ? [] : this.#alike(alike),
      held: this.#held(ids),
      ofAnyYear: numbers.map((number) => this.#ofAnyYear(number)),
    }));
  }

  searchWords({ named = [], ...query }: WordQuery): Promise<WordHits> {
    return settled(() => ({
      hits: this.#text.byWords(query),
      named: named.length === 0 ? [] : this.#named(named, query.where),
    }));
  }

  searchPhrases(phrases: readonly PhraseQuery[]): Promise<number[][]> {
    return settled(() => phrases.map(({ stems, limit }) => this.#text.byPhrase(stems, limit)));
  }

  mentions(phrases: readonly (readonly string[])[]): Promise<boolean[]> {
    return settled(() => phrases.map((stems) => this.#text.mentions(stems)));
  }

  nearest(vector: Float32Array, { where, limit }: NearestQuery): Promise<Nearest> {
    return settled(() => {
      if (this.#linked === null) throw new RangeError('opened without vectors');
      const { graph } = this.#linked;
      const { vectors } = this.#parts;
      const narrowed = this.#view !== null || where.length > 0;
      const among = narrowed ? vectors.among(where, this.#view) : null;
      return {
        passages: nearestPassages({ vectors, graph, among }, vector, limit),
        searched: narrowed ? this.#count(where) : this.overview.passages,
      };
    });
  }

  scoring(passages: readonly number[], wanted: 'with vectors' | 'words alone'): Promise<Scoring> {
    return settled(() => {
      const scoring = this.#scoring(passages);
      const usable = scoring.passages.flatMap((each) => (each.masked ? [] : each.passage));
      const vectors = this.#parts.vectors.of(wanted === 'with vectors' ? usable : []);
      return {
        ...scoring,
        passages: scoring.passages.map((each) => {
          return { ...each, vectors: vectors.get(each.passage) ?? null };
        }),
      };
    });
  }

  spans(passages: readonly number[]): Promise<StoredSpan[]> {
    return settled(() => {
      const sql = `SELECT key, cable, ordinal FROM passage
        WHERE key IN (SELECT value FROM json_each(?))`;
      const rows = this.#connection.rows(placeRow, sql, JSON.stringify(passages));
      const places = new Map(rows.map((row) => [row.key, row]));
      return passages.map((passage) => this.#span(passage, places.get(passage)));
    });
  }

  withShingles(keys: readonly string[], most: number): Promise<SpanPlace[][]> {
    return settled(() => spansWith(this.#connection, keys, { most, view: this.#view }));
  }

  passagesOf(ids: readonly string[]): Promise<PassagePlace[]> {
    return settled(() => this.#passagesOf(ids));
  }

  cables(ids: readonly string[]): Promise<Cable[]> {
    const shown = isShown('cable', this.#view);
    const sql = `SELECT key FROM cable WHERE id = ? AND ${shown.sql}`;
    return settled(() =>
      ids.flatMap((id) => {
        const key = this.#connection.value(numberRow, sql, id, ...shown.values);
        return key === null ? [] : [this.#parts.cables.cable(key)];
      }),
    );
  }

  formerTexts(id: string): Promise<Cable[]> {
    return settled(() => formerTexts(this.#connection, id, this.ceiling));
  }

  ids(): Promise<string[]> {
    const shown = isShown('cable', this.#view);
    const sql = `SELECT id FROM cable WHERE ${shown.sql} ORDER BY id`;
    return settled(() => this.#connection.values(z.string(), sql, ...shown.values));
  }

  summaries(after: string, limit: number): Promise<CableSummary[]> {
    return settled(() => this.#parts.cables.summaries(after, limit, this.#view));
  }

  byDate({ where, order, from, limit }: DateQuery): Promise<ByDate> {
    const { sql, values } = whereOf(where, this.#view);
    const of = `FROM passage JOIN cable ON cable.key = passage.cable WHERE ${sql}`;
    const direction = order === 'newest' ? 'DESC' : 'ASC';
    const page = `SELECT min(passage.key) ${of} GROUP BY cable.key
      ORDER BY cable.date IS NULL, cable.date ${direction}, cable.id LIMIT ? OFFSET ?`;
    return settled(() => ({
      count:
        this.#connection.value(numberRow, `SELECT count(DISTINCT cable.key) ${of}`, ...values) ?? 0,
      passages: this.#connection.values(numberRow, page, ...values, limit, from),
    }));
  }

  stats(): Promise<CorpusStats> {
    return settled(() => {
      const { vectors } = this.overview;
      this.#stats ??= { ...statsOf(this.#connection, this.#view), vectors };
      return this.#stats;
    });
  }

  #vectorCounts(passages: number): VectorCounts {
    if (this.#view === null) return { passages, embedded: this.#embedded };
    const shown = this.#parts.vectors.among([], this.#view);
    let embedded = 0;
    for (const passage of shown.keys()) if (this.#linked?.passages.has(passage)) embedded++;
    return { passages: shown.size, embedded };
  }

  #alike({ words, beginnings, passages }: NonNullable<AskedWords['alike']>): Term[] {
    if (words.length === 0) return [];
    const { lexicon } = this.#parts;
    const lengths = words.map(({ length }) => length);
    const [shortest, longest] = [
      Math.min(...lengths) - MOST_LONGER,
      Math.max(...lengths) + MOST_LONGER,
    ];
    const near: string[] = [];
    let looked = 0;
    for (const letters of beginnings) {
      if (looked > MOST_LOOKED_THROUGH) break;
      const stems = lexicon.stemsBeginning(letters, shortest, longest);
      looked += stems.length;
      near.push(...stems.filter((stem) => words.some((word) => isNear(word, stem))));
    }
    return lexicon
      .terms(near, this.#shown)
      .filter((term) => term.passages >= passages)
      .sort(byStem);
  }

  #held(ids: readonly string[]): string[] {
    if (ids.length === 0) return [];
    const shown = isShown('cable', this.#view);
    const sql = `SELECT id FROM cable WHERE id IN (SELECT value FROM json_each(?)) AND ${shown.sql}`;
    const values = this.#connection.values(z.string(), sql, JSON.stringify(ids), ...shown.values);
    const held = new Set(values);
    return ids.filter((id) => held.has(id));
  }

  #ofAnyYear(postAndNumber: string): string[] {
    const shown = isShown('cable', this.#view);
    const sql = `SELECT id FROM cable WHERE post_and_number = ? AND ${shown.sql} ORDER BY id`;
    return this.#connection.values(z.string(), sql, postAndNumber, ...shown.values);
  }

  #posts(): string[] {
    const shown = isShown('cable', this.#view);
    const sql = `SELECT DISTINCT post FROM cable WHERE post IS NOT NULL AND ${shown.sql} ORDER BY post`;
    return this.#connection.values(z.string(), sql, ...shown.values);
  }

  #named(ids: readonly string[], where: readonly Condition[]): NamedCable[] {
    const { sql, values } = whereOf([...where, { field: 'id', among: ids }], this.#view);
    const select = `SELECT passage.key FROM passage JOIN cable ON cable.key = passage.cable WHERE ${sql}`;
    const meeting = new Set(this.#connection.values(numberRow, select, ...values));
    const passages = new Map<string, number[]>();
    for (const { cable, passage } of this.#passagesOf(ids)) {
      const of = passages.get(cable) ?? [];
      passages.set(cable, of);
      if (meeting.has(passage)) of.push(passage);
    }
    return [...passages].map(([id, of]) => ({ id, passages: of }));
  }

  #passagesOf(ids: readonly string[]): PassagePlace[] {
    const shown = isShown('passage', this.#view);
    const sql = `SELECT passage.key AS passage, cable.id AS cable, ordinal
      FROM json_each(?) AS wanted JOIN cable ON cable.id = wanted.value
      JOIN passage ON passage.cable = cable.key
      WHERE ${shown.sql} ORDER BY wanted.key, passage.key`;
    return this.#connection.rows(passagePlace, sql, JSON.stringify(ids), ...shown.values);
  }

  #scoring(passages: readonly number[]): Omit<Scoring, 'passages'> & { passages: ScoringRow[] } {
    const { scoring } = this.#parts;
    const scored = scoring.passages(passages, this.#shown);
    const cables = scoring.cables([...new Set(scored.map(({ cable }) => cable))], this.#shown);
    return { passages: scored, cables: new Map(cables.map((each) => [each.cable, each])) };
  }

  #span(passage: number, place: z.infer<typeof placeRow> | undefined): StoredSpan {
    const found = place === undefined ? null : this.#parts.cables.span(place.cable, place.ordinal);
    if (found === null) {
      throw damaged(this.#connection.file, new Error(`passage ${passage} has no paragraph`));
    }
    // What the rows say was compared with their hashes; what led to them was not.
    if (this.#view !== null && !showsSpan(this.#view.ceiling, found.cable, found.span)) {
      throw damaged(this.#connection.file, new Error(`passage ${passage} is another than it says`));
    }
    return found;
  }

  #count(where: readonly Condition[]): number {
    const name = JSON.stringify(where);
    const known = this.#counts.get(name);
    if (known !== undefined) return known;
    const { sql, values } = whereOf(where, this.#view);
    const counted = `SELECT count(*) FROM passage JOIN cable ON cable.key = passage.cable WHERE ${sql}`;
    const passages = this.#connection.value(numberRow, counted, ...values) ?? 0;
    this.#counts.set(name, passages);
    return passages;
  }
}

/** What is there at once, as a promise: what it throws rejects. */
function settled<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
