import { levelsUpTo, NO_CEILING, type Ceiling } from '../cable/ceiling.js';
import type { Level } from '../cable/types.js';

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
  /** The paragraph's level, and whether it is NOFORN. */
  readonly level?: LevelFilter;
  /** Cables, any of which. */
  readonly ids?: readonly string[];
  /** Passages by their keys, any of which. */
  readonly passages?: readonly number[];
  /** What may be shown: paragraphs up to a level. */
  readonly upTo?: Ceiling;
}

export interface LevelFilter {
  readonly level: Level;
  /** With NOFORN or without; not stated: either. */
  readonly noforn?: boolean;
}

/** A condition on `passage` joined with `cable`, with the values of its question marks. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** A filter under a ceiling: paragraphs above it are as if they were not there. */
export function under(filter: PassageFilter, ceiling: Ceiling | undefined): PassageFilter {
  return ceiling === undefined || isAll(ceiling) ? filter : { ...filter, upTo: ceiling };
}

function isAll({ mark, classification, noforn }: Ceiling): boolean {
  return mark === NO_CEILING.mark && classification === NO_CEILING.classification && noforn;
}

const anyOf = (column: string): string => `${column} IN (SELECT value FROM json_each(?))`;

/** Whether a filter leaves anything out. */
export function isNarrow(filter: PassageFilter): boolean {
  return Object.values(filter).some((wanted) => wanted !== undefined);
}

/** The condition of a filter: of one that does not narrow, `true`. */
export function conditionOf(filter: PassageFilter): Condition {
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
  if (filter.upTo) {
    const { mark, classification, noforn } = filter.upTo;
    const upTo = (table: 'passage' | 'cable', highest: Level): void => {
      if (highest === NO_CEILING.mark && noforn) return;
      add(anyOf(`${table}.level`), JSON.stringify(levelsUpTo(highest)));
      if (!noforn) add(`${table}.noforn = 0`);
    };
    upTo('passage', mark);
    // TAGS that may not be shown find nothing either.
    if (filter.tags) upTo('cable', classification);
  }
  return { sql: parts.join(' AND ') || 'true', values };
}
