import { captionsOf } from './fields/captions.js';
import { readClassifiedBy } from './fields/classified-by.js';
import { readDeclassifyOn } from './fields/declassify-on.js';
import { readAddressees, type Recipient } from './fields/recipients.js';
import { readReferences, type Reference } from './fields/references.js';
import { readSummary } from './fields/summary.js';
import { readTransmission, type Transmission } from './header.js';
import { citingOf, parseCableId } from './id.js';
import { placeOf, type Place } from './posts.js';
import { fieldValue, readPreamble } from './preamble.js';
import type { ReadCable } from './read.js';
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

/**
 * Reads the details of a cable. It never throws. What was read with the cable need not be read again.
 */
export function detailsOf(cable: Cable, { preamble, cited } = readAgain(cable)): Details {
  const { header, body, signature, spans } = cable;
  return {
    references: cited,
    summary: readSummary(body, spans),
    classifiedBy: readClassifiedBy(body),
    signedBy: signature === null ? [] : [signature],
    ...readAddressees(header),
    declassifyOn: readDeclassifyOn(fieldValue(preamble.fields, 'executiveOrder')),
    transmission: readTransmission(header),
    captions: captionsOf(body),
    place: placeOf(parseCableId(cable.id)?.post ?? ''),
  };
}

function readAgain({ id, body, date, spans }: Cable): Pick<ReadCable, 'preamble' | 'cited'> {
  const first = spans.find((span) => span.number !== null)?.start ?? body.length;
  const preamble = readPreamble(body, first);
  return {
    preamble,
    cited: readReferences(fieldValue(preamble.fields, 'references'), citingOf(id, date)),
  };
}
