import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { KeptFile } from '../corpus/engine.js';
import { renameDurably } from '../durable.js';
import { IndexError, InputError } from '../errors.js';
import { fileDamage } from './files.js';
import { lockFolder } from './lock.js';
import { manifestFile, requireManifest } from './manifest.js';
import { VectorStore, vectorStoreFile } from './sqlite/vector-store.js';

/**
 * Holds what is published still while `work` copies it: nothing is published until it has ended; whoever asks notices
 * nothing. Vectors go on being kept meanwhile: those of now are copied into `beside` first.
 */
export async function withSnapshot<T>(
  folder: string,
  beside: string,
  work: (files: readonly KeptFile[]) => Promise<T>,
): Promise<T> {
  await requireManifest(folder);
  const lock = await lockFolder(folder, 'change');
  try {
    const { store, vectors, model } = await requireManifest(folder);
    const names = [path.basename(manifestFile(folder)), store.file, vectors.file];
    const files = names.map((name) => ({ name, path: path.join(folder, name) }));
    const kept = vectorStoreFile(folder, model);
    const reading = VectorStore.toRead(kept);
    if (reading === null) return await work(files);
    const copy = vectorStoreFile(beside, model);
    const writing = VectorStore.open(copy);
    try {
      reading.copyTo(writing);
    } finally {
      writing.close();
      reading.close();
    }
    return await work([...files, { name: path.basename(kept), path: copy }]);
  } finally {
    lock.release();
  }
}

/** What the files of an index may be called. */
const NAMES = /^(?:manifest\.json|cables-\d+\.sqlite|vectors-\d+\.hnsw|vectors-of-\w+\.sqlite)$/;

/** What SQLite leaves beside them, and a run that was stopped: it would be played into what is put there. */
const LEFT = /^(?:cables-\d+|vectors-of-\w+|building)\.sqlite(?:-\w+)?$/;

export function isIndexFile(name: string): boolean {
  return NAMES.test(name);
}

/** Throws {@link InputError} where a folder holds an index already, or what is left of one: nothing is overwritten. */
export async function requireNoIndex(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const found = (await readdir(folder)).find((name) => isIndexFile(name) || LEFT.test(name));
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
  const last = path.basename(manifestFile(from));
  const named = [
    manifest.store.file,
    manifest.vectors.file,
    path.basename(vectorStoreFile(from, manifest.model)),
  ];
  const laid = (await readdir(from)).filter(isIndexFile);
  const foreign = [...named, ...laid].find(
    (name) => !isIndexFile(name) || (name !== last && !named.includes(name)),
  );
  if (foreign !== undefined) throw unwhole(`${foreign} does not belong to it`);
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
    // The manifest comes last: without it there is no index.
    for (const name of [...laid.filter((each) => each !== last), last]) {
      await renameDurably(path.join(from, name), path.join(folder, name));
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
