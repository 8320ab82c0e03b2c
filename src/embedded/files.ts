import { stat } from 'node:fs/promises';
import path from 'node:path';
import { IndexError, messageOf } from '../errors.js';
import { sha256OfFile } from '../sha256.js';
import type { IndexFile } from './manifest.js';
import { INGEST_ELSEWHERE } from './sqlite/trouble.js';

/** Files up to this size are hashed whenever an index is opened; `pilcrow doctor` hashes larger ones. */
const HASHED_AT_OPEN = 256 * 1024 * 1024;

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
  const todo = entry.file.endsWith('.hnsw') ? 'run pilcrow reindex' : INGEST_ELSEWHERE;
  const file = path.join(folder, entry.file);
  let damage: string | null;
  try {
    damage = await fileDamage(folder, entry, how);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      const what = `the index is not whole: ${file} is gone`;
      throw new IndexError('INDEX_INCOMPLETE', { what, todo, context: { file }, cause });
    }
    throw new IndexError('INDEX_UNREADABLE', {
      what: `${file} cannot be read (${messageOf(cause)})`,
      todo: "check the disk and the file's permissions",
      context: { file },
      cause,
    });
  }
  if (damage === null) return;
  const what = `the index is damaged: ${damage}`;
  throw new IndexError('INDEX_DAMAGED', { what, todo, context: { file } });
}

/** A finished file's entry in the manifest. */
export async function describeFile(folder: string, file: string): Promise<IndexFile> {
  const full = path.join(folder, file);
  const { size } = await stat(full);
  return { file, bytes: size, sha256: await sha256OfFile(full) };
}
