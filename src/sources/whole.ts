import { collect, type Content } from './content.js';
import { decode } from './decode.js';
import type { SourceLimits } from './limits.js';
import { startOf, type PlacedReading, type SourceItem } from './source.js';

/** Reads a file that is held whole: a page, a text. */
export async function* readWhole(
  { name: file, bytes }: Content,
  limits: SourceLimits,
  readingsOf: (text: string) => readonly PlacedReading[],
): AsyncGenerator<SourceItem> {
  const decoded = decode(await collect(bytes, limits.wholeFile));
  if (!decoded.ok) {
    yield { kind: 'setAside', file, reason: decoded.reason };
    return;
  }
  yield* itemsOf(file, decoded.text, readingsOf(decoded.text));
}

/** What was read of a file's text, each with its line where there are several. */
export function* itemsOf(
  file: string,
  text: string,
  readings: readonly PlacedReading[],
): Generator<SourceItem> {
  for (const reading of readings) {
    const place = readings.length > 1 ? { file, line: reading.line } : { file };
    if (reading.ok) yield { kind: 'cable', ...place, cable: reading.cable };
    else yield { kind: 'setAside', ...place, reason: reading.reason, start: startOf(text) };
  }
}
