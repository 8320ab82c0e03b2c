import { fromWindows1252 } from '../cable/windows-1252.js';

/** Bytes as text, or why they are no text. */
export type Decoded =
  | { readonly ok: true; readonly text: string; readonly encoding: string }
  | { readonly ok: false; readonly reason: string };

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes a file's bytes without loss: UTF-16 and UTF-8 with or without a byte-order mark, and
 * Windows-1252 (which holds Latin-1) for what is no UTF-8. Another file with NUL bytes is no text.
 */
export function decode(bytes: Uint8Array): Decoded {
  const utf16 = utf16Of(bytes);
  if (utf16 !== null) return decodeUtf16(bytes, utf16);
  if (bytes.includes(0)) {
    return { ok: false, reason: 'a binary file (it holds NUL bytes); a cable is text or HTML' };
  }
  try {
    return { ok: true, text: UTF8.decode(bytes), encoding: 'utf-8' };
  } catch {
    return { ok: true, ...decodeBroken(bytes) };
  }
}

type Utf16 = 'utf-16le' | 'utf-16be';

/**
 * The form of UTF-16 that a text is in, or null: by its byte-order mark, or where most pairs of bytes are a character of ASCII
 * that is written and a NUL, always the same one of the two first. The beginning of a text is enough.
 */
export function utf16Of(bytes: Uint8Array): Utf16 | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes.length % 2 === 1) return null;
  return isWide(bytes, 1) ? 'utf-16le' : isWide(bytes, 0) ? 'utf-16be' : null;
}

/** Whether most pairs of bytes are a NUL, at one of its two places, and a character that is written; and no other byte is NUL. */
function isWide(bytes: Uint8Array, nul: 0 | 1): boolean {
  let wide = 0;
  for (let i = 0; i < bytes.length; i += 2) {
    const own = bytes[i + 1 - nul] ?? 0;
    if (own === 0) return false;
    const isWritten = (own >= 0x20 && own < 0x7f) || /\s/.test(String.fromCharCode(own));
    if (isWritten && bytes[i + nul] === 0) wide++;
  }
  return wide * 4 > bytes.length;
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

function decodeUtf16(bytes: Uint8Array, encoding: Utf16): Decoded {
  try {
    return { ok: true, text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return { ok: false, reason: `looks like ${encoding}, but is not valid in it` };
  }
}
