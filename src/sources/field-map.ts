import { z } from 'zod';
import { InputError, problemsOf } from '../errors.js';
import { dayOf } from './dump-rows.js';
import { listed, statedHead, type RawReading } from './source.js';

/** What a source may state of a cable, by the names that it has in JSON, in front matter and in a CSV's first row. */
export const FIELDS = [
  'id',
  'date',
  'classification',
  'origin',
  'subject',
  'tags',
  'references',
  'released',
  'source',
  'header',
  'body',
] as const;
type Field = (typeof FIELDS)[number];

/** The names that somebody else's files have for them: `body` → `text`. What it does not name has its own name. */
export type FieldMap = ReadonlyMap<Field, string>;

/** Reads `id=identifier,body=text`. Throws {@link InputError} where that is no mapping. */
export function readFieldMap(text: string): FieldMap {
  const map = new Map<Field, string>();
  for (const pair of text.split(',')) {
    const [name = '', theirs = ''] = pair.split('=').map((each) => each.trim());
    const field = FIELDS.find((each) => each === name);
    if (field === undefined || theirs === '' || pair.split('=').length !== 2) {
      throw new InputError('MAP_WRONG', {
        what: `--map: ${JSON.stringify(pair.trim())} is no pair of a field and its name in the files`,
        todo: `write for example --map id=identifier,body=text; the fields are ${FIELDS.join(', ')}`,
      });
    }
    if (map.has(field)) {
      const what = `--map: ${field} is named twice`;
      throw new InputError('MAP_WRONG', { what, todo: 'name each field once' });
    }
    map.set(field, theirs);
  }
  return map;
}

const line = z.union([z.string(), z.number(), z.date()]).nullish();
const day = line.transform((value, context) => {
  if (value === null || value === undefined || value === '') return null;
  const text = value instanceof Date ? value.toISOString() : String(value);
  const found = dayOf(text);
  if (found === null) {
    const message = 'should begin with YYYY-MM-DD, or be M/D/YYYY';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
  return found;
});
const list = z.union([z.array(z.string()), z.string()]).nullish();

/** A cable's fields as JSON and front matter have them; what else stands beside them is read from the text. */
const statedFields = z.object({
  id: z.union([z.string(), z.number()]),
  header: z.string().nullish(),
  body: z.string(),
  date: day,
  released: day,
  source: z.string().nullish(),
  classification: z.string().nullish(),
  origin: z.string().nullish(),
  subject: line,
  tags: list,
  references: list,
});

/** Reads an object with a cable's fields under their names, or those of a map, whose dots go into objects. */
export function readFieldsOf(value: unknown, map: FieldMap | null): RawReading {
  const object = map === null ? value : mapped(value, map);
  const parsed = statedFields.safeParse(object);
  if (!parsed.success) {
    const problems = problemsOf(parsed.error, 'the value');
    const where =
      map === null ? '' : ` (with --map ${[...map].map((each) => each.join('=')).join(',')})`;
    return { ok: false, reason: `no cable in it: ${problems}${where}` };
  }
  const { id, header, body, date, subject, tags, references, source, ...stated } = parsed.data;
  return {
    ok: true,
    cable: {
      id: String(id),
      header: header ?? '',
      body,
      ...(source && { source }),
      head: statedHead({
        ...stated,
        date,
        subject: subject === null || subject === undefined ? null : String(subject),
        tagsLine: Array.isArray(tags) ? tags.join(', ') : tags,
        references: idsOf(references),
      }),
    },
  };
}

/** `06MADRID2657|06MADRID2711`, or a list. */
function idsOf(references: z.infer<typeof list>): readonly string[] | null {
  if (typeof references !== 'string') return references ?? null;
  return listed(references, /[|,;]/);
}

function mapped(value: unknown, map: FieldMap): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    FIELDS.map((field) => [field, valueAt(value, map.get(field) ?? field)]),
  );
}

/** What stands under a name, or under the names between dots. */
function valueAt(value: object, path: string): unknown {
  const own: unknown = (value as Record<string, unknown>)[path];
  if (own !== undefined || !path.includes('.')) return own;
  let inner: unknown = value;
  for (const name of path.split('.')) {
    if (typeof inner !== 'object' || inner === null) return undefined;
    inner = (inner as Record<string, unknown>)[name];
  }
  return inner;
}
