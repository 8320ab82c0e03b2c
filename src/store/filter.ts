import type { Level } from '../cable/types.js';
import { isShown, isWholeShown, type Condition, type View } from './view.js';

/** Which passages count; what is not stated does not narrow. Dates are YYYY-MM-DD, both included. */
export interface PassageFilter {
  /** Posts as ids name them, any of which. */
  readonly posts?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  /** Any of which. */
  readonly tags?: readonly string[];
  /** The whole cable's level, and whether it is NOFORN. */
  readonly cableLevel?: LevelFilter;
  /** The level of the paragraph's printed mark, and whether it is NOFORN. */
  readonly level?: LevelFilter;
  /** Cables, any of which. */
  readonly ids?: readonly string[];
  /** Passages by their keys, any of which. */
  readonly passages?: readonly number[];
}

export interface LevelFilter {
  readonly level: Level;
  /** With NOFORN or without; not stated: either. */
  readonly noforn?: boolean;
}

const anyOf = (column: string): string => `${column} IN (SELECT value FROM json_each(?))`;

/** Whether a filter leaves anything out. */
export function isNarrow(filter: PassageFilter): boolean {
  return Object.values(filter).some((wanted) => wanted !== undefined);
}

/**
 * The condition of a filter on `passage` joined with `cable`, under a ceiling where there is one; `true`
 * where neither narrows.
 */
export function conditionOf(filter: PassageFilter, view: View | null): Condition {
  const parts: string[] = [];
  const values: unknown[] = [];
  const add = (sql: string, ...of: unknown[]): void => {
    parts.push(sql);
    values.push(...of);
  };
  if (filter.posts) add(anyOf('cable.post'), JSON.stringify(filter.posts));
  if (filter.from !== undefined) add('cable.date >= ?', filter.from);
  if (filter.to !== undefined) add('cable.date <= ?', filter.to);
  if (filter.tags) {
    add(
      `cable.key IN (SELECT cable FROM cable_tag WHERE ${anyOf('tag')})`,
      JSON.stringify(filter.tags),
    );
  }
  for (const [table, wanted] of [
    ['cable', filter.cableLevel],
    ['passage', filter.level],
  ] as const) {
    if (wanted === undefined) continue;
    add(`${table}.level = ?`, wanted.level);
    if (wanted.noforn !== undefined) add(`${table}.noforn = ?`, wanted.noforn ? 1 : 0);
  }
  if (filter.ids) add(anyOf('cable.id'), JSON.stringify(filter.ids));
  if (filter.passages) add(anyOf('passage.key'), JSON.stringify(filter.passages));
  if (filter.level) add('passage.marked = 1'); // an inherited level is no mark
  if (view !== null) {
    const shown = [isShown('passage', view)];
    // TAGS that may not be shown find nothing either.
    if (filter.tags) shown.push(isWholeShown(view));
    for (const { sql, values: own } of shown) add(sql, ...own);
  }
  return { sql: parts.join(' AND ') || 'true', values };
}
