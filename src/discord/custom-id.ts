import { z } from 'zod';
import { LIMITS } from './limits.js';

/** Raised when what a button carries changes its meaning: older ones then get a friendly word. */
const VERSION = '1';
const BETWEEN = '|';

/** What a button, menu or modal carries: an action's name, and its fields by their codec. */
export interface Carrying<Fields> {
  readonly name: string;
  readonly fields: z.ZodType<Fields, readonly string[]>;
}

/** The `custom_id` of an action with its fields, or null where it would be too long. */
export function fittingId<Fields>(action: Carrying<Fields>, fields: Fields): string | null {
  const written = z.encode(action.fields, fields).map((each) => each.replaceAll(BETWEEN, ' '));
  const id = [VERSION, action.name, ...written].join(BETWEEN);
  return id.length <= LIMITS.customId ? id : null;
}

/** The same for fields of which it is known that they fit. */
export function idOf<Fields>(action: Carrying<Fields>, fields: Fields): string {
  const id = fittingId(action, fields);
  if (id !== null) return id;
  throw new RangeError(`the state of ${action.name} is longer than ${LIMITS.customId}`);
}

/** What stands in a `custom_id`: an action's name, and its fields as they were written. */
export interface Carried {
  readonly action: string;
  readonly fields: readonly string[];
}

/** What a `custom_id` carries; null where another version of Pilcrow wrote it. */
export function readCustomId(id: string): Carried | null {
  const [version, action, ...fields] = id.split(BETWEEN);
  return version === VERSION && action !== undefined ? { action, fields } : null;
}

/** The fields that a `custom_id` carries for one action; null where it carries another's, or none. */
export function fieldsIn<Fields>(action: Carrying<Fields>, id: string): Fields | null {
  const carried = readCustomId(id);
  if (carried?.action !== action.name) return null;
  return action.fields.safeDecode([...carried.fields]).data ?? null;
}
