import path from 'node:path';
import { NO_CEILING } from '../cable/ceiling.js';
import { look, type Finding } from '../corpus/check.js';
import type { Check, ModelId } from '../corpus/engine.js';
import { IndexError } from '../errors.js';
import { quoteSpan } from '../quotes/quote.js';
import { EmbeddedCorpus } from './corpus.js';
import { requireWhole } from './files.js';
import { checkModelOf, requireManifest, type Manifest } from './manifest.js';
import { storeDamage } from './sqlite/damage.js';
import { storeParts, type StoreParts } from './sqlite/parts.js';
import { openPublished } from './sqlite/published.js';
import { INGEST_ELSEWHERE } from './sqlite/trouble.js';
import { HnswIndex } from './vectors/hnsw.js';

const EVERYTHING = { ceiling: NO_CEILING, view: null };

/** A vector's similarity with itself, but for rounding. */
const SAME = 0.999;
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
  checks.push((await look('vectors', () => checkVectors(folder, held, parts))).check);
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
    const { cables, paragraphs } = await new EmbeddedCorpus(parts, null, EVERYTHING).stats();
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
  const corpus = new EmbeddedCorpus(parts, null, EVERYTHING);
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

/** Besides the file itself: vectors of the store are found in it, and nothing else is. */
async function checkVectors(
  folder: string,
  { vectors, model, counts }: Manifest,
  parts: StoreParts | null,
): Promise<Finding<null>> {
  await requireWhole(folder, vectors, 'full');
  const graph = await HnswIndex.load(
    path.join(folder, vectors.file),
    model.dimension,
    counts.vectors,
  );
  let tried = 0;
  for (const [key, vector] of parts?.vectors.after(0) ?? []) {
    if (key % Math.max(1, Math.floor(counts.vectors / SAMPLE)) !== 0) continue;
    const found = graph.search(vector, NEIGHBOURS);
    parts?.vectors.owners(found.map((each) => each.key));
    if ((found[0]?.similarity ?? 0) < SAME) {
      throw new IndexError('VECTORS_DIFFER', {
        what: `vector ${key} is not found`,
        todo: 'run pilcrow reindex',
        context: { vector: key },
      });
    }
    tried++;
  }
  return {
    detail: `${counts.vectors} vectors of ${model.dimension} components, ${tried} of them searched for`,
    value: null,
  };
}
