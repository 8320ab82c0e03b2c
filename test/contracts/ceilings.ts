import { beforeAll, describe, expect, it } from 'vitest';
import { NO_CEILING, showsCable, showsSpan } from '../../src/cable/ceiling.js';
import { stemsOf } from '../../src/cable/terms.js';
import type { Condition } from '../../src/corpus/conditions.js';
import type { Corpus } from '../../src/corpus/corpus.js';
import type { Generation, IndexEngine } from '../../src/corpus/engine.js';
import { conditionsOf } from '../../src/search/filters.js';
import type { PassageFilter } from '../../src/search/filter-table.js';
import { readFields } from '../../src/cable/read.js';
import { CABLES as MADE_UP, CEILINGS as LEVELS, WORDS } from '../support/made-up-cables.js';
import { MemoryEngine } from '../support/memory-engine.js';
import { change, MODEL, recordFor } from '../support/records.js';
import { vectorOf } from './vector-index.js';

/** A cable that asks to protect names, of which some are words that others have as well. */
const PROTECTING = readFields('07ZAGREB17', {
  header: 'FM AMEMBASSY ZAGREB',
  body: `SUBJECT: SUBJECT with Tom Fish

1. (U) Jan Moonling (strictly protect) sold the harbor oil.

2. (S) Mr. Tom Fish (protect) and Moonling spoke of the wedding matter. Fish left.

The Moonling matter
----

3. (C) They fish in the river.

MOONLING
`,
  head: { date: '2007-05-01', classification: 'SECRET', origin: 'Embassy Zagreb' },
}).cable;
const CABLES = [...MADE_UP, PROTECTING];
/** Names are masked in the same way under all: a few tell. */
const MASKED = LEVELS.filter(
  ({ mark, classification, noforn }) => noforn && mark === classification,
);
const CEILINGS = [...LEVELS, ...MASKED.map((each) => ({ ...each, masked: true as const }))];

const FILTERS: readonly PassageFilter[] = [
  {},
  { posts: ['ZAGREB'] },
  { from: '2002-01-01', to: '2004-12-31' },
  { tags: ['HR'] },
  { cableLevel: { level: 'S' } },
  { cableLevel: { level: 'S', noforn: true } },
  { level: { level: 'C' } },
  { level: { level: 'C', noforn: true } },
  { ids: ['03ZAGREB13', '04ZAGREB14'] },
];

/** All that a corpus gives for everything that is asked of it here, without its keys of terms. */
async function everything(corpus: Corpus): Promise<unknown> {
  const stems = stemsOf(WORDS.join(' '));
  const { terms, alike, ...ids } = await corpus.lookUp({
    stems: [...stems, ...stemsOf('subject zagreb prel matter moonling tom')],
    alike: {
      words: ['wedxing', 'wed', 'harxor', 'harb', 'moonlin'],
      beginnings: ['we', 'ha', 'mo'],
      passages: 1,
    },
    ids: CABLES.map(({ id }) => id),
    numbers: ['ZAGREB12', 'ZAGREB15', 'ZAGREB99'],
  });
  // In their order: it must not tell what was stored first.
  const told = (list: typeof terms): unknown =>
    list.map(({ stem, passages, cables }) => [stem, passages, cables]);
  const names = CABLES.map(({ id }) => id);
  const places = await corpus.passagesOf(names);
  const keys = places.map(({ passage }) => passage);
  const placeOf = new Map(
    places.map((each) => [each.passage, `${each.cable} ${String(each.ordinal)}`]),
  );
  const at = (passages: readonly number[]): (string | undefined)[] =>
    passages.map((key) => placeOf.get(key));
  const scoring = await corpus.scoring(keys, 'with vectors');
  const searched = [];
  const signed: Condition = { field: 'stored', name: 'signature', among: ['MOON'] };
  for (const where of [...FILTERS.map(conditionsOf), [signed]]) {
    for (const match of ['any', 'all'] as const) {
      const { hits, named } = await corpus.searchWords({
        phrases: [['oil'], ['harbor'], ['the', 'minist'], stemsOf('moonling')],
        match,
        limit: 999,
        where,
        named: names,
      });
      searched.push(at(hits.map(({ passage }) => passage)).sort());
      searched.push(named.map(({ id, passages }) => [id, at(passages).sort()]));
    }
    const near = await corpus.nearest(vectorOf(7), { where, limit: 999 });
    searched.push(near.searched);
    searched.push(near.passages.map(({ cosine }) => cosine.toFixed(4)));
    searched.push(at(near.passages.map(({ passage }) => passage)).sort());
    for (const order of ['newest', 'oldest'] as const) {
      const { count, passages } = await corpus.byDate({ where, order, from: 0, limit: 999 });
      searched.push([count, at(passages)]);
    }
  }
  const phrases = await corpus.searchPhrases(
    ['subject', 'wedding matter', 'place', 'zagreb', 'Fish and Moonling spoke'].map((text) => ({
      stems: stemsOf(text),
      limit: 999,
    })),
  );
  const lengths = (list: Uint32Array): number => list.filter((_, i) => i % 2 === 1).length;
  return {
    overview: corpus.overview,
    terms: told(terms),
    alike: told(alike),
    ids,
    places: at(keys),
    scoring: scoring.passages.map(({ passage, position, role, length, terms: own, masked }) => [
      ...at([passage]),
      ...[position, role, length, lengths(own), masked],
    ]),
    ofCables: [...scoring.cables.values()]
      .map(({ id, post, date, length, context, terms: all }) => [
        ...[id, post, date, length, lengths(context), lengths(all)],
      ])
      .sort(),
    vectors: at(scoring.passages.flatMap((each) => (each.vectors ? [each.passage] : []))).sort(),
    searched,
    phrases: phrases.map((each) => at(each).sort()),
    mentions: await corpus.mentions(
      [
        ...['subject', 'wedding matter', 'place', 'zagreb', 'moon', 'randt', 'washdc', 'decl'],
        ...['moonling', 'Tom Fish', 'the moonling matter'],
      ].map(stemsOf),
    ),
    cables: await corpus.cables(names),
    all: await corpus.ids(),
    spans: await corpus.spans(keys),
    summaries: await corpus.summaries('', 999),
    stats: await corpus.stats(),
  };
}

