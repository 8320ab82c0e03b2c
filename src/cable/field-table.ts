import { z } from 'zod';
import { realDay } from './day.js';
import { captionsOf } from './fields/captions.js';
import { readClassifiedBy } from './fields/classified-by.js';
import { readDeclassifyOn } from './fields/declassify-on.js';
import { readAddressees } from './fields/recipients.js';
import { citedIds, type Reference } from './fields/references.js';
import { readReleased } from './fields/released.js';
import { readSubject } from './fields/subject.js';
import { readSummary } from './fields/summary.js';
import { protectedNamesIn } from './protected-names.js';
import { readTags } from './fields/tags.js';
import { readOrigin, readTransmission } from './header.js';
import { canonicalId, fullYear, parseCableId, type Citing } from './id.js';
import type { Marking } from './marks/marking.js';
import { postPlace } from './posts.js';
import { fieldValue, fieldValues, type Preamble } from './preamble.js';
import { titleCase } from './title-case.js';
import { levelSchema, type RawCable, type Span } from './types.js';

/** What stored fields are read from, once, when a cable is taken in. */
export interface RawParts {
  readonly id: string;
  readonly printedId: string | null;
  readonly header: string;
  readonly body: string;
  /** What the source states outside header and body. */
  readonly head: RawCable['head'];
  /** The file that it was read from, by its name. */
  readonly source: string | null;
  readonly date: string | null;
  readonly classification: string | null;
  readonly marking: Marking;
  readonly preamble: Preamble;
  readonly citing: Citing;
  readonly cited: readonly Reference[];
  readonly signed: string | null;
}

/** What details are read from, whenever somebody looks. */
export interface CableParts {
  readonly id: string;
  readonly header: string;
  readonly body: string;
  readonly spans: readonly Span[];
  readonly signature: string | null;
  readonly preamble: Preamble;
  readonly cited: readonly Reference[];
}

/** How a field is shown in the lists of fields of the terminal and of Discord's cards. */
export interface FieldShown<T> {
  readonly label: string;
  readonly on: readonly ('terminal' | 'card')[];
  readonly entries: (value: T) => readonly string[];
  /** Between the terminal's entries, where that is no comma. */
  readonly separator?: string;
  /** Entries that a card names. */
  readonly most?: number;
}

/** A field that is stored. What is shown of it belongs to the whole cable. */
export interface StoredField<T> {
  readonly schema: z.ZodType<T>;
  readonly read: (from: RawParts) => T;
  readonly shown?: FieldShown<T>;
}

/** A field that is read again from header and body when it is wanted; nothing of it is stored. */
export interface Detail<T> {
  readonly read: (from: CableParts) => T;
  /** Its names in JSON, where that is not its own. */
  readonly json?: (value: T) => object;
  readonly shown?: FieldShown<T>;
}

const stored = <T>(row: StoredField<T>): StoredField<T> => row;
const detail = <T>(row: Detail<T>): Detail<T> => row;

const text = z.string().nullable();
/** Of a field that an index of before may lack. */
const laterText = text.default(null);
const list = z.array(z.string());
const asIs = (values: readonly string[]): readonly string[] => values;
const oneOrNone = (value: string | null): readonly string[] => (value === null ? [] : [value]);

function subjectIn({ preamble, head, citing: { year } }: RawParts): string | null {
  const printed = fieldValue(preamble.fields, 'subject');
  // The telegraph broke words at line ends until the 1980s.
  const isBroken = Number(year ?? 0) >= 60 && Number(year) < 90;
  return readSubject(printed, isBroken) ?? head.subject ?? null;
}

