import type { TextRange } from '../cable/sentences.js';
import type { Span } from '../cable/types.js';
import { sha256OfText } from '../sha256.js';

/** What a cable's row is told by: its fields, and the hashes of its long texts. */
export interface HashedFields {
  readonly id: string;
  readonly headerHash: string;
  readonly bodyHash: string;
  /** All stored fields, as JSON. */
  readonly fields: string;
}

/** Hexadecimal digits of a span's hash: 64 bits tell any damage. */
const SPAN_HASH = 16;

/** The hash that stands in a cable's row: whoever reads the row makes it again and compares. */
export function hashOfFields(hashed: HashedFields): string {
  const { id, headerHash, bodyHash, fields } = hashed;
  return sha256OfText(JSON.stringify([id, headerHash, bodyHash, fields]));
}

/** The hash that stands in a span's row; with the body's, so that its offsets belong to that text. */
export function hashOfSpan(
  { id, bodyHash }: Pick<HashedFields, 'id' | 'bodyHash'>,
  ordinal: number,
  span: Span,
  sentences: readonly (TextRange | null)[],
): string {
  const { number, nth, mark, level, caveats, inherited, kind, start, end } = span;
  return sha256OfText(
    JSON.stringify([
      ...[
        id,
        bodyHash,
        ordinal,
        number,
        nth ?? 1,
        mark,
        level,
        caveats,
        inherited,
        kind,
        start,
        end,
      ],
      sentences,
    ]),
  ).slice(0, SPAN_HASH);
}
