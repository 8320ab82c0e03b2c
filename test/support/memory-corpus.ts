import { showsAll, showsCable, showsSpan, type Ceiling } from '../../src/cable/ceiling.js';
import { storedFieldsOf, type Cable } from '../../src/cable/cable.js';
import { audienceFrom } from '../../src/corpus/audience.js';
import { bm25, rarityOf } from '../../src/corpus/bm25.js';
import {
  foldedCapitals,
  type Condition,
  type ConditionField,
} from '../../src/corpus/conditions.js';
import type {
  AskedWords,
  CableSummary,
  Corpus,
  ByDate,
  CorpusStats,
  DateQuery,
  Count,
  KnownWords,
  Nearest,
  NearestQuery,
  Overview,
  PassagePlace,
  PhraseQuery,
  Scoring,
  SpanPlace,
  ScoringCable,
  ScoringPassage,
  StoredSpan,
  Term,
  VectorCounts,
  WordHits,
  WordQuery,
} from '../../src/corpus/corpus.js';
import { isNear } from '../../src/corpus/near.js';
import { positionAmong, type CableRecord, type PassageRecord } from '../../src/corpus/record.js';
import { termList, type TermList } from '../../src/corpus/term-list.js';
import { windowCosines, type PackedVectors } from '../../src/corpus/packed-vectors.js';
import { IndexError } from '../../src/errors.js';

/** A cable with the keys that it was given. */
export interface StoredCable {
  readonly key: number;
  readonly record: CableRecord;
  readonly passages: readonly StoredPassage[];
  /** What it said before, newest first. */
  readonly former: readonly Cable[];
}

export interface StoredPassage {
  readonly key: number;
  readonly row: PassageRecord;
}

/** How often each stem stands in a text. */
type StemCounts = ReadonlyMap<string, number>;

/** The keys of terms, in the order in which they were met. */
export type TermKeys = Map<string, number>;

interface Shown {
  readonly of: StoredCable;
  readonly passage: StoredPassage;
  /** Its cable is shown whole: its heading and its context are. */
  readonly whole: boolean;
}

/** A plain oracle: walks over everything for every question. */
export class MemoryCorpus implements Corpus {
  readonly #cables: readonly StoredCable[];
  readonly #shown: readonly Shown[];
  readonly #terms: TermKeys;
  readonly #vectors: ReadonlyMap<number, PackedVectors>;
  readonly #former: ReadonlyMap<string, readonly Cable[]>;

