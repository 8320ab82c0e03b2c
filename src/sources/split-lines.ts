/** A line of a stream; `bytes` is null where it is longer than the limit. */
export interface SplitLine {
  /** From 1. */
  readonly line: number;
  readonly bytes: Uint8Array | null;
}

const LINE_FEED = 0x0a;

/**
 * The lines of a stream, without their line feed, however its chunks fall. Of a line longer than
 * `most` bytes nothing is kept, so that memory stays bounded (readline would hold all of it).
 */
export async function* splitLines(
  bytes: AsyncIterable<Uint8Array>,
  most: number,
): AsyncGenerator<SplitLine> {
  let line = 1;
  let pieces: Uint8Array[] = [];
  let length = 0;
  const take = (piece: Uint8Array): void => {
    length += piece.length;
    if (length <= most) pieces.push(piece);
    else pieces = [];
  };
  const end = (): SplitLine => {
    const whole = { line, bytes: length > most ? null : Buffer.concat(pieces, length) };
    line++;
    pieces = [];
    length = 0;
    return whole;
  };
  for await (const chunk of bytes) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      take(chunk.subarray(from, at));
      yield end();
      from = at + 1;
    }
    if (from < chunk.length) take(chunk.subarray(from));
  }
  if (length > 0) yield end();
}
