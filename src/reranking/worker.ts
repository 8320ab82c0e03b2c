import { loadModel, type LoadedModel } from '../embedding/load-model.js';
import { rerankerSchema, type RerankerDescription } from '../embedding/model-files.js';
import { windowsOf } from '../embedding/windows.js';
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

/** [CLS], and [SEP] behind question, context and passage. */
const SPECIAL_TOKENS = 4;

interface Loaded extends Pick<LoadedModel<RerankerDescription>, 'run' | 'description'> {
  readonly tokensOf: (text: string) => number[];
  readonly first: number;
  readonly separator: number;
}

const loaded: Promise<Loaded> = load();

async function load(): Promise<Loaded> {
  const { tokenizer, run, description } = await loadModel(rerankerSchema);
  const tokensOf = (text: string) => tokenizer.encode(text, { add_special_tokens: false });
  const [first = 0, separator = 0] = tokenizer.encode('');
  return { tokensOf, first, separator, run, description };
}

/** How well one passage answers one question. */
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
  const texts = ids.map((_, at) => (at < question.length + 2 ? 0 : 1));
  const output = await run({ ids, texts });
  const [relevance] = output.get('relevance') ?? [];
  const location = output.get('location');
  if (relevance === undefined || location === undefined) {
    throw new Error('the reranker gives no relevance and location');
  }
  return { relevance, location };
}
