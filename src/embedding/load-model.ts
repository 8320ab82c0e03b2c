import path from 'node:path';
import {
  AutoModel,
  AutoTokenizer,
  env,
  Tensor,
  type PreTrainedTokenizer,
} from '@xenova/transformers';
import DataLoader from 'dataloader';
import { z } from 'zod';
import { DEVICES } from '../config.js';
import { givenData } from '../worker-threads.js';
import { WHOLE_MODEL } from './model-files.js';
import { SESSION_OPTIONS } from './session-options.js';

/** A text as a model reads it: its tokens, the special ones too, and which of two texts each is of. */
export interface TokenRow {
  readonly ids: readonly number[];
  /** 0 for each, where there is one text. */
  readonly texts?: readonly number[];
}

/** A model's outputs for one row, each by its name: a number, one a token, or a row of states a token. */
export type RowOutputs = ReadonlyMap<string, Float32Array>;

/** A model loaded in this thread, and its tokenizer. */
export interface LoadedModel<Description> {
  readonly description: Description;
  readonly tokenizer: PreTrainedTokenizer;
  /** Rows that wait for the same run are read together, a batch at most. */
  readonly run: (row: TokenRow) => Promise<RowOutputs>;
}

/** Loads the model that this worker was given: of its folder's files alone, on a device of the library's. */
export async function loadModel<Description extends { readonly files: object }>(
  schema: z.ZodType<Description>,
): Promise<LoadedModel<Description>> {
  const { folder, description, device, batch } = z
    .object({
      folder: z.string(),
      description: schema,
      device: z.enum(DEVICES),
      batch: z.number(),
    })
    .parse(givenData());
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(folder);
  const name = path.basename(folder);
  const tokenizer = await AutoTokenizer.from_pretrained(name, { local_files_only: true });
  const model = await AutoModel.from_pretrained(name, {
    device,
    dtype: WHOLE_MODEL in description.files ? 'fp32' : 'q8',
    local_files_only: true,
    session_options: SESSION_OPTIONS,
  });
  const runAll = async (rows: readonly TokenRow[]): Promise<RowOutputs[]> => {
    const outputs: unknown = await model(inputsOf(rows));
    return outputsOf(outputs, rows);
  };
  let running: Promise<unknown> = Promise.resolve();
  const rows = new DataLoader<TokenRow, RowOutputs>(
    (waiting) => {
      const run = runAll(waiting);
      running = run.catch(() => undefined); // whoever waits for a row is told
      return run;
    },
    {
      cache: false,
      maxBatchSize: batch,
      // Whatever comes while the model runs is read together next.
      batchScheduleFn: (dispatch) => void running.then(() => setImmediate(dispatch)),
    },
  );
  return { description, tokenizer, run: (row) => rows.load(row) };
}

/** Rows of one length: the shorter ones are filled up, and what fills them is masked. */
function inputsOf(rows: readonly TokenRow[]): Record<string, Tensor> {
  const length = longest(rows);
  const tensor = (valuesOf: (row: TokenRow) => readonly number[]): Tensor => {
    const values = new BigInt64Array(rows.length * length);
    for (const [row, given] of rows.entries()) {
      for (const [at, value] of valuesOf(given).entries())
        values[row * length + at] = BigInt(value);
    }
    return new Tensor('int64', values, [rows.length, length]);
  };
  return {
    input_ids: tensor(({ ids }) => ids),
    attention_mask: tensor(({ ids }) => ids.map(() => 1)),
    token_type_ids: tensor(({ texts = [] }) => texts),
  };
}

/** What the model gives, cut into rows; of what it gives a token, the row's own. */
function outputsOf(outputs: unknown, rows: readonly TokenRow[]): RowOutputs[] {
  const tensors = Object.entries(z.object({}).loose().parse(outputs)).flatMap(([name, output]) => {
    if (!(output instanceof Tensor)) return [];
    const data: unknown = output.data;
    if (!(data instanceof Float32Array)) {
      throw new TypeError(`the model’s “${name}” is not of 32-bit numbers`);
    }
    const [, second] = output.dims;
    return [{ name, data, size: data.length / rows.length, second }];
  });
  const length = longest(rows);
  return rows.map(({ ids }, row) => {
    const own = tensors.map(({ name, data, size, second }) => {
      const end = second === length ? (size / length) * ids.length : size;
      return [name, data.subarray(row * size, row * size + end)] as const;
    });
    return new Map(own);
  });
}

function longest(rows: readonly TokenRow[]): number {
  return rows.reduce((most, { ids }) => Math.max(most, ids.length), 0);
}
