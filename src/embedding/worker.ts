import path from 'node:path';
import { workerData } from 'node:worker_threads';
import {
  AutoModel,
  AutoTokenizer,
  env,
  type PreTrainedTokenizer,
  Tensor,
} from '@xenova/transformers';
import { z } from 'zod';
import { modelSchema, type ModelDescription } from './model-files.js';
import { windowsOf } from './windows.js';

/** What a worker is asked: a question, or a passage behind its context. */
export type EmbeddingTask =
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'passage'; readonly context: string; readonly text: string };

const outputSchema = z.object({ last_hidden_state: z.instanceof(Tensor) });
const setupSchema = z.object({ folder: z.string(), description: modelSchema });

/** [CLS] before a text and [SEP] behind it. */
const SPECIAL_TOKENS = 2;

/** A model loaded in this thread. */
interface Loaded {
  readonly tokenizer: PreTrainedTokenizer;
  /** The last hidden states of a tokenised text: [1, tokens, dimension]. */
  readonly hiddenStates: (inputs: unknown) => Promise<Tensor>;
  readonly description: ModelDescription;
}

const loaded: Promise<Loaded> = load();

async function load(): Promise<Loaded> {
  // Piscina hands its own data first, then ours.
  const data: unknown = Array.isArray(workerData) ? workerData[1] : workerData;
  const { folder, description } = setupSchema.parse(data);
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(folder);
  const name = path.basename(folder);
  const tokenizer = await AutoTokenizer.from_pretrained(name, { local_files_only: true });
  const model = await AutoModel.from_pretrained(name, {
    dtype: 'q8',
    local_files_only: true,
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' },
  });
  const hiddenStates = async (inputs: unknown): Promise<Tensor> => {
    const output: unknown = await model(inputs);
    return outputSchema.parse(output).last_hidden_state;
  };
  return { tokenizer, hiddenStates, description };
}

/** The vectors of one question or passage. One text a call: see docs/performance.md. */
export default async function embed(task: EmbeddingTask): Promise<Float32Array[]> {
  const { tokenizer, hiddenStates, description } = await loaded;
  const texts =
    task.kind === 'question'
      ? [description.questionPrefix + task.text]
      : passageTexts(tokenizer, description, task.context, task.text);
  const vectors: Float32Array[] = [];
  for (const text of texts) {
    const inputs: unknown = tokenizer(text, {
      truncation: true,
      max_length: description.maxTokens,
    });
    vectors.push(pool(await hiddenStates(inputs), description));
  }
  return vectors;
}

/** The text with its context, or its windows each with its context. */
function passageTexts(
  tokenizer: PreTrainedTokenizer,
  description: ModelDescription,
  context: string,
  text: string,
): string[] {
  const { tokens, overlap } = description.window;
  // A subject of hundreds of words leaves half of the window to the text.
  const [shortened = ''] = windows(tokenizer, context, Math.floor(tokens / 2), 0);
  const before = shortened === '' ? '' : `${shortened}\n`;
  const room = tokens - SPECIAL_TOKENS - countTokens(tokenizer, before);
  return windows(tokenizer, text, room, overlap).map((each) => before + each);
}

function windows(
  tokenizer: PreTrainedTokenizer,
  text: string,
  limit: number,
  overlap: number,
): string[] {
  if (countTokens(tokenizer, text) <= limit) return [text];
  const words = text.split(' ');
  const counts = words.map((word) => countTokens(tokenizer, word));
  return windowsOf(words, counts, limit, overlap);
}

function countTokens(tokenizer: PreTrainedTokenizer, text: string): number {
  return tokenizer.encode(text, { add_special_tokens: false }).length;
}

/** [1, tokens, dimension] → the first token's vector, or the mean of all, at length 1. */
function pool(hidden: Tensor, description: ModelDescription): Float32Array {
  const { dimension } = description;
  const data: unknown = hidden.data;
  if (!(data instanceof Float32Array) || hidden.dims[2] !== dimension) {
    throw new Error(`the model's vectors do not have ${String(dimension)} components`);
  }
  const vector = data.slice(0, dimension);
  if (description.pooling === 'mean') {
    const tokens = hidden.dims[1] ?? 1;
    for (let token = 1; token < tokens; token++) {
      for (let i = 0; i < dimension; i++) {
        vector[i] = (vector[i] ?? 0) + (data[token * dimension + i] ?? 0);
      }
    }
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
