import type { TextRange } from '../cable/sentences.js';
import type { CableFields, Span } from '../cable/types.js';
import { sha256OfText } from '../sha256.js';

/** A cable's row without its long texts, which have hashes of their own. */
export type HashedFields = Omit<CableFields, 'header' | 'body'> & {
  readonly headerHash: string;
  readonly bodyHash: string;
};

/** Hexadecimal digits of a span's hash: 64 bits tell any damage. */
const SPAN_HASH = 16;

/** The hash that stands in a cable's row: whoever reads the row makes it again and compares. */
export function hashOfFields(fields: HashedFields): string {
  const { id, headerHash, bodyHash, date, classification, level, caveats } = fields;
  const { origin, subject, tags, references, signature } = fields;
  return sha256OfText(
    JSON.stringify([
      ...[id, headerHash, bodyHash, date, classification, level, caveats],
      ...[origin, subject, tags, references, signature],
    ]),
  );
}

/** The hash that stands in a span's row; with the body's, so that its offsets belong to that text. */
export function hashOfSpan(
  { id, bodyHash }: Pick<HashedFields, 'id' | 'bodyHash'>,
  ordinal: number,
  span: Span,
  sentences: readonly (TextRange | null)[],
): string {
  const { number, mark, level, caveats, inherited, kind, start, end } = span;
  return sha256OfText(
    JSON.stringify([
      ...[id, bodyHash, ordinal, number, mark, level, caveats, inherited, kind, start, end],
      sentences,
    ]),
  ).slice(0, SPAN_HASH);
}
