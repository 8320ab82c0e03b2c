import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/embedding/embedder.js';
import { EmbeddedEngine } from '../../src/embedded/engine.js';
import { fileDamage } from '../../src/embedded/files.js';
import { readManifest, requireManifest } from '../../src/embedded/manifest.js';
import { storeDamage } from '../../src/embedded/sqlite/damage.js';
import { storeParts, type StoreParts } from '../../src/embedded/sqlite/parts.js';
import { contentsOf } from '../../src/embedded/sqlite/passage-vectors.js';
import { openPublished } from '../../src/embedded/sqlite/published.js';
import { VectorStore, vectorStoreFile } from '../../src/embedded/sqlite/vector-store.js';
import { labelOf, passageOf } from '../../src/embedded/vectors/labels.js';
import { unpackWindows } from '../../src/corpus/packed-vectors.js';
import { ExactIndex } from '../support/exact-index.js';
import { HnswIndex } from '../../src/embedded/vectors/hnsw.js';
import { IndexError } from '../../src/errors.js';
import { embedWaiting } from '../../src/ingest/embed.js';
import { ingest, type IngestJob } from '../../src/ingest/ingest.js';
import { Connection } from '../../src/sqlite/connection.js';
import { Stopped, type IngestReport } from '../../src/ingest/report.js';
import { listFiles } from '../../src/sources/files.js';
import { readItems } from '../../src/sources/read.js';
import { temporaryFolder } from '../support/files.js';
import { dumpRow, jsonLine } from '../support/formats.js';
import { readAll } from '../support/public-cables.js';
import { telegram } from '../support/telegram.js';
import { createWordEmbedder } from '../support/word-embedder.js';

interface Bench {
  readonly cables: string;
  readonly index: string;
  readonly write: (id: string, paragraphs: readonly string[], name?: string) => void;
  readonly run: (embedder?: Embedder, extra?: Partial<IngestJob>) => Promise<IngestReport>;
}

function bench(): Bench {
  const cables = temporaryFolder();
  const index = path.join(temporaryFolder(), 'index');
  return {
    cables,
    index,
    write: (id, paragraphs, name = id) => {
      writeFileSync(path.join(cables, `${name}.txt`), telegram(id, paragraphs));
    },
    run: async (embedder = createWordEmbedder(), extra = {}) =>
      ingest({
        engine: new EmbeddedEngine(index),
        embedder,
        files: await listFiles([cables]),
        readItems,
        clock: () => 0,
        progress: () => undefined,
        ...extra,
      }),
  };
}

/** The passages of an index with the vectors of their windows, as they are kept. */
function keptWindows(
  parts: StoreParts,
  kept: VectorStore,
  dimension: number,
): Map<number, Float32Array[]> {
  const keys = parts.connection.values(z.number(), 'SELECT key FROM passage ORDER BY key');
  const contents = contentsOf(parts.connection, keys);
  const vectors = kept.of([...contents.values()]);
  return new Map(
    keys.map((key) => {
      const windows = vectors.get(contents.get(key) ?? '')?.windows ?? new Int8Array();
      return [key, unpackWindows(windows, dimension)];
    }),
  );
}

/** Looks at all of an index: every passage is found by each of its vectors, and nothing else is. */
async function whole(index: string): Promise<void> {
  const manifest = await requireManifest(index);
  const { model, counts } = manifest;
  expect(await fileDamage(index, manifest.store, 'full')).toBeNull();
  expect(await fileDamage(index, manifest.vectors, 'full')).toBeNull();
  const store = storeParts(openPublished(path.join(index, manifest.store.file)));
  const kept = VectorStore.open(vectorStoreFile(index, model));
  const file = path.join(index, manifest.vectors.file);
  const graph = await HnswIndex.load(file, { ...model, projection: null }, counts.vectors);
  const windows = keptWindows(store, kept, model.dimension);
  expect(counts).toMatchObject({ passages: windows.size, embedded: windows.size });
  for (const vectors of windows.values()) {
    expect(vectors.length).toBeGreaterThan(0);
    for (const vector of vectors) {
      expect(graph.search(vector, 1)[0]?.similarity).toBeCloseTo(1, 3);
    }
  }
  const all = graph.search(new Float32Array(model.dimension).fill(0.1), counts.vectors);
  expect(new Set(all.map(({ key }) => passageOf(key)))).toEqual(new Set(windows.keys()));
  expect(storeDamage(store)).toBeNull();
  expect(kept.examine().damaged).toEqual([]);
  kept.close();
  store.connection.close();
}

