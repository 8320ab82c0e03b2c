import { wordsOf } from '../cable/terms.js';
import type { Embedder } from '../embedding/embedder.js';
import { INTENT_MODEL, INTENT_WEIGHTS } from './intent-weights.js';

const NONE = 'paragraph';
type Told = (typeof INTENT_WEIGHTS)[number]['intent'];
/** What a question wants that wants no paragraph: cables, the posts that wrote, or a field of one cable. */
export type Intent = Exclude<Told, typeof NONE>;

/** How likely it must be that no paragraph is wanted. */
const LIKELY = 0.5;
/** A search of fewer words tells what about, and not what for. */
const LEAST_WORDS = 5;

const ROWS: readonly {
  readonly intent: Told;
  readonly always: number;
  readonly scale: number;
  readonly weights: Int8Array;
}[] = INTENT_WEIGHTS.map(({ weights, ...row }) => ({
  ...row,
  weights: new Int8Array(Buffer.from(weights, 'base64')),
}));

/**
 * What a question wants beside a paragraph, by its vector; null for a paragraph, with a model that the weights are not
 * for, and in a conversation: what the questions before it leave out there is not in its vector.
 */
export async function intentOf(
  embedder: Embedder,
  question: string,
  history: readonly string[] = [],
): Promise<Intent | null> {
  if (embedder.name !== INTENT_MODEL || history.length > 0) return null;
  if (wordsOf(question).length < LEAST_WORDS) return null;
  const { vector } = await embedder.embedQuestion(question);
  let all = 0;
  let others = 0;
  let best: { readonly intent: Intent; readonly odds: number } | null = null;
  for (const { intent, always, scale, weights } of ROWS) {
    let sum = 0;
    for (const [at, weight] of weights.entries()) sum += weight * (vector[at] ?? 0);
    const odds = Math.exp(sum * scale + always);
    all += odds;
    if (intent === NONE) continue;
    others += odds;
    if (best === null || odds > best.odds) best = { intent, odds };
  }
  return best !== null && others / all > LIKELY ? best.intent : null;
}
