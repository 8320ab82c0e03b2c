import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Characters of a text are no more than this, whatever a damaged row says. */
const LONGEST = 256 * 1024 * 1024;

/** A text as a row has it: half as long. */
export function packText(text: string): Buffer {
  return deflateRawSync(Buffer.from(text, 'utf8'));
}

/** The text again. Throws for bytes that are none. */
export function unpackText(bytes: Uint8Array): string {
  return inflateRawSync(bytes, { maxOutputLength: LONGEST }).toString('utf8');
}