/** Share of the ten nearest, by exact search, that the graph finds, over every vector as a question. */
async function recallAt10(index: string): Promise<number> {
  const { model, counts, ...manifest } = await requireManifest(index);
  const { dimension } = model;
  const store = storeParts(openPublished(path.join(index, manifest.store.file)));
  const kept = VectorStore.open(vectorStoreFile(index, model));
  const file = path.join(index, manifest.vectors.file);
  const graph = await HnswIndex.load(file, { dimension, projection: null }, counts.vectors);
  const exact = new ExactIndex(dimension);
  const windows = keptWindows(store, kept, dimension);
  for (const [passage, vectors] of windows) {
    for (const [i, vector] of vectors.entries()) exact.add(labelOf(passage, i), vector);
  }
  let met = 0;
  const all = [...windows.values()].flat();
  for (const vector of all) {
    const wanted = exact.search(vector, 10);
    const last = wanted.at(-1)?.similarity ?? 0;
    const found = graph.search(vector, 10);
    expect(found.every(({ key }) => windows.has(passageOf(key)))).toBe(true);
    // One as near as the tenth is as good.
    met += found.filter(({ similarity }) => similarity >= last - 1e-5).length / wanted.length;
  }
  kept.close();
  store.connection.close();
  return met / all.length;
}

