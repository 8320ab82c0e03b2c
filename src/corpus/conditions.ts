import type { StoredFieldName } from '../cable/cable.js';

/** What passages are narrowed by: what is stored of a passage, or of its cable. */
export type ConditionField =
  /** The cable's post, as ids name it. */
  | 'post'
  /** YYYY-MM-DD. */
  | 'date'
  /** Its month, from 1. */
  | 'month'
  | 'tag'
  | 'id'
  | 'cableLevel'
  /** The whole cable is NOFORN. */
  | 'cableNoforn'
  /** The level of the paragraph, and whether it is NOFORN. */
  | 'level'
  | 'noforn'
  /** A mark is printed; an inherited level is none. */
  | 'marked'
  /** The passage itself, by its key. */
  | 'passage';

/**
 * A condition on passages: a field is one of some values, or lies between two, both included. An engine
 * knows fields and comparisons, and nothing of the filters that are made of them.
 */
export type Condition =
  | { readonly field: ConditionField; readonly among: readonly (string | number | boolean)[] }
  /**
   * Any stored field of the cable (cable/field-table.ts): it, or one of its entries, is among the values,
   * whether in capitals or not. It belongs to the whole cable. No engine has an index of it: every cable
   * is looked at.
   */
  | { readonly field: 'stored'; readonly name: StoredFieldName; readonly among: readonly string[] }
  | { readonly field: 'date'; readonly from?: string; readonly to?: string };

/** A text as stored fields are compared: ASCII's capitals alone are folded, as every engine can. */
export function foldedCapitals(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
