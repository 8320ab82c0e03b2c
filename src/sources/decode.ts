/** Bytes as text, or why they are no text. */
export type Decoded =
  | { readonly ok: true; readonly text: string; readonly encoding: string }
  | { readonly ok: false; readonly reason: string };

const UTF8 = new TextDecoder('utf-8', { fatal: true });
/**
 * Windows-1252's characters for the bytes 0x80 to 0x9f; all others are Latin-1's. The five bytes
 * without one stay control characters, as in the encoding standard's index. (Node 20's TextDecoder
 * takes `windows-1252` for Latin-1.)
 */
const C1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Decodes a file's bytes without loss: UTF-16 by its byte-order mark, UTF-8 with or without one, and
 * Windows-1252 (which holds Latin-1) for what is no UTF-8. A file with NUL bytes is no text.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(bytes, 'utf-16be');
  if (bytes.includes(0)) {
    return { ok: false, reason: 'a binary file (it holds NUL bytes); a cable is text or HTML' };
  }
  try {
    return { ok: true, text: UTF8.decode(bytes), encoding: 'utf-8' };
  } catch {
    // Not UTF-8: every byte means a character in Windows-1252, so nothing can be lost.
    return { ok: true, text: decodeWindows1252(bytes), encoding: 'windows-1252' };
  }
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  try {
    return { ok: true, text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return { ok: false, reason: `begins with the mark of ${encoding}, but is not valid in it` };
  }
}

function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin1.replace(/[\x80-\x9f]/g, (byte) => C1.charAt(byte.charCodeAt(0) - 0x80));
}
