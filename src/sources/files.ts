import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../errors.js';

/** A file to read, with its size in bytes; 0 where it cannot be told. */
export interface InputFile {
  readonly path: string;
  readonly size: number;
}

/**
 * The files under the paths given, folders walked, in order of their names, each once. Hidden files
 * are left out; links are followed. A folder that cannot be read stands in the list itself, so that
 * reading it says why. Throws {@link InputError} for a path that does not exist.
 */
export async function listFiles(paths: readonly string[]): Promise<InputFile[]> {
  const files = new Map<string, number>();
  const walked = new Set<string>();
  for (const given of paths) {
    try {
      await stat(given);
    } catch (cause) {
      throw new InputError('NO_SUCH_PATH', {
        what: `cannot read ${given}: no such file or folder`,
        cause,
      });
    }
    await walk(path.resolve(given), files, walked, true);
  }
  return [...files.keys()].sort().map((file) => ({ path: file, size: files.get(file) ?? 0 }));
}

async function walk(
  place: string,
  files: Map<string, number>,
  walked: Set<string>,
  given: boolean,
): Promise<void> {
  let names: string[];
  try {
    const found = await stat(place);
    if (!found.isDirectory()) {
      // A pipe in a folder would be waited for; one that is given is meant.
      if (found.isFile() || given) files.set(place, found.size);
      return;
    }
    const real = await realpath(place); // a link may lead back
    if (walked.has(real)) return;
    walked.add(real);
    names = await readdir(place);
  } catch {
    files.set(place, 0);
    return;
  }
  for (const name of names.filter((each) => !each.startsWith('.'))) {
    await walk(path.join(place, name), files, walked, false);
  }
}
