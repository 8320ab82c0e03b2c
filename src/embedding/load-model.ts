import path from 'node:path';
import { AutoModel, AutoTokenizer, env, type PreTrainedTokenizer } from '@xenova/transformers';
import type { Device } from '../config.js';
import { SESSION_OPTIONS } from './session-options.js';

/** A model loaded in this thread, and its tokenizer. */
export interface LoadedModel {
  readonly tokenizer: PreTrainedTokenizer;
  /** Its outputs for tokenised inputs. */
  readonly run: (inputs: unknown) => Promise<unknown>;
}

/** Loads the model of a folder, of its files alone, on a device of the library's. */
export async function loadModel(folder: string, device: Device): Promise<LoadedModel> {
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(folder);
  const name = path.basename(folder);
  const tokenizer = await AutoTokenizer.from_pretrained(name, { local_files_only: true });
  const model = await AutoModel.from_pretrained(name, {
    device,
    dtype: 'q8',
    local_files_only: true,
    session_options: SESSION_OPTIONS,
  });
  const run = async (inputs: unknown): Promise<unknown> => {
    const output: unknown = await model(inputs);
    return output;
  };
  return { tokenizer, run };
}
