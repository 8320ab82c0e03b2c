import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check, type Graded } from '../../src/checking/check.js';
import { blocksOf } from '../../src/checking/document.js';
import type { Generation } from '../../src/corpus/engine.js';
import type { Corpus } from '../../src/corpus/corpus.js';
import { EmbeddedEngine } from '../../src/embedded/engine.js';
import { ingest } from '../../src/ingest/ingest.js';
import { listFiles } from '../../src/sources/files.js';
import { readItems } from '../../src/sources/read.js';
import { publicCables } from '../support/public-cables.js';
import { createWordEmbedder } from '../support/word-embedder.js';
import { KINDS, makeCheckSet, type Made } from './check-set.js';

const EACH = 182; // 2,002 of eleven kinds
/** Of the grades of each kind, so many must be right. */
const RIGHT: Readonly<Record<string, number>> = { exact: 0.99, invented: 0.99 };
const OTHERS_RIGHT = 0.97;

describe.skipIf(publicCables === null)('checking quotations of the public cables', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-check-'));
  const embedder = createWordEmbedder();
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
    for (const made of makeCheckSet(cables, EACH, Number(process.env['PILCROW_SEED'] ?? 16))) {
      const { quotations } = await check(corpus, blocksOf(made.text));
      graded.push({ made, got: quotations.find(({ unmarked }) => unmarked === undefined) });
    }
    const table = KINDS.map((kind) => {
      const of = graded.filter(({ made }) => made.kind === kind);
      const right = of.filter(({ made, got }) => got?.grade === made.grade).length;
      return `${kind}: ${right} of ${of.length}`;
    });
    console.log(table.join('\n'));
    for (const { made, got } of graded) {
      if (
        got?.grade !== made.grade ||
        (made.named && !got.differences?.some((each) => each.kind === made.named))
      )
        console.log(made.kind, JSON.stringify(made.text), JSON.stringify(got));
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
    expect(wrong.length / of.length).toBeLessThanOrEqual(1 - (RIGHT[kind] ?? OTHERS_RIGHT));
  });

  it('names every changed number and every dropped negation', () => {
    const missed = graded.filter(
      ({ made, got }) =>
        made.named !== undefined && !got?.differences?.some(({ kind }) => kind === made.named),
    );
    expect(missed.map(({ made }) => made.text)).toEqual([]);
  });
});
