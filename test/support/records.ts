import type { ReadPassage } from '../../src/cable/passage.js';
import { readCable } from '../../src/cable/read.js';
import type { Cable } from '../../src/cable/cable.js';
import type { Building, IndexEngine, ModelId, Published } from '../../src/corpus/engine.js';
import { recordOf, type CableRecord } from '../../src/corpus/record.js';
import { packVectors } from '../../src/corpus/packed-vectors.js';
import type { PassageVectors } from '../../src/embedding/embedder.js';
import { readText } from '../../src/sources/text.js';
import { telegram } from './telegram.js';
import { DIMENSION, vectorOf } from '../contracts/vector-index.js';

/** The model of the records made here. */
export const MODEL: ModelId = {
  name: 'none',
  fingerprint: 'none',
  dimension: DIMENSION,
  projection: null,
};

export function cableOf(id: string, paragraphs: readonly string[]): Cable {
  const text = readText(telegram(id, paragraphs));
  if (!text.ok) throw new Error(text.reason);
  const reading = readCable(text.cable);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.cable;
}

/** A cable's record. */
export function recordFor(cable: Cable): CableRecord {
  return recordOf(cable);
}

/** Makes a passage's vectors. */
export type Embedding = (passage: ReadPassage) => Promise<PassageVectors>;

/** Vectors that tell texts of different lengths apart. */
export const byLength: Embedding = ({ sentences }) =>
  Promise.resolve({
    windows: [vectorOf(sentences.join(' ').length)],
    sentences: sentences.map(({ length }) => vectorOf(length)),
  });

/** Changes an index: what `work` puts is published, without vectors. */
export async function changeWords(
  engine: IndexEngine,
  work: (building: Building) => Promise<void>,
  model: ModelId = MODEL,
): Promise<Published> {
  const editor = await engine.lock(model);
  try {
    const building = await editor.begin();
    await work(building);
    return await editor.publish(building, { samples: false });
  } finally {
    await editor.close();
  }
}

/** Gives all that waits its vectors, or so many passages of it, and publishes that. */
export async function embedAll(
  engine: IndexEngine,
  embedding: Embedding = byLength,
  { model = MODEL, most = Number.POSITIVE_INFINITY, anew = false } = {},
): Promise<Published> {
  const work = await engine.embed(model, { anew });
  try {
    const waiting = ((await work.waiting(most)) ?? []).slice(0, most);
    const made = waiting.map(async (each) => {
      return { passage: each.passage, vectors: packVectors(await embedding(each)) };
    });
    await work.put(await Promise.all(made));
    const published = await work.publish();
    if (published === null) throw new Error('changed meanwhile');
    return published;
  } finally {
    await work.close();
  }
}

/** Changes an index: what `work` puts is published, with its vectors. */
export async function change(
  engine: IndexEngine,
  work: (building: Building) => Promise<void>,
  model: ModelId = MODEL,
  embedding: Embedding = byLength,
): Promise<Published> {
  await changeWords(engine, work, model);
  return embedAll(engine, embedding, { model });
}
