import { existsSync } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { KeptFile } from '../corpus/engine.js';
import { IndexError, InputError } from '../errors.js';
import { fileDamage } from './files.js';
import { lockFolder } from './lock.js';
import { manifestFile, requireManifest } from './manifest.js';
import { VectorStore, vectorStoreFile } from './sqlite/vector-store.js';

/**
 * Holds what is published still while `work` copies it: nothing is published and no vector is written until it has
 * ended; whoever asks notices nothing.
 */
export async function withSnapshot<T>(
  folder: string,
  work: (files: readonly KeptFile[]) => Promise<T>,
): Promise<T> {
  const lock = await lockFolder(folder, 'change');
  try {
    const { store, vectors, model } = await requireManifest(folder);
    const kept = vectorStoreFile(folder, model);
    const files = [manifestFile(folder), store.file, vectors.file].map((file) => {
      const full = path.resolve(folder, path.basename(file));
      return { name: path.basename(file), path: full };
    });
    const reading = VectorStore.toRead(kept);
    if (reading === null) return await work(files);
    try {
      const all = [...files, { name: path.basename(kept), path: kept }];
      return await reading.still(() => work(all));
    } finally {
      reading.close();
    }
  } finally {
    lock.release();
  }
}

/** What the files of an index may be called. */
const NAMES = /^(?:manifest\.json|cables-\d+\.sqlite|vectors-\d+\.hnsw|vectors-of-\w+\.sqlite)$/;

export function isIndexFile(name: string): boolean {
  return NAMES.test(name);
}

/** Throws {@link InputError} where a folder holds an index already: nothing is overwritten. */
export async function requireNoIndex(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const found = (await readdir(folder)).find(isIndexFile);
  if (found === undefined) return;
  throw new InputError('INDEX_IN_THE_WAY', {
    what: `${folder} holds an index already (${found})`,
    todo: 'move it away, or name another folder with --index',
    context: { folder },
  });
}

/**
 * Takes an index that lies in another folder of the same disk, whole or not at all. Throws {@link IndexError} where
 * it is damaged, {@link InputError} where there is one in its place.
 */
export async function adoptFolder(from: string, folder: string): Promise<void> {
  const manifest = await requireManifest(from);
  for (const entry of [manifest.store, manifest.vectors]) {
    const damage = await fileDamage(from, entry, 'full');
    if (damage !== null) throw unwhole(damage);
  }
  const reading = VectorStore.toRead(vectorStoreFile(from, manifest.model));
  const damaged = reading?.examine().damaged.length ?? 0;
  reading?.close();
  if (damaged > 0) throw unwhole(`${damaged} vectors are damaged`);
  await mkdir(folder, { recursive: true });
  const lock = await lockFolder(folder, 'change');
  try {
    await requireNoIndex(folder);
    const names = (await readdir(from)).filter(isIndexFile);
    const last = path.basename(manifestFile(from));
    // The manifest comes last: without it there is no index.
    for (const name of [...names.filter((each) => each !== last), last]) {
      await rename(path.join(from, name), path.join(folder, name));
    }
  } finally {
    lock.release();
  }
}

function unwhole(what: string): IndexError {
  return new IndexError('BACKUP_DAMAGED', {
    what: `the index of the backup is damaged: ${what}`,
    todo: 'take another backup',
  });
}