/** What every implementation of the corpus port must give under each ceiling: what the oracle gives. */
export function ceilingContract(name: string, create: () => IndexEngine): void {
  describe(`${name}, under ceilings`, () => {
    let generation: Generation;
    let oracle: Generation;
    const open = async (engine: IndexEngine): Promise<Generation> => {
      await change(engine, (building) => building.put(CABLES.map(recordFor)));
      return engine.open(MODEL);
    };
    beforeAll(async () => {
      generation = await open(create());
      oracle = await open(new MemoryEngine());
      return async () => {
        await generation.close();
        await oracle.close();
      };
    });

    it.each(CEILINGS)('gives what may be shown under %j, and nothing else', async (ceiling) => {
      const corpus = await generation.corpus(ceiling);
      expect(corpus.ceiling).toEqual(ceiling);
      expect(await everything(corpus)).toEqual(await everything(await oracle.corpus(ceiling)));
      // By the rule itself: each passage that it gives may be shown, and none is missing.
      const places = await corpus.passagesOf(CABLES.map(({ id }) => id));
      const shown = CABLES.flatMap((cable) =>
        cable.spans
          .map((span, ordinal) => ({ span, ordinal }))
          .filter(({ span }) => span.kind === 'paragraph' && showsSpan(ceiling, cable, span))
          .map(({ ordinal }) => `${cable.id} ${String(ordinal)}`),
      );
      expect(places.map(({ cable, ordinal }) => `${cable} ${String(ordinal)}`)).toEqual(shown);
      const whole = (id: string): boolean =>
        CABLES.some((cable) => cable.id === id && showsCable(ceiling, cable));
      const { passages } = await corpus.scoring(
        places.map(({ passage }) => passage),
        'with vectors',
      );
      const cableAt = new Map(places.map(({ passage, cable }) => [passage, cable]));
      for (const { passage, masked, vectors } of passages) {
        expect(masked).toBe(!whole(cableAt.get(passage) ?? ''));
        expect(vectors === null).toBe(masked);
      }
    });

    it('gives everything without one', async () => {
      const corpus = await generation.corpus();
      expect(corpus.ceiling).toEqual(NO_CEILING);
      expect(await corpus.cables(CABLES.map(({ id }) => id))).toEqual(CABLES);
    });

    it('does not give a span that is above it', async () => {
      const all = await generation.corpus();
      const low = await generation.corpus({ mark: 'U', classification: 'U', noforn: false });
      const places = await all.passagesOf(CABLES.map(({ id }) => id));
      const shown = new Set(
        (await low.passagesOf(CABLES.map(({ id }) => id))).map((p) => p.passage),
      );
      const hidden = places.find(({ passage }) => !shown.has(passage));
      await expect(low.spans([hidden?.passage ?? 0])).rejects.toThrow();
      expect((await low.scoring([hidden?.passage ?? 0], 'with vectors')).passages).toEqual([]);
    });
  });
}
