/** What the parser of CSV cannot stand in its bytes, put right before it meets them. */

export const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const CARRIAGE_RETURN = 0x0d;

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
export function countOf(byte: number, bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}

/**
 * Makes one of the two ways in which a quote inside quotes is written: the dump's, behind a backslash, and RFC
 * 4180's, doubled. Out comes the dump's. A backslash that escapes nothing is doubled, so that it is kept: inside
 * quotes the parser would drop the one in `C:\\data`. In a file that doubles its quotes a backslash before a field's
 * last quote is text. Leaves out a byte-order mark.
 */
export async function* withOneEscape(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let quoted = false;
  /** Quotes have been met doubled. */
  let doubles = false;
  let rest: Uint8Array = new Uint8Array(0);
  let begun = false;
  for await (const read of bytes) {
    const chunk = begun ? read : withoutMark(read);
    begun = true;
    const whole = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    // What stands at the end is read with what follows it.
    const held = heldBack(whole);
    const end = whole.length - held;
    rest = whole.subarray(end);
    yield* pieces(whole, end);
  }
  if (rest.length > 0) yield* pieces(rest, rest.length);

  function* pieces(all: Uint8Array, end: number): Generator<Uint8Array> {
    let from = 0;
    let quote = indexBefore(all, QUOTE, 0, end);
    let backslash = indexBefore(all, BACKSLASH, 0, end);
    while (quote >= 0 || backslash >= 0) {
      let next: number;
      if (backslash < 0 || (quote >= 0 && quote < backslash)) {
        next = quote + 1;
        if (!quoted) quoted = true;
        else if (all[next] === QUOTE) {
          // Doubled: the first of them becomes a backslash.
          doubles = true;
          yield all.subarray(from, quote);
          yield Buffer.of(BACKSLASH, QUOTE);
          next = quote + 2;
          from = next;
        } else quoted = false;
      } else {
        next = backslash + 1;
        const byte = all[next];
        const escapes =
          byte === BACKSLASH || (byte === QUOTE && !(doubles && endsField(all, next)));
        if (quoted && escapes) next++;
        else if (quoted) {
          yield all.subarray(from, next);
          yield Buffer.of(BACKSLASH);
          from = next;
        }
      }
      if (quote >= 0 && quote < next) quote = indexBefore(all, QUOTE, next, end);
      if (backslash >= 0 && backslash < next) backslash = indexBefore(all, BACKSLASH, next, end);
    }
    if (from < end) yield all.subarray(from, end);
  }
}

function indexBefore(all: Uint8Array, byte: number, from: number, end: number): number {
  const at = all.indexOf(byte, from);
  return at < end ? at : -1;
}

/** Bytes at the end whose meaning what follows them tells: quotes and backslashes, and the byte behind them. */
function heldBack(all: Uint8Array): number {
  let held = 0;
  while (held < all.length && held < MOST_HELD) {
    const byte = all[all.length - 1 - held];
    if (byte !== QUOTE && byte !== BACKSLASH) break;
    held++;
  }
  return held;
}

/** So many quotes in a row stand in no cable. */
const MOST_HELD = 1024;

/** Behind a field's last quote stands a comma, or the row's end. */
function endsField(all: Uint8Array, quote: number): boolean {
  const [next, after] = [all[quote + 1], all[quote + 2]];
  if (next === undefined || next === LINE_FEED || next === CARRIAGE_RETURN) return true;
  return next === COMMA && (after === QUOTE || after === undefined);
}

function withoutMark(chunk: Uint8Array): Uint8Array {
  const marked = chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
  return marked ? chunk.subarray(3) : chunk;
}
