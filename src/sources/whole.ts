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
  const readings = readingsOf(decoded.text);
  for (const reading of readings) {
    const place = readings.length > 1 ? { file, line: reading.line } : { file };
    if (reading.ok) yield { kind: 'cable', ...place, cable: reading.cable };
    else {
      const { reason } = reading;
      yield { kind: 'setAside', ...place, reason, start: startOf(decoded.text) };
    }
  }
}
