import { NO_CEILING, type Ceiling } from '../../src/cable/ceiling.js';
import type { Reranker } from '../../src/reranking/reranker.js';
import { createOwnVectors } from '../../src/search/own-vectors.js';
import { createSearch, type Search } from '../../src/search/search.js';
import { MemoryEngine } from './memory-engine.js';
import { cableOf, change, recordFor } from './records.js';
import { createWordEmbedder } from './word-embedder.js';

/** A search over cables in memory, with the word embedder. */
export async function searchOver(
  cables: Readonly<Record<string, readonly string[]>>,
  reranker: Reranker | null = null,
  ceiling: Ceiling = NO_CEILING,
): Promise<Search> {
  const engine = new MemoryEngine();
  const embedder = createWordEmbedder();
  const records = Object.entries(cables).map(([id, texts]) => recordFor(cableOf(id, texts)));
  // By their text alone, so that words decide.
  await change(
    engine,
    (building) => building.put(records),
    embedder,
    ({ sentences }) => embedder.embedPassage('', sentences),
  );
  const corpus = await (await engine.open(embedder)).corpus(ceiling);
  const own = createOwnVectors(embedder, () => 0);
  return createSearch({ reranker, corpus, embedder, own, clock: () => 0 });
}
