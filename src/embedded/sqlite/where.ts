import { foldedCapitals, type Condition, type ConditionField } from '../../corpus/conditions.js';
import { allOf, isShown, isWholeShown, type SqlCondition, type View } from './view.js';

const anyOf = (column: string): string => `${column} IN (SELECT value FROM json_each(?))`;

/** How each field is compared with some values, on `passage` joined with `cable`. */
const AMONG: Readonly<Record<ConditionField, string>> = {
  post: anyOf('cable.post'),
  date: anyOf('cable.date'),
  month: anyOf('CAST(substr(cable.date, 6, 2) AS INTEGER)'),
  tag: `cable.key IN (SELECT cable FROM cable_tag WHERE ${anyOf('tag')})`,
  id: anyOf('cable.id'),
  cableLevel: anyOf('cable.level'),
  cableNoforn: anyOf('cable.noforn'),
  level: anyOf('passage.level'),
  noforn: anyOf('passage.noforn'),
  marked: anyOf('passage.marked'),
  passage: anyOf('passage.key'),
};

/** A stored field is a text, or a list of texts: either way a row for each. */
const STORED = `cable.key IN (SELECT key FROM cable AS any
  WHERE EXISTS (SELECT 1 FROM json_each(any.fields, '$.' || ?) AS held
    WHERE ${anyOf('lower(held.value)')}))`;

/** What belongs to the whole cable, and finds nothing where that is not shown. */
const OF_THE_WHOLE: ReadonlySet<Condition['field']> = new Set(['tag', 'stored']);

/** Conditions in SQL on `passage` joined with `cable`, under a ceiling where there is one; `true` of none. */
export function whereOf(conditions: readonly Condition[], view: View | null): SqlCondition {
  const parts = conditions.map(sqlOf);
  if (view !== null) {
    parts.push(isShown('passage', view));
    if (conditions.some(({ field }) => OF_THE_WHOLE.has(field))) parts.push(isWholeShown(view));
  }
  return allOf(...parts);
}

function sqlOf(condition: Condition): SqlCondition {
  if (condition.field === 'stored') {
    const among = condition.among.map(foldedCapitals);
    return { sql: STORED, values: [condition.name, JSON.stringify(among)] };
  }
  if ('among' in condition) {
    return { sql: AMONG[condition.field], values: [JSON.stringify(condition.among)] };
  }
  const { from, to } = condition;
  const parts: string[] = [];
  const values: string[] = [];
  if (from !== undefined) {
    parts.push('cable.date >= ?');
    values.push(from);
  }
  if (to !== undefined) {
    parts.push('cable.date <= ?');
    values.push(to);
  }
  return { sql: parts.join(' AND ') || 'true', values };
}