/** Every field that is stored of a cable, beside its id, its texts and its spans. */
export const STORED_FIELDS = {
  /** What the source prints as its id, where that is misprinted; else null. */
  printedId: stored({
    schema: text,
    read: ({ printedId }) => printedId,
    shown: {
      label: 'Printed id',
      on: ['terminal', 'card'],
      entries: oneOrNone,
    },
  }),
  /** YYYY-MM-DD, as the source or the date-time group states it. */
  date: stored({ schema: text, read: ({ date }) => date }),
  /** The whole cable's, as in `UNCLASSIFIED//FOR OFFICIAL USE ONLY`. */
  classification: stored({ schema: text, read: ({ classification }) => classification }),
  /**
   * What the whole cable is kept under: the highest of what its source, its body and its marks state.
   * Null is shown only where everything is.
   */
  level: stored({ schema: levelSchema.nullable(), read: ({ marking }) => marking.level }),
  caveats: stored({ schema: list, read: ({ marking }) => [...marking.caveats] }),
  /** The post that sent it, as in `Embassy Beijing`. */
  origin: stored({ schema: text, read: ({ head, header }) => head.origin ?? readOrigin(header) }),
  subject: stored({ schema: text, read: subjectIn }),
  /** The subject in title case, where it is in capitals, for citations. */
  title: stored({
    schema: text,
    read(from) {
      const subject = subjectIn(from);
      return subject === null ? null : titleCase(subject, from.body);
    },
  }),
  tags: stored({
    schema: list,
    read: ({ preamble, head, citing: { year } }) =>
      readTags(
        // They go on under a label of their own behind a page's stamp.
        fieldValues(preamble.fields, 'tags', ',\n') || (head.tagsLine ?? ''),
        year === null ? null : fullYear(year),
      ),
    shown: { label: 'TAGS', on: ['terminal', 'card'], entries: asIs, separator: ' ' },
  }),
  /** Ids of the cables cited in its reference line. */
  references: stored({
    schema: list,
    read({ id, head, cited }) {
      const stated = (head.references ?? []).flatMap((each) => canonicalId(each) ?? []);
      return [...new Set([...citedIds(cited), ...stated])].filter((each) => each !== id);
    },
    shown: { label: 'References', on: ['terminal', 'card'], entries: asIs, most: 8 },
  }),
  signature: stored({ schema: text, read: ({ signed }) => signed }),
  /** Names that the body asks to protect, in each of their forms there, the longest first. */
  protectedNames: stored({ schema: list, read: ({ body }) => protectedNamesIn(body) }),
  /** The file that it was read from, by its name: `dump.tar.xz!cable/07MADRID545.html`. */
  source: stored({
    schema: laterText,
    read: ({ source }) => source,
    shown: { label: 'Source', on: ['terminal', 'card'], entries: oneOrNone },
  }),
  /** The day on which it was published or declassified, YYYY-MM-DD, as its source or its stamps state it. */
  released: stored({
    schema: laterText,
    read: ({ head, body, header }) =>
      realDay(head.released ?? '') ?? readReleased(header) ?? readReleased(body),
    shown: { label: 'Released', on: ['terminal', 'card'], entries: oneOrNone },
  }),
};

/** Every field that look-ups show and search does not need. */
export const DETAILS = {
  references: detail({
    read: ({ cited }) => cited,
    json: (referencesDetailed) => ({ referencesDetailed }),
  }),
  summary: detail({ read: ({ body, spans }) => readSummary(body, spans) }),
  /** SIPDIS, NOFORN, EXDIS …, in their order. */
  captions: detail({
    read: ({ body }): readonly string[] => captionsOf(body),
    shown: { label: 'Captions', on: ['terminal', 'card'], entries: asIs },
  }),
  classifiedBy: detail({
    read: ({ body }): readonly string[] => readClassifiedBy(body),
    shown: { label: 'Classified by', on: ['terminal'], entries: asIs },
  }),
  signedBy: detail({
    read: ({ signature }): readonly string[] => (signature === null ? [] : [signature]),
  }),
  recipients: detail({ read: ({ header }) => readAddressees(header).recipients }),
  infoRecipients: detail({ read: ({ header }) => readAddressees(header).infoRecipients }),
  /** YYYY-MM-DD, or an event in words. */
  declassifyOn: detail({
    read: ({ preamble }) => readDeclassifyOn(fieldValue(preamble.fields, 'executiveOrder')),
    shown: {
      label: 'Declassify on',
      on: ['terminal', 'card'],
      entries: oneOrNone,
    },
  }),
  transmission: detail({
    read: ({ header }) => readTransmission(header),
    json: ({ id: transmissionId, ...sent }) => ({ ...sent, transmissionId }),
  }),
  place: detail({ read: ({ id }) => postPlace(parseCableId(id)?.post ?? '') }),
};
