import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError, messageOf } from '../errors.js';
import { decode } from './decode.js';
import { readHtml } from './html.js';
import type { SourceItem } from './source.js';
import { readText } from './text.js';

/** No single cable comes near this; the longest public one has 140 kB. */
const LARGEST_FILE = 64 * 1024 * 1024;

/**
 * The files under the paths given, folders walked, in order of their names, each once. Hidden files
 * are left out; links are followed. A folder that cannot be read stands in the list itself, so that
 * {@link readCableFile} says why. Throws {@link InputError} for a path that does not exist.
 */
export async function listFiles(paths: readonly string[]): Promise<string[]> {
  const files = new Set<string>();
  const walked = new Set<string>();
  for (const given of paths) {
    try {
      await stat(given);
    } catch (cause) {
      throw new InputError('NO_SUCH_PATH', `cannot read ${given}: no such file or folder`, {
        cause,
      });
    }
    await walk(path.resolve(given), files, walked);
  }
  return [...files].sort();
}

async function walk(place: string, files: Set<string>, walked: Set<string>): Promise<void> {
  let names: string[];
  try {
    if (!(await stat(place)).isDirectory()) {
      files.add(place);
      return;
    }
    const real = await realpath(place); // a link may lead back
    if (walked.has(real)) return;
    walked.add(real);
    names = await readdir(place);
  } catch {
    files.add(place);
    return;
  }
  for (const name of names.filter((each) => !each.startsWith('.'))) {
    await walk(path.join(place, name), files, walked);
  }
}

/** Reads a file of any format; the format is told from its content. Never throws. */
export async function readCableFile(file: string): Promise<SourceItem> {
  const setAside = (reason: string): SourceItem => ({ kind: 'setAside', file, reason });
  let bytes: Uint8Array;
  try {
    const { size } = await stat(file);
    if (size === 0) return setAside('an empty file');
    if (size > LARGEST_FILE) return setAside(`larger than a cable can be (${size} bytes)`);
    bytes = await readFile(file);
  } catch (error) {
    return setAside(`cannot be read: ${messageOf(error)}`);
  }
  const decoded = decode(bytes);
  if (!decoded.ok) return setAside(decoded.reason);
  const reading = isHtml(decoded.text) ? readHtml(decoded.text) : readText(decoded.text);
  return reading.ok ? { kind: 'cable', file, cable: reading.cable } : setAside(reading.reason);
}

function isHtml(text: string): boolean {
  return /<(?:!doctype\s+html|html[\s>])/i.test(text.slice(0, 2000));
}
