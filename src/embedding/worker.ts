import type { PreTrainedTokenizer } from '@xenova/transformers';
import type { PassageVectors, QuestionVectors } from './embedder.js';
import { loadModel, type LoadedModel } from './load-model.js';
import { modelSchema, type ModelDescription } from './model-files.js';
import { windowsOf } from './windows.js';

/** What a worker is asked: to load its model, a question, or a passage's sentences behind its context. */
export type EmbeddingTask =
  | { readonly kind: 'load' }
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'passage'; readonly context: string; readonly sentences: readonly string[] };

/** [CLS] before a text and [SEP] behind it. */
const SPECIAL_TOKENS = 2;

type Loaded = LoadedModel<ModelDescription>;

const loaded: Promise<Loaded> = loadModel(modelSchema);

/** The vectors of one question or passage. */
export default async function embed(
  task: EmbeddingTask,
): Promise<QuestionVectors | PassageVectors | null> {
  const model = await loaded;
  if (task.kind === 'load') return null;
  return task.kind === 'question'
    ? questionVectors(model, task.text)
    : passageVectors(model, task.context, task.sentences);
}

async function questionVectors(model: Loaded, text: string): Promise<QuestionVectors> {
  const { tokenizer, description } = model;
  const states = await statesOf(model, description.questionPrefix + text);
  const from = 1 + countTokens(tokenizer, description.questionPrefix);
  const wordMean = new Float32Array(description.dimension);
  addStates(wordMean, states, from, states.tokens - 1);
  const vector = pool(states, description);
  return { vector, wordMean: unit(wordMean) ?? vector };
}

async function passageVectors(
  model: Loaded,
  context: string,
  sentences: readonly string[],
): Promise<PassageVectors> {
  const { tokenizer, description } = model;
  const { dimension, window } = description;
  const before = contextBefore(model, context);
  const contextTokens = countTokens(tokenizer, before);
  const room = window.tokens - SPECIAL_TOKENS - contextTokens;
  // Whole sentences are the pieces of a text that fits in one window, words those of a longer one.
  let pieces = sentences.map((text, sentence) => ({
    text,
    sentence,
    tokens: countTokens(tokenizer, text),
  }));
  if (pieces.reduce((sum, { tokens }) => sum + tokens, 0) > room) {
    pieces = sentences.flatMap((text, sentence) =>
      text
        .split(' ')
        .map((word) => ({ text: word, sentence, tokens: countTokens(tokenizer, word) })),
    );
  }
  const sums = sentences.map(() => new Float32Array(dimension));
  const windows: Float32Array[] = [];
  const ranges = windowsOf(
    pieces.map(({ tokens }) => tokens),
    room,
    window.overlap,
  );
  for (const [first, end] of ranges) {
    const inWindow = pieces.slice(first, end);
    const states = await statesOf(model, before + inWindow.map(({ text }) => text).join(' '));
    windows.push(pool(states, description));
    let from = 1 + contextTokens;
    for (const { sentence, tokens } of inWindow) {
      const sum = sums[sentence];
      if (sum !== undefined)
        addStates(sum, states, from, Math.min(from + tokens, states.tokens - 1));
      from += tokens;
    }
  }
  const [whole = new Float32Array(dimension)] = windows;
  return { windows, sentences: sums.map((sum) => unit(sum) ?? whole) };
}

/** The context as it stands before a window; a subject of hundreds of words leaves half to the text. */
function contextBefore({ tokenizer, description }: Loaded, context: string): string {
  const most = Math.floor(description.window.tokens / 2);
  if (context === '') return '';
  if (countTokens(tokenizer, context) <= most) return `${context}\n`;
  const words = context.split(' ');
  const [[first, end] = [0, 0]] = windowsOf(
    words.map((word) => countTokens(tokenizer, word)),
    most,
    0,
  );
  return `${words.slice(first, end).join(' ')}\n`;
}

/** The last hidden states of a text: `tokens` rows of `dimension`, [CLS] first, [SEP] last. */
interface States {
  readonly data: Float32Array;
  readonly tokens: number;
  readonly dimension: number;
}

async function statesOf({ tokenizer, run, description }: Loaded, text: string): Promise<States> {
  const { dimension, maxTokens } = description;
  const whole = tokenizer.encode(text);
  // As a tokenizer cuts: what stands behind a text is kept.
  const ids =
    whole.length <= maxTokens ? whole : [...whole.slice(0, maxTokens - 1), ...whole.slice(-1)];
  const data = (await run({ ids })).get('last_hidden_state');
  if (data?.length !== ids.length * dimension) {
    throw new Error(`the model's vectors do not have ${String(dimension)} components`);
  }
  return { data, tokens: ids.length, dimension };
}

function countTokens(tokenizer: PreTrainedTokenizer, text: string): number {
  return tokenizer.encode(text, { add_special_tokens: false }).length;
}

/** The first token's state, or the mean of all, at length 1. */
function pool(states: States, { pooling }: ModelDescription): Float32Array {
  const vector = new Float32Array(states.dimension);
  addStates(vector, states, 0, pooling === 'cls' ? 1 : states.tokens);
  return unit(vector) ?? vector;
}

/** Adds the states of the tokens [from, end) to a sum. */
function addStates(
  sum: Float32Array,
  { data, dimension }: States,
  from: number,
  end: number,
): void {
  for (let token = from; token < end; token++) {
    for (let i = 0; i < dimension; i++) sum[i] = (sum[i] ?? 0) + (data[token * dimension + i] ?? 0);
  }
}

/** The vector at length 1; null for one of no length. */
function unit(vector: Float32Array): Float32Array | null {
  const length = Math.hypot(...vector);
  return length === 0 ? null : vector.map((value) => value / length);
}
