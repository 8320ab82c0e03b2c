import { createReadStream, createWriteStream, existsSync, rmSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';
import type { Config } from './config.js';
import type { KeptFile, Published } from './corpus/engine.js';
import { BOT_DATA, openBotData, snapshotBotData } from './discord/bot-data.js';
import { renameDurably } from './durable.js';
import { InputError, messageOf } from './errors.js';
import { sha256OfFile } from './sha256.js';
import { engineOf } from './open.js';
import { LEFTOVERS } from './sqlite/connection.js';

type Kept = Pick<Config, 'index'> & { readonly discord: Pick<Config['discord'], 'data'> };

/** How the folders are called in which a file is made, or unpacked. */
const BACKING_UP = '.pilcrow-backup-';
const RESTORING = '.restoring-';
/** Milliseconds after which what is left there is of a process that was killed. */
const LEFT = 24 * 3_600_000;

/** Makes a folder to work in, and removes those that killed processes have left. */
async function workingFolder(within: string, prefix: string): Promise<string> {
  await mkdir(within, { recursive: true });
  for (const name of await readdir(within)) {
    const left = path.join(within, name);
    if (!name.startsWith(prefix) || Date.now() - (await stat(left)).mtimeMs < LEFT) continue;
    await rm(left, { recursive: true, force: true });
  }
  return mkdtemp(path.join(within, prefix));
}

/** Removes a folder where the process is told to end; undone by what is returned. */
function removedWhenTold(folder: string): () => void {
  const end = (signal: NodeJS.Signals): void => {
    rmSync(folder, { recursive: true, force: true });
    process.kill(process.pid, signal); // nobody listens any more
  };
  for (const signal of ENDING) process.once(signal, end);
  return () => {
    for (const signal of ENDING) process.off(signal, end);
  };
}

const ENDING = ['SIGINT', 'SIGTERM'] as const;

/** Writes a file as a whole or not at all. */
export async function backUp(
  config: Kept,
  file: string,
): Promise<{ readonly bytes: number; readonly settings: boolean }> {
  if (existsSync(file)) {
    throw new InputError('FILE_IN_THE_WAY', {
      what: `${file} is there already`,
      todo: 'name another file, or move it away',
    });
  }
  const folder = path.dirname(path.resolve(file));
  const beside = await workingFolder(folder, BACKING_UP).catch((cause: unknown) => {
    throw fileTrouble(file, cause);
  });
  const unheard = removedWhenTold(beside);
  try {
    const data = path.join(beside, BOT_DATA);
    const settings = snapshotBotData(config.discord.data, data);
    const own = settings ? [{ name: BOT_DATA, path: data }] : [];
    const written = path.join(beside, 'backup.tar');
    await engineOf(config).snapshot(beside, (files) => writeTar(written, [...files, ...own]));
    await renameDurably(written, file);
    return { bytes: (await stat(file)).size, settings };
  } finally {
    unheard();
    await rm(beside, { recursive: true, force: true });
  }
}

async function writeTar(file: string, files: readonly KeptFile[]): Promise<void> {
  const tar = pack();
  const writing = pipeline(tar, createWriteStream(file));
  const reading = async (): Promise<void> => {
    for (const { name, path: from } of files) {
      const { size } = await stat(from);
      await pipeline(createReadStream(from), tar.entry({ name, size }));
    }
    tar.finalize();
  };
  // Where the disk is full nothing is read any more.
  await Promise.all([writing, reading()]).catch((cause: unknown) => {
    throw fileTrouble(file, cause);
  });
}

/**
 * Puts an index and the bot's own file back where there are none. Throws {@link InputError} where there are, or for a
 * file that is no backup, and {@link IndexError} for one that is damaged; then nothing is changed.
 */
export async function restore(config: Kept, file: string): Promise<Published> {
  const engine = engineOf(config);
  await engine.requireEmpty();
  const data = path.join(config.discord.data, BOT_DATA);
  const folder = path.resolve(config.index);
  const laid = await workingFolder(folder, RESTORING);
  const unheard = removedWhenTold(laid);
  try {
    const names = await readTar(file, laid, (name) => name === BOT_DATA || engine.isOwn(name));
    if (!names.includes('manifest.json')) throw noBackup(file, 'it holds no index');
    // Settings first: an index without them would be shown to whoever a ceiling keeps from it.
    const isNew = names.includes(BOT_DATA)
      ? await layData(path.join(laid, BOT_DATA), config.discord.data)
      : false;
    try {
      await engine.adopt(laid);
    } catch (error) {
      if (isNew) await rm(data, { force: true });
      throw error;
    }
    return await engine.required();
  } finally {
    unheard();
    await rm(laid, { recursive: true, force: true });
  }
}

/**
 * Puts the bot's own file in its place; false where it stands there already, as a restore leaves it that was killed before
 * its index was there.
 */
async function layData(file: string, folder: string): Promise<boolean> {
  const data = path.join(folder, BOT_DATA);
  openBotData(path.dirname(file)).close(); // throws where it is none
  if (existsSync(data) && (await sha256OfFile(data)) === (await sha256OfFile(file))) return false;
  const inTheWay = ['', ...LEFTOVERS]
    .map((ending) => data + ending)
    .find((name) => existsSync(name));
  if (inTheWay !== undefined) {
    throw new InputError('DATA_IN_THE_WAY', {
      what: `${inTheWay} is there already`,
      todo: 'move it away, or set PILCROW_DATA to another folder',
    });
  }
  try {
    await mkdir(folder, { recursive: true });
    await copyFile(file, `${data}.new`);
    await renameDurably(`${data}.new`, data);
    return true;
  } catch (cause) {
    throw fileTrouble(data, cause);
  }
}

function fileTrouble(file: string, cause: unknown): InputError {
  return new InputError('FILE_TROUBLE', {
    what: `cannot write ${file} (${messageOf(cause)})`,
    todo: 'check the disk, its space and the permissions',
    cause,
  });
}

/** Lays the files of a tar archive in a folder, those that are asked for; returns their names. */
async function readTar(
  file: string,
  folder: string,
  wanted: (name: string) => boolean,
): Promise<string[]> {
  const names: string[] = [];
  const tar = extract();
  const handle = await open(file).catch((cause: unknown) => {
    throw new InputError('NO_FILE', { what: `cannot read ${file} (${messageOf(cause)})`, cause });
  });
  const reading = pipeline(handle.createReadStream(), tar);
  reading.catch(() => undefined); // awaited below
  try {
    for await (const entry of tar) {
      const { name } = entry.header;
      if (!wanted(name) || names.includes(name)) throw new Error(`${name} does not belong there`);
      await pipeline(entry, createWriteStream(path.join(folder, name), { flags: 'wx' }));
      names.push(name);
    }
    await reading;
    return names;
  } catch (error) {
    const isOfDisk = error instanceof Error && 'syscall' in error;
    throw isOfDisk ? fileTrouble(folder, error) : noBackup(file, messageOf(error));
  }
}

function noBackup(file: string, why: string): InputError {
  return new InputError('NO_BACKUP', {
    what: `${file} is no backup that pilcrow has written: ${why}`,
    todo: 'name a file that pilcrow backup has made',
  });
}
