import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check, type Graded } from '../../src/checking/check.js';
import { blocksOf } from '../../src/checking/document.js';
import type { Generation } from '../../src/corpus/engine.js';
import type { Corpus } from '../../src/corpus/corpus.js';
import { NO_CEILING } from '../../src/cable/ceiling.js';
import { masked, namePlaces } from '../../src/cable/masks.js';
import { sentencesOf } from '../../src/cable/sentences.js';
import { readCatalogue } from '../../src/library/catalogue.js';
import { findQuote, findWords } from '../../src/library/exact-words.js';
import { redact } from '../../src/library/shown-cable.js';
import { verify } from '../../src/library/verify.js';
import { quotedSpan } from '../../src/quotes/quote.js';
import { readReceipt } from '../../src/quotes/receipt.js';
import { EmbeddedEngine } from '../../src/embedded/engine.js';
import { ingest } from '../../src/ingest/ingest.js';
import { listFiles } from '../../src/sources/files.js';
import { readItems } from '../../src/sources/read.js';
import { publicCables } from '../support/public-cables.js';
import { createHash } from 'node:crypto';
import type { Embedder } from '../../src/embedding/embedder.js';
import { KINDS, makeCheckSet, type Made } from './check-set.js';

const EACH = 182; // 2,002 of eleven kinds
const A_TEXT = 2002;
/** Vectors that tell nothing: quotations are found without them. */
const vectorOf = (text: string): Float32Array =>
  new Float32Array(
    createHash('sha1')
      .update(text)
      .digest()
      .subarray(0, 4)
      .map((byte) => byte + 1),
  ).map((value) => value / 300);
const embedder: Embedder = {
  name: 'nothing',
  fingerprint: 'nothing',
  dimension: 4,
  projection: null,
  embedQuestion: (question) =>
    Promise.resolve({ vector: vectorOf(question), wordMean: vectorOf(question) }),
  embedPassage: (context, sentences) =>
    Promise.resolve({ windows: [vectorOf(context)], sentences: sentences.map(vectorOf) }),
  words: () => Promise.resolve(new Set()),
  close: () => Promise.resolve(),
};

/** Of the grades of each kind, so many must be right. */
const RIGHT: Readonly<Record<string, number>> = { exact: 0.99, invented: 0.99 };
const OTHERS_RIGHT = 0.97;

