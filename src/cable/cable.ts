import { z } from 'zod';
import { STORED_FIELDS, type RawParts, type StoredField } from './field-table.js';
import { spanSchema } from './types.js';

type Rows = typeof STORED_FIELDS;
export type StoredFieldName = keyof Rows;

/** The fields that are stored of a cable, beside its id, its texts and its spans. */
export type StoredFields = {
  [Name in StoredFieldName]: Rows[Name] extends StoredField<infer T> ? T : never;
};

type FieldShape = { readonly [Name in StoredFieldName]: z.ZodType<StoredFields[Name]> };

/** A row, whatever its value is. */
type AnyRow = Pick<StoredField<unknown>, 'schema' | 'read'>;

const ROWS: Readonly<Record<StoredFieldName, AnyRow>> = STORED_FIELDS;
const names = Object.keys(STORED_FIELDS) as StoredFieldName[];

/** Something of every stored field, by its row. */
function fromRows(of: (row: AnyRow, name: StoredFieldName) => unknown): object {
  return Object.fromEntries(names.map((name) => [name, of(ROWS[name], name)]));
}

// Each row gives the value of its own name.
const shape = fromRows(({ schema }) => schema) as FieldShape;

export const storedFieldsSchema = z.object(shape);

export const cableSchema = z.object({
  id: z.string().min(1),
  header: z.string(),
  body: z.string(),
  ...shape,
  spans: z.array(spanSchema),
});
export type Cable = z.infer<typeof cableSchema>;

export type CableFields = Omit<Cable, 'spans'>;

export function readStoredFields(parts: RawParts): StoredFields {
  return fromRows(({ read }) => read(parts)) as StoredFields;
}

/** The stored fields among all that a cable has. */
export function storedFieldsOf(fields: StoredFields): StoredFields {
  return fromRows((_, name) => fields[name]) as StoredFields;
}
