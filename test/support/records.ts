import { passagesOf } from '../../src/cable/passage.js';
import { readCable } from '../../src/cable/read.js';
import type { Cable } from '../../src/cable/cable.js';
import type { Building, IndexEngine, ModelId, Published } from '../../src/corpus/engine.js';
import { recordOf, type CableRecord } from '../../src/corpus/record.js';
import { packSentences } from '../../src/corpus/sentence-vectors.js';
import type { Embedder } from '../../src/embedding/embedder.js';
import { readText } from '../../src/sources/text.js';
import { telegram } from './telegram.js';
import { DIMENSION, vectorOf } from '../contracts/vector-index.js';

/** The model of the records made here. */
export const MODEL: ModelId = { name: 'none', fingerprint: 'none', dimension: DIMENSION };

export function cableOf(id: string, paragraphs: readonly string[]): Cable {
  const text = readText(telegram(id, paragraphs));
  if (!text.ok) throw new Error(text.reason);
  const reading = readCable(text.cable);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.cable;
}

/** A cable's record with vectors that tell texts of different lengths apart. */
export function recordFor(cable: Cable): CableRecord {
  return recordOf(
    cable,
    passagesOf(cable).map((passage) => ({
      passage,
      windows: [vectorOf(passage.text.length)],
      sentences: packSentences(passage.sentences.map(({ length }) => vectorOf(length))),
    })),
  );
}

/** The same with an embedder's vectors; `context` as it is embedded, or none. */
export async function embeddedRecord(
  cable: Cable,
  embedder: Embedder,
  withContext = true,
): Promise<CableRecord> {
  const embedded = passagesOf(cable).map(async (passage) => {
    const context = withContext ? passage.context : '';
    const { windows, sentences } = await embedder.embedPassage(context, passage.sentences);
    return { passage, windows, sentences: packSentences(sentences) };
  });
  return recordOf(cable, await Promise.all(embedded));
}

/** Changes an index: what `work` puts is published. */
export async function change(
  engine: IndexEngine,
  work: (building: Building) => Promise<void>,
  model: ModelId = MODEL,
): Promise<Published> {
  const editor = await engine.lock(model);
  try {
    const building = await editor.begin();
    await work(building);
    return await editor.publish(building, { progress: () => undefined, samples: false });
  } finally {
    await editor.close();
  }
}