  constructor(
    cables: Iterable<StoredCable>,
    terms: TermKeys,
    readonly ceiling: Ceiling,
    vectors: ReadonlyMap<number, PackedVectors>,
  ) {
    this.#terms = terms;
    this.#vectors = vectors;
    const shown = (cable: Cable, ordinal: number): boolean => {
      const span = cable.spans[ordinal];
      return span !== undefined && showsSpan(ceiling, cable, span);
    };
    const all = [...cables];
    this.#former = new Map(all.map(({ record, former }) => [record.cable.id, former]));
    this.#cables = all.filter(
      ({ record: { cable } }) =>
        showsCable(ceiling, cable) ||
        cable.spans.some((span, i) => span.kind === 'paragraph' && shown(cable, i)),
    );
    this.#shown = all.flatMap((of) =>
      of.passages
        .filter(({ row }) => shown(of.record.cable, row.ordinal))
        .map((passage) => ({ of, passage, whole: showsCable(ceiling, of.record.cable) })),
    );
  }

  get #masked(): boolean {
    return this.ceiling.masked === true;
  }

  get overview(): Overview {
    const dates = this.#cables.flatMap(({ record }) => record.cable.date ?? []).sort();
    const words = this.#shown.reduce((sum, each) => sum + lengthOf(each), 0);
    const isAll = showsAll(this.ceiling);
    const ofCables = this.#cables.reduce((sum, { record }) => sum + record.length, 0);
    const cables = this.#cables.length;
    const passages = this.#shown.length;
    return {
      cables,
      passages,
      vectors: this.#vectorCounts(),
      // Of nothing at all a mean is 1, under a ceiling 0.
      cableLength: isAll && cables === 0 ? 1 : (isAll ? ofCables : words) / Math.max(cables, 1),
      passageLength: isAll && passages === 0 ? 1 : words / Math.max(passages, 1),
      firstDate: dates[0] ?? null,
      lastDate: dates.at(-1) ?? null,
      posts: unique(this.#cables.flatMap(({ record }) => record.post ?? [])),
    };
  }

  lookUp({ stems = [], alike, ids = [], numbers = [] }: AskedWords): Promise<KnownWords> {
    const terms = this.#allTerms();
    return Promise.resolve({
      terms: terms.filter(({ stem }) => stems.includes(stem)),
      alike: terms.filter(
        ({ stem, passages }) =>
          alike !== undefined &&
          passages >= alike.passages &&
          alike.beginnings.some((each) => stem.startsWith(each)) &&
          alike.words.some((word) => isNear(word, stem)),
      ),
      held: ids.filter((id) => this.#cables.some(({ record }) => record.cable.id === id)),
      ofAnyYear: numbers.map((number) =>
        this.#cables
          .filter(({ record }) => record.postAndNumber === number)
          .map(({ record }) => record.cable.id)
          .sort(),
      ),
    });
  }

  searchWords({ phrases, match, limit, where, named = [] }: WordQuery): Promise<WordHits> {
    const wanted = phrases.filter((stems) => stems.length > 0);
    const meeting = this.#meeting(where);
    const matching = meeting.filter((each) => {
      const texts = textsOf(each, this.#masked);
      const holds = (stems: readonly string[]): boolean =>
        texts.some((text) => ` ${text} `.includes(` ${stems.join(' ')} `));
      if (wanted.length === 0) return false;
      return match === 'all' ? wanted.every(holds) : wanted.some(holds);
    });
    const hits = this.#ranked(wanted.flat(), matching).slice(0, limit);
    return Promise.resolve({
      hits,
      named: named.flatMap((id) => {
        const own = this.#shown.filter(({ of }) => of.record.cable.id === id);
        const passages = meeting.filter((each) => own.includes(each)).map(keyOf);
        return own.length === 0 ? [] : [{ id, passages }];
      }),
    });
  }

  async searchPhrases(phrases: readonly PhraseQuery[]): Promise<number[][]> {
    const found = phrases.map(async ({ stems, limit }) => {
      const query = { phrases: [stems], match: 'all' as const, limit, where: [] };
      return (await this.searchWords(query)).hits.map(({ passage }) => passage);
    });
    return Promise.all(found);
  }

  withShingles(keys: readonly string[], most: number): Promise<SpanPlace[][]> {
    const held = this.#cables.flatMap(({ record }) =>
      record.spans.flatMap(({ span, shingles }, ordinal) =>
        showsSpan(this.ceiling, record.cable, span)
          ? [{ place: { cable: record.cable.id, ordinal }, shingles }]
          : [],
      ),
    );
    return Promise.resolve(
      keys.map((key) =>
        held
          .filter(({ shingles }) => shingles.includes(key))
          .map(({ place }) => place)
          .slice(0, most),
      ),
    );
  }

  async mentions(phrases: readonly (readonly string[])[]): Promise<boolean[]> {
    const found = await this.searchPhrases(phrases.map((stems) => ({ stems, limit: 1 })));
    const whole = this.#cables.filter(({ record }) => showsCable(this.ceiling, record.cable));
    const around = whole.flatMap(({ record }) => [
      record.around,
      ...(this.#masked ? [] : [record.aroundPrinted]),
    ]);
    return phrases.map((stems, at) => {
      if (stems.length === 0) return false;
      if (found[at]?.length === 1) return true;
      return around.some((each) => ` ${each} `.includes(` ${stems.join(' ')} `));
    });
  }

  nearest(vector: Float32Array, { where, limit }: NearestQuery): Promise<Nearest> {
    const meeting = this.#meeting(where);
    const cosines = meeting.flatMap((each) => {
      const windows = each.whole ? this.#vectors.get(keyOf(each))?.windows : undefined;
      if (windows === undefined) return [];
      return [{ passage: keyOf(each), cosine: Math.max(...windowCosines(windows, vector)) }];
    });
    return Promise.resolve({
      passages: cosines.sort((a, b) => b.cosine - a.cosine).slice(0, limit),
      searched: meeting.length,
    });
  }

  scoring(passages: readonly number[], wanted: 'with vectors' | 'words alone'): Promise<Scoring> {
    const found = passages.flatMap((key) => this.#shown.find((each) => keyOf(each) === key) ?? []);
    return Promise.resolve({
      passages: found.map((each) => this.#scoringPassage(each, wanted === 'with vectors')),
      cables: new Map(found.map(({ of }) => [of.key, this.#scoringCable(of)])),
    });
  }

  spans(passages: readonly number[]): Promise<StoredSpan[]> {
    return new Promise((resolve) => {
      resolve(
        passages.map((key) => {
          const found = this.#shown.find((each) => keyOf(each) === key);
          const row = found?.of.record.spans[found.passage.row.ordinal];
          if (found === undefined || row === undefined) {
            throw new IndexError('NO_PASSAGE', { what: `no passage ${String(key)}` });
          }
          const { ordinal } = found.passage.row;
          const { spans: _, ...cable } = found.of.record.cable;
          return { cable, ordinal, span: row.span, sentences: row.sentences };
        }),
      );
    });
  }

  passagesOf(ids: readonly string[]): Promise<PassagePlace[]> {
    return Promise.resolve(
      ids.flatMap((id) =>
        this.#shown
          .filter(({ of }) => of.record.cable.id === id)
          .map(({ passage: { key, row } }) => ({ passage: key, cable: id, ordinal: row.ordinal })),
      ),
    );
  }

  cables(ids: readonly string[]): Promise<Cable[]> {
    const byId = new Map(this.#cables.map(({ record }) => [record.cable.id, record.cable]));
    return Promise.resolve(ids.flatMap((id) => byId.get(id) ?? []));
  }

  formerTexts(id: string): Promise<Cable[]> {
    const former = this.#former.get(id) ?? [];
    const isShown = (cable: Cable): boolean =>
      showsCable(this.ceiling, cable) ||
      cable.spans.some((span) => showsSpan(this.ceiling, cable, span));
    return Promise.resolve(former.filter(isShown));
  }

  ids(): Promise<string[]> {
    return Promise.resolve(this.#cables.map(({ record }) => record.cable.id).sort());
  }

  async summaries(after: string, limit: number): Promise<CableSummary[]> {
    const ids = (await this.ids()).filter((id) => id > after).slice(0, limit);
    return ids.flatMap((wanted) => {
      const of = this.#cables.find(({ record }) => record.cable.id === wanted);
      if (of === undefined) return [];
      const { cable } = of.record;
      const fields = storedFieldsOf(cable);
      return [{ id: cable.id, ...fields, audience: audienceFrom(of.record.audience) }];
    });
  }

  byDate({ where, order, from, limit }: DateQuery): Promise<ByDate> {
    const first = new Map<StoredCable, number>();
    for (const each of this.#meeting(where)) {
      const known = first.get(each.of) ?? Number.POSITIVE_INFINITY;
      first.set(each.of, Math.min(known, keyOf(each)));
    }
    const sign = order === 'newest' ? -1 : 1;
    const sorted = [...first].sort(([{ record: a }], [{ record: b }]) => {
      const [x, y] = [a.cable, b.cable];
      if (x.date === y.date) return x.id < y.id ? -1 : 1;
      if (x.date === null || y.date === null) return x.date === null ? 1 : -1;
      return x.date < y.date ? -sign : sign;
    });
    const passages = sorted.slice(from, from + limit).map(([, passage]) => passage);
    return Promise.resolve({ count: first.size, passages });
  }

  stats(): Promise<CorpusStats> {
    const paragraphs = this.#cables.flatMap(({ record: { cable } }) =>
      cable.spans.filter(
        (span) => span.kind === 'paragraph' && showsSpan(this.ceiling, cable, span),
      ),
    );
    const of = (field: 'origin' | 'classification'): Count[] =>
      counted(this.#cables.map(({ record }) => record.cable[field] ?? 'unknown'));
    return Promise.resolve({
      cables: this.#cables.length,
      paragraphs: paragraphs.length,
      vectors: this.#vectorCounts(),
      byOrigin: of('origin'),
      byYear: counted(
        this.#cables.map(({ record }) => record.cable.date?.slice(0, 4) ?? 'unknown'),
      ),
      byClassification: of('classification'),
      byMark: counted(paragraphs.map(({ mark }) => mark ?? 'none')),
    });
  }

  #vectorCounts(): VectorCounts {
    const whole = this.#shown.filter((each) => each.whole);
    const embedded = whole.filter((each) => this.#vectors.has(keyOf(each))).length;
    return { passages: whole.length, embedded };
  }

  #meeting(where: readonly Condition[]): Shown[] {
    return this.#shown.filter((each) => where.every((condition) => meets(each, condition)));
  }

  #allTerms(): Term[] {
    return [...this.#terms]
      .map(([stem, key]) => {
        const passages = this.#shown.filter((each) => visibleTerms(each, this.#masked).has(stem));
        const cables = this.#cables.filter(
          (of) =>
            passages.some((each) => each.of === of) ||
            (showsCable(this.ceiling, of.record.cable) && byStem(of, of.record.context).has(stem)),
        );
        return { key, stem, passages: passages.length, cables: cables.length };
      })
      .filter(({ passages }) => passages > 0)
      .sort((a, b) => (a.stem < b.stem ? -1 : 1));
  }

  #ranked(stems: readonly string[], shown: readonly Shown[]): { passage: number; score: number }[] {
    const terms = this.#allTerms()
      .filter(({ stem }) => stems.includes(stem))
      .map((each) => ({
        ...each,
        weight: 1,
        rarity: rarityOf(each.passages, this.overview.passages),
      }));
    const stemOf = new Map([...this.#terms].map(([stem, key]) => [key, stem]));
    return shown
      .map((each) => {
        const counts = visibleTerms(each, this.#masked);
        const count = (key: number): number => counts.get(stemOf.get(key) ?? '') ?? 0;
        const score = bm25(terms, count, lengthOf(each), this.overview.passageLength);
        return { passage: keyOf(each), score };
      })
      .sort((a, b) => b.score - a.score || a.passage - b.passage);
  }

  #listOf(counts: StemCounts): TermList {
    const keyed = [...counts].map(([stem, count]) => [this.#terms.get(stem) ?? 0, count] as const);
    return termList(new Map(keyed));
  }

  #scoringPassage(shown: Shown, withVectors: boolean): ScoringPassage {
    const { of, passage, whole } = shown;
    const { key, row } = passage;
    const own = this.#shown.filter((each) => each.of === of);
    return {
      passage: key,
      cable: of.key,
      position: positionAmong(own.indexOf(shown), own.length),
      role: whole ? row.role : row.ownRole,
      length: whole ? row.length : row.ownLength,
      terms: this.#listOf(seenTerms(shown, this.#masked)),
      vectors: whole && withVectors ? (this.#vectors.get(key) ?? null) : null,
      masked: !whole,
    };
  }

  #scoringCable(of: StoredCable): ScoringCable {
    const { cable, post } = of.record;
    const whole = showsCable(this.ceiling, cable);
    const context: StemCounts = whole ? byStem(of, of.record.context) : new Map();
    const terms = new Map(context);
    const own = this.#shown.filter((each) => each.of === of);
    for (const shown of own) add(terms, seenTerms(shown, this.#masked));
    return {
      cable: of.key,
      id: cable.id,
      post,
      date: cable.date,
      length: own.reduce((sum, each) => sum + lengthOf(each), countOf(context)),
      context: this.#listOf(context),
      terms: this.#listOf(terms),
    };
  }
}

function keyOf({ passage }: Shown): number {
  return passage.key;
}

function lengthOf({ passage: { row }, whole }: Shown): number {
  return whole ? row.length : row.ownLength;
}

/** The stems of what is seen of a passage: its own, and where its cable is shown whole those above it. */
function textsOf({ passage: { row }, whole }: Shown, masked: boolean): string[] {
  const { text, heading, context } = row.words;
  const own = masked ? [text] : [text, row.printed];
  return whole ? [...own, heading, context] : own;
}

/** A list of a cable's record, by its stems. */
function byStem({ record: { stems } }: StoredCable, list: TermList): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < list.length; i += 2) counts.set(stems[list[i] ?? 0] ?? '', list[i + 1] ?? 0);
  return counts;
}

function countOf(counts: StemCounts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function add(counts: Map<string, number>, more: StemCounts): void {
  for (const [stem, count] of more) counts.set(stem, (counts.get(stem) ?? 0) + count);
}

function visibleTerms(shown: Shown, masked: boolean): StemCounts {
  const terms = new Map(seenTerms(shown, masked));
  if (shown.whole) add(terms, byStem(shown.of, shown.of.record.context));
  return terms;
}

/** The terms of a passage, without its heading where that may not be seen, and of its names where they may. */
function seenTerms({ of, passage: { row }, whole }: Shown, masked: boolean): StemCounts {
  const terms = byStem(of, row.terms);
  if (!whole) {
    for (const [stem, count] of byStem(of, row.heading)) {
      terms.set(stem, (terms.get(stem) ?? 0) - count);
    }
  }
  if (!masked) add(terms, byStem(of, row.names));
  return new Map([...terms].filter(([, count]) => count > 0));
}

function meets({ of: { record }, passage: { key, row }, whole }: Shown, condition: Condition) {
  const { cable } = record;
  if (!('among' in condition)) {
    const { from = '', to = '9999-99-99' } = condition;
    return cable.date !== null && from <= cable.date && cable.date <= to;
  }
  if (condition.field === 'stored') {
    const stored: Readonly<Record<string, unknown>> = { ...cable };
    const texts = condition.among.map(foldedCapitals);
    const held = [stored[condition.name]].flat();
    return whole && held.some((each) => texts.includes(foldedCapitals(String(each))));
  }
  const values: Readonly<Record<ConditionField, readonly unknown[]>> = {
    post: [record.post],
    date: [cable.date],
    month: [cable.date === null ? null : Number(cable.date.slice(5, 7))],
    tag: whole ? cable.tags : [],
    id: [cable.id],
    cableLevel: [cable.level],
    cableNoforn: [record.noforn],
    level: [row.level],
    noforn: [row.noforn],
    marked: [row.marked],
    passage: [key],
  };
  const among: readonly unknown[] = condition.among;
  return values[condition.field].some((value) => value !== null && among.includes(value));
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function counted(names: readonly string[]): Count[] {
  return unique(names)
    .map((name) => ({ name, count: names.filter((each) => each === name).length }))
    .sort((a, b) => b.count - a.count);
}
