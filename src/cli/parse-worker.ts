import type { RawCable } from '../cable/types.js';
import { parsedCable, type ParsedCable } from './parsed.js';

/** Runs in a worker thread: a batch of cables. */
export default function parseBatch(cables: readonly RawCable[]): ParsedCable[] {
  return cables.map(parsedCable);
}
