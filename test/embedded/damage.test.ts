import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { readFields } from '../../src/cable/read.js';
import type { Cable } from '../../src/cable/cable.js';
import { IndexError } from '../../src/errors.js';
import { ingest } from '../../src/ingest/ingest.js';
import { EmbeddedEngine } from '../../src/embedded/engine.js';
import { describeFile } from '../../src/embedded/files.js';
import { requireManifest, writeManifest, type Manifest } from '../../src/embedded/manifest.js';
import { vectorStoreFile } from '../../src/embedded/sqlite/vector-store.js';
import { findCable } from '../../src/library/find-cable.js';
import { cite } from '../../src/quotes/citation.js';
import { quotedSpan } from '../../src/quotes/quote.js';
import { createOwnVectors } from '../../src/search/own-vectors.js';
import { createSearch } from '../../src/search/search.js';
import type { SourceItem } from '../../src/sources/source.js';
import { createWordEmbedder } from '../support/word-embedder.js';

/** Large files are opened by their size alone, and only then do the hashes of rows count. */
const LARGE = 256 * 1024 * 1024;
const CABLES = 75;
/** What makes the file large: pages of zeros that nobody reads. */
const FILLER_BYTES = 1024 * 1024;
const FLIPS = 200;
const SEED = 20261126;

const MARKS = ['(U)', '(SBU)', '(C)', '(S//NF)'];
const WORDS =
  'harbor crane minister treaty border judge oil bank river vote snow fish wedding'.split(' ');

function cableOf(n: number): Cable {
  const paragraphs = Array.from({ length: 12 }, (_, i) => {
    const words = Array.from(
      { length: 12 },
      (__, w) => WORDS[(n * 7 + i * 3 + w * w) % WORDS.length],
    );
    return `${String(i + 1)}. ${MARKS[(n + i) % 4] ?? ''} In ${String(n)} the ${words.join(' ')} number ${String(i)}.`;
  });
  const body = `S E C R E T ZAGREB ${String(n).padStart(6, '0')}\n\nTAGS: PREL\nSUBJECT: THE ${String(n)}TH REPORT\n\n${paragraphs.join('\n\n')}\n\nBRADTKE\n`;
  return readFields(`09ZAGREB${String(n)}`, {
    header: 'FM AMEMBASSY ZAGREB',
    body,
    head: { date: '2009-05-01', classification: 'SECRET//NOFORN', origin: 'Embassy Zagreb' },
  }).cable;
}

let folder: string;
let manifest: Manifest;
const truth = new Map<string, Cable>();
const embedder = createWordEmbedder();

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-damage-'));
  for (let n = 1; n <= CABLES; n++) truth.set(`09ZAGREB${String(n)}`, cableOf(n));
  async function* readItems(): AsyncGenerator<SourceItem> {
    for (const { id, header, body } of truth.values()) {
      const head = {
        date: '2009-05-01',
        classification: 'SECRET//NOFORN',
        origin: 'Embassy Zagreb',
      };
      yield await Promise.resolve({
        kind: 'cable' as const,
        file: 'made',
        cable: { id, header, body, head },
      });
    }
  }
  await ingest({
    engine: new EmbeddedEngine(folder),
    embedder,
    files: [{ path: 'made', size: 1 }],
    readItems,
    clock: () => 0,
    progress: () => undefined,
  });
  manifest = await madeLarge(await requireManifest(folder));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Makes an index's store so large that it is opened by its size. */
async function madeLarge(small: Manifest): Promise<Manifest> {
  const database = new Database(path.join(folder, small.store.file));
  database.exec('CREATE TABLE filler (zeros BLOB)');
  const fill = database.prepare('INSERT INTO filler VALUES (zeroblob(?))');
  database.transaction(() => {
    for (let bytes = 0; bytes <= LARGE; bytes += FILLER_BYTES) fill.run(FILLER_BYTES);
  })();
  database.close();
  const store = await describeFile(folder, small.store.file);
  return writeManifest(folder, { ...small, store });
}

