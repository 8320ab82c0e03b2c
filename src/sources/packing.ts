/** What files are packed in, told from their first bytes. */
export type Packing =
  | 'gzip'
  | 'xz'
  | 'zip'
  | 'tar'
  /** Archives that are known and not read. */
  | { readonly unread: string };

const MAGIC: readonly (readonly [bytes: readonly number[], packing: Packing])[] = [
  [[0x1f, 0x8b], 'gzip'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], 'xz'],
  [[0x50, 0x4b, 0x03, 0x04], 'zip'],
  [[0x50, 0x4b, 0x05, 0x06], 'zip'],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], { unread: '7z' }],
  [[0x42, 0x5a, 0x68, 0x39], { unread: 'bzip2' }],
  [[0x28, 0xb5, 0x2f, 0xfd], { unread: 'zstd' }],
  [[0x52, 0x61, 0x72, 0x21], { unread: 'rar' }],
];

/** Where a tar archive's first header says so. */
const TAR_MAGIC = { at: 257, text: 'ustar' };

/** What a file is packed in, or null where it is not. */
export function packingOf(head: Uint8Array): Packing | null {
  const magic = MAGIC.find(([bytes]) => bytes.every((byte, index) => head[index] === byte));
  if (magic !== undefined) return magic[1];
  const ascii = asciiOf(head);
  const isTar = ascii.startsWith(TAR_MAGIC.text, TAR_MAGIC.at) || /^\0{1024}/.test(ascii);
  return isTar ? 'tar' : null;
}

/** Bytes as text of which ASCII alone is to be looked at. */
export function asciiOf(head: Uint8Array): string {
  return Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
}