describe('ingest', () => {
  it('keeps the graph as good as exact search after a third of the cables was replaced', async () => {
    const { run, write, index } = bench();
    const words = 'oil talks judge wedding border missile fish bank treaty snow river vote'.split(
      ' ',
    );
    const text = (n: number): string =>
      Array.from({ length: 9 }, (_, i) => words[(n * (i + 3) + i * i) % words.length] ?? '').join(
        ' ',
      ) + ` ${String(n)}.`;
    const cable = (id: number, from: number): void => {
      write(
        `07MADRID${String(id)}`,
        Array.from({ length: 12 }, (_, i) => text(from + i)),
      );
    };
    for (let id = 1; id <= 60; id++) cable(id, id * 100);
    await run();
    expect(await recallAt10(index)).toBeGreaterThanOrEqual(0.99);
    // A sixth keeps the graph and marks what is gone; a third builds it anew.
    for (const [first, last] of [
      [1, 10],
      [1, 20],
    ] as const) {
      for (let id = first; id <= last; id++) cable(id, id * 1000 + last);
      expect((await run()).cables.replaced).toBe(last);
      expect(await recallAt10(index)).toBeGreaterThanOrEqual(0.99);
    }
    await whole(index);
  });

  it('adds what is new, and running it again changes nothing', async () => {
    const { run, write, index } = bench();
    write('07MADRID1', ['One.', 'Two.']);
    write('07MADRID2', ['Three.']);
    expect(await run()).toMatchObject({ cables: { added: 2, unchanged: 0 }, paragraphs: 3 });
    const before = await readManifest(index);
    const embedder = createWordEmbedder();
    expect(await run(embedder)).toMatchObject({
      cables: { added: 0, unchanged: 2 },
      paragraphs: 3,
    });
    expect(await readManifest(index)).toEqual(before);
    expect(embedder.embedded).toBe(0);
    await whole(index);
  });

  it('replaces a cable whose text has changed, and embeds that one alone', async () => {
    const { run, write, index } = bench();
    for (let n = 1; n <= 12; n++) write(`07MADRID${String(n)}`, [`Paragraph ${String(n)}.`]);
    await run();
    write('07MADRID2', ['Three has changed.', 'And grown.']);
    const embedder = createWordEmbedder();
    expect(await run(embedder)).toMatchObject({
      cables: { added: 0, unchanged: 11, replaced: 1 },
      paragraphs: 13,
    });
    expect(embedder.embedded).toBe(2);
    await whole(index);
  });

  it('builds the graph anew where much was replaced', async () => {
    const { run, write, index } = bench();
    for (let n = 1; n <= 9; n++) write(`07MADRID${String(n)}`, [`Paragraph ${String(n)}.`]);
    await run();
    for (let n = 1; n <= 6; n++) write(`07MADRID${String(n)}`, [`Other text ${String(n)}.`]);
    expect(await run()).toMatchObject({ cables: { replaced: 6, unchanged: 3 } });
    await whole(index);
  });

  it('sets aside what it cannot read, says why, and goes on', async () => {
    const { run, write, cables } = bench();
    write('07MADRID1', ['One.']);
    writeFileSync(path.join(cables, 'a.bin'), Uint8Array.from([1, 0, 2]));
    writeFileSync(path.join(cables, 'b.txt'), 'No cable at all.');
    const report = await run();
    expect(report.cables).toEqual({ added: 1, unchanged: 0, replaced: 0, setAside: 2 });
    expect(report.setAside.map(({ file }) => path.basename(file))).toEqual(['a.bin', 'b.txt']);
    expect(report.setAside.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('binary'),
      expect.stringContaining('no cable'),
    ]);
  });

  it('keeps the first of two texts with one id, and names the other; doing so again changes nothing', async () => {
    const { run, write } = bench();
    write('07MADRID1', ['One.'], 'a');
    write('07MADRID1', ['Two.'], 'b');
    write('07MADRID1', ['One.'], 'c');
    expect((await run()).cables).toEqual({ added: 1, unchanged: 1, replaced: 0, setAside: 1 });
    const again = await run();
    expect(again.cables).toEqual({ added: 0, unchanged: 2, replaced: 0, setAside: 1 });
    expect(again.setAside[0]?.reason).toMatch(/stands in .*a\.txt already, with another text/);
  });

  it('tells of every replacement with both hashes', async () => {
    const { run, write } = bench();
    write('07MADRID1', ['One.']);
    expect((await run()).replaced).toEqual([]);
    write('07MADRID1', ['Two.']);
    const [replaced] = (await run()).replaced;
    expect(replaced?.id).toBe('07MADRID1');
    expect(path.basename(replaced?.file ?? '')).toBe('07MADRID1.txt');
    expect(replaced?.before).toMatch(/^[0-9a-f]{64}$/);
    expect(replaced?.after).toMatch(/^[0-9a-f]{64}$/);
    expect(replaced?.after).not.toBe(replaced?.before);
    expect((await run()).replaced).toEqual([]);
  });

  it('tells of a text that stands under two ids, and of a body that names another cable', async () => {
    const { run, cables } = bench();
    const text = telegram('07MADRID1', ['One.']);
    writeFileSync(path.join(cables, 'a.txt'), text);
    writeFileSync(path.join(cables, 'b.txt'), text.replace('07MADRID1', '07LISBON9'));
    const report = await run();
    expect(report.cables).toMatchObject({ added: 2, setAside: 0 });
    expect(report.sameText).toMatchObject([{ id: '07LISBON9', as: '07MADRID1' }]);
    expect(report.otherBody).toMatchObject([{ id: '07LISBON9', body: 'MADRID1' }]);
    // Of the texts that are stored already nothing new is told, of the wrong body always.
    const again = await run();
    expect(again.sameText).toEqual([]);
    expect(again.otherBody).toHaveLength(1);
  });

  it('finds the same text among those of an earlier run', async () => {
    const { run, cables } = bench();
    const text = telegram('07MADRID1', ['One.']);
    writeFileSync(path.join(cables, 'a.txt'), text);
    await run();
    writeFileSync(path.join(cables, 'b.txt'), text.replace('07MADRID1', '07MADRID7'));
    expect((await run()).sameText).toMatchObject([{ id: '07MADRID7', as: '07MADRID1' }]);
  });

  it('takes the same cable for unchanged in whatever format it comes', async () => {
    const { run, cables } = bench();
    writeFileSync(path.join(cables, 'a.txt'), telegram('07MADRID1', ['One.']));
    await run();
    const [read] = await readAll(path.join(cables, 'a.txt'));
    if (read === undefined) throw new Error('no cable');
    writeFileSync(path.join(cables, 'b.csv'), dumpRow(read.cable, 1));
    writeFileSync(path.join(cables, 'c.jsonl'), jsonLine(read.cable));
    expect((await run()).cables).toEqual({ added: 0, unchanged: 3, replaced: 0, setAside: 0 });
  });

  it('sets aside half a character, which no store can hold, and takes posts a letter apart for two', async () => {
    const { run, cables } = bench();
    const body = 'UNCLAS X 12\\n\\n1. (U) Text.';
    const half = `{"id":"07MADRID1","body":"1. (U) \\ud83d"}`;
    const two = ['08KINGSTON12', '08KINGSTOWN12'].map(
      (id) => `{"id":"${id}","body":"${body}${id}"}`,
    );
    writeFileSync(path.join(cables, 'a.jsonl'), [half, ...two].join('\n'));
    const report = await run();
    expect(report.cables).toEqual({ added: 2, unchanged: 0, replaced: 0, setAside: 1 });
    expect(report.setAside[0]?.reason).toContain('half a character');
  });

  it('names file, line, reason and start of a row that it sets aside, and tells how far it is in bytes', async () => {
    const { run, cables } = bench();
    writeFileSync(path.join(cables, 'c.csv'), `"1","2007-03-14","x"\n`);
    writeFileSync(path.join(cables, 'd.txt'), telegram('07MADRID1', ['One.']));
    const done: number[] = [];
    const report = await run(undefined, {
      progress: (progress) => {
        if (progress.phase === 'cables') done.push(progress.done / progress.total);
      },
    });
    expect(report.setAside).toMatchObject([
      {
        line: 1,
        reason: expect.stringContaining('row 1: 3 columns') as string,
        start: '1,2007-03-14,x',
      },
    ]);
    expect(done.at(-1)).toBe(1);
    expect(done).toEqual([...done].sort((a, b) => a - b));
  });

  it('makes no index of nothing', async () => {
    const { run, index } = bench();
    expect(await run()).toMatchObject({ cables: { added: 0 }, paragraphs: 0 });
    expect(await readManifest(index)).toBeNull();
  });

  it('shows nothing of a run that failed, and goes on with it in the next', async () => {
    const { run, write, index } = bench();
    write('07MADRID1', ['One.']);
    await run();
    const before = await readManifest(index);
    const many = Array.from({ length: 300 }, (_, n) => `Paragraph number ${String(n)}.`);
    for (const n of [2, 3, 4, 5, 6]) write(`07MADRID${String(n)}`, many);
    const failing: Partial<IngestJob> = {
      async *readItems(file, options) {
        if (file.endsWith('6.txt')) throw new Error('power cut');
        yield* readItems(file, options);
      },
    };
    await expect(run(undefined, failing)).rejects.toThrow('power cut');
    expect(await readManifest(index)).toEqual(before);
    const read: string[] = [];
    const watching: Partial<IngestJob> = {
      async *readItems(file, options) {
        read.push(path.basename(file));
        yield* readItems(file, options);
      },
    };
    const report = await run(undefined, watching);
    expect(report).toMatchObject({ paragraphs: 1501, cables: { added: 5 } });
    await whole(index);
    expect(readdirSync(index).sort()).toEqual([
      'cables-3.sqlite',
      'embed-lock',
      'lock',
      'manifest.json',
      'vectors-4.hnsw',
      'vectors-of-words.sqlite',
    ]);
  });

  it('shows the words where the vectors fail, keeps those that were made, and makes the rest in the next', async () => {
    const { run, write, index } = bench();
    for (let n = 1; n <= 300; n++) write(`07MADRID${String(n)}`, [`Paragraph ${String(n)}.`]);
    const words = createWordEmbedder();
    const failing: Embedder = {
      ...words,
      embedPassage: (context, sentences) =>
        words.embedded === 200
          ? Promise.reject(new Error('power cut'))
          : words.embedPassage(context, sentences),
    };
    await expect(run(failing)).rejects.toThrow('power cut');
    expect(await readManifest(index)).toMatchObject({
      counts: { cables: 300, passages: 300, embedded: 0 },
    });
    const rest = createWordEmbedder();
    const { vectors } = await run(rest);
    expect(vectors.waiting).toBe(0);
    // What was being made when it failed is made again: two batches.
    expect(vectors.kept).toBeGreaterThanOrEqual(64);
    expect(vectors.embedded).toBe(300 - vectors.kept);
    expect(rest.embedded).toBe(vectors.embedded);
    await whole(index);
  });

  it('leaves the vectors to pilcrow embed where it is told to', async () => {
    const { run, write, index } = bench();
    write('07MADRID1', ['One.', 'Two.']);
    const words = createWordEmbedder();
    const report = await run(words, { wordsOnly: true });
    expect(report.vectors).toEqual({ embedded: 0, kept: 0, waiting: 2 });
    const engine = new EmbeddedEngine(index);
    const job = { engine, embedder: words, progress: () => undefined };
    expect(await embedWaiting(job)).toEqual({ embedded: 2, kept: 0, waiting: 0 });
    expect(await embedWaiting(job)).toEqual({ embedded: 0, kept: 0, waiting: 0 });
    expect(words.embedded).toBe(2);
    await whole(index);
  });

  it('begins again where the index changes while its vectors are made, and makes none twice', async () => {
    const { run, write, index } = bench();
    write('07MADRID1', ['One.', 'Two.']);
    const words = createWordEmbedder();
    await run(words, { wordsOnly: true });
    let isFirst = true;
    const embedder: Embedder = {
      ...words,
      async embedPassage(context, sentences) {
        if (isFirst) {
          isFirst = false;
          write('07MADRID2', ['Three.']);
          // Its own vectors are made by whoever is at it.
          const { vectors } = await run();
          expect(vectors).toEqual({ embedded: 0, kept: 0, waiting: 3 });
        }
        return words.embedPassage(context, sentences);
      },
    };
    const engine = new EmbeddedEngine(index);
    const report = await embedWaiting({ engine, embedder, progress: () => undefined });
    expect(report).toEqual({ embedded: 3, kept: 0, waiting: 0 });
    expect(words.embedded).toBe(3);
    await whole(index);
  });

  it('makes damaged vectors anew, and those of a file that cannot be read', async () => {
    const { run, write, index } = bench();
    write('07MADRID1', ['One.', 'Two.', 'Three.']);
    await run();
    const file = vectorStoreFile(index, createWordEmbedder());
    const engine = new EmbeddedEngine(index);
    const job = { engine, embedder: createWordEmbedder(), progress: () => undefined };
    const damaging = Connection.open(file, (_, cause) => cause as Error, {});
    damaging.exec('UPDATE embedding SET windows = zeroblob(length(windows)) WHERE key = 2');
    damaging.close();
    const unwell = (await engine.examine(null)).find(({ ok }) => !ok);
    expect(unwell).toMatchObject({ name: 'vectors', todo: 'run pilcrow embed --anew' });
    expect(await embedWaiting({ ...job, anew: true })).toMatchObject({ embedded: 1, kept: 2 });
    await whole(index);
    writeFileSync(file, 'no database');
    // Words answer until they are made again, and it is told.
    const generation = await engine.open(job.embedder);
    const { vectors } = (await generation.corpus()).overview;
    expect(vectors).toEqual({ passages: 3, embedded: 0 });
    await generation.close();
    expect((await engine.examine(job.embedder)).find(({ ok }) => !ok)?.todo).toBe(
      'run pilcrow embed --anew',
    );
    expect(await embedWaiting({ ...job, anew: true })).toMatchObject({ embedded: 3, kept: 0 });
    await whole(index);
  });

  it('shows no graph that is built anew before it leads to as much as the one before', async () => {
    const { run, write, index } = bench();
    const fill = (n: number, what: string): void => {
      const paragraphs = Array.from(
        { length: 100 },
        (_, i) => `${what} ${String(i)} of ${String(n)}.`,
      );
      write(`07MADRID${String(n)}`, paragraphs);
    };
    for (let n = 100; n < 130; n++) fill(n, 'Paragraph');
    await run();
    // So much is replaced that the graph is built anew, of more than is linked at once.
    for (let n = 121; n < 130; n++) fill(n, 'Another');
    await run(undefined, { wordsOnly: true });
    const stop = new AbortController();
    stop.abort();
    const engine = new EmbeddedEngine(index);
    const job = { engine, embedder: createWordEmbedder(), progress: () => undefined };
    await expect(embedWaiting({ ...job, signal: stop.signal })).rejects.toThrow(Stopped);
    expect((await requireManifest(index)).counts.embedded).toBe(2100);
    const report = await embedWaiting(job);
    expect(report.waiting).toBe(0);
    await whole(index);
  });

  it('finds what an ingest has finished that was killed then, also after vectors were published', async () => {
    const { run, write, index } = bench();
    write('07MADRID1', ['One.']);
    await run(undefined, { wordsOnly: true });
    write('07MADRID2', ['Two.']);
    mkdirSync(path.join(index, 'manifest.json.new')); // the manifest cannot be written
    await expect(run()).rejects.toThrow();
    rmSync(path.join(index, 'manifest.json.new'), { recursive: true });
    const engine = new EmbeddedEngine(index);
    await embedWaiting({ engine, embedder: createWordEmbedder(), progress: () => undefined });
    const read: string[] = [];
    const { cables } = await run(undefined, {
      async *readItems(file, options) {
        read.push(path.basename(file));
        yield* readItems(file, options);
      },
    });
    expect(cables).toMatchObject({ added: 1, unchanged: 1 });
    await whole(index);
    expect(readdirSync(index).filter((name) => /^cables-/.test(name))).toHaveLength(1);
  });

  it('stops between two cables when asked to, and keeps what is done', async () => {
    const { run, write, index } = bench();
    for (let n = 1; n <= 5; n++) write(`07MADRID${String(n)}`, [`Paragraph ${String(n)}.`]);
    const stop = new AbortController();
    let cables = 0;
    const progress: IngestJob['progress'] = () => {
      cables++;
      if (cables === 3) stop.abort();
    };
    const stopped = run(createWordEmbedder(), { signal: stop.signal, progress });
    await expect(stopped).rejects.toThrow(Stopped);
    expect(await readManifest(index)).toBeNull();
    // What is new to whoever asks counts, whichever run has read it.
    expect(await run()).toMatchObject({ cables: { added: 5, unchanged: 0 } });
    await whole(index);
  });

  it('stops between two batches of vectors when asked to, and publishes those that were made', async () => {
    const { run, write, index } = bench();
    for (let n = 1; n <= 200; n++) write(`07MADRID${String(n)}`, [`Paragraph ${String(n)}.`]);
    const stop = new AbortController();
    const progress: IngestJob['progress'] = ({ phase }) => {
      if (phase === 'vectors') stop.abort();
    };
    const stopped = run(createWordEmbedder(), { signal: stop.signal, progress });
    const error: unknown = await stopped.catch((cause: unknown) => cause);
    const { counts } = await requireManifest(index);
    // What was done about the cables is told all the same.
    expect(error).toBeInstanceOf(Stopped);
    expect(error).toMatchObject({
      report: { cables: { added: 200 }, vectors: { waiting: 200 - counts.embedded } },
    });
    expect(counts.embedded).toBeGreaterThan(0);
    expect(counts.embedded).toBeLessThan(200);
    const report = await run();
    expect(report.vectors).toEqual({ embedded: 200 - counts.embedded, kept: 0, waiting: 0 });
    await whole(index);
  });

  it('killed at the last moment, before the manifest, loses nothing and keeps nothing that was replaced', async () => {
    const { run, write, index } = bench();
    for (let n = 1; n <= 20; n++) write(`07MADRID${String(n)}`, [`Paragraph ${String(n)}.`]);
    await run();
    write('07MADRID3', ['Another text.']);
    mkdirSync(path.join(index, 'manifest.json.new')); // the manifest cannot be written
    await expect(run()).rejects.toThrow();
    rmSync(path.join(index, 'manifest.json.new'), { recursive: true });
    expect((await readManifest(index))?.generation).toBe(2);
    const embedder = createWordEmbedder();
    expect(await run(embedder)).toMatchObject({
      cables: { unchanged: 19, replaced: 1 },
      paragraphs: 20,
    });
    expect(embedder.embedded).toBe(1);
    expect((await readManifest(index))?.generation).toBe(4);
    await whole(index);
  });

  it('says what of other files a stopped run had taken in, when the next run publishes it', async () => {
    const { run, write, cables, index } = bench();
    write('07MADRID1', ['One.']);
    await run();
    const others = [2, 3, 4].map((n) => `07MADRID${String(n)}`);
    for (const id of others) write(id, [`Paragraph of ${id}.`]);
    write('07MADRID1', ['One has changed.']);
    const stop = new AbortController();
    let taken = 0;
    const progress: IngestJob['progress'] = () => {
      if (++taken === 3) stop.abort();
    };
    await expect(run(createWordEmbedder(), { signal: stop.signal, progress })).rejects.toThrow();
    for (const id of ['07MADRID1', ...others]) rmSync(path.join(cables, `${id}.txt`));
    write('07PARIS9', ['Another file.']);
    const report = await run();
    expect(report.cables).toMatchObject({ added: 1, unchanged: 0, replaced: 0 });
    expect(report.stopped).toEqual({ state: 'continued', added: 2, replaced: 1 });
    expect((await run()).stopped).toBeNull();
    await whole(index);
  });

  it('begins a copy anew that a stopped run left damaged, and never publishes it', async () => {
    const { run, write, index } = bench();
    write('07MADRID1', ['One.']);
    await run();
    for (let n = 2; n <= 9; n++) write(`07MADRID${String(n)}`, [`Paragraph ${String(n)}.`]);
    const stop = new AbortController();
    let taken = 0;
    const progress: IngestJob['progress'] = () => {
      if (++taken === 6) stop.abort();
    };
    const stopped = run(createWordEmbedder(), { signal: stop.signal, progress });
    await expect(stopped).rejects.toThrow(Stopped);
    const copy = path.join(index, 'building.sqlite');
    const bytes = readFileSync(copy);
    // SQLite may have more copies of a page than the one that counts.
    for (
      let at = bytes.indexOf('Embassy Madrid');
      at >= 0;
      at = bytes.indexOf('Embassy Madrid', at)
    ) {
      bytes.write('Embassy Xadrid', at);
    }
    writeFileSync(copy, bytes);
    const report = await run();
    expect(report.stopped).toEqual({ state: 'damaged' });
    expect(report.cables).toMatchObject({ added: 8, unchanged: 1 });
    await whole(index);
    writeFileSync(copy, 'no database');
    write('07MADRID10', ['Ten.']);
    expect((await run()).stopped).toEqual({ state: 'damaged' });
    await whole(index);
  });

  it('keeps the generation before until the new one has been opened', async () => {
    const { run, write, index } = bench();
    write('07MADRID1', ['One.']);
    await run();
    const before = await readManifest(index);
    write('07MADRID2', ['Two.']);
    // What nobody expects: a log that lies beside the store as soon as it has its name.
    const planting: IngestJob['progress'] = () => {
      mkdirSync(path.join(index, 'cables-3.sqlite-shm', 'x'), { recursive: true });
    };
    await expect(run(createWordEmbedder(), { progress: planting })).rejects.toThrow();
    expect(await readManifest(index)).toEqual(before);
    rmSync(path.join(index, 'cables-3.sqlite-shm'), { recursive: true });
    await whole(index);
    expect((await run()).cables).toMatchObject({ added: 1, unchanged: 1 });
    await whole(index);
  });

  it('leaves the samples out when the reader’s own cables come, unless they are to stay', async () => {
    const { run, write, index, cables } = bench();
    write('07MADRID1', ['A sample.']);
    await run(createWordEmbedder(), { samples: true });
    expect((await readManifest(index))?.samples).toBe(true);
    rmSync(path.join(cables, '07MADRID1.txt'));
    write('07PARIS2', ['One of my own.']);
    const report = await run(createWordEmbedder(), { keepSamples: false });
    expect(report).toMatchObject({ cables: { added: 1 }, paragraphs: 1 });
    expect((await readManifest(index))?.samples).toBeUndefined();
    await whole(index);
    write('07PARIS3', ['Another of my own.']);
    expect(await run(createWordEmbedder(), { keepSamples: false })).toMatchObject({
      paragraphs: 2,
    });
  });

  it('takes a cable of an impossible day in without it, and says so', async () => {
    const { run, cables, index } = bench();
    const line = (id: string, date: string): string =>
      JSON.stringify({ id, date, body: `UNCLAS ZAGREB 1\n\n1. (U) The season was good.\n` });
    const days = ['2010-99-99', '2009-02-30', '0000-00-00', '2008-02-29'];
    const lines = days.map((day, n) => line(`09ZAGREB70${String(n)}`, day));
    writeFileSync(path.join(cables, 'a.jsonl'), lines.join('\n'));
    const report = await run();
    expect(report.cables.added).toBe(4);
    expect(report.wrongDates).toMatchObject([
      { id: '09ZAGREB700', line: 1, date: '2010-99-99' },
      { id: '09ZAGREB701', line: 2, date: '2009-02-30' },
      { id: '09ZAGREB702', line: 3, date: '0000-00-00' },
    ]);
    const generation = await new EmbeddedEngine(index).open(null);
    expect((await generation.corpus()).overview.lastDate).toBe('2008-02-29');
    await generation.close();
  });

  it('lets one run at a time change an index', async () => {
    const { run, write } = bench();
    write('07MADRID1', ['One.']);
    const words = createWordEmbedder();
    const second = { error: '' };
    const slow: Partial<IngestJob> = {
      async *readItems(file, options) {
        await run().catch((error: unknown) => {
          second.error = String(error);
        });
        yield* readItems(file, options);
      },
    };
    expect(await run(words, slow)).toMatchObject({ cables: { added: 1 } });
    expect(second.error).toMatch(/another process is changing the index/);
    expect((await run()).cables.unchanged).toBe(1);
  });

  it('does not build on a damaged store', async () => {
    const { run, write, index } = bench();
    write('07MADRID1', ['One.']);
    await run();
    const file = path.join(index, 'cables-1.sqlite');
    const bytes = readFileSync(file);
    bytes.write('Embassy Xadrid', bytes.indexOf('Embassy Madrid'));
    writeFileSync(file, bytes);
    write('07MADRID2', ['Two.']);
    await expect(run()).rejects.toThrow(/damaged/);
  });

  it('refuses an index of another model', async () => {
    const { run, write } = bench();
    write('07MADRID1', ['One.']);
    await run();
    await expect(run(createWordEmbedder('other'))).rejects.toThrow(IndexError);
  });

  it('gives the same cable the same content, whatever file it stands in', async () => {
    const { run, write, cables } = bench();
    write('07MADRID1', ['One.']);
    await run();
    writeFileSync(path.join(cables, '07MADRID1.txt'), `\ufeff${telegram('07MADRID1', ['One.'])}`);
    expect((await run()).cables).toMatchObject({ unchanged: 1, replaced: 0 });
  });
});
