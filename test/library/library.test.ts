import { describe, expect, it } from 'vitest';
import { NO_CEILING, showsCable, showsSpan, type Ceiling } from '../../src/cable/ceiling.js';
import { readFields } from '../../src/cable/read.js';
import type { Corpus } from '../../src/corpus/corpus.js';
import type { Building, Generation } from '../../src/corpus/engine.js';
import { createLibrary, type LibraryView } from '../../src/library/library.js';
import { CABLES, CEILINGS } from '../support/made-up-cables.js';
import { MemoryEngine } from '../support/memory-engine.js';
import { change, recordFor } from '../support/records.js';
import { createWordEmbedder } from '../support/word-embedder.js';

const embedder = createWordEmbedder();

async function generationOf(cables: typeof CABLES): Promise<Generation> {
  const engine = new MemoryEngine();
  const put = (building: Building): Promise<void> => building.put(cables.map(recordFor));
  await change(engine, put, embedder, ({ context, sentences }) =>
    embedder.embedPassage(context, sentences),
  );
  return engine.open(embedder);
}

/** A generation that counts every call of its corpora. */
function counting(generation: Generation): { generation: Generation; calls: string[] } {
  const calls: string[] = [];
  const counted = (corpus: Corpus): Corpus =>
    new Proxy(corpus, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        const method = value as (...given: readonly unknown[]) => unknown;
        return (...given: readonly unknown[]) => {
          calls.push(String(name));
          return method.apply(target, [...given]);
        };
      },
    });
  return {
    calls,
    generation: {
      ...generation,
      corpus: async (ceiling) => counted(await generation.corpus(ceiling)),
    },
  };
}

const clock = (): number => 0;
const LOW: Ceiling = { mark: 'C', classification: 'U', noforn: false };

describe('the calls of the corpus port', () => {
  const asked: readonly (readonly [
    name: string,
    ceiling: Ceiling,
    (view: LibraryView) => Promise<unknown>,
    most: number,
  ])[] = [
    ['ask', NO_CEILING, ({ ask }) => ask('What of the harbor and the treaty?', { limit: 10 }), 8],
    ['an answer on Discord', LOW, ({ ask }) => ask('What of the harbor?', { limit: 10 }), 8],
    [
      'ask, a follow-up with filters and a misspelt word',
      LOW,
      ({ ask }) =>
        ask('and the ministur of Zagreb?', {
          limit: 10,
          history: ['Who met Oxus Pipeline Treaty?'],
          filters: { origin: 'Zagreb', id: 'Zagreb 12' },
        }),
      // And what answered the question before.
      8 + 6,
    ],
    [
      'ask, with quotation marks, names and ids',
      LOW,
      ({ ask }) =>
        ask('Did Nightingaleford say “the harbor and the” in 03ZAGREB13?', { limit: 10 }),
      8,
    ],
    [
      'ask, with words that no cable has so',
      LOW,
      ({ ask }) => ask('Did Nightingaleford say “harbor wedding fish”?', { limit: 10 }),
      8,
    ],
    [
      'a list of cables',
      LOW,
      ({ list }) => list('cables on the harbor', { from: 0, limit: 9 }),
      10,
    ],
    ['a list by date', LOW, ({ list }) => list('newest cables', { from: 0, limit: 9 }), 2],
    ['ask, of a year to come', LOW, ({ ask }) => ask('the harbor in 2031', { limit: 10 }), 8],
    [
      '/search',
      LOW,
      ({ words }) => words('harbor "the minister"', { filters: {}, from: 0, limit: 4 }),
      3,
    ],
    ['/related', LOW, ({ related }) => related('00ZAGREB10', null, 4), 6],
    ['/cable', LOW, ({ cable }) => cable('03ZAGREB13'), 2],
    ['/quote', LOW, ({ quotes }) => quotes('Zagreb 13', '1-3'), 2],
    ['/refs', LOW, ({ citations }) => citations('03ZAGREB13'), 2],
    ['Find this quote', LOW, ({ findQuote }) => findQuote('The harbor. And the fish.', 4), 4],
  ];

  it('are few for everything that is asked, whatever is found', async () => {
    const { generation, calls } = counting(await generationOf(CABLES));
    const library = createLibrary({ reranker: null, generation, embedder, clock });
    await library.warm();
    const told: string[] = [];
    for (const [name, ceiling, work, most] of asked) {
      calls.length = 0;
      await work(await library.libraryFor(ceiling));
      told.push(`${String(calls.length).padStart(3)}  ${name}: ${calls.join(', ')}`);
      expect(calls.length, told.at(-1)).toBeLessThanOrEqual(most);
    }
    console.log(`\ncalls of the corpus port\n${told.join('\n')}\n`);
  });
});

