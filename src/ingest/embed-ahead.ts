import { passagesOf } from '../cable/passage.js';
import type { Cable } from '../cable/cable.js';
import { recordOf, type CableRecord, type EmbeddedPassage } from '../corpus/record.js';
import { packSentences } from '../corpus/sentence-vectors.js';
import type { Embedder } from '../embedding/embedder.js';

/** Passages that wait for their vectors, so that no worker ever idles and memory stays bounded. */
const PASSAGES_AHEAD = 64;
/** Passages stored in one transaction: what a killed run must do again. */
const PASSAGES_A_BATCH = 64;

interface Pending {
  readonly cable: Cable;
  readonly passages: Promise<EmbeddedPassage[]>;
  readonly count: number;
}

/** Cables whose passages are being embedded, in their order, while the next are read. */
export class EmbedAhead {
  /** Passages embedded so far. */
  embedded = 0;
  readonly #embedder: Embedder;
  readonly #pending: Pending[] = [];
  #ahead = 0;

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
  }

  /** Begins to embed a cable; returns the records that must be stored before the next is taken. */
  async add(cable: Cable): Promise<CableRecord[]> {
    const cut = passagesOf(cable);
    const passages = Promise.all(
      cut.map(async (passage): Promise<EmbeddedPassage> => {
        const { context, sentences } = passage;
        const vectors = await this.#embedder.embedPassage(context, sentences);
        this.embedded++;
        return { passage, windows: vectors.windows, sentences: packSentences(vectors.sentences) };
      }),
    );
    passages.catch(() => undefined); // awaited in #ready, where it is thrown
    this.#pending.push({ cable, passages, count: cut.length });
    this.#ahead += cut.length;
    return this.#ahead < PASSAGES_AHEAD + PASSAGES_A_BATCH ? [] : this.#ready(PASSAGES_AHEAD);
  }

  /** All that is left. */
  rest(): Promise<CableRecord[]> {
    return this.#ready(0);
  }

  /** A cable that waits with the very same body, or null. */
  withBody(body: string): string | null {
    return this.#pending.find(({ cable }) => cable.body === body)?.cable.id ?? null;
  }

  /** The oldest cables, until at most `ahead` passages wait. */
  async #ready(ahead: number): Promise<CableRecord[]> {
    const records: CableRecord[] = [];
    while (this.#ahead > ahead || (ahead === 0 && this.#pending.length > 0)) {
      const next = this.#pending.shift();
      if (next === undefined) break;
      records.push(recordOf(next.cable, await next.passages));
      this.#ahead -= next.count;
    }
    return records;
  }
}
