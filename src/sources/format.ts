/** What a file is, told from its first bytes. */
export type Format =
  | 'empty'
  | 'gzip'
  | 'xz'
  | 'zip'
  | 'tar'
  | 'csv'
  | 'jsonl'
  | 'json'
  | 'html'
  | 'text'
  /** Archives that are known and not read. */
  | { readonly unread: string };

/** Bytes that are looked at. */
export const PEEKED = 64 * 1024;

const MAGIC: readonly (readonly [bytes: readonly number[], format: Format])[] = [
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

/** `"1","12/28/1966 18:48","66BUENOSAIRES2481",…`: the dump's row, or a headed one. */
const CSV_START =
  /^\s*"?\d+"?\s*,\s*"?\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[^",]{0,20}"?\s*,|^\s*"?id"?,"?(?:datetime|date)"?,/i;

/** Tells a format from its content; the name decides only what the content leaves open. */
export function formatOf(head: Uint8Array, name: string): Format {
  if (head.length === 0) return 'empty';
  const magic = MAGIC.find(([bytes]) => bytes.every((byte, index) => head[index] === byte));
  if (magic !== undefined) return magic[1];
  const ascii = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  if (ascii.startsWith(TAR_MAGIC.text, TAR_MAGIC.at) || /^\0{1024}/.test(ascii)) return 'tar';
  const text = ascii.replace(/^(?:\xef\xbb\xbf)?\s+|^\xef\xbb\xbf/, '');
  if (text.startsWith('<') && isHtml(text)) return 'html';
  if (/^\[\s*[{\]]/.test(text)) return 'json';
  if (text.startsWith('{')) return isLines(text, name) ? 'jsonl' : 'json';
  if (CSV_START.test(text.slice(0, 400)) || /\.csv$/i.test(name)) return 'csv';
  if (/\.(?:jsonl|ndjson)$/i.test(name)) return 'jsonl';
  return isHtml(text) ? 'html' : 'text';
}

function isHtml(text: string): boolean {
  return /<(?:!doctype\s+html|html[\s>])/i.test(text.slice(0, 2000));
}

/** One object a line; a document is spread over many. */
function isLines(text: string, name: string): boolean {
  if (/\.(?:jsonl|ndjson)$/i.test(name)) return true;
  const end = text.indexOf('\n');
  return end < 0 ? text.length >= PEEKED || /\}\s*$/.test(text) : /\}\s*$/.test(text.slice(0, end));
}
