import type { Cable } from './cable.js';
import { readReferenceLine } from './fields/references.js';
import { citingOf } from './id.js';
import type { Preamble } from './preamble.js';

/** What stands in a cable's head and was read by nobody. */
export interface Unread {
  /** A line that no field took, or a word or number of a reference line that no reference took. */
  readonly kind: 'line' | 'token';
  readonly text: string;
  /** Offset in the body. */
  readonly at: number;
}

/** What no field of a cable's head took, in order. */
export function unreadIn({ id, date, body }: Cable, { fields, unread }: Preamble): Unread[] {
  const lines = unread.map(({ start, end }): Unread => {
    const printed = body.slice(start, end);
    const indent = printed.length - printed.trimStart().length;
    return { kind: 'line', text: printed.trim(), at: start + indent };
  });
  const tokens = fields
    .filter(({ name }) => name === 'references')
    .flatMap(({ value, start, end }) => {
      let at = start;
      return readReferenceLine(value, citingOf(id, date)).unread.map((text): Unread => {
        const found = body.indexOf(text, at);
        if (found >= 0 && found < end) at = found;
        const place = at;
        at += text.length;
        return { kind: 'token', text, at: place };
      });
    });
  return [...lines, ...tokens].sort((a, b) => a.at - b.at);
}
