// Measures one search library over paragraphs and vectors that peers.bench.ts has written:
// node --expose-gc run.js PEER FOLDER [INDEX]. Prints one JSON line; runs alone, so that its memory is its own.
import { readFileSync, rmSync, statSync, readdirSync } from 'node:fs';
import path from 'node:path';

const [, , peer, folder, indexFolder] = process.argv;
const DEPTH = 10;

const read = (name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
const passages = read('passages.json');
const questions = read('questions.json');
const dimension = read('dimension.json');
const floats = (name) => {
  const bytes = readFileSync(path.join(folder, name));
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
};
const passageVectors = floats('passages.f32');
const questionVectors = floats('questions.f32');
const vectorOf = (all, row) => Array.from(all.subarray(row * dimension, (row + 1) * dimension));

/** What each peer does: builds an index, gives a search for the rows of the best ten, and its size. */
const PEERS = {
  pilcrow: () => pilcrow(false),
  'pilcrow, second reader': () => pilcrow(true),

  async fts5() {
    const { default: Database } = await import('better-sqlite3');
    const file = path.join(folder, 'fts5.sqlite');
    rmSync(file, { force: true });
    const db = new Database(file);
    db.exec(
      "CREATE VIRTUAL TABLE t USING fts5 (context, text, content = '', tokenize = 'porter unicode61')",
    );
    const insert = db.prepare('INSERT INTO t (rowid, context, text) VALUES (?, ?, ?)');
    db.transaction(() => {
      for (const [row, { context, text }] of passages.entries()) insert.run(row + 1, context, text);
    })();
    const select = db.prepare('SELECT rowid AS r FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?');
    return {
      search: ({ words }) =>
        select.all(words.map((word) => `"${word}"`).join(' OR '), DEPTH).map(({ r }) => r - 1),
      bytes: () => statSync(file).size,
    };
  },

  async minisearch() {
    const { default: MiniSearch } = await import('minisearch');
    const index = new MiniSearch({ fields: ['context', 'text'], idField: 'row' });
    index.addAll(passages.map((each, row) => ({ row, ...each })));
    return {
      search: ({ words }) =>
        index
          .search(words.join(' '), { prefix: false })
          .slice(0, DEPTH)
          .map(({ id }) => id),
      bytes: () => JSON.stringify(index).length,
    };
  },

  async orama() {
    const { create, insertMultiple, save, search } = await import('@orama/orama');
    const db = create({
      schema: { context: 'string', text: 'string', vector: `vector[${dimension}]` },
    });
    const rows = passages.map((each, row) => ({
      id: String(row),
      ...each,
      vector: vectorOf(passageVectors, row),
    }));
    await insertMultiple(db, rows);
    return {
      search: async ({ words }, vector) => {
        const { hits } = await search(db, {
          mode: 'hybrid',
          term: words.join(' '),
          vector: { value: vector, property: 'vector' },
          properties: ['context', 'text'],
          similarity: 0,
          limit: DEPTH,
        });
        return hits.map(({ id }) => Number(id));
      },
      bytes: () => JSON.stringify(save(db)).length,
    };
  },

  'lancedb flat': () => lancedb(false),
  'lancedb hnsw': () => lancedb(true),
};

/** The index is there already; questions' vectors are given, as to all others. */
async function pilcrow(rereads) {
  const dist = new URL('../../../dist/', import.meta.url);
  const { engineOf, openModels } = await import(new URL('open.js', dist));
  const { readConfig } = await import(new URL('config.js', dist));
  const { createOwnVectors } = await import(new URL('search/own-vectors.js', dist));
  const { createSearch } = await import(new URL('search/search.js', dist));
  const config = { ...readConfig(), index: indexFolder };
  const { embedder: own, reranker } = await openModels({
    ...config,
    ...(!rereads && { reranker: null }),
    whenNeeded: true,
  });
  const manifest = JSON.parse(readFileSync(path.join(indexFolder, 'manifest.json'), 'utf8'));
  const files = [manifest.store, manifest.vectors].map(({ file }) => path.join(indexFolder, file));
  const corpus = await (await engineOf(config).open(own)).corpus();
  const wordMeans = floats('word-means.f32');
  const given = new Map(
    questions.map(({ text }, row) => [
      text,
      {
        vector: questionVectors.slice(row * dimension, (row + 1) * dimension),
        wordMean: wordMeans.slice(row * dimension, (row + 1) * dimension),
      },
    ]),
  );
  const embedder = {
    // What a slip is read as has another vector than what was typed.
    embedQuestion: async (text) => given.get(text) ?? (await own.embedQuestion(text)),
    embedPassage: (...passage) => own.embedPassage(...passage),
    words: () => own.words(),
  };
  const clock = () => performance.now();
  const search = createSearch({
    ...{ corpus, embedder, reranker, clock },
    own: createOwnVectors(embedder, clock),
  });
  const rows = new Map(read('keys.json').map((key, row) => [key, row]));
  return {
    // The ranked paragraphs, as the peers give them; quotes and highlights are read for none.
    search: async ({ q }) => {
      const { ranked } = await search.find(q);
      return ranked.slice(0, DEPTH).map(({ passage }) => rows.get(passage.passage) ?? -1);
    },
    bytes: () => files.reduce((sum, file) => sum + statSync(file).size, 0),
    close: async () => {
      await own.close();
      await reranker?.close();
    },
  };
}

async function lancedb(hnsw) {
  const { connect, Index, rerankers } = await import('@lancedb/lancedb');
  const place = path.join(folder, `lancedb-${String(hnsw)}`);
  rmSync(place, { recursive: true, force: true });
  const db = await connect(place);
  const rows = passages.map(({ context, text }, row) => ({
    row,
    text: `${context}\n${text}`,
    vector: vectorOf(passageVectors, row),
  }));
  const table = await db.createTable('passages', rows);
  await table.createIndex('text', { config: Index.fts({ stem: true, removeStopWords: true }) });
  if (hnsw) {
    const config = Index.hnswSq({ distanceType: 'cosine', numPartitions: 1 });
    await table.createIndex('vector', { config });
  }
  const reranker = await rerankers.RRFReranker.create();
  return {
    search: async ({ words }, vector) => {
      const found = await table
        .query()
        .nearestTo(vector)
        .distanceType('cosine')
        .fullTextSearch(words.join(' '))
        .rerank(reranker)
        .select(['row'])
        .limit(DEPTH)
        .toArray();
      return found.map(({ row }) => Number(row));
    },
    bytes: () => sizeOf(place),
  };
}

function sizeOf(place) {
  const stat = statSync(place);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(place).reduce((sum, name) => sum + sizeOf(path.join(place, name)), 0);
}

const settle = async () => {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return process.memoryUsage().rss;
};

const before = await settle();
const started = performance.now();
const { search, bytes, close } = await PEERS[peer]();
const buildSeconds = (performance.now() - started) / 1000;
for (const [row, question] of questions.slice(0, 30).entries())
  await search(question, vectorOf(questionVectors, row));
const times = [];
const answers = [];
for (const [row, question] of questions.entries()) {
  const vector = vectorOf(questionVectors, row);
  const asked = performance.now();
  const rows = await search(question, vector);
  times.push(performance.now() - asked);
  answers.push(rows.slice(0, DEPTH));
}
const after = await settle();
console.log(
  JSON.stringify({ answers, times, buildSeconds, memory: after - before, bytes: bytes() }),
);
await close?.();
