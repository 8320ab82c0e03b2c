import { z } from 'zod';
import type { CorpusStats, Count } from '../../corpus/corpus.js';
import type { Connection } from '../../sqlite/connection.js';
import { isShown, type SqlCondition, type View } from './view.js';

const countRow = z.object({ name: z.string(), count: z.number() });

/** Counts over a store, or over what a ceiling shows of it. */
export function statsOf(connection: Connection, view: View | null): Omit<CorpusStats, 'vectors'> {
  const counts = (select: string, from: string, { sql, values }: SqlCondition): Count[] =>
    connection.rows(
      countRow,
      `SELECT coalesce(${select}, 'unknown') AS name, count(*) AS count FROM ${from} WHERE ${sql}
       GROUP BY 1 ORDER BY 2 DESC, 1`,
      ...values,
    );
  const count = (from: string, { sql, values }: SqlCondition): number =>
    connection.value(z.number(), `SELECT count(*) FROM ${from} WHERE ${sql}`, ...values) ?? 0;
  const cables = isShown('cable', view);
  const spans = isShown('span', view);
  const paragraphs = { ...spans, sql: `kind = 'paragraph' AND ${spans.sql}` };
  return {
    cables: count('cable', cables),
    paragraphs: count('span', paragraphs),
    byOrigin: counts('origin', 'cable', cables),
    byYear: counts('substr(date, 1, 4)', 'cable', cables),
    byClassification: counts('classification', 'cable', cables),
    byMark: counts("coalesce(mark, 'none')", 'span', paragraphs),
  };
}
