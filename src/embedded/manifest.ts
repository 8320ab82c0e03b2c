import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Published } from '../corpus/engine.js';
import { renameDurably } from '../durable.js';
import { IndexError, messageOf } from '../errors.js';
import { sha256OfText } from '../sha256.js';
import { OLDEST_SCHEMA, SCHEMA_VERSION } from './sqlite/schema.js';
import { INGEST_ELSEWHERE } from './sqlite/trouble.js';

const fileSchema = z.object({
  file: z.string().regex(/^[\w.-]+$/),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type IndexFile = z.infer<typeof fileSchema>;

/** What every manifest has, whatever version wrote it. */
const formatSchema = z.object({
  format: z.literal('pilcrow-index'),
  schema: z.number().int(),
  store: z.object({ file: z.string() }),
});

/** What an index folder holds. It is written last, so a folder with a manifest is complete. */
export const manifestSchema = z.object({
  format: z.literal('pilcrow-index'),
  schema: z.number().int(),
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
    passages: z.number().int().nonnegative(),
    embedded: z.number().int().nonnegative(),
    vectors: z.number().int().nonnegative(),
  }),
  store: fileSchema,
  vectors: fileSchema,
  samples: z.literal(true).optional(),
  /** Of all the rest: a number that was damaged is read as one like any other. */
  checksum: z.string(),
}) satisfies z.ZodType<Published>;
export type Manifest = z.infer<typeof manifestSchema>;

export function manifestFile(folder: string): string {
  return path.join(folder, 'manifest.json');
}

/** The manifest of an index folder, or null where there is none. Throws {@link IndexError}, also for one of another schema. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  const file = manifestFile(folder);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      await refuseLostManifest(folder);
      return null;
    }
    throw new IndexError('MANIFEST_UNREADABLE', {
      what: `cannot read ${file} (${messageOf(cause)})`,
      todo: 'check the path and its permissions',
      context: { file },
      cause,
    });
  }
  try {
    const value: unknown = JSON.parse(text);
    const { schema, store } = formatSchema.parse(value);
    if (schema !== SCHEMA_VERSION) throw otherSchema(schema, path.join(folder, store.file), folder);
    const manifest = manifestSchema.parse(value);
    if (manifest.checksum !== checksumOf(manifest)) throw new Error('its checksum is another');
    return manifest;
  } catch (cause) {
    if (cause instanceof IndexError) throw cause;
    throw new IndexError('MANIFEST_DAMAGED', {
      what: `${file} cannot be read as an index's manifest`,
      todo: INGEST_ELSEWHERE,
      context: { file },
      cause,
    });
  }
}

/** A store of a later generation without a manifest is not to be taken for an empty folder. */
async function refuseLostManifest(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const store = names.find((name) => /^cables-(?!1\.)\d+\.sqlite$/.test(name));
  if (store === undefined) return;
  throw new IndexError('MANIFEST_MISSING', {
    what: `${folder} holds ${store}, but its manifest.json is gone`,
    todo: INGEST_ELSEWHERE,
    context: { folder },
  });
}

/** The same; throws where there is none. */
export async function requireManifest(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  if (manifest === null) throw missingIndex(folder);
  return manifest;
}

export function missingIndex(folder: string): IndexError {
  return new IndexError('INDEX_MISSING', {
    what: `no index in ${folder}`,
    todo: `make one with: pilcrow ingest PATH… --index ${folder}`,
    context: { folder },
  });
}

function otherSchema(schema: number, store: string, folder: string): IndexError {
  return new IndexError('INDEX_SCHEMA', {
    what: `the index in ${folder} has schema ${schema}, this program has ${SCHEMA_VERSION}`,
    todo: todoOf(schema, store),
    context: { folder, schema },
  });
}

function todoOf(schema: number, store: string): string {
  if (schema > SCHEMA_VERSION) return 'it was made by a newer Pilcrow: update this one';
  return schema < OLDEST_SCHEMA
    ? 'its cables are no longer taken over: ingest their source again into another folder'
    : 'take its cables over into another folder, with a copy of its vectors-of-….sqlite so that none is made again: ' +
        `pilcrow ingest ${store} --index ANOTHER_FOLDER (of a backup, unpack it first: tar -xf)`;
}

/** Replaces the manifest in one step: a reader sees the old one or the new one. */
export async function writeManifest(
  folder: string,
  manifest: Omit<Manifest, 'checksum'>,
): Promise<Manifest> {
  const file = manifestFile(folder);
  const whole = { ...manifest, checksum: checksumOf(manifest) };
  await writeFile(`${file}.new`, `${JSON.stringify(whole, null, 2)}\n`);
  await renameDurably(`${file}.new`, file);
  return whole;
}

/** Over all that is stated, in whatever order. */
function checksumOf(manifest: Omit<Manifest, 'checksum'> & { readonly checksum?: string }): string {
  const { checksum: _, ...stated } = manifest;
  return sha256OfText(JSON.stringify(manifestSchema.omit({ checksum: true }).parse(stated)));
}