/** All that a view gives for everything that is asked of it here. */
async function everything(view: LibraryView): Promise<string> {
  const given: unknown[] = [];
  const add = async (work: Promise<unknown>): Promise<void> => {
    given.push(await work.catch((error: unknown) => String(error)));
  };
  for (const { id, spans } of CABLES) {
    const places = spans.map((_, ordinal) => ({ cable: id, ordinal }));
    await add(view.cable(id));
    await add(view.quotes(id, '1-9'));
    await add(view.quotes(id, 'summary'));
    await add(view.spans(places));
    await add(view.quotedAgain('the harbor of place A', places));
    await add(view.related(id, null, 9));
    await add(view.related(id, '2', 9));
    await add(view.citations(id));
    await add(view.named([id]));
    await add(view.complete(id.slice(0, 4), 25));
    await add(view.ask(`What is in ${id}?`, { limit: 20 }));
    for (const asked of ['Who signed', 'What is the subject of', 'TAGS of', 'Which cables cite']) {
      await add(view.ask(`${asked} ${id}?`, { limit: 20 }));
    }
  }
  for (const text of ['the harbor', 'the oil matter', 'place A0 B1 C2 D3']) {
    await add(view.ask(text, { limit: 20 }));
    await add(view.explain(text, {}));
    await add(view.words(text, { filters: {}, from: 0, limit: 99 }));
    await add(view.findQuote(text, 99));
    await add(view.complete(text, 25));
  }
  for (const text of ['cables on the harbor', 'newest cables', 'everything since 2001', 'oil']) {
    await add(view.list(text, { from: 0, limit: 99 }));
  }
  await add(view.stats());
  return JSON.stringify(given);
}

describe('a question that asks for a field', () => {
  const answerTo = async (question: string, history: string[] = [], ceiling = NO_CEILING) => {
    const generation = await generationOf(CABLES);
    const library = createLibrary({ reranker: null, generation, embedder, clock });
    return (await library.libraryFor(ceiling)).ask(question, { limit: 5, history });
  };

  it('is answered by the very line that prints it', async () => {
    const { results, abstained, reading } = await answerTo('who signed 00ZAGREB10');
    expect(abstained).toBe(false);
    expect(reading).toEqual(['the signature of 00ZAGREB10']);
    expect(results).toMatchObject([
      { cable: '00ZAGREB10', paragraph: null, kind: 'signature', field: 'signed', text: 'MOON' },
    ]);
    expect((await answerTo('the TAGS of Zagreb 11?')).results).toMatchObject([
      {
        cable: '01ZAGREB11',
        kind: 'preamble',
        level: 'TS',
        inherited: true,
        text: 'TAGS: PREL, SI',
      },
    ]);
    const origin = await answerTo('which post sent it?', ['What is in 02ZAGREB12?']);
    expect(origin.results).toMatchObject([{ cable: '02ZAGREB12', text: 'FM AMEMBASSY ZAGREB' }]);
  });

  it('says so where the cable prints no such line, where none cites it, and where it may not be shown', async () => {
    expect(await answerTo('references of 00ZAGREB10')).toMatchObject({
      abstained: true,
      reason: '00ZAGREB10 has no reference line',
      results: [],
    });
    expect((await answerTo('which cables cite 00ZAGREB10?')).reason).toBe(
      'no cable of the index refers to 00ZAGREB10',
    );
    const { reason, results } = await answerTo('subject of 03ZAGREB13', [], LOW);
    expect([reason, results]).toEqual([
      'the subject line of 03ZAGREB13 is above what may be shown here',
      [],
    ]);
  });

  it('is none where no cable is spoken of', async () => {
    const { results } = await answerTo('Who signed the treaty?');
    expect(results.every(({ field }) => field === undefined)).toBe(true);
  });

  it('is not asked by small talk, nor in another language', async () => {
    const hello = await answerTo('Thanks!');
    expect([hello.abstained, hello.results, hello.said === undefined]).toEqual([true, [], false]);
    const german = await answerTo('Was sagte der Minister über den treaty?');
    expect(german.abstained).toBe(true);
    expect(german.said).toMatch(/liest Englisch/);
    expect(german.results.length).toBeGreaterThan(0);
  });
});

