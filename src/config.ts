import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readCeiling, type Ceiling } from './cable/ceiling.js';
import { InputError, messageOf } from './errors.js';

/** The folder of the package: models/ and samples/ lie in it. */
export const PACKAGE_ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Each worker holds the model (34 MB) and half a core's worth of memory traffic of its own. */
const MOST_WORKERS = 16;

/** The version of the package. */
export function versionOf(): string {
  const text = readFileSync(path.join(PACKAGE_ROOT, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** Installed as a package: the next version of it takes all that lies in its folder away. */
const IS_INSTALLED = PACKAGE_ROOT.split(path.sep).includes('node_modules');

/**
 * A place in the checkout, wherever it is called from; of a package, in the folder that it is called from. Told as short as it
 * can be.
 */
function atHome(...parts: string[]): string {
  const full = path.join(IS_INSTALLED ? process.cwd() : PACKAGE_ROOT, ...parts);
  const near = path.relative(process.cwd(), full);
  return near.startsWith('..') || path.isAbsolute(near) ? full : near;
}

/** Whether tokens may be sent there: encrypted, or without leaving the machine. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return true; // told of already
  const { protocol, hostname } = new URL(address);
  const isLoopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback);
}

/** An address that a reader's own program opens, with a place for a cable's id. */
function isCableAddress(text: string): boolean {
  return /^https?:\/\/[^\s<>]+$/.test(text) && text.includes('{id}') && URL.canParse(text);
}

/** What the models may run on, by the library's own names. */
export const DEVICES = ['cpu', 'cuda', 'webgpu', 'dml', 'coreml'] as const;
export type Device = (typeof DEVICES)[number];
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
const DISCORD_API = 'https://discord.com/api';

const flag = z
  .enum(['0', '1'], { error: 'should be 1 or 0' })
  .default('0')
  .transform((text) => text === '1');

const environment = z.object({
  PILCROW_INDEX: z.string().default(atHome('index', 'default')),
  PILCROW_MODEL: z.string().default(path.join(PACKAGE_ROOT, 'models', 'bge-small-en-v1.5-cables')),
  PILCROW_RERANKER: z
    .string()
    .default(path.join(PACKAGE_ROOT, 'models', 'bge-small-en-v1.5-cables-reader')),
  PILCROW_WORKERS: z.coerce
    .number({ error: `should be a number from 1 to ${MOST_WORKERS}` })
    .int(`should be a number from 1 to ${MOST_WORKERS}`)
    .min(1, `should be a number from 1 to ${MOST_WORKERS}`)
    .max(MOST_WORKERS, `should be a number from 1 to ${MOST_WORKERS}`)
    .default(Math.min(availableParallelism(), MOST_WORKERS)),
  PILCROW_DEVICE: z
    .enum(DEVICES, { error: `should be one of ${DEVICES.join(', ')}` })
    .default('cpu'),
  PILCROW_DATA: z.string().default(atHome('data')),
  PILCROW_LOG: z
    .enum(LOG_LEVELS, { error: `should be one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
  PILCROW_LOG_QUESTIONS: flag,
  PILCROW_EMBED: flag,
  PILCROW_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'should be a port’s number')
    .transform(Number)
    .refine((port) => port <= 65_535, { error: 'should be a port’s number' })
    .nullable()
    .default(null),
  PILCROW_DM_CEILING: z
    .string()
    .transform((text, context) => {
      const ceiling = readCeiling(text);
      if (ceiling !== null) return ceiling;
      context.addIssue({
        code: 'custom',
        message: 'should be U, SBU, C, S or TS, or as in "S without NF"',
      });
      return z.NEVER;
    })
    .nullable()
    .default(null),
  PILCROW_CABLE_URL: z
    .string()
    .trim()
    .refine(isCableAddress, {
      error: 'should be an address with {id} in it, as in https://example.org/cables/{id}',
    })
    .nullable()
    .default(null),
  PILCROW_PROTECTED_NAMES: z
    .enum(['masked', 'shown'], { error: 'should be masked or shown' })
    .default('masked'),
  DISCORD_TOKEN: z
    .string()
    .trim()
    .regex(
      /^[\x21-\x7e]*$/,
      'should be the token as the developer portal gives it: letters, digits, dots and dashes',
    )
    .nullable()
    .default(null),
  DISCORD_APPLICATION_ID: z
    .string()
    .regex(/^\d{17,20}$/, 'should be the number that the developer portal calls Application ID')
    .optional(),
  DISCORD_API_URL: z
    .url('should be an address, as in https://discord.com/api')
    .refine(isSafe, 'should begin with https:// (http:// is for this machine alone)')
    .default(DISCORD_API),
  DISCORD_MESSAGE_CONTENT: flag,
});

/** What the environment settles. */
export interface Config {
  readonly index: string;
  readonly model: string;
  /** The folder of the second reader's model; null: there is none. */
  readonly reranker: string | null;
  /** Worker threads that run the models, of one thread each. */
  readonly workers: number;
  /** What the models run on. */
  readonly device: Device;
  readonly discord: DiscordConfig;
  /** The sample cables that `npm start` ingests on a fresh clone. */
  readonly samples: string;
}

/** What the bot needs beside the index. */
export interface DiscordConfig {
  readonly token: string | null;
  /** Asked of Discord where it is not given. */
  readonly applicationId: string | null;
  /** Discord's API, or that of a compatible server, without the version. */
  readonly apiUrl: string;
  /** The privileged intent is asked for, so that cable ids in messages can be linked. */
  readonly messageContent: boolean;
  /** The folder of the bot's own file. */
  readonly data: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly logQuestions: boolean;
  /** The bot makes the vectors that the index lacks. */
  readonly embed: boolean;
  /** Where health and metrics are served to this machine; 0: wherever there is room; null: nowhere. */
  readonly port: number | null;
  /** Where a cable's source is to be read, with `{id}` for its id; null: nowhere. */
  readonly cableUrl: string | null;
  /** What may be shown in direct messages; null: no more than every server shows. */
  readonly directCeiling: Ceiling | null;
  /** Names that a cable asks to protect are shown, not masked. */
  readonly protectedNames: 'masked' | 'shown';
}

/**
 * Forbids onnxruntime to collect telemetry: by itself it queues events under ~/.cache and sends them to
 * its maker. The variable must be in the process's own environment before the library is loaded, so
 * this is called in the main thread (a worker's environment is a copy that the library never sees).
 */
export function forbidTelemetry(env: NodeJS.ProcessEnv = process.env): void {
  env['ORT_DISABLE_TELEMETRY'] = '1';
}

/** Takes variables of a .env file in the working folder that the environment does not have. */
export function loadEnvFile(file = '.env'): void {
  if (!existsSync(file)) return;
  try {
    process.loadEnvFile(file);
  } catch (error) {
    throw new InputError('ENV_FILE', {
      what: `cannot read ${file} (${messageOf(error)})`,
      todo: 'correct or remove it',
      cause: error,
    });
  }
}

/**
 * Reads the environment; an empty variable is one that is not set, as in a file of `NAME=` lines. Throws one
 * {@link InputError} that names every bad one.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const set = Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== '');
  const read = environment.safeParse(Object.fromEntries(set));
  if (!read.success) {
    const problems = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new InputError('ENVIRONMENT', { what: `wrong environment: ${problems.join('; ')}` });
  }
  const values = read.data;
  return {
    index: values.PILCROW_INDEX,
    model: path.resolve(values.PILCROW_MODEL),
    reranker: values.PILCROW_RERANKER === 'off' ? null : path.resolve(values.PILCROW_RERANKER),
    workers: values.PILCROW_WORKERS,
    device: values.PILCROW_DEVICE,
    discord: {
      token: values.DISCORD_TOKEN,
      applicationId: values.DISCORD_APPLICATION_ID ?? null,
      apiUrl: values.DISCORD_API_URL.replace(/\/+$/, ''),
      messageContent: values.DISCORD_MESSAGE_CONTENT,
      data: values.PILCROW_DATA,
      logLevel: values.PILCROW_LOG,
      logQuestions: values.PILCROW_LOG_QUESTIONS,
      embed: values.PILCROW_EMBED,
      port: values.PILCROW_PORT,
      cableUrl: values.PILCROW_CABLE_URL,
      directCeiling: values.PILCROW_DM_CEILING,
      protectedNames: values.PILCROW_PROTECTED_NAMES,
    },
    samples: path.join(PACKAGE_ROOT, 'samples'),
  };
}
