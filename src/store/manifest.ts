import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { renameDurably } from '../durable.js';
import { IndexError, messageOf } from '../errors.js';
import { sha256OfFile } from '../sha256.js';
import { SCHEMA_VERSION } from './schema.js';
import { INGEST_ELSEWHERE } from './trouble.js';

const fileSchema = z.object({
  file: z.string().regex(/^[\w.-]+$/),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type IndexFile = z.infer<typeof fileSchema>;

/** What an index folder holds. It is written last, so a folder with a manifest is complete. */
export const manifestSchema = z.object({
  format: z.literal('pilcrow-index'),
  schema: z.number().int(),
  /** Rises by one with every change of the index. */
  generation: z.number().int().positive(),
  created: z.string(),
  model: z.object({
    name: z.string(),
    fingerprint: z.string(),
    dimension: z.number().int().positive(),
  }),
  counts: z.object({
    cables: z.number().int().nonnegative(),
    paragraphs: z.number().int().nonnegative(),
    vectors: z.number().int().nonnegative(),
  }),
  store: fileSchema,
  vectors: fileSchema,
  /** It holds the samples of `npm start` and nothing else: the reader's own cables take their place. */
  samples: z.literal(true).optional(),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Files up to this size are hashed whenever an index is opened; `pilcrow doctor` hashes larger ones. */
const HASHED_AT_OPEN = 256 * 1024 * 1024;

export function manifestFile(folder: string): string {
  return path.join(folder, 'manifest.json');
}

/** The manifest of an index folder, or null where there is none. Throws {@link IndexError}. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  let text: string;
  try {
    text = await readFile(manifestFile(folder), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      await refuseLostManifest(folder);
      return null;
    }
    throw new IndexError(
      'MANIFEST_UNREADABLE',
      `cannot read ${manifestFile(folder)} (${messageOf(error)}); check the path and its permissions`,
      { cause: error },
    );
  }
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw damagedManifest(folder, error);
  }
}

/** A store of a later generation without a manifest is not to be taken for an empty folder. */
async function refuseLostManifest(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const store = names.find((name) => /^cables-(?!1\.)\d+\.sqlite$/.test(name));
  if (store === undefined) return;
  throw new IndexError(
    'MANIFEST_MISSING',
    `${folder} holds ${store}, but its manifest.json is gone; ${INGEST_ELSEWHERE}`,
  );
}

function damagedManifest(folder: string, cause: unknown): IndexError {
  return new IndexError(
    'MANIFEST_DAMAGED',
    `${manifestFile(folder)} cannot be read as an index's manifest; ${INGEST_ELSEWHERE}`,
    { cause },
  );
}

/** The index's manifest. Throws {@link IndexError} where there is no index. */
export async function requireManifest(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  if (manifest === null) {
    throw new IndexError(
      'INDEX_MISSING',
      `no index in ${folder}; make one with: pilcrow ingest PATH… --index ${folder}`,
    );
  }
  checkSchema(manifest, folder);
  return manifest;
}

/** Throws {@link IndexError} where an index was made with another schema. */
function checkSchema(manifest: Manifest, folder: string): void {
  if (manifest.schema === SCHEMA_VERSION) return;
  throw new IndexError(
    'INDEX_SCHEMA',
    `the index in ${folder} has schema ${manifest.schema}, this program has ${SCHEMA_VERSION}; ` +
      'run pilcrow ingest again with another --index, and remove this one then',
  );
}

/** Throws {@link IndexError} where an index was made with another schema or another model. */
export function checkCompatible(
  manifest: Manifest,
  model: Manifest['model'],
  folder: string,
): void {
  checkSchema(manifest, folder);
  const { name, dimension, fingerprint } = manifest.model;
  if (fingerprint === model.fingerprint && dimension === model.dimension) return;
  const again = 'run pilcrow ingest again with another --index, and remove this one then';
  throw new IndexError(
    'INDEX_MODEL',
    name === model.name && dimension === model.dimension
      ? `the vectors of the index in ${folder} were made by the same model (${name}) in another way, as an earlier ` +
          `Pilcrow did, whose vectors depended on the processor; ${again}`
      : `the index in ${folder} was made with another model (${name}, ${dimension} components) than ` +
          `${model.name}; set PILCROW_MODEL to that model, or ${again}`,
  );
}

/**
 * How thoroughly an index's files are compared with the manifest: in full, or when it is opened, large
 * files by their size alone. The rows of a store have hashes of their own; a graph has none, and is
 * compared in full before it is used.
 */
export type Thoroughness = 'open' | 'full';

/** What is wrong with a file that the manifest names, or null. Throws what reading it throws. */
export async function fileDamage(
  folder: string,
  entry: IndexFile,
  how: Thoroughness,
): Promise<string | null> {
  const file = path.join(folder, entry.file);
  const { size } = await stat(file);
  if (size !== entry.bytes) return `${file} has ${size} bytes, not ${entry.bytes}`;
  if (how === 'full' || size <= HASHED_AT_OPEN) {
    const found = await sha256OfFile(file);
    if (found !== entry.sha256) return `${file} has changed since it was written (sha256)`;
  }
  return null;
}

/** Throws {@link IndexError} where a file that the manifest names is damaged, gone or cannot be read. */
export async function requireWhole(
  folder: string,
  entry: IndexFile,
  how: Thoroughness,
): Promise<void> {
  const isGraph = entry.file.endsWith('.hnsw');
  const cure = isGraph ? 'run pilcrow reindex' : INGEST_ELSEWHERE;
  let damage: string | null;
  try {
    damage = await fileDamage(folder, entry, how);
  } catch (cause) {
    const file = path.join(folder, entry.file);
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      throw new IndexError('INDEX_INCOMPLETE', `the index is not whole: ${file} is gone; ${cure}`, {
        cause,
      });
    }
    throw new IndexError(
      'INDEX_UNREADABLE',
      `${file} cannot be read (${messageOf(cause)}); check the disk and the file's permissions`,
      { cause },
    );
  }
  if (damage === null) return;
  throw new IndexError('INDEX_DAMAGED', `the index is damaged: ${damage}; ${cure}`);
}

/** A finished file's entry in the manifest. */
export async function describeFile(folder: string, file: string): Promise<IndexFile> {
  const full = path.join(folder, file);
  const { size } = await stat(full);
  return { file, bytes: size, sha256: await sha256OfFile(full) };
}

/** Replaces the manifest in one step: a reader sees the old one or the new one. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const file = manifestFile(folder);
  await writeFile(`${file}.new`, `${JSON.stringify(manifest, null, 2)}\n`);
  await renameDurably(`${file}.new`, file);
}
