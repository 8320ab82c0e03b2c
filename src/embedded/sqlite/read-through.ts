import type { LRUCache } from 'lru-cache';

/** A cache of what is read from a store by its key. */
export type RowCache<Value extends object | number> = LRUCache<number, Value>;

/**
 * Gives the values of some keys in their order: the cached ones, and the others read at once. Keys
 * that are not held have none.
 */
export function readThrough<Value extends object | number>(
  cache: RowCache<Value>,
  keys: readonly number[],
  read: (missing: readonly number[]) => Iterable<readonly [key: number, value: Value]>,
): Map<number, Value> {
  const values = new Map<number, Value>();
  const missing: number[] = [];
  for (const key of keys) {
    const value = cache.get(key);
    if (value === undefined) missing.push(key);
    else values.set(key, value);
  }
  if (missing.length === 0) return values;
  for (const [key, value] of read(missing)) {
    cache.set(key, value);
    values.set(key, value);
  }
  return values;
}
