import path from 'node:path';
import { z } from 'zod';
import { NO_CEILING } from '../cable/ceiling.js';
import { look, type Finding } from '../corpus/check.js';
import type { Check, ModelId } from '../corpus/engine.js';
import { checkModelOf } from '../corpus/check-model.js';
import { unpackWindows } from '../corpus/packed-vectors.js';
import { IndexError } from '../errors.js';
import { quoteSpan } from '../quotes/quote.js';
import { EmbeddedCorpus } from './corpus.js';
import { requireWhole } from './files.js';
import { requireManifest, type Manifest } from './manifest.js';
import { storeDamage } from './sqlite/damage.js';
import { storeParts, type StoreParts } from './sqlite/parts.js';
import { openPublished } from './sqlite/published.js';
import { INGEST_ELSEWHERE } from './sqlite/trouble.js';
import { contentsOf } from './sqlite/passage-vectors.js';
import { VectorStore, vectorStoreFile } from './sqlite/vector-store.js';
import { HnswIndex } from './vectors/hnsw.js';
import { labelOf, MOST_WINDOWS, passageOf } from './vectors/labels.js';

/** Look-ups of everything. */
const EVERYTHING = { ceiling: NO_CEILING, view: null, linked: null, embedded: 0 };

/** Neighbours looked at of each vector tried. */
const NEIGHBOURS = 20;
/** Cables whose quotes are all tried, and vectors searched for. */
const SAMPLE = 200;

/** Looks at an index folder: manifest, store, quotes and graph. Changes nothing. */
export async function examineFolder(folder: string, model: ModelId | null): Promise<Check[]> {
  const manifest = await look('manifest', () => checkManifest(folder, model));
  const { value: held } = manifest;
  if (held === null) return [manifest.check];
  const store = await look('store', () => checkStore(folder, held));
  const { value: parts } = store;
  const checks = [manifest.check, store.check];
  if (parts !== null) checks.push((await look('quotes', () => checkQuotes(parts))).check);
  checks.push((await look('vectors', () => checkVectors(folder, held, { parts, model }))).check);
  parts?.connection.close();
  return checks;
}

async function checkManifest(folder: string, model: ModelId | null): Promise<Finding<Manifest>> {
  const manifest = await requireManifest(folder);
  if (model !== null) checkModelOf(manifest, model, folder);
  const { cables, paragraphs, vectors } = manifest.counts;
  return {
    detail: `${folder}: generation ${manifest.generation}, ${cables} cables, ${paragraphs} paragraphs, ${vectors} vectors`,
    value: manifest,
  };
}

async function checkStore(
  folder: string,
  { store, counts }: Manifest,
): Promise<Finding<StoreParts>> {
  await requireWhole(folder, store, 'full');
  const parts = storeParts(openPublished(path.join(folder, store.file)));
  try {
    const damage = storeDamage(parts);
    const { cables, paragraphs } = await new EmbeddedCorpus(parts, EVERYTHING).stats();
    if (damage !== null || cables !== counts.cables || paragraphs !== counts.paragraphs) {
      throw new IndexError('STORE_DAMAGED', {
        what: damage ?? 'the counts differ from the manifest',
        todo: INGEST_ELSEWHERE,
      });
    }
  } catch (error) {
    parts.connection.close();
    throw error;
  }
  return {
    detail: `whole: sha256, pages, and the hash of every cable and span agree`,
    value: parts,
  };
}

async function checkQuotes(parts: StoreParts): Promise<Finding<null>> {
  const corpus = new EmbeddedCorpus(parts, EVERYTHING);
  const ids = await corpus.ids();
  const step = Math.max(1, Math.floor(ids.length / SAMPLE));
  const tried = ids.filter((_, index) => index % step === 0);
  let quotes = 0;
  for (const id of tried) {
    for (const cable of await corpus.cables([id])) {
      let end = 0;
      for (const span of cable.spans) {
        if (span.start !== end) throw brokenSpans(id);
        quoteSpan(cable, span);
        end = span.end;
        quotes++;
      }
      if (end !== cable.body.length) throw brokenSpans(id);
    }
  }
  return {
    detail: `${quotes} quotes of ${tried.length} cables have their exact place`,
    value: null,
  };
}

function brokenSpans(id: string): IndexError {
  return new IndexError('SPANS_BROKEN', {
    what: `the spans of ${id} do not cover its body`,
    todo: 'ingest it again',
    context: { id },
  });
}

/** Besides the files themselves: vectors that are kept are found in the graph, and lead to their passages. */
async function checkVectors(
  folder: string,
  { vectors, model: own, counts }: Manifest,
  { parts, model }: { readonly parts: StoreParts | null; readonly model: ModelId | null },
): Promise<Finding<null>> {
  const kept = VectorStore.toRead(vectorStoreFile(folder, own));
  try {
    const { rows, damaged } = kept?.examine() ?? { rows: 0, damaged: [] };
    if (damaged.length > 0) {
      throw new IndexError('VECTORS_DAMAGED', {
        what: `${damaged.length} of ${rows} vectors that are kept are damaged`,
        todo: 'run pilcrow embed --anew',
        context: { vectors: damaged.length },
      });
    }
    await requireWhole(folder, vectors, 'full');
    const tried =
      parts === null || model === null
        ? 0
        : checkGraph(
            parts,
            kept,
            await HnswIndex.load(path.join(folder, vectors.file), model, counts.vectors),
          );
    const { passages, embedded } = counts;
    return {
      detail:
        `${embedded} of ${passages} paragraphs have their vectors, of ${own.dimension} components; ` +
        `${tried} of them searched for` +
        (embedded < passages ? '; pilcrow embed makes the rest' : ''),
      value: null,
    };
  } finally {
    kept?.close();
  }
}

/** Searches a graph for some of its passages; returns how many. */
function checkGraph(parts: StoreParts, kept: VectorStore | null, graph: HnswIndex): number {
  const { connection } = parts;
  const held = (passage: number): boolean =>
    connection.value(z.number(), 'SELECT count(*) FROM passage WHERE key = ?', passage) === 1;
  const linked = graph
    .keys()
    .filter((label) => label % MOST_WINDOWS === 0 && held(passageOf(label)))
    .map(passageOf);
  const step = Math.max(1, Math.floor(linked.length / SAMPLE));
  const tried = linked.filter((_, i) => i % step === 0);
  const contents = contentsOf(connection, tried);
  for (const [passage, content] of contents) {
    const windows = kept?.of([content]).get(content)?.windows;
    const [vector] = windows === undefined ? [] : unpackWindows(windows, graph.dimension);
    const found = vector === undefined ? [] : graph.search(vector, NEIGHBOURS);
    const isWell =
      vector !== undefined &&
      graph.holds(labelOf(passage, 0), vector) &&
      found.length > 0 &&
      found.every(({ key }) => held(passageOf(key)));
    if (!isWell) {
      throw new IndexError('VECTORS_DIFFER', {
        what: `the vector of passage ${passage} is not found as it is kept`,
        todo: 'run pilcrow embed --anew',
        context: { passage },
      });
    }
  }
  return tried.length;
}