describe('a library under a ceiling', () => {
  it.each(CEILINGS)('gives nothing on any path that %j does not show', async (ceiling) => {
    const generation = await generationOf(CABLES);
    const view = await createLibrary({ reranker: null, generation, embedder, clock }).libraryFor(
      ceiling,
    );
    const given = await everything(view);
    for (const cable of CABLES) {
      for (const { span, ordinal } of cable.spans.map((each, i) => ({ span: each, ordinal: i }))) {
        if (span.kind !== 'paragraph' || showsSpan(ceiling, cable, span)) continue;
        // Each paragraph names its place, which stands nowhere else.
        const place = /place ([A-G]\d)/.exec(cable.body.slice(span.start, span.end))?.[1] ?? '?';
        expect(given, `${cable.id} ${String(ordinal)}`).not.toContain(`of place ${place}`);
      }
      if (!showsCable(ceiling, cable)) expect(given).not.toContain(cable.subject ?? '?');
    }
    if (showsCable(ceiling, CABLES[0] ?? { level: 'TS', caveats: [] })) {
      expect(given).toContain('of place A0'); // the test is not blind
    }
  });

  it('is the one without hidden cables, whatever is asked and whatever was stored first', async () => {
    // Their words are those of the shown cables, misspelt ones among them: they must change no order,
    // no count and no correction.
    const hidden = ['harbur harbor', 'minster treaty fish', 'treatie treaty oil river'].map(
      (text, i) => {
        const body = `SUBJECT: ${text.toUpperCase()}\n\n1. (TS) The ${text} of nobody.\n\n2. (TS) The ${text}.\n\n3. (TS) ${text}.\n`;
        const head = { date: `201${String(i)}-01-01`, classification: 'TOP SECRET' };
        return readFields(`1${String(i)}ZAGREB9${String(i)}`, { header: '', body, head }).cable;
      },
    );
    const [first, ...others] = hidden;
    const shown = CABLES.filter(({ level }) => level === 'U' || level === 'SBU' || level === 'C');
    const mixed = [first, ...shown.flatMap((cable, i) => [cable, others[i]])].filter(
      (cable) => cable !== undefined,
    );
    const low: Ceiling = { mark: 'C', classification: 'C', noforn: true };
    const over = async (cables: typeof CABLES): Promise<string> => {
      const generation = await generationOf(cables);
      const view = await createLibrary({ reranker: null, generation, embedder, clock }).libraryFor(
        low,
      );
      const asked = await Promise.all(
        [
          'the harbar of place',
          'the treatiy and the minister',
          'wedding fish river harbor oil',
        ].map(async (question) => [
          await view.ask(question, { limit: 20 }),
          await view.explain(question, {}),
        ]),
      );
      return `${await everything(view)} ${JSON.stringify(asked)}`;
    };
    expect(await over(mixed)).toBe(await over(shown));
  });

  it('tells nothing of what is hidden by where what is shown stands', async () => {
    const cable = (hidden: string) =>
      readFields('09ZAGREB7', {
        header: '',
        body: `SUBJECT: X\n\n1. (S) ${hidden}\n\n2. (U) The harbor was renovated.\n\n3. (U) The fish was sold.\n`,
        head: { date: '2009-01-01', classification: 'SECRET' },
      }).cable;
    const low: Ceiling = { mark: 'U', classification: 'U', noforn: true };
    const answer = async (hidden: string) => {
      const generation = await generationOf([cable(hidden)]);
      const view = await createLibrary({ reranker: null, generation, embedder, clock }).libraryFor(
        low,
      );
      const { vectors } = await view.stats();
      return [await view.ask('the harbor renovated', { limit: 9 }), vectors];
    };
    expect(await answer('XXXXXXXXXXXX')).toEqual(await answer('Zorgon has arrived by train.'));
  });
});
