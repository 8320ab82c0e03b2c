import { z } from 'zod';
import { openThread, type Thread } from '../thread-calls.js';
import type { Lookup } from './lookup.js';

/** What the thread needs of the configuration. */
export const lookupSettings = z.object({ index: z.string() });

/** Looks things up in a thread of its own, beside the one that searches. */
export type LookupThread = Thread<Lookup>;

/** Opens an index's store in a thread, with its catalogue in memory. Throws what opening it throws. */
export function openLookupThread(settings: z.infer<typeof lookupSettings>): Promise<LookupThread> {
  return openThread<Lookup>('lookup/thread-worker', lookupSettings.parse(settings));
}
