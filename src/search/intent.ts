import { wordsOf } from '../cable/terms.js';
import type { Embedder } from '../embedding/embedder.js';
import { FIELD_WEIGHTS, INTENT_MODEL, LIST_WEIGHTS } from './intent-weights.js';

const NONE = 'paragraph';
const LISTS: ReadonlySet<string> = new Set(['list', 'posts']);
type Told = (typeof FIELD_WEIGHTS)[number]['intent'];
/** What a question wants that wants no paragraph: cables, the posts that wrote, or a field of one cable. */
export type Intent = Exclude<Told, typeof NONE>;

/** How likely it must be that no paragraph is wanted. */
const LIKELY = 0.5;
/** A search of fewer words tells what about, and not what for. */
const LEAST_WORDS = 5;

interface Row<Weights> {
  readonly intent: Told;
  readonly always: number;
  readonly scale: number;
  readonly weights: Weights;
}

const rowsOf = (rows: readonly Row<string>[]): readonly Row<Int8Array>[] =>
  rows.map(({ weights, ...row }) => ({
    ...row,
    weights: new Int8Array(Buffer.from(weights, 'base64')),
  }));

const TELLING_LISTS = rowsOf(LIST_WEIGHTS);
const TELLING_FIELDS = rowsOf(FIELD_WEIGHTS);

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
  const list = likeliest(TELLING_LISTS, vector);
  if (list !== null && LISTS.has(list)) return list;
  const field = likeliest(TELLING_FIELDS, vector);
  return field === null || LISTS.has(field) ? null : field;
}

/** The likeliest intent but for a paragraph, where those together are likelier than it. */
function likeliest(rows: readonly Row<Int8Array>[], vector: Float32Array): Intent | null {
  let all = 0;
  let others = 0;
  let best: { readonly intent: Intent; readonly odds: number } | null = null;
  for (const { intent, always, scale, weights } of rows) {
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
