import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Cable } from '../../src/cable/cable.js';
import { EmbeddedEngine } from '../../src/embedded/engine.js';
import { requireManifest } from '../../src/embedded/manifest.js';
import { VectorStore, vectorStoreFile } from '../../src/embedded/sqlite/vector-store.js';
import { passageContent } from '../../src/corpus/record.js';
import { passagesOf } from '../../src/cable/passage.js';
import { ROOT, temporaryFolder } from '../support/files.js';
import { telegram } from '../support/telegram.js';

/** As many as are asked for; docs/scaling.md tells of a run of 300. */
const KILLS = Number(process.env['PILCROW_KILLS'] ?? 30);
const CABLES = 200;
const SEED = 20261127;
/** Steps that a run is let take before it is killed, at most: of cables, and of passages. */
const STEPS = { cables: 190, vectors: 250 } as const;
type Phase = keyof typeof STEPS;

const report = z.object({
  cables: z.object({ added: z.number(), unchanged: z.number() }),
  vectors: z.object({ waiting: z.number() }),
});

/** Runs an ingest in a process of its own, and kills it behind so many steps of a phase; what it reports, or null. */
async function run(
  cables: string,
  index: string,
  kill?: { readonly phase: Phase; readonly steps: number },
): Promise<unknown> {
  const child = fork(path.join(ROOT, 'test', 'support', 'kill-ingest.js'), [cables, index]);
  let steps = 0;
  let told: unknown = null;
  child.on('message', (message) => {
    if (message !== 'cables' && message !== 'vectors') told = message;
    else if (message === kill?.phase && ++steps === kill.steps) child.kill('SIGKILL');
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal === 'SIGKILL') return null;
  expect(code).toBe(0);
  return told;
}

/** All that an index holds: every cable with its spans, and the vectors of every passage. */
async function contentsOf(
  index: string,
): Promise<{ readonly cables: Cable[]; readonly vectors: unknown[] }> {
  const { model, counts } = await requireManifest(index);
  const generation = await new EmbeddedEngine(index).open({ ...model, projection: null });
  const corpus = await generation.corpus();
  const cables = await corpus.cables(await corpus.ids());
  const kept = VectorStore.toRead(vectorStoreFile(index, model));
  const vectors: unknown[] = [];
  for (const content of cables.flatMap((cable) => passagesOf(cable)).map(passageContent)) {
    const { windows, sentences } = kept?.of([content]).get(content) ?? {};
    vectors.push([content, windows, sentences]);
  }
  expect(counts).toMatchObject({ passages: vectors.length, embedded: vectors.length });
  expect((await corpus.stats()).vectors.embedded).toBe(vectors.length);
  kept?.close();
  await generation.close();
  return { cables, vectors };
}

it(`killed ${String(KILLS)} times at any moment, an ingest ends as if it had never been`, async () => {
  const cables = temporaryFolder();
  for (let n = 1; n <= CABLES; n++) {
    const paragraphs = Array.from(
      { length: 8 },
      (_, p) => `Text ${String(p)} of ${String(n)}. So.`,
    );
    writeFileSync(
      path.join(cables, `${String(n)}.txt`),
      telegram(`07MADRID${String(n)}`, paragraphs),
    );
  }
  const random = xoroshiro128plus(SEED);
  const index = path.join(temporaryFolder(), 'index');
  let killed = 0;
  let rounds = 0;
  while (killed < KILLS) {
    // A third of them while words are stored; the rest, or when they are, while vectors are.
    const phase: Phase = killed < KILLS / 3 ? 'cables' : 'vectors';
    const steps = uniformInt(random, 1, STEPS[phase]);
    const target = rounds === 0 ? index : `${index}-${String(rounds)}`;
    if ((await run(cables, target, { phase, steps })) === null) killed++;
    else rounds++; // it came to its end: another index is begun
  }
  const target = rounds === 0 ? index : `${index}-${String(rounds)}`;
  const told = report.parse(await run(cables, target));
  expect(told.cables.added + told.cables.unchanged).toBe(CABLES);
  expect(told.vectors.waiting).toBe(0);
  const uninterrupted = path.join(temporaryFolder(), 'index');
  await run(cables, uninterrupted);
  expect(await contentsOf(target)).toEqual(await contentsOf(uninterrupted));
  const checks = await new EmbeddedEngine(target).examine({
    ...(await requireManifest(target)).model,
    projection: null,
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});
