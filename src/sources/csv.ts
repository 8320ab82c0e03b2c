import { pipeline, Readable } from 'node:stream';
import { parse, type CsvError } from 'csv-parse';
import { z } from 'zod';
import { largerThanACable, type Content } from './content.js';
import { sizeOf, type SourceLimits } from './limits.js';
import {
  countOf,
  LINE_FEED,
  LINE_LEFT_OUT,
  withoutLongLines,
  withOneEscape,
  MOST_COMMAS,
} from './csv-bytes.js';
import { decode } from './decode.js';
import { dayOf } from './dump-rows.js';
import { FIELDS, readFieldsOf, type FieldMap } from './field-map.js';
import { listed, startOf, statedHead, type RawReading, type SourceItem } from './source.js';

/**
 * The columns of the full dump, cables.csv, which has no head line: id, datetime, reference_id,
 * origin, classification, references (separated by `|`), header, body.
 */
const COLUMNS = [
  'id',
  'datetime',
  'reference_id',
  'origin',
  'classification',
  'references',
  'header',
  'body',
];

const rowSchema = z.object({
  record: z.array(z.instanceof(Buffer)),
  info: z.object({ lines: z.number() }),
});

/**
 * Reads the dump row by row. A row that cannot be read is set aside with its line; the rest goes on.
 * Quotes inside quotes are escaped by a backslash, as the dump has them, or doubled, as RFC 4180 has.
 */
export async function* readCsv(
  content: Content,
  limits: SourceLimits,
  map: FieldMap | null,
): AsyncGenerator<SourceItem> {
  const file = content.name;
  const skipped: { line: number; message: string }[] = [];
  let lastLine = 0;
  const parser = parse({
    quote: '"',
    escape: '\\',
    encoding: null, // bytes: a row's own encoding is told by `decode`, without loss
    info: true,
    record_delimiter: ['\n', '\r\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: limits.row,
    // The parser runs ahead of the loop below: where a broken row begins is known only here.
    on_record: (row, { lines }) => {
      lastLine = lines;
      return row;
    },
  });
  parser.on('skip', (error: CsvError) => {
    skipped.push({ line: lastLine + 1, message: problemOf(error, limits) });
  });
  const lines = withOneEscape(withoutLongLines(content.bytes, limits.line));
  const source = Readable.from(lines, { objectMode: false });
  const rows = pipeline(source, parser, () => undefined); // the error reaches the loop below
  let number = 0;
  /** Of the columns, where the first row names them. */
  let names: readonly string[] | null = null;
  for await (const row of rows) {
    const { record, info } = rowSchema.parse(row);
    yield* skippedItems(file, skipped);
    number++;
    const line = info.lines - lineFeeds(record);
    const size = record.reduce((sum, field) => sum + field.length, 0);
    if (size > limits.line || record.some((field) => field.includes(LINE_LEFT_OUT))) {
      const reason =
        `row ${number}: ${largerThanACable(limits.line)}, ` +
        `or a line of more than ${MOST_COMMAS} commas`;
      yield { kind: 'setAside', file, line, reason };
      continue;
    }
    const fields = record.map(decode);
    const texts = fields.map((field) => (field.ok ? field.text : ''));
    if (number === 1 && isHeadLine(texts, map)) {
      names = texts.map((text) => text.trim());
      continue;
    }
    const bad = fields.find((field) => !field.ok);
    const reading = bad?.ok === false ? bad : readRow(texts, names, map);
    if (reading.ok) yield { kind: 'cable', file, line, cable: reading.cable };
    else {
      const reason = `row ${number}: ${reading.reason}`;
      yield { kind: 'setAside', file, line, reason, start: startOf(texts.join(',')) };
    }
  }
  yield* skippedItems(file, skipped);
}

/** Where a row ends is known; so many lines above it begins. */
function lineFeeds(record: readonly Buffer[]): number {
  return record.reduce((count, field) => count + countOf(LINE_FEED, field), 0);
}

function* skippedItems(
  file: string,
  skipped: { line: number; message: string }[],
): Generator<SourceItem> {
  let reported = 0;
  for (const { line, message } of skipped.splice(0)) {
    // The parser tells of every quote of a broken row: one is enough.
    if (line === reported) continue;
    reported = line;
    yield { kind: 'setAside', file, line, reason: message };
  }
}

/** Whether a first row names the columns: by a cable's own fields, the dump's columns, or those of a map. */
function isHeadLine(texts: readonly string[], map: FieldMap | null): boolean {
  const names = new Set(texts.map((text) => text.trim()));
  if (map !== null) return [...map.values()].some((name) => names.has(name));
  const known = [...names].filter((name) => FIELD_NAMES.has(name.toLowerCase()));
  return known.length >= 3 && known.length === names.size;
}

const FIELD_NAMES: ReadonlySet<string> = new Set([...FIELDS, ...COLUMNS]);

function readRow(
  texts: readonly string[],
  names: readonly string[] | null,
  map: FieldMap | null,
): RawReading {
  const isDump = names === null || names.join() === COLUMNS.join();
  if (!isDump || map !== null) return readNamedRow(texts, names, map);
  if (texts.length !== COLUMNS.length) {
    return {
      ok: false,
      reason: `${texts.length} columns instead of ${COLUMNS.length} (${COLUMNS.join(', ')})`,
    };
  }
  const [
    ,
    datetime = '',
    id = '',
    origin,
    classification,
    references = '',
    header = '',
    body = '',
  ] = texts;
  return {
    ok: true,
    cable: {
      id: id.trim(),
      header,
      body,
      head: statedHead({
        date: dayOf(datetime),
        classification,
        origin,
        references: listed(references, '|'),
      }),
    },
  };
}

/** A row whose columns are named: by a cable's fields, by the dump's columns, or as a map says. */
function readNamedRow(
  texts: readonly string[],
  names: readonly string[] | null,
  map: FieldMap | null,
): RawReading {
  if (names === null) {
    return { ok: false, reason: 'a first row without the names that --map gives to the columns' };
  }
  if (texts.length !== names.length) {
    return { ok: false, reason: `${texts.length} columns instead of ${names.length}` };
  }
  const ours = map === null ? names.map((name) => name.toLowerCase()) : names;
  const isDump = map === null && ours.includes('reference_id');
  const named = ours.map((name) => (isDump ? (DUMP_NAMES.get(name) ?? name) : name));
  const row = Object.fromEntries(named.map((name, at) => [name, texts[at] || undefined]));
  return readFieldsOf({ header: '', ...row }, map);
}

/** The dump's own names of what a cable's fields are called here. */
const DUMP_NAMES: ReadonlyMap<string, string> = new Map([
  ['id', 'row'],
  ['datetime', 'date'],
  ['reference_id', 'id'],
]);

function problemOf(error: CsvError, limits: SourceLimits): string {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return 'the file is cut short in this row: a quote is not closed';
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return `a row of more than ${sizeOf(limits.row)}; what follows it in this file cannot be read`;
  }
  return `the row’s quotes do not fit (${error.message.split(',')[0] ?? error.code})`;
}
