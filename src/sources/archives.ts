import { pipeline, Readable, type TransformOptions } from 'node:stream';
import { finished } from 'node:stream/promises';
import { crc32, createGunzip, type ZlibOptions } from 'node:zlib';
import { extract } from 'tar-stream';
import xz from 'xz-decompress';
import * as yauzl from 'yauzl';
import { messageOf } from '../errors.js';
import { SourceError } from './source-error.js';
import { bytesOf, type Content } from './content.js';

/** What stands in an archive: a file to read, or one that is left alone and why. */
export type ArchiveEntry =
  | ({ readonly kind: 'file' } & Content)
  | { readonly kind: 'refused'; readonly name: string; readonly reason: string };

/** Input of one step: at gzip's greatest ratio (1:1032) it expands to 8 MB. */
const GZIP_STEP = 8 * 1024;

/**
 * The bytes of a gzip stream. Throws a {@link SourceError} where it is damaged or cut short. Each
 * step's output is taken before the next step: a stream that breaks would discard what it holds.
 */
export async function* gunzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const options: ZlibOptions & TransformOptions = { readableHighWaterMark: 2 ** 30 };
  const unzipper = createGunzip(options);
  const ended = finished(unzipper, { readable: false });
  ended.catch(() => undefined); // thrown where it is awaited
  const write = (step: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      unzipper.write(step, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  const taken = (): Uint8Array[] => {
    const chunk: unknown = unzipper.read();
    return chunk === null ? [] : [bytesOf(chunk)];
  };
  try {
    for await (const chunk of bytes) {
      for (let from = 0; from < chunk.length; from += GZIP_STEP) {
        await Promise.race([write(chunk.subarray(from, from + GZIP_STEP)), ended]);
        yield* taken();
      }
    }
    unzipper.end();
    for await (const chunk of unzipper) yield bytesOf(chunk);
  } catch (error) {
    throw damaged('gzip', error);
  } finally {
    unzipper.destroy();
  }
}

/** The bytes of an xz stream. Throws a {@link SourceError} where it is damaged or cut short. */
export async function* unxz(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* new xz.XzReadableStream(Readable.toWeb(Readable.from(bytes)));
  } catch (error) {
    throw damaged('xz', error);
  }
}

/**
 * The files of a tar archive, each to be read before the next is asked for; what is not read of one
 * is passed over. Throws a {@link SourceError} where the archive is damaged or cut short.
 */
export async function* untar({ name, bytes }: Content): AsyncGenerator<ArchiveEntry> {
  const archive = pipeline(Readable.from(bytes), extract(), () => undefined);
  try {
    for await (const entry of archive) {
      const inside = entry.header.name;
      const isFile = entry.header.type === 'file' || entry.header.type === 'contiguous-file';
      const content = { name: `${name}!${inside}`, bytes: drained(entry, name) };
      const refusal = isFile ? yauzl.validateFileName(inside) : null;
      if (refusal !== null) yield refused(content.name);
      else if (isFile && !inside.endsWith('/') && !isHidden(inside))
        yield { kind: 'file', ...content };
      entry.resume();
    }
  } catch (error) {
    throw damaged('tar', error, name);
  }
}

/** The bytes of an entry. Its iterator would close the archive when it is left early. */
async function* drained(
  entry: AsyncIterable<unknown>,
  archive: string,
): AsyncGenerator<Uint8Array> {
  const iterator = entry[Symbol.asyncIterator]();
  try {
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      yield bytesOf(next.value);
    }
  } catch (error) {
    throw damaged('tar', error, archive);
  }
}

/** The files of a zip archive on disk, or in memory. */
export async function* unzip(
  name: string,
  source: string | Buffer,
  onEntry: (compressedBytes: number) => void,
): AsyncGenerator<ArchiveEntry> {
  const options = { decodeStrings: false, autoClose: false };
  let zip: yauzl.ZipFile;
  try {
    zip =
      typeof source === 'string'
        ? await yauzl.openPromise(source, options)
        : await yauzl.fromBufferPromise(source, options);
  } catch (error) {
    throw damaged('zip', error);
  }
  try {
    for await (const entry of zip.eachEntry()) {
      onEntry(entry.compressedSize);
      const inside = yauzl.getFileNameLowLevel(
        entry.generalPurposeBitFlag,
        entry.fileNameRaw,
        entry.extraFields,
        false,
      );
      const full = `${name}!${inside}`;
      if (yauzl.validateFileName(inside) !== null) {
        yield refused(full);
        continue;
      }
      if (inside.endsWith('/') || isHidden(inside)) continue;
      if (entry.isEncrypted()) yield { kind: 'refused', name: full, reason: 'it is encrypted' };
      else yield { kind: 'file', name: full, bytes: entryBytes(zip, entry) };
    }
  } catch (error) {
    throw damaged('zip', error);
  } finally {
    zip.close();
  }
}

async function* entryBytes(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Uint8Array> {
  try {
    let sum = 0;
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      const bytes = bytesOf(chunk);
      sum = crc32(bytes, sum);
      yield bytes;
    }
    if (sum !== entry.crc32) throw new Error('its checksum is another');
  } catch (error) {
    throw damaged('zip', error);
  }
}

function refused(name: string): ArchiveEntry {
  const reason = 'its path leads out of the archive; what stands there was not read';
  return { kind: 'refused', name, reason };
}

/** As in folders: files that begin with a full stop, and what macOS adds. */
function isHidden(name: string): boolean {
  return name.split('/').some((part) => /^\.[^.]/.test(part) || part === '__MACOSX');
}

/** Messages of the libraries that mean an end too soon. */
const CUT_SHORT =
  /unexpected end|end of data|error code 8|signature not found|not enough bytes|truncated/i;

function damaged(format: string, error: unknown, archive: string | null = null): SourceError {
  if (error instanceof SourceError) return error;
  const what = CUT_SHORT.test(messageOf(error)) ? 'cut short' : 'damaged';
  const failure = new SourceError(
    `the ${format} data is ${what} (${messageOf(error)}); what stood before that was read`,
    { cause: error },
  );
  failure.archive = archive;
  return failure;
}
