import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { EXIT, PilcrowError, type Trouble } from '../errors.js';
import { sha256OfFile, sha256OfText } from '../sha256.js';
import { SESSION_OPTIONS } from './session-options.js';

/** A model in 32 bits, in its folder; without it the one in 8 bits is taken. */
export const WHOLE_MODEL = 'onnx/model.onnx';

/** What `pilcrow.json` in a model's folder states. Another model needs such a file and no code. */
export const modelSchema = z.object({
  name: z.string().min(1),
  dimension: z.number().int().positive(),
  /** The longest input, special tokens included. */
  maxTokens: z.number().int().positive(),
  pooling: z.enum(['cls', 'mean']),
  questionPrefix: z.string(),
  /** Longer passages are embedded in windows of so many tokens, context included. */
  window: z.object({
    tokens: z.number().int().positive(),
    overlap: z.number().int().nonnegative(),
  }),
  /**
   * The directions in which its vectors differ most, rows of 32-bit floats: the graph is walked in these dimensions
   * (models/training/projection.py). Without them, in all.
   */
  projection: z.object({ file: z.string(), dimension: z.number().int().positive() }).optional(),
  /** sha256 of each file, by its path in the folder. */
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
});
export type ModelDescription = z.infer<typeof modelSchema>;

/** The same of a cross-encoder's folder. */
export const rerankerSchema = z.object({
  name: z.string().min(1),
  /** The longest input, special tokens included; longer passages are read in windows. */
  maxTokens: z.number().int().positive(),
  overlap: z.number().int().nonnegative(),
  /** What is read of a question, and of what stands before a passage. */
  questionTokens: z.number().int().positive(),
  contextTokens: z.number().int().positive(),
  files: modelSchema.shape.files,
});
export type RerankerDescription = z.infer<typeof rerankerSchema>;

/** What every description states. */
type Described = Pick<ModelDescription, 'name' | 'files'>;

/** A model's files are missing or are not the ones its description names. */
export class ModelError extends PilcrowError {
  override readonly name = 'ModelError';

  constructor(code: string, trouble: Trouble) {
    super(code, trouble, EXIT.index);
  }
}

/** A model's description, and what tells it from every other. */
export interface CheckedModel {
  readonly folder: string;
  readonly description: ModelDescription;
  readonly fingerprint: string;
  readonly projection: Float32Array | null;
}

/** Checks an embedding model. Throws {@link ModelError} for a missing or a changed file. */
export async function checkModel(folder: string): Promise<CheckedModel> {
  const description = await checkFiles(folder, modelSchema);
  const fingerprint = sha256OfText(JSON.stringify([description, SESSION_OPTIONS.extra]));
  return { folder, description, fingerprint, projection: await projectionOf(folder, description) };
}

async function projectionOf(
  folder: string,
  { projection, dimension, files }: ModelDescription,
): Promise<Float32Array | null> {
  if (projection === undefined) return null;
  const bytes = await readFile(path.join(folder, projection.file));
  if (!(projection.file in files) || bytes.length !== 4 * dimension * projection.dimension) {
    throw new ModelError('MODEL_DESCRIPTION', {
      what:
        `the model’s projection ${path.join(folder, projection.file)} should be among its files, and be of ` +
        `${projection.dimension} rows of ${dimension} 32-bit floats`,
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/**
 * Reads a model's description and checks its files against their sha256. Throws
 * {@link ModelError} for a missing or a changed file.
 */
export async function checkFiles<D extends Described>(
  folder: string,
  schema: z.ZodType<D>,
  variable: ModelVariable = 'PILCROW_MODEL',
): Promise<D> {
  const description = await readDescription(folder, schema, variable);
  for (const [name, expected] of Object.entries(description.files)) {
    const found = await sha256OfFile(path.join(folder, name)).catch((cause: unknown) => {
      throw new ModelError('MODEL_FILE_MISSING', {
        what: `the model's file ${path.join(folder, name)} cannot be read`,
        todo: 'restore the folder from the repository',
        cause,
      });
    });
    if (found !== expected) {
      const sums = `sha256 ${found.slice(0, 12)}…, expected ${expected.slice(0, 12)}…`;
      throw new ModelError('MODEL_FILE_CHANGED', {
        what: `the model's file ${path.join(folder, name)} is damaged (${sums})`,
        todo: 'restore it from the repository',
      });
    }
  }
  return description;
}

/** What names a model's folder. */
type ModelVariable = 'PILCROW_MODEL' | 'PILCROW_RERANKER';

async function readDescription<D>(
  folder: string,
  schema: z.ZodType<D>,
  variable: ModelVariable,
): Promise<D> {
  const file = path.join(folder, 'pilcrow.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new ModelError('MODEL_MISSING', {
      what: `no model in ${folder}: ${file} cannot be read`,
      todo: `set ${variable} to a model's folder`,
      cause,
    });
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ModelError('MODEL_DESCRIPTION', {
      what: `${file} is not a model's description`,
      cause,
    });
  }
}
