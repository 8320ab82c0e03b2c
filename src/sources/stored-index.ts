import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { messageOf } from '../errors.js';
import { Connection } from '../sqlite/connection.js';
import { unpackText } from '../sqlite/packed-text.js';
import { sha256OfText } from '../sha256.js';
import type { Content } from './content.js';
import { SourceError } from './source-error.js';
import { statedHead, type SourceItem } from './source.js';

/** How a SQLite file begins. */
export const SQLITE_START = 'SQLite format 3\0';

/** Cables read at once. */
const AT_ONCE = 100;

const text = z.string().nullish();
const list = z.array(z.string()).nullish();
const listAsJson = z
  .string()
  .transform((value) => list.parse(JSON.parse(value)))
  .optional();

/** What is taken over of a cable's fields: the rest is read from its text again. */
const fields = z.object({
  printedId: text,
  date: text,
  classification: text,
  origin: text,
  subject: text,
  tags: list,
  references: list,
  source: text,
  released: text,
});

/** A text, as it is up to schema 8, or packed. */
const stored = z.union([z.string(), z.instanceof(Uint8Array).transform(unpackText)]);

/** A cable's row in each schema from 5 on; since 6 its fields are JSON in one column. */
const row = z.object({
  key: z.number(),
  id: z.string(),
  header_hash: z.string(),
  body_hash: z.string(),
  fields: z
    .string()
    .transform((value) => fields.parse(JSON.parse(value)))
    .optional(),
  date: text,
  classification: text,
  origin: text,
  subject: text,
  tags: listAsJson,
  refs: listAsJson,
  header: stored,
  body: stored,
});

const unreadable = (_file: string, cause: unknown): SourceError =>
  new SourceError(`cannot be read as the cables of an index: ${messageOf(cause)}`, { cause });

/**
 * The cables of an index that an earlier Pilcrow has made, `cables-….sqlite` in its folder: their texts to the letter,
 * and what their source had stated. A cable whose text is not the one that was stored is set aside.
 */
export async function* readStoredIndex({
  name: file,
  onDisk,
}: Content): AsyncGenerator<SourceItem> {
  if (onDisk === undefined) {
    throw new SourceError('a SQLite file inside an archive is not read; unpack it first');
  }
  const connection = Connection.open(onDisk, unreadable, { readonly: true });
  try {
    if (connection.value(z.string(), HAS_CABLES) === null) {
      throw new SourceError('a SQLite file that holds no cables of a Pilcrow index');
    }
    let behind = 0;
    for (;;) {
      const rows = connection.rows(row, NEXT, behind, AT_ONCE);
      if (rows.length === 0) return;
      yield* rows.map((each) => itemOf(each, file));
      behind = rows.at(-1)?.key ?? behind;
      await setImmediate(); // what else this thread does has its turn
    }
  } finally {
    connection.close();
  }
}

const HAS_CABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'cable'";
const NEXT = 'SELECT * FROM cable WHERE key > ? ORDER BY key LIMIT ?';

function itemOf(each: z.infer<typeof row>, file: string): SourceItem {
  const { id, header, body } = each;
  if (sha256OfText(header) !== each.header_hash || sha256OfText(body) !== each.body_hash) {
    return { kind: 'setAside', file, reason: `the text of ${id} is not the one that was stored` };
  }
  const own: Partial<z.infer<typeof fields>> = each.fields ?? each;
  const { printedId, date, classification, origin, subject, tags, references } = own;
  return {
    kind: 'cable',
    file,
    cable: {
      id: printedId ?? id,
      header,
      body,
      source: own.source ?? null,
      head: statedHead({
        ...{ date, classification, origin, subject, released: own.released },
        references: references ?? each.refs,
        tagsLine: tags?.join(', '),
      }),
    },
  };
}
