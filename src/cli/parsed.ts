import type { Cable } from '../cable/cable.js';
import { cableJson, detailsOf, type Details } from '../cable/details.js';
import { canonicalId } from '../cable/id.js';
import { readCable } from '../cable/read.js';
import type { RawCable } from '../cable/types.js';
import { json } from './command.js';

/** A cable as a line of JSON, or why it is none. */
export type ParsedCable =
  { readonly ok: true; readonly json: string } | { readonly ok: false; readonly reason: string };

/** What `parse FILE` prints of a cable: all its fields, header and body, and its spans. */
function parsedCable(raw: RawCable): ParsedCable {
  const reading = readCable(raw);
  if (!reading.ok) return reading;
  const { cable } = reading;
  return { ok: true, json: json(parsedJson(cable.id, cable, detailsOf(cable, reading))) };
}

/** A batch of them. */
export function parsedCables(cables: readonly RawCable[]): ParsedCable[] {
  return cables.map(parsedCable);
}

/** A cable that was parsed, under the id that it was given. */
export function parsedJson(id: string, cable: Cable, details: Details): object {
  return {
    ...cableJson(cable, details),
    id,
    canonicalId: canonicalId(id),
    paragraphs: cable.spans,
  };
}
