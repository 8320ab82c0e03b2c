import type { Content } from './content.js';
import { readCsv } from './csv.js';
import { readHtml } from './html.js';
import { readJsonDocument, readJsonLines } from './json.js';
import type { FieldMap } from './field-map.js';
import type { SourceLimits } from './limits.js';
import { readMarkdown } from './markdown.js';
import { asciiOf } from './packing.js';
import type { SourceItem } from './source.js';
import { readPdf } from './pdf.js';
import { readSql } from './sql.js';
import { readStoredIndex, SQLITE_START } from './stored-index.js';
import { readTelegrams } from './text.js';
import { readWhole } from './whole.js';

/** Bytes that are looked at. */
export const PEEKED = 64 * 1024;

/** How a file begins. */
export interface Beginning {
  /** Its first bytes; ASCII alone is to be looked at. Blanks and a byte order mark are taken away. */
  readonly text: string;
  readonly name: string;
}

/** A form in which cables come in a file. */
export interface SourceForm {
  readonly name: string;
  /** How it is told, and what is read of it, for docs/sources.md. */
  readonly how: string;
  /** Whether a file is of this form: surely; or maybe, where it is surely of no other. */
  readonly told: (beginning: Beginning) => 'surely' | 'maybe' | 'no';
  /** Its cables, and what is set aside. */
  readonly read: (
    content: Content,
    limits: SourceLimits,
    /** The names that its fields have there, where they are not ours. */
    map: FieldMap | null,
  ) => AsyncIterable<SourceItem>;
}

/** `"1","12/28/1966 18:48","66BUENOSAIRES2481",…`: the dump's row, or a headed one. */
const CSV_START =
  /^\s*"?\d+"?\s*,\s*"?\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[^",]{0,20}"?\s*,|^\s*"?id"?,"?(?:datetime|date)"?,/i;
const LINES_NAME = /\.(?:jsonl|ndjson)$/i;

/** The forms that are read; of those that a file may be of the first counts. */
export const SOURCE_FORMS: readonly SourceForm[] = [
  {
    name: 'an index of an earlier Pilcrow',
    how: '`SQLite format 3`, `cables-….sqlite` of its folder: its cables to the letter',
    told: ({ text }) => (text.startsWith(SQLITE_START) ? 'surely' : 'no'),
    read: readStoredIndex,
  },
  {
    name: 'JSON',
    how: '`[{` or `{` over many lines: a cable, or a list of them, with the names of its fields or those of `--map`',
    told: ({ text, name }) =>
      /^\[\s*[{\]]/.test(text) || (text.startsWith('{') && !isLines(text, name)) ? 'surely' : 'no',
    read: readJsonDocument,
  },
  {
    name: 'JSON Lines',
    how: 'a `{…}` a line: a cable each, as in JSON',
    told: ({ text, name }) => {
      if (text.startsWith('{')) return isLines(text, name) ? 'surely' : 'no';
      return LINES_NAME.test(name) ? 'maybe' : 'no';
    },
    read: readJsonLines,
  },
  {
    name: 'CSV',
    how: "a first row that is the dump's (a number, a date, an id …) or names its columns; or the name `.csv`. Quotes are escaped by a backslash or doubled",
    told: ({ text, name }) => {
      if (CSV_START.test(text.slice(0, 400))) return 'surely';
      return /\.csv$/i.test(name) ? 'maybe' : 'no';
    },
    read: readCsv,
  },
  {
    name: 'HTML',
    how: '`<html` or `<!doctype html`: a page of the public archive, with its table of class `cable`',
    told: ({ text }) => {
      const isHtml = /<(?:!doctype\s+html|html[\s>])/i.test(text.slice(0, 2000));
      if (!isHtml) return 'no';
      return text.startsWith('<') ? 'surely' : 'maybe';
    },
    read: (content, limits) =>
      readWhole(content, limits, (text) => [{ ...readHtml(text), line: 1 }]),
  },
  {
    name: 'PDF',
    how: '`%PDF-`: its text, read as text is; one whose pages are pictures says so',
    told: ({ text }) => (text.startsWith('%PDF-') ? 'surely' : 'no'),
    read: readPdf,
  },
  {
    name: 'markdown with front matter',
    how: '`---`, lines of YAML with a cable’s fields or those of `--map`, `---`: the cable stands behind it',
    told: ({ text }) => (/^---[ \t]*\r?\n[\w-]+[ \t]*:/.test(text) ? 'surely' : 'no'),
    read: readMarkdown,
  },
  {
    name: 'SQL',
    how: '`INSERT INTO`, `CREATE TABLE`: set aside; export it as CSV or JSON',
    told: ({ text }) =>
      /^(?:--[^\n]*\n\s*|\/\*[\s\S]{0,400}?\*\/;?\s*|SET [^;]{0,200};\s*){0,20}(?:INSERT\s+INTO|CREATE\s+TABLE|DROP\s+TABLE)\b/i.test(
        text.slice(0, 4000),
      )
        ? 'surely'
        : 'no',
    read: readSql,
  },
  {
    name: 'text',
    how: 'all else: a head of five lines, a telegram’s own header, the National Archives’ form (`Message Text`, `Message Attributes`), a FOIA release, mail, quoted or not',
    told: () => 'maybe',
    read: (content, limits) => readWhole(content, limits, readTelegrams),
  },
];

/** The form of a file: told from its content; the name decides only what the content leaves open. */
export function formOf(
  head: Uint8Array,
  name: string,
  forms: readonly SourceForm[],
): SourceForm | null {
  const text = asciiOf(head).replace(/^(?:\xef\xbb\xbf)?\s+|^\xef\xbb\xbf/, '');
  const told = forms.map((form) => ({ form, how: form.told({ text, name }) }));
  const found = told.find(({ how }) => how === 'surely') ?? told.find(({ how }) => how === 'maybe');
  return found?.form ?? null;
}

/** One object a line; a document is spread over many. */
function isLines(text: string, name: string): boolean {
  if (LINES_NAME.test(name)) return true;
  const end = text.indexOf('\n');
  return end < 0 ? text.length >= PEEKED || /\}\s*$/.test(text) : /\}\s*$/.test(text.slice(0, end));
}