describe.skipIf(publicCables === null)('checking quotations of the public cables', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-check-'));
  let generation: Generation;
  let corpus: Corpus;
  const graded: { readonly made: Made; readonly got: Graded | undefined }[] = [];

  beforeAll(async () => {
    const engine = new EmbeddedEngine(folder);
    await ingest({
      ...{ engine, embedder, readItems, clock: () => 0, progress: () => undefined },
      files: await listFiles([publicCables ?? '']),
    });
    generation = await engine.open(embedder);
    corpus = await generation.corpus();
    const cables = await corpus.cables(await corpus.ids());
    const all = makeCheckSet(cables, EACH, 16);
    // A hundred in one text: each cable is read once for it.
    for (let from = 0; from < all.length; from += A_TEXT) {
      const some = all.slice(from, from + A_TEXT);
      const { quotations } = await check(
        corpus,
        blocksOf(some.map(({ text }) => text).join('\n\n')),
      );
      const marked = quotations.filter(({ unmarked }) => unmarked === undefined);
      expect(marked).toHaveLength(some.length);
      for (const [at, made] of some.entries()) graded.push({ made, got: marked[at] });
    }
  });
  afterAll(async () => {
    await generation.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(KINDS)('grades what is %s as what it is', (kind) => {
    const of = graded.filter(({ made }) => made.kind === kind);
    const wrong = of.filter(({ made, got }) => got?.grade !== made.grade);
    expect(of).toHaveLength(EACH);
    const most = Math.floor(of.length * (1 - (RIGHT[kind] ?? OTHERS_RIGHT)));
    // What is graded wrong stands in the message.
    expect(wrong.length > most ? wrong : []).toEqual([]);
  });

  it.each([
    // What an ellipsis hides turns it round, or stands in whole sentences.
    ['“servicemen … killing Spanish TV cameraman Jose Couso” (07MADRID520)', 'altered', 'word'],
    [
      '“for years both the US and Israel have … bomb[ed] its nuclear sites” (09STATE120288)',
      'altered',
      'word',
    ],
    [
      '“thus avoiding elections that likely would bring Nawaz Sharif to power. [...] We do believe Kayani was laying down a clear marker” (09ISLAMABAD516)',
      'exact',
      null,
    ],
    // Of places that are as good the one nearest to the rest.
    [
      "“The ROYG … has largely ignored USG concerns regarding deployment of the CTU to Sa'ada” (09SANAA2230)",
      'exact',
      null,
    ],
    // A name in brackets for a pronoun.
    [
      '“after graduating from the Leningrad Financial-Economic Institute in 1987, [Svetlana] worked for several years” (08MOSCOW2306)',
      'exact',
      null,
    ],
    // A mark of a redaction, brackets and an ellipsis that turn it round.
    [
      '“[redacted] action has been taken to carry out this request.” (09KABUL4150)',
      'altered',
      'negation',
    ],
    ['“A [dis]loyal, founding member of United Russia” (10MOSCOW317)', 'altered', 'negation'],
    ['“He ... wanted to go to Cuba” (07MADRID545)', 'altered', 'word'],
    ['“It is ... certain that Angela Merkel will retain” (09BERLIN1176)', 'altered', 'word'],
    // A negation that is dropped behind the first word.
    ['“Mangal deals openly in illicit activity” (08ABUJA320)', 'altered', 'negation'],
    // A point and a sign before a number.
    [
      '“potentially dramatic (to about 85% of GDP) cuts in the defense budget” (05ROME3585)',
      'altered',
      'number',
    ],
    // What is put in, with letters that make another word.
    [
      '“It is [only 50% likely and un]crucial that Russia not transfer the S-300 system” (09LONDON2214)',
      'altered',
      'number',
    ],
    // A few words without a "not", of no cable that is named.
    ['“The FMA admitted it did know what the payment was.”', 'altered', 'negation'],
    // A number and a mark before a name that was taken out, a possessive of one, a stamp behind a few words.
    [
      '“¶3. (C) XXXXXXXXXXXX, further stressed the lack of quantitative middle class growth” (09MOSCOW821 ¶3)',
      'exact',
      null,
    ],
    [
      '“¶3. (S) XXXXXXXXXXXX, further stressed the lack of quantitative middle class growth” (09MOSCOW821 ¶3)',
      'altered',
      'name',
    ],
    [
      '“Mabahith had no information regarding XXXXXXXXXXXX’s financial contributions” (10RIYADH61)',
      'exact',
      null,
    ],
    // A pronoun that is dropped, also where the name was taken out.
    [
      '“three were planning to go fight in Iraq and four suspected of recruitment and fundraising” (05PARIS479)',
      'altered',
      'word',
    ],
    // A mark of a redaction over more than the name, and brackets that turn round.
    [
      '“Separately, [name removed] suffering from cancer, but was hypertensive and borderline diabetic.” (09TRIPOLI475)',
      'altered',
      'negation',
    ],
    [
      '“Sandomingo [falsely] acknowledged that he did not see much evidence of substantial policy shifts in Cuba” (07MADRID545)',
      'altered',
      'word',
    ],
    // What an editor puts in around it, and says of it.
    [
      '“[Mr. Sandomingo] acknowledged that he did not see much evidence of substantial policy shifts [since 1959]” (07MADRID545 ¶2)',
      'exact',
      null,
    ],
    [
      '“Sandomingo acknowledged that he did not see much evidence of (sic) substantial policy shifts in Cuba (my emphasis)” (07MADRID545 ¶2)',
      'exact',
      null,
    ],
    ['“earns him a certain amount of slack from [Putin]” (10MOSCOW317)', 'altered', 'name'],
    // An ellipsis that hides doubt, and a number of which a part is left out.
    [
      '“As noted in ref C, we … the change in relative prices brought about by the devaluation will be sufficient to stimulate local production” (10CARACAS69)',
      'altered',
      'word',
    ],
    ['“The study would cost $10 to $11” (08MADRID685, ¶16)', 'altered', 'number'],
    // One word changed where other cables have the words before it.
    [
      '“On all of these issues did Zuma make a statement.” (09PRETORIA2263, ¶5)',
      'altered',
      'negation',
    ],
    // Without marks, one word changed at the end of a sentence, at its beginning, and in its midst.
    [
      'William Hague and DCM, accompanied by Hague’s Senior Advisor Arminka Helic and Poloff Kirsten Schulz, met in Hague’s House of Commons office March 13.',
      'altered',
      'number',
    ],
    [
      "The cable says: On October 16, 2004, the Financial Action Task Force (FATF) issued its fourth warning of the serious threat posed by Iran's lack of a sufficient anti-money laundering and counterterrorist financing regime.",
      'altered',
      'number',
    ],
    [
      'While the issue of the Estatut did worry all Spaniards, enough were concerned that government approval ratings began to fall.',
      'altered',
      'negation',
    ],
    // What somebody writes around a quotation in what is set off is no part of it.
    [
      '> I read that "Sandomingo acknowledged that he did not see much evidence of substantial policy shifts in Cuba" (07MADRID545 ¶2) yesterday',
      'exact',
      null,
    ],
    [
      '> Moratinos announced that Spain would break all of its relations with Cuba within days, and that "policy shifts in Cuba" were no longer expected by anybody in Madrid (07MADRID545)',
      'not-found',
      null,
    ],
    // In no summary, in no such paragraph.
    [
      '“Sandomingo acknowledged that he did not see much evidence of substantial policy shifts in Cuba” (07MADRID545 #5)',
      'misattributed',
      null,
    ],
    [
      '“It is crucial that Russia not transfer the S-300 system to Iran” (09LONDON2214, summary)',
      'misattributed',
      null,
    ],
    // Idioms are nobody's.
    ['It has “a sense of humour” and “the power of love”.', 'not-found', null],
    // The title in a note, and then the paragraph.
    [
      'Embassy Paris, “French MFA Readout on August 23 Tehran Visit by Elysee Adviser Richier and MFA DAS Gellet,” 07PARIS3668, ¶5.',
      'exact',
      null,
    ],
  ])('grades %s as %s', async (text, grade, kind) => {
    const { quotations } = await check(corpus, blocksOf(text));
    expect(quotations[0]?.grade).toBe(grade);
    expect(quotations[0]?.differences?.[0]?.kind ?? null).toBe(kind);
  });

  it('names every changed number and every dropped negation', () => {
    const missed = graded.filter(
      ({ made, got }) =>
        made.named !== undefined && !got?.differences?.some(({ kind }) => kind === made.named),
    );
    expect(missed.map(({ made }) => made.text)).toEqual([]);
  });

  it('checks fifty thousand words by looking up, and says nothing of a cable above the ceiling', async () => {
    const cables = await corpus.cables(await corpus.ids());
    const secret = cables.find(({ level }) => level === 'S');
    const span = secret?.spans.find(({ kind, level }) => kind === 'paragraph' && level === 'S');
    const text = secret?.body.slice(span?.start, span?.end).replace(/["“”]/g, '') ?? '';
    const low = await generation.corpus({ classification: 'SBU', mark: 'SBU', noforn: true });
    const under = await check(low, blocksOf(`They wrote “${text}” (${secret?.id ?? ''})`));
    expect(under.quotations.map(({ grade }) => grade)).toEqual(['not-found']);
    expect(JSON.stringify(under.quotations[0]?.nearest ?? null)).not.toContain(secret?.id);
    const all = await check(corpus, blocksOf(`They wrote “${text}” (${secret?.id ?? ''})`));
    expect(all.quotations.map(({ grade }) => grade)).toEqual(['exact']);
  });

  describe('names that cables ask to protect', () => {
    it('leave by nothing that a corpus gives where they are masked', async () => {
      const hiding = await generation.corpus({ ...NO_CEILING, masked: true });
      const cables = (await hiding.cables(await hiding.ids())).filter(
        ({ protectedNames }) => protectedNames.length > 0,
      );
      expect(cables.length).toBeGreaterThanOrEqual(20);
      for (const cable of cables) {
        const { id, body, spans, protectedNames: names } = cable;
        const shown = redact(cable, hiding.ceiling);
        const quotes = spans.map((span, ordinal) =>
          quotedSpan(cable, ordinal, span, hiding.ceiling),
        );
        const receipts = quotes.flatMap(({ receipt }) => readReceipt(receipt) ?? []);
        const verified = await Promise.all(receipts.map((receipt) => verify(hiding, receipt)));
        expect(verified.every(({ state }) => state === 'holds')).toBe(true);
        const own = body.replace(/["“”]/g, "'").slice(0, 4000);
        const { quotations } = await check(hiding, blocksOf(`“${own}”`));
        const found = await findQuote(hiding, body.slice(0, 1500), 10);
        for (const name of names.slice(0, 2)) {
          const words = await findWords(hiding, `"${name}"`, { filters: {}, from: 0, limit: 50 });
          expect(words.page.filter(({ cable: of }) => of === id)).toEqual([]);
        }
        // What somebody has written themselves is theirs.
        const given = quotations.map(({ text: _, differences = [], ...rest }) => [
          rest,
          differences.map(({ ours }) => ours),
        ]);
        const all = JSON.stringify([shown, quotes, verified, given, found]);
        for (const name of names) {
          const plain = new RegExp(
            String.raw`(?<!\p{L})${name.replace(/\s+/g, String.raw`\s+`)}(?!\p{L})`,
            'u',
          );
          expect(plain.test(all), `${name} of ${id}`).toBe(false);
        }
      }
    });

    it('are told by no grade: a right guess is graded as a wrong one is', async () => {
      const hiding = await generation.corpus({ ...NO_CEILING, masked: true });
      const { masking } = await readCatalogue(corpus);
      const ids = await hiding.ids();
      for (const { id, body, spans, protectedNames: names } of await hiding.cables(ids)) {
        const [name] = names;
        if (name === undefined) continue;
        const texts = spans
          .filter(({ kind }) => kind === 'paragraph')
          .flatMap(({ start, end }) => sentencesOf(body.slice(start, end)))
          .map((text) => text.replace(/\s+/g, ' '))
          .filter((text) => namePlaces(text, names).length === 1 && !/["“”]/.test(text));
        for (const text of texts.slice(0, 3)) {
          const [[from, to] = [0, 0]] = namePlaces(text, names);
          const graded = async (guess: string) => {
            const [before, behind] = [text.slice(0, from), text.slice(to)];
            // The sentence with its cable, and a few words around the name with nothing.
            const few = [
              ...before.split(' ').filter(Boolean).slice(-3),
              guess,
              ...behind.split(' ').filter(Boolean).slice(0, 3),
            ].join(' ');
            const asked = `“${before}${guess}${behind}” (${id})\n\nAnd they said “${few}”.`;
            const { quotations } = await check(hiding, blocksOf(asked), masking);
            return quotations.map(({ text: _, nearest, ...rest }) => ({
              ...rest,
              near: nearest?.receipt,
            }));
          };
          // Another name of as many words.
          const other = text.slice(from, to).replace(/[\p{L}\p{M}]+/gu, 'Zebedee');
          const [right, wrong] = [await graded(text.slice(from, to)), await graded(other)];
          const plain = JSON.stringify(right).replaceAll(text.slice(from, to), other);
          expect(JSON.parse(plain)).toEqual(wrong);
        }
      }
    });

    it('are masked where it asks for it, and nothing else is', async () => {
      const cables = await corpus.cables(await corpus.ids());
      const named = cables
        .filter(({ protectedNames }) => protectedNames.length > 0)
        .map(({ id, body, protectedNames }) => `${id} ${masked(body, protectedNames).masks}`);
      // As they were read: every request in the 776 cables that names somebody, and how often the name stands there.
      expect(named).toMatchInlineSnapshot(`
        [
          "05PARIS1699 19",
          "05PARIS3118 18",
          "05PARIS479 4",
          "06MADRID1914 3",
          "07MADRID173 3",
          "07MADRID545 27",
          "07PARIS3956 5",
          "08CARACAS1390 7",
          "08LAGOS368 18",
          "08LONDON1001 3",
          "08MUNICH423 3",
          "08STATE93970 2",
          "08TUNIS679 1",
          "09BUENOSAIRES641 17",
          "09CARACAS1181 4",
          "09ISTANBUL440 3",
          "09LONDON2222 6",
          "09LONDON956 4",
          "09UNVIEVIENNA553 54",
          "09ZAGREB694 3",
          "10CARACAS163 10",
        ]
      `);
    });
  });
});
