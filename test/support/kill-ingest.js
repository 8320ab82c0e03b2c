import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers';
import { EmbeddedEngine } from '../../dist/embedded/engine.js';
import { ingest } from '../../dist/ingest/ingest.js';
import { listFiles } from '../../dist/sources/files.js';
import { readItems } from '../../dist/sources/read.js';

/** Ingests a folder into an index with a stand-in for the model, and tells its parent of every step. */
const [cables, index] = process.argv.slice(2);

function vectorOf(text) {
  const bytes = createHash('sha512').update(text).digest();
  const values = Float32Array.from(bytes, (byte) => byte - 127.5);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

const embedder = {
  name: 'hashes',
  fingerprint: 'hashes',
  dimension: 64,
  projection: null,
  embedPassage: (context, sentences) =>
    new Promise((resolve) => {
      const windows = [vectorOf(`${context} ${sentences.join(' ')}`)];
      setImmediate(resolve, { windows, sentences: sentences.map(vectorOf) });
    }),
};
const report = await ingest({
  engine: new EmbeddedEngine(index),
  embedder,
  files: await listFiles([cables]),
  readItems,
  batch: 200,
  clock: () => 0,
  progress: ({ phase }) => process.send(phase),
});
process.send(report);
process.disconnect();
