import { readWhole } from './whole.js';
import type { Content } from './content.js';
import type { SourceLimits } from './limits.js';
import type { SourceItem } from './source.js';

export const SQL_IS_NOT_READ =
  'SQL is not read: export the table as CSV or as lines of JSON, and give their columns with --map';

/** A dump in SQL is set aside whole. */
export function readSql(content: Content, limits: SourceLimits): AsyncGenerator<SourceItem> {
  return readWhole(content, limits, () => [{ ok: false, reason: SQL_IS_NOT_READ, line: 1 }]);
}
