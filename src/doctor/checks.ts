import path from 'node:path';
import type { Config } from '../config.js';
import { openLocalEmbedder } from '../embedding/local.js';
import { agreementOf, isNearEnough, type Agreement } from '../embedding/reference.js';
import { EXIT, messageOf, PilcrowError } from '../errors.js';
import { quoteSpan } from '../quotes/quote.js';
import {
  checkCompatible,
  requireManifest,
  requireWhole,
  type Manifest,
} from '../store/manifest.js';
import { openStore, type SqliteStore } from '../store/sqlite.js';
import { INGEST_ELSEWHERE } from '../store/trouble.js';
import { HnswIndex } from '../vectors/hnsw.js';

/** One part that was looked at: whether it is well, what was seen, and what to do if it is not. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly todo: string | null;
}

/** A vector's similarity with itself, but for rounding. */
const SAME = 0.999;
/** Neighbours looked at of each vector tried. */
const NEIGHBOURS = 20;
/** Cables whose quotes are all tried, and vectors searched for. */
const SAMPLE = 200;
const OLDEST_NODE = [20, 20];
/** A Discord bot's token: its id, a time and a signature, in three parts. */
const TOKEN_SHAPE = /^[\w-]{18,}\.[\w-]{6,}\.[\w-]{27,}$/;

/** Looks at every part an answer depends on. Reads the whole index; changes nothing. */
export async function examine(config: Config, nodeVersion: string): Promise<Check[]> {
  const checks: Check[] = [checkNode(nodeVersion), checkToken(config.discord.token)];
  const model = await attempt('model', () => checkModelWorks(config));
  checks.push(model.check);
  const manifest = await attempt('manifest', () => checkManifest(config, model.value));
  checks.push(manifest.check);
  if (manifest.value === null) return checks;
  const store = await attempt('store', () => checkStore(config, manifest.value));
  checks.push(store.check);
  if (store.value !== null) {
    checks.push((await attempt('quotes', () => Promise.resolve(checkQuotes(store.value)))).check);
  }
  const vectors = await attempt('vectors', () => checkVectors(config, manifest.value, store.value));
  checks.push(vectors.check);
  store.value?.close();
  return checks;
}

interface Attempt<T> {
  readonly check: Check;
  readonly value: T | null;
}

interface Finding<T> {
  readonly detail: string;
  readonly value: T;
}

/** An error's message says what to do behind its last semicolon. */
async function attempt<T>(name: string, work: () => Promise<Finding<T>>): Promise<Attempt<T>> {
  try {
    const { detail, value } = await work();
    return { check: { name, ok: true, detail, todo: null }, value };
  } catch (error) {
    const message = messageOf(error);
    const cut = error instanceof PilcrowError ? message.lastIndexOf('; ') : -1;
    const detail = cut < 0 ? message : message.slice(0, cut);
    const todo = cut < 0 ? 'run the command again with --debug' : message.slice(cut + 2);
    return { check: { name, ok: false, detail, todo }, value: null };
  }
}

function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  const ok = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  const todo = ok ? null : `install Node ${OLDEST_NODE.join('.')} or later`;
  return { name: 'node', ok, detail: `Node ${version}`, todo };
}

function checkToken(token: string | null): Check {
  const name = 'discord token';
  if (token === null) return { name, ok: true, detail: 'not set: the chat needs none', todo: null };
  const ok = TOKEN_SHAPE.test(token);
  return {
    name,
    ok,
    detail: ok ? 'set, and has a token’s shape' : 'set, but has not a token’s shape',
    todo: ok
      ? null
      : 'copy the bot’s token anew from the Discord developer portal into DISCORD_TOKEN',
  };
}

async function checkModelWorks(config: Config): Promise<Finding<Manifest['model']>> {
  const embedder = await openLocalEmbedder(config.model, 1);
  try {
    const { name, dimension, fingerprint } = embedder;
    const { vector } = await embedder.embedQuestion('Who met whom?');
    const length = Math.hypot(...vector);
    if (vector.length !== dimension || Math.abs(length - 1) > 1e-3) {
      throw new Error(
        `gives vectors of ${vector.length} components and length ${length.toFixed(3)}`,
      );
    }
    const agreement = await agreementOf(embedder, config.model);
    if (agreement !== null && !isNearEnough(agreement)) {
      throw new PilcrowError(
        'VECTORS_OFF',
        `on this processor the model’s vectors are off its reference (${agreementTold(agreement)}); ` +
          'index and ask on another machine, and report the processor',
        EXIT.index,
      );
    }
    return {
      detail:
        `${name}: files match their sha256, vectors of ${dimension} components, ` +
        (agreement === null ? 'no reference to compare with' : agreementTold(agreement)),
      value: { name, dimension, fingerprint },
    };
  } finally {
    await embedder.close();
  }
}

