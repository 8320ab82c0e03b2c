/** What the parser of CSV cannot stand in its bytes, put right before it meets them. */

export const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;
const QUOTE = 0x22;

/** Stands for a line that was left out; no text holds a NUL. */
export const LINE_LEFT_OUT = '\0a line left out\0';

/** A row that begins with its number. */
const ROW_START = /^"?\d{1,9}"?,/;

/**
 * Commas of one line, at most: the parser makes an object of every cell, and a line of twenty million
 * commas would take gigabytes. No line of a cable has a thousand.
 */
export const MOST_COMMAS = 100_000;
const COMMA = 0x2c;

/**
 * Puts {@link LINE_LEFT_OUT} in the place of every line of more than `most` bytes, or of too many commas, so
 * that its row can be refused and the rows behind it are found: the parser would hold all of it, and give
 * up. Where the line lies inside a quoted field, the quote that closes the field stays.
 */
export async function* withoutLongLines(
  bytes: AsyncIterable<Uint8Array>,
  most: number,
): AsyncGenerator<Uint8Array> {
  /** What has come since the last line feed; empty once it is too long. */
  let held: Uint8Array[] = [];
  let length = 0;
  let commas = 0;
  let tooLong = false;
  let isRow = false;
  let lastByte = 0;
  for await (const chunk of bytes) {
    const first = chunk.indexOf(LINE_FEED);
    const last = chunk.lastIndexOf(LINE_FEED);
    const end = first < 0 ? chunk.length : first;
    length += end;
    if (!tooLong) commas += countOf(COMMA, chunk.subarray(0, end));
    if (tooLong || length > most || commas > MOST_COMMAS) {
      if (!tooLong) isRow = ROW_START.test(Buffer.from(held[0] ?? chunk).toString('latin1', 0, 16));
      tooLong = true;
      held = [];
      lastByte = end > 0 ? (chunk[end - 1] ?? 0) : lastByte;
    } else held.push(chunk.subarray(0, end));
    if (first < 0) continue;
    if (tooLong) {
      const closing = !isRow && lastByte === QUOTE ? '"' : '';
      yield Buffer.from(LINE_LEFT_OUT + closing);
    } else yield* held;
    yield chunk.subarray(first, last + 1);
    held = [chunk.subarray(last + 1)];
    length = chunk.length - last - 1;
    commas = countOf(COMMA, chunk.subarray(last + 1));
    tooLong = false;
  }
  if (tooLong) yield Buffer.from(LINE_LEFT_OUT);
  else yield* held;
}

/** How often a byte stands in some. */
function countOf(byte: number, bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}

/**
 * Doubles a backslash that escapes nothing, so that it is kept: inside quotes the parser would drop
 * the one in `C:\\data`. The dump escapes quotes and backslashes alone. Leaves out a byte-order mark.
 */
export async function* withWholeEscapes(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let quoted = false;
  /** The last byte so far is a backslash inside quotes, and what it escapes is still to come. */
  let open = false;
  let begun = false;
  for await (const read of bytes) {
    const chunk = begun ? read : withoutMark(read);
    begun = true;
    let from = 0;
    let at = 0;
    if (open && chunk.length > 0) {
      open = false;
      if (isEscaped(chunk[0])) at = 1;
      else yield Buffer.of(BACKSLASH);
    }
    let quote = chunk.indexOf(QUOTE, at);
    let backslash = chunk.indexOf(BACKSLASH, at);
    while (quote >= 0 || backslash >= 0) {
      if (backslash < 0 || (quote >= 0 && quote < backslash)) {
        quoted = !quoted;
        quote = chunk.indexOf(QUOTE, quote + 1);
        continue;
      }
      at = backslash + 1;
      if (quoted && at === chunk.length) open = true;
      else if (quoted && isEscaped(chunk[at])) at++;
      else if (quoted) {
        yield Buffer.concat([chunk.subarray(from, at), Buffer.of(BACKSLASH)]);
        from = at;
      }
      backslash = chunk.indexOf(BACKSLASH, at);
      if (quote >= 0 && quote < at) quote = chunk.indexOf(QUOTE, at);
    }
    if (from < chunk.length) yield chunk.subarray(from);
  }
}

function isEscaped(byte: number | undefined): boolean {
  return byte === BACKSLASH || byte === QUOTE;
}

function withoutMark(chunk: Uint8Array): Uint8Array {
  const marked = chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
  return marked ? chunk.subarray(3) : chunk;
}
