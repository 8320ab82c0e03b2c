import { readClassification } from './fields/classification.js';
import { readReferences, type Reference } from './fields/references.js';
import { realDay } from './day.js';
import { readDate } from './header.js';
import { citingOf } from './id.js';
import { identityOf } from './identity.js';
import { fieldValue, fieldValues, type FieldName, type Preamble } from './preamble.js';
import { levelOfClassification } from './marks/classification.js';
import { highest, type Marking } from './marks/marking.js';
import { markAt } from './marks/portion.js';
import { chunk, inheritLevels, type Chunked } from './spans/chunk.js';
import { readStoredFields, type Cable } from './cable.js';
import type { RawCable, Span } from './types.js';

/** A cable, with what `detailsOf` needs and was read on the way. */
export interface ReadCable {
  readonly cable: Cable;
  readonly preamble: Preamble;
  readonly cited: readonly Reference[];
  /** The date that the source states, where no calendar has it; the cable is read without it. */
  readonly wrongDate: string | null;
}

/** A cable, or why the telegram cannot be one. */
export type Reading =
  ({ readonly ok: true } & ReadCable) | { readonly ok: false; readonly reason: string };

/** The id that {@link readCable} gives a cable, or null. */
export function readId(raw: RawCable): string | null {
  if (isTooLong(raw)) return null;
  return identityOf(raw, dateOf(raw).date)?.id ?? null;
}

/** Thirty times the longest public cable. */
const LONGEST_CABLE = 4 * 1024 * 1024;

function isTooLong({ header, body }: RawCable): boolean {
  return body.length + header.length > LONGEST_CABLE;
}

/**
 * Reads a raw cable's fields and cuts its body into spans. What the source states (the page's table,
 * a text's head) is taken before what header and body tell. It never throws; a telegram whose id
 * cannot be told is refused with the reason.
 */
export function readCable(raw: RawCable): Reading {
  if (isTooLong(raw)) {
    const named = raw.id === null ? 'it' : `"${raw.id.slice(0, 40)}"`;
    const millions = ((raw.body.length + raw.header.length) / 1e6).toFixed(1);
    return {
      ok: false,
      reason: `${named} is larger than a cable can be (${millions} million characters)`,
    };
  }
  const { date } = dateOf(raw);
  const identity = identityOf(raw, date);
  if (identity === null) {
    const where = raw.id === null ? 'in its first lines' : `in "${raw.id.slice(0, 40)}"`;
    return { ok: false, reason: `no cable id ${where}` };
  }
  const { id, printed } = identity;
  const texts = [raw.header, raw.body, ...Object.values(raw.head).flat(), raw.source ?? ''];
  if (!texts.every((text) => text.isWellFormed())) {
    return {
      ok: false,
      reason: `${id} holds half a character (a lone surrogate); no text has that`,
    };
  }
  if (raw.body.trim() === '') return { ok: false, reason: `${id} has an empty body` };
  return { ok: true, ...readFields(id, raw, printed) };
}

/**
 * Reads everything but the id, from whatever there is of a cable: any text gives a result.
 */
export function readFields(
  id: string,
  raw: Omit<RawCable, 'id'>,
  printedId: string | null = null,
): ReadCable {
  const chunked = chunk(raw.body);
  const { preamble, signed } = chunked;
  const { date, wrongDate } = dateOf(raw);
  const citing = citingOf(id, date);
  const printed = readClassification(raw.body);
  const classification = raw.head.classification ?? printed;
  const field = (name: FieldName): string => fieldValue(preamble.fields, name);
  const referenceLines = fieldValues(preamble.fields, 'references');
  const cited = readReferences(referenceLines || (raw.head.referenceLine ?? ''), citing);
  const marking = markingOf({ stated: classification, printed }, field('subject'), chunked);
  const parts = {
    ...{
      id,
      printedId,
      header: raw.header,
      body: raw.body,
      head: raw.head,
      date,
      classification,
      marking,
      source: raw.source ?? null,
    },
    ...{ preamble, citing, cited, signed },
  };
  const cable: Cable = {
    id,
    header: raw.header,
    body: raw.body,
    ...readStoredFields(parts),
    spans: numberedAgain(inheritLevels(chunked, marking)),
  };
  return { cable, preamble, cited, wrongDate };
}

/** Tells paragraphs of one number apart: a cable may count from 1 again. */
function numberedAgain(spans: readonly Span[]): Span[] {
  const seen = new Map<number, number>();
  return spans.map((span) => {
    if (span.kind !== 'paragraph' || span.number === null) return span;
    const nth = (seen.get(span.number) ?? 0) + 1;
    seen.set(span.number, nth);
    return nth === 1 ? span : { ...span, nth };
  });
}

/** The day that the source states, else that of the date-time group. */
function dateOf({ head, header }: Pick<RawCable, 'head' | 'header'>): {
  readonly date: string | null;
  readonly wrongDate: string | null;
} {
  const stated = head.date === undefined ? null : realDay(head.date);
  return {
    date: stated ?? readDate(header),
    wrongDate: stated === null ? (head.date ?? null) : null,
  };
}

/**
 * What the cable as a whole is to be kept under: the highest of what its source states, of its body's
 * first line and captions (NOFORN stands in the body alone of six public cables; 88BAGHDAD28 says SECRET
 * there and CONFIDENTIAL in its page's table), of the mark before its subject, and of its paragraphs'
 * marks, of which a cable's classification is the highest. Without any of them it has no known level.
 */
function markingOf(
  classifications: { readonly stated: string | null; readonly printed: string | null },
  subject: string,
  { spans, atLeast, printedLevels }: Chunked,
): Marking {
  const stated = levelOfClassification(classifications.stated ?? '');
  if (classifications.stated !== null && stated.level === null) return stated; // a level that is not known
  const own = spans.filter(
    ({ kind, mark }, index) => kind === 'paragraph' && mark !== null && !atLeast.has(index),
  );
  const inBody = levelOfClassification(classifications.printed ?? '');
  // Of a telegram that is passed on in another one the classification counts too.
  const passedOn = printedLevels.map((level) => levelOfClassification(level));
  const beforeSubject = markAt(subject.trimStart());
  const portions = [...own, ...(beforeSubject === null ? [] : [beforeSubject])].map(
    ({ level, caveats }) => ({
      level,
      caveats: caveats.filter((each) => each === 'NOFORN'), // others are a portion's own
    }),
  );
  const marking = highest([stated, inBody, ...passedOn, ...portions]);
  // Unmarked text of a cable that states nothing may be anything.
  return stated.level === null && inBody.level === null ? { ...marking, level: null } : marking;
}
