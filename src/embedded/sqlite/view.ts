import { isWithin, levelsUpTo, NO_CEILING, type Ceiling } from '../../cable/ceiling.js';
import type { Level } from '../../cable/types.js';
import type { Audiences } from './audiences.js';

/** What a ceiling shows of a store, as its tables are asked for it. */
export interface View {
  readonly ceiling: Ceiling;
  /** The keys of the audiences that it shows, as a list in JSON. */
  readonly audiences: string;
  /** Whether it shows what has an audience, by its key. */
  shows(audience: number): boolean;
  /** Whether it shows what belongs to the whole of a cable. */
  showsWhole(cable: { readonly level: Level | null; readonly noforn: boolean }): boolean;
}

/** What of a store is shown: by a view, where it is not all; with the names that cables ask to protect, or with masks. */
export interface Shown {
  readonly view: View | null;
  readonly masked: boolean;
}

export function viewOf(ceiling: Ceiling, audiences: Audiences): View {
  const keys = audiences.within(ceiling);
  const shown = new Set(keys);
  return {
    ceiling,
    audiences: JSON.stringify(keys),
    shows: (audience) => shown.has(audience),
    showsWhole: ({ level, noforn }) =>
      isWithin(ceiling, { mark: 'U', classification: level, noforn }),
  };
}

/** A condition in SQL, with the values of its question marks. */
export interface SqlCondition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

export const NO_CONDITION: SqlCondition = { sql: 'true', values: [] };

/** That all of some conditions hold. */
export function allOf(...conditions: readonly SqlCondition[]): SqlCondition {
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND ') || 'true',
    values: conditions.flatMap(({ values }) => values),
  };
}

/** That a row of a table with an audience is shown: `true` where everything is. */
export function isShown(table: 'cable' | 'passage' | 'span', view: View | null): SqlCondition {
  return view === null
    ? NO_CONDITION
    : { sql: `${table}.audience IN (SELECT value FROM json_each(?))`, values: [view.audiences] };
}

/** That what belongs to the whole cable is shown: subject, TAGS, headings. */
export function isWholeShown({ ceiling }: View): SqlCondition {
  const { classification, noforn } = ceiling;
  const parts: string[] = [];
  const values: unknown[] = [];
  if (classification !== NO_CEILING.classification || !noforn) {
    parts.push('cable.level IS NOT NULL');
    parts.push('cable.level IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(levelsUpTo(classification)));
  }
  if (!noforn) parts.push('cable.noforn = 0');
  return { sql: parts.join(' AND ') || 'true', values };
}
