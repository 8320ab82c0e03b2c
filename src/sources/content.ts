import { SourceError } from './source-error.js';
import { sizeOf } from './limits.js';

/** A stream of bytes with the name that reports give it. */
export interface Content {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The file, while nothing is unpacked: what has a directory of its own is read by that. */
  readonly onDisk?: string;
}

/** The first bytes of a stream, and a stream that begins with them again. */
export interface Peeked {
  readonly head: Uint8Array;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Closes the stream where it was not read to its end. */
  close(): Promise<void>;
}

/**
 * Reads at least `size` bytes ahead, or all there are. A stream that breaks while it is looked at
 * breaks again at the same place when it is read.
 */
export async function peek(bytes: AsyncIterable<Uint8Array>, size: number): Promise<Peeked> {
  const iterator = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  let failure: { readonly error: unknown } | null = null;
  while (length < size && !ended) {
    try {
      const next = await iterator.next();
      if (next.done === true) ended = true;
      else {
        chunks.push(next.value);
        length += next.value.length;
      }
    } catch (error) {
      failure = { error };
      ended = true;
    }
  }
  const close = async (): Promise<void> => {
    if (!ended) await iterator.return?.();
    ended = true;
  };
  async function* again(): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
      if (failure !== null) throw failure.error;
      while (!ended) {
        const next = await iterator.next();
        if (next.done === true) ended = true;
        else yield next.value;
      }
    } finally {
      await close();
    }
  }
  if (failure !== null && length === 0) throw failure.error;
  return { head: Buffer.concat(chunks, length), bytes: again(), close };
}

/** All bytes of a stream. Throws a {@link SourceError} where there are more than `most`. */
export async function collect(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > most) throw new TooLarge(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** More than one cable can be: the file is set aside, the stream behind it can be read on. */
export class TooLarge extends SourceError {
  constructor(most: number) {
    super(largerThanACable(most));
  }
}

export function largerThanACable(most: number): string {
  return `larger than a cable can be (more than ${sizeOf(most)})`;
}

/** A chunk of a stream of bytes, which Node's types call anything. */
export function bytesOf(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError(`a stream of bytes gave ${typeof chunk}`);
}

/** A stream that tells of every chunk when it has passed. */
export async function* counted(
  bytes: AsyncIterable<unknown>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    const each = bytesOf(chunk);
    yield each;
    count(each.length);
  }
}
