import { captionsOf } from './fields/captions.js';
import { readClassifiedBy } from './fields/classified-by.js';
import { readDeclassifyOn } from './fields/declassify-on.js';
import { readAddressees, type Recipient } from './fields/recipients.js';
import { readReferences, type Reference } from './fields/references.js';
import { readSummary } from './fields/summary.js';
import { readTransmission, type Transmission } from './header.js';
import { citingOf } from './id.js';
import { placeOf, type Place } from './posts.js';
import { fieldValue, readPreamble } from './preamble.js';
import type { Cable } from './types.js';

/**
 * The fields that look-ups show and search does not need. They are read from header and body when
 * they are asked for; nothing of them is stored.
 */
export interface Details {
  readonly references: readonly Reference[];
  readonly summary: string | null;
  readonly classifiedBy: readonly string[];
  readonly signedBy: readonly string[];
  readonly recipients: readonly Recipient[];
  readonly infoRecipients: readonly Recipient[];
  /** YYYY-MM-DD, or an event in words. */
  readonly declassifyOn: string | null;
  readonly transmission: Transmission;
  /** SIPDIS, NOFORN, EXDIS …, in their order. */
  readonly captions: readonly string[];
  readonly place: Place;
}

/** Reads the details of a cable. It never throws. */
export function detailsOf(
  cable: Pick<Cable, 'id' | 'header' | 'body' | 'date' | 'signature' | 'spans'>,
): Details {
  const { id, header, body, date, signature, spans } = cable;
  const first = spans.find((span) => span.number !== null)?.start ?? body.length;
  const { fields } = readPreamble(body, first);
  const citing = citingOf(id, date);
  return {
    references: readReferences(fieldValue(fields, 'references'), citing),
    summary: readSummary(body, spans),
    classifiedBy: readClassifiedBy(body),
    signedBy: signature === null ? [] : [signature],
    ...readAddressees(header),
    declassifyOn: readDeclassifyOn(fieldValue(fields, 'executiveOrder')),
    transmission: readTransmission(header),
    captions: captionsOf(body.slice(0, first)),
    place: placeOf(citing.post ?? ''),
  };
}
