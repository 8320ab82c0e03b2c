import { z } from 'zod';
import { messageOf } from '../../errors.js';
import type { StoreParts } from './parts.js';

/** What is wrong with a store's file, or null. Reads all of it. */
export function storeDamage({ connection, cables }: StoreParts): string | null {
  try {
    const found = connection.value(z.string(), 'PRAGMA integrity_check(1)');
    if (found !== 'ok') return found ?? 'no answer to the integrity check';
    for (const key of connection.values(z.number(), 'SELECT key FROM cable')) cables.cable(key);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
