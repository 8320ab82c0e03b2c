import type { Cable } from '../cable/cable.js';
import { cableNamedByBody } from '../cable/identity.js';
import { readCable } from '../cable/read.js';
import type { RawCable } from '../cable/types.js';
import { contentHash, recordOf, type CableRecord } from '../corpus/record.js';
import { messageOf } from '../errors.js';

/** Cables in a row, and the content hashes of what is stored under their ids. */
export interface ReadTask {
  readonly cables: readonly RawCable[];
  readonly stored: ReadonlySet<string>;
}

/** What a cable says, or why it is none. */
export type ReadRecord =
  | {
      readonly ok: true;
      readonly cable: Cable;
      readonly hash: string;
      /** A date that the source states and the text does not bear out. */
      readonly wrongDate: string | null;
      /** The cable that its body names, as post and number. */
      readonly named: string | null;
      /** What is stored of it; null where its content is stored already. */
      readonly record: CableRecord | null;
    }
  | { readonly ok: false; readonly reason: string };

/** Reads cables, and computes what is stored of those that are new. */
export function readRecords({ cables, stored }: ReadTask): ReadRecord[] {
  return cables.map((raw) => {
    // A text that the reader stumbles over is one file's trouble, not the run's.
    try {
      return readRecord(raw, stored);
    } catch (error) {
      return { ok: false, reason: `the reader failed on it: ${messageOf(error)}` };
    }
  });
}

function readRecord(raw: RawCable, stored: ReadonlySet<string>): ReadRecord {
  const reading = readCable(raw);
  if (!reading.ok) return reading;
  const { cable, wrongDate } = reading;
  const hash = contentHash(cable);
  const named = cableNamedByBody(cable.body);
  const record = stored.has(hash) ? null : recordOf(cable);
  return { ok: true, cable, hash, wrongDate, named, record };
}