function agreementTold({ texts, lowest, mean }: Agreement): string {
  return `${texts} reference texts agree to ${lowest.toFixed(4)} or better, ${mean.toFixed(4)} in the mean`;
}

async function checkManifest(
  config: Config,
  model: Manifest['model'] | null,
): Promise<Finding<Manifest>> {
  const manifest = await requireManifest(config.index);
  if (model !== null) checkCompatible(manifest, model, config.index);
  const { cables, paragraphs, vectors } = manifest.counts;
  return {
    detail: `${config.index}: generation ${manifest.generation}, ${cables} cables, ${paragraphs} paragraphs, ${vectors} vectors`,
    value: manifest,
  };
}

async function checkStore(
  config: Config,
  manifest: Manifest | null,
): Promise<Finding<SqliteStore>> {
  if (manifest === null) throw new Error('no manifest');
  await requireWhole(config.index, manifest.store, 'full');
  const store = openStore(path.join(config.index, manifest.store.file));
  const damage = store.damage();
  const { cables, paragraphs } = store.stats();
  if (
    damage !== null ||
    cables !== manifest.counts.cables ||
    paragraphs !== manifest.counts.paragraphs
  ) {
    store.close();
    throw new PilcrowError(
      'STORE_DAMAGED',
      `${damage ?? 'the counts differ from the manifest'}; ${INGEST_ELSEWHERE}`,
      EXIT.index,
    );
  }
  return {
    detail: `whole: sha256, pages, and the hash of every cable and span agree`,
    value: store,
  };
}

function checkQuotes(store: SqliteStore | null): Finding<null> {
  if (store === null) throw new Error('no store');
  const ids = store.ids();
  const step = Math.max(1, Math.floor(ids.length / SAMPLE));
  let quotes = 0;
  for (let i = 0; i < ids.length; i += step) {
    const cable = store.cable(ids[i] ?? '');
    let end = 0;
    for (const span of cable?.spans ?? []) {
      if (cable === null || span.start !== end) {
        throw new PilcrowError(
          'SPANS_BROKEN',
          `the spans of ${ids[i] ?? ''} do not cover its body; ingest it again`,
          EXIT.index,
        );
      }
      quoteSpan(cable, span);
      end = span.end;
      quotes++;
    }
    if (cable !== null && end !== cable.body.length) {
      throw new PilcrowError(
        'SPANS_BROKEN',
        `the spans of ${cable.id} do not cover its body; ingest it again`,
        EXIT.index,
      );
    }
  }
  return {
    detail: `${quotes} quotes of ${Math.ceil(ids.length / step)} cables have their exact place`,
    value: null,
  };
}

/** Besides the file itself: vectors of the store are found in it, and nothing else is. */
async function checkVectors(
  config: Config,
  manifest: Manifest | null,
  store: SqliteStore | null,
): Promise<Finding<null>> {
  if (manifest === null) throw new Error('no manifest');
  const { vectors, model, counts } = manifest;
  await requireWhole(config.index, vectors, 'full');
  const index = await HnswIndex.load(
    path.join(config.index, vectors.file),
    model.dimension,
    counts.vectors,
  );
  let tried = 0;
  for (const [key, vector] of store?.vectorsAfter(0) ?? []) {
    if (key % Math.max(1, Math.floor(counts.vectors / SAMPLE)) !== 0) continue;
    const found = index.search(vector, NEIGHBOURS);
    store?.passagesOfVectors(found.map((each) => each.key));
    if ((found[0]?.similarity ?? 0) < SAME) {
      throw new PilcrowError(
        'VECTORS_DIFFER',
        `vector ${key} is not found; run pilcrow reindex`,
        EXIT.index,
      );
    }
    tried++;
  }
  return {
    detail: `${counts.vectors} vectors of ${model.dimension} components, ${tried} of them searched for`,
    value: null,
  };
}
