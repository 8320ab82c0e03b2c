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
    return { ok: true, ...decodeBroken(bytes) };
  }
}

/** A character of UTF-8 beyond ASCII, as the bytes look in Latin-1. */
const SEQUENCE = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g;

/**
 * Bytes that are not all UTF-8. Where most beyond ASCII are, a few were damaged: those alone are read
 * as Windows-1252. Elsewhere all are: every byte means a character, so nothing can be lost.
 */
function decodeBroken(bytes: Uint8Array): { text: string; encoding: string } {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const sequences = latin1.match(SEQUENCE)?.length ?? 0;
  const others = latin1.replace(SEQUENCE, '').match(/[\x80-\xff]/g)?.length ?? 0;
  if (sequences <= others) return { text: fromWindows1252(latin1), encoding: 'windows-1252' };
  const text = latin1
    .split(new RegExp(`(${SEQUENCE.source})`))
    .map((part, index) => (index % 2 === 1 ? fromUtf8(part) : fromWindows1252(part)))
    .join('');
  return { text, encoding: 'utf-8 with damage' };
}

function fromUtf8(latin1: string): string {
  const text = Buffer.from(latin1, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? fromWindows1252(latin1) : text;
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  try {
    return { ok: true, text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return { ok: false, reason: `begins with the mark of ${encoding}, but is not valid in it` };
  }
}

function fromWindows1252(latin1: string): string {
  return latin1.replace(/[\x80-\x9f]/g, (byte) => C1.charAt(byte.charCodeAt(0) - 0x80));
}
