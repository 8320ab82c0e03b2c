import { z } from 'zod';
import type { SpanPlace } from '../corpus/corpus.js';
import { LIMITS } from './limits.js';

/** Raised when what a button carries changes its meaning: older ones then get a friendly word. */
const VERSION = '1';
const BETWEEN = '|';

/** What a button, menu or modal carries: the action's name and its fields. */
export interface Carried {
  readonly action: string;
  readonly fields: readonly string[];
}

/** The `custom_id` of an action with its fields, or null where it would be too long. */
export function customId(action: string, ...fields: readonly string[]): string | null {
  const parts = [VERSION, action, ...fields.map((each) => each.replaceAll(BETWEEN, ' '))];
  const id = parts.join(BETWEEN);
  return id.length <= LIMITS.customId ? id : null;
}

/** The same for fields of which it is known that they fit. */
export function shortCustomId(action: string, ...fields: readonly string[]): string {
  const id = customId(action, ...fields);
  if (id === null) throw new RangeError(`the state of ${action} is longer than ${LIMITS.customId}`);
  return id;
}

/** What a `custom_id` carries; null where another version of Pilcrow wrote it. */
export function readCustomId(id: string): Carried | null {
  const [version, action, ...fields] = id.split(BETWEEN);
  return version === VERSION && action !== undefined ? { action, fields } : null;
}

const ID = /^[0-9A-Z.'-]{3,60}$/;

/** A cable's id as it stands in a `custom_id`. */
export const cableField = z.string().regex(ID);
export const pageField = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number);

/** `07MADRID545.4`: a span by its cable and its place in it. */
export const spanField = z.string().transform((text, context): SpanPlace => {
  const at = text.lastIndexOf('.');
  const place = z
    .object({ cable: cableField, ordinal: z.coerce.number().int().min(0) })
    .safeParse({ cable: text.slice(0, at), ordinal: text.slice(at + 1) });
  if (place.success && at > 0) return place.data;
  context.addIssue({ code: 'custom', message: 'is no span' });
  return z.NEVER;
});

/** Spans one after the other, between commas. */
export const spansField = z
  .string()
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(spanField));

export function spanText({ cable, ordinal }: SpanPlace): string {
  return `${cable}.${ordinal}`;
}

/** As many of the spans as fit behind an action, in their order. */
export function fittingSpans(action: string, places: readonly SpanPlace[]): string[] {
  const fitting: string[] = [];
  for (const place of places) {
    const text = spanText(place);
    if (customId(action, [...fitting, text].join(',')) === null) break;
    fitting.push(text);
  }
  return fitting;
}