/** Uses an index as questions and look-ups do; every quote must be the truth, or an error of ours. */
async function use(): Promise<'as it was' | 'told'> {
  const close: (() => Promise<void>)[] = [];
  try {
    const generation = await new EmbeddedEngine(folder).open(embedder);
    close.push(() => generation.close());
    const own = createOwnVectors(embedder, () => 0);
    const ceiling = { mark: 'SBU', classification: 'U', noforn: false } as const;
    for (const question of ['What of the harbor crane and the treaty?', 'oil bank river 17']) {
      for (const under of [{}, { ceiling }]) {
        const corpus = await generation.corpus('ceiling' in under ? under.ceiling : undefined);
        const search = createSearch({ reranker: null, corpus, embedder, own, clock: () => 0 });
        const { results } = await search.ask(question, { limit: 10 });
        for (const result of results) {
          const cable = truth.get(result.cable);
          const span = cable?.spans[result.ordinal];
          if (cable === undefined || span === undefined) throw new Error('a quote of no cable');
          expect(result.text).toBe(cable.body.slice(span.start, span.end));
          expect(result.citation).toBe(cite(cable, span));
          expect(result.level).toBe(span.level);
          if ('ceiling' in under) expect(['U', 'SBU']).toContain(span.level);
        }
      }
    }
    const corpus = await generation.corpus();
    for (const n of [1, 30, CABLES]) {
      const id = `09ZAGREB${String(n)}`;
      const cable = await findCable(corpus, id);
      expect(cable).toEqual(truth.get(cable.id));
      cable.spans.forEach((span, ordinal) => quotedSpan(cable, ordinal, span));
    }
    for (const { id, subject, classification } of await corpus.summaries('', 999)) {
      expect([subject, classification]).toEqual([
        truth.get(id)?.subject,
        truth.get(id)?.classification,
      ]);
    }
    return 'as it was';
  } catch (error) {
    if (!(error instanceof IndexError)) throw error;
    expect(error.message).toMatch(/; .*(?:run pilcrow|ingest)/);
    return 'told';
  } finally {
    for (const each of close) await each();
  }
}

/** Turns one bit of a file over, and back again. */
function flip(file: string, at: number, bit: number): void {
  const handle = openSync(file, 'r+');
  const byte = Buffer.alloc(1);
  readSync(handle, byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ (1 << bit);
  writeSync(handle, byte, 0, 1, at);
  closeSync(handle);
}

/** Pages of a store that hold more than the filler. */
function pagesThatMatter(file: string): number[] {
  const PAGE = 4096;
  const handle = openSync(file, 'r');
  const page = Buffer.alloc(PAGE);
  const zeros = Buffer.alloc(PAGE - 8); // behind the number of the next page
  const pages: number[] = [];
  const { size } = statSync(file);
  for (let at = 0; at < size; at += PAGE) {
    readSync(handle, page, 0, PAGE, at);
    if (!page.subarray(8).equals(zeros)) pages.push(at);
  }
  closeSync(handle);
  return pages;
}

/** Cuts a file off, and makes it whole again. */
function cut(file: string, at: number): () => void {
  const { size } = statSync(file);
  const rest = Buffer.alloc(size - at);
  const handle = openSync(file, 'r+');
  readSync(handle, rest, 0, rest.length, at);
  ftruncateSync(handle, at);
  closeSync(handle);
  return () => {
    const again = openSync(file, 'r+');
    writeSync(again, rest, 0, rest.length, at);
    closeSync(again);
  };
}

describe('a store of more than 256 MiB', () => {
  it('is used as it is', async () => {
    expect(manifest.store.bytes).toBeGreaterThan(LARGE);
    expect(await use()).toBe('as it was');
  });

  it('gives the truth or tells of its damage, whichever bit of any file is turned over, wherever it is cut', async () => {
    const of = (name: string): string => path.join(folder, name);
    const store = of(manifest.store.file);
    const pages = pagesThatMatter(store);
    const files = {
      graph: of(manifest.vectors.file),
      manifest: of('manifest.json'),
      vectors: vectorStoreFile(folder, manifest.model),
      store,
    };
    const names = Object.keys(files) as (keyof typeof files)[];
    const random = xoroshiro128plus(SEED);
    const below = (most: number): number => uniformInt(random, 0, most - 1);
    const ends = { 'as it was': 0, told: 0 };
    for (let n = 0; n < FLIPS; n++) {
      // Every second time the store: it has the most that can be wrong.
      const name = n % 2 === 0 ? 'store' : (names[below(names.length)] ?? 'store');
      const file = files[name];
      const { size } = statSync(file);
      const isCut = n % 10 === 9;
      const at =
        name === 'store' && !isCut ? (pages[below(pages.length)] ?? 0) + below(4096) : below(size);
      const bit = below(8);
      const mend = isCut
        ? cut(file, at)
        : (): void => {
            flip(file, at, bit);
          };
      if (!isCut) flip(file, at, bit);
      try {
        const end = await use();
        ends[end]++;
        if (name === 'graph' || name === 'manifest') expect(end, `${name} ${at}`).toBe('told');
      } finally {
        mend();
      }
    }
    expect(ends.told).toBeGreaterThan(FLIPS / 5);
    expect(await use()).toBe('as it was');
  });
});
