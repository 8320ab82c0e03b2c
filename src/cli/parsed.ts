import { detailsOf, type Details } from '../cable/details.js';
import { canonicalId } from '../cable/id.js';
import { readCable } from '../cable/read.js';
import type { Cable, RawCable } from '../cable/types.js';
import { json } from './command.js';

/** A cable as a line of JSON, or why it is none. */
export type ParsedCable =
  { readonly ok: true; readonly json: string } | { readonly ok: false; readonly reason: string };

/** What `parse FILE` prints of a cable: the contract's fields, all others, header and body. */
export function parsedCable(raw: RawCable): ParsedCable {
  const reading = readCable(raw);
  if (!reading.ok) return reading;
  const { id, date, classification, origin, header, body } = reading.cable;
  const details = detailsOf(reading.cable, reading);
  const { captions, place } = details;
  const { sent, precedence, id: transmissionId } = details.transmission;
  const text = json({
    ...fieldsOf(id, reading.cable, details),
    date,
    classification,
    origin,
    place,
    captions,
    sent,
    precedence,
    transmissionId,
    header,
    body,
  });
  return { ok: true, json: text };
}

/** The contract's fields of a cable. */
export function fieldsOf(id: string, cable: Cable, details: Details) {
  const { subject, tags, references, spans } = cable;
  const { summary, classifiedBy, signedBy, recipients, infoRecipients, declassifyOn } = details;
  return {
    id,
    canonicalId: canonicalId(id),
    subject,
    tags,
    references,
    referencesDetailed: details.references,
    summary,
    classifiedBy,
    signedBy,
    recipients,
    infoRecipients,
    declassifyOn,
    paragraphs: spans,
  };
}
