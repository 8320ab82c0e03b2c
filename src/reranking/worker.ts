import { type PreTrainedTokenizer, Tensor } from '@xenova/transformers';
import { z } from 'zod';
import { loadModel } from '../embedding/load-model.js';
import { rerankerSchema, type RerankerDescription } from '../embedding/model-files.js';
import { windowsOf } from '../embedding/windows.js';
import { DEVICES } from '../config.js';
import { givenData } from '../worker-threads.js';
import type { PassageReading } from './reranker.js';

/** What a worker is asked: to load its model, or how well a passage answers a question. */
export type RerankingTask =
  | { readonly kind: 'load' }
  | {
      readonly kind: 'read';
      readonly question: string;
      readonly context: string;
      readonly sentences: readonly string[];
    };

const outputSchema = z.object({
  relevance: z.instanceof(Tensor),
  location: z.instanceof(Tensor),
});
const setupSchema = z.object({
  folder: z.string(),
  description: rerankerSchema,
  device: z.enum(DEVICES),
});

/** [CLS], and [SEP] behind question, context and passage. */
const SPECIAL_TOKENS = 4;

interface Loaded {
  readonly tokensOf: (text: string) => number[];
  readonly first: number;
  readonly separator: number;
  readonly run: (inputs: unknown) => Promise<unknown>;
  readonly description: RerankerDescription;
}

const loaded: Promise<Loaded> = load();

async function load(): Promise<Loaded> {
  const { folder, description, device } = setupSchema.parse(givenData());
  const { tokenizer, run } = await loadModel(folder, device);
  const tokensOf = tokenIds(tokenizer);
  const [first = 0, separator = 0] = tokenizer.encode('');
  return { tokensOf, first, separator, run, description };
}

function tokenIds(tokenizer: PreTrainedTokenizer): (text: string) => number[] {
  return (text) => tokenizer.encode(text, { add_special_tokens: false });
}

/** How well one passage answers one question. One passage a call: see docs/performance.md. */
export default async function read(task: RerankingTask): Promise<PassageReading | null> {
  const model = await loaded;
  return task.kind === 'load' ? null : readPassage(model, task);
}

/** A passage longer than the model's window is read in several that overlap: its best one counts. */
async function readPassage(
  model: Loaded,
  { question, context, sentences }: Extract<RerankingTask, { kind: 'read' }>,
): Promise<PassageReading> {
  const { tokensOf, description } = model;
  const asked = tokensOf(question).slice(0, description.questionTokens);
  const before = tokensOf(context).slice(0, description.contextTokens);
  const room = description.maxTokens - SPECIAL_TOKENS - asked.length - before.length;
  const pieces = sentences.flatMap((text, sentence) =>
    text.split(' ').map((word) => ({ sentence, tokens: tokensOf(word) })),
  );
  const ranges = windowsOf(
    pieces.map(({ tokens }) => tokens.length),
    room,
    description.overlap,
  );
  let relevance = Number.NEGATIVE_INFINITY;
  const where = sentences.map(() => Number.NEGATIVE_INFINITY);
  for (const [from, end] of ranges) {
    const inWindow = pieces.slice(from, end);
    const text = inWindow.flatMap(({ tokens }) => tokens).slice(0, room);
    const output = await readOnce(model, asked, before, text);
    relevance = Math.max(relevance, output.relevance);
    let at = asked.length + before.length + SPECIAL_TOKENS - 1;
    const sums = new Map<number, number>();
    for (const { sentence, tokens } of inWindow) {
      const places = output.location.subarray(at, at + tokens.length);
      at += tokens.length;
      for (const place of places) {
        const odds = Math.exp(place - (output.location[0] ?? 0));
        sums.set(sentence, (sums.get(sentence) ?? 0) + odds);
      }
    }
    for (const [sentence, odds] of sums) {
      where[sentence] = Math.max(where[sentence] ?? Number.NEGATIVE_INFINITY, Math.log(odds));
    }
  }
  return { relevance, sentences: where };
}

async function readOnce(
  { first, separator, run }: Loaded,
  question: readonly number[],
  context: readonly number[],
  text: readonly number[],
): Promise<{ readonly relevance: number; readonly location: Float32Array }> {
  const ids = [first, ...question, separator, ...context, separator, ...text, separator];
  const ofPassage = ids.map((_, at) => (at < question.length + 2 ? 0 : 1));
  const output = outputSchema.parse(
    await run({
      input_ids: tensor(ids),
      attention_mask: tensor(ids.map(() => 1)),
      token_type_ids: tensor(ofPassage),
    }),
  );
  const [relevance, location] = [output.relevance.data, output.location.data] as unknown[];
  if (!(relevance instanceof Float32Array) || !(location instanceof Float32Array)) {
    throw new Error('the reranker does not give 32-bit numbers');
  }
  return { relevance: relevance[0] ?? 0, location };
}

function tensor(values: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
}
