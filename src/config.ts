import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { InputError } from './errors.js';

/** The folder of the package: models/ and samples/ lie in it. */
export const PACKAGE_ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Each worker holds the model (34 MB) and half a core's worth of memory traffic of its own. */
const MOST_WORKERS = 16;

const environment = z.object({
  PILCROW_INDEX: z.string().min(1, 'should be a folder').default(path.join('index', 'default')),
  PILCROW_MODEL: z
    .string()
    .min(1, "should be a model's folder")
    .default(path.join(PACKAGE_ROOT, 'models', 'bge-small-en-v1.5-cables')),
  PILCROW_WORKERS: z.coerce
    .number({ error: `should be a number from 1 to ${MOST_WORKERS}` })
    .int(`should be a number from 1 to ${MOST_WORKERS}`)
    .min(1, `should be a number from 1 to ${MOST_WORKERS}`)
    .max(MOST_WORKERS, `should be a number from 1 to ${MOST_WORKERS}`)
    .default(Math.min(availableParallelism(), MOST_WORKERS)),
  DISCORD_TOKEN: z.string().optional(),
});

/** What the environment settles. */
export interface Config {
  /** The index folder. */
  readonly index: string;
  /** The model's folder. */
  readonly model: string;
  /** Worker threads that embed, of one thread each. */
  readonly workers: number;
  readonly discordToken: string | null;
  /** The sample cables that `npm start` ingests on a fresh clone. */
  readonly samples: string;
}

/**
 * Forbids onnxruntime to collect telemetry: by itself it queues events under ~/.cache and sends them to
 * its maker. The variable must be in the process's own environment before the library is loaded, so
 * this is called in the main thread (a worker's environment is a copy that the library never sees).
 */
export function forbidTelemetry(env: NodeJS.ProcessEnv = process.env): void {
  env['ORT_DISABLE_TELEMETRY'] = '1';
}

/** Reads the environment; throws one {@link InputError} that names every bad variable. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const read = environment.safeParse(env);
  if (!read.success) {
    const problems = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new InputError('ENVIRONMENT', `wrong environment: ${problems.join('; ')}`);
  }
  const values = read.data;
  return {
    index: values.PILCROW_INDEX,
    model: path.resolve(values.PILCROW_MODEL),
    workers: values.PILCROW_WORKERS,
    discordToken: values.DISCORD_TOKEN ?? null,
    samples: path.join(PACKAGE_ROOT, 'samples'),
  };
}
