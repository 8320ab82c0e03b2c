import { isoDay } from '../cable/day.js';
import { listed, statedHead } from './source.js';
import type { RawCable } from '../cable/types.js';

/**
 * A row of the dump, or of a table made of it, that stands in a text: its cells are parted by tabs
 * (`121752⇥2007-09-11 12:50:00⇥07TBILISI2290⇥Embassy Tbilisi⇥…`), by commas, or by SQL.
 */
export interface DumpRow {
  /** Offset in the text. */
  readonly start: number;
  /** The id that it states; null for SQL. */
  readonly id: string | null;
}

const DATE = String.raw`\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4}`;
const ID = String.raw`\d{2}[A-Z][A-Z0-9]{2,40}?\d{1,7}`;
/** What the cells are parted by, what a text must hold for such a row, and the row. */
const ROWS: readonly (readonly [sign: string, row: RegExp])[] = [
  ['\t', new RegExp(String.raw`(?<![\w/-])(?:\d{1,9}\t)?(?:${DATE})[^\t\n]{0,12}\t(${ID})\t`, 'g')],
  [
    ',"',
    new RegExp(
      String.raw`\n"?\d{1,9}"?,"?\d{1,4}[-/]\d{1,2}[-/]\d{1,4}[^",\n]{0,20}"?,"?(${ID})"?,`,
      'g',
    ),
  ],
  ['INSERT', /\bINSERT\s+INTO\s+\S{1,60}\s/g],
];

/** The rows of a dump that stand in a text, in order. */
export function rowsIn(text: string): DumpRow[] {
  return ROWS.flatMap(([sign, row]) =>
    text.includes(sign)
      ? [...text.matchAll(row)].map(({ index, 0: found, 1: id = null }) => {
          return { start: index + (found.startsWith('\n') ? 1 : 0), id };
        })
      : [],
  ).sort((a, b) => a.start - b.start);
}

/** The cells of a row of tabs, whose last two are header and body. */
const TABBED = new RegExp(
  String.raw`^(?:\d{1,9}\t)?(\d[^\t]+)\t(${ID})\t([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)\t([\s\S]*)$`,
);

/** Reads the cable of a row whose cells tabs part, or returns null. */
export function readTabbedRow(text: string): RawCable | null {
  const [, day = '', id, origin, classification, references = '', header = '', body = ''] =
    TABBED.exec(text) ?? [];
  if (id === undefined) return null;
  return {
    id,
    header,
    body,
    head: statedHead({
      date: dayOf(day),
      classification,
      origin,
      references: listed(references, /[|,;]/),
    }),
  };
}

/** `2007-03-23 17:05` or `3/23/2007 17:05` → `2007-03-23`. */
export function dayOf(datetime: string): string | null {
  const iso = /^(\d{4}-\d{2}-\d{2})/.exec(datetime.trim());
  if (iso?.[1] !== undefined) return iso[1];
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(datetime.trim());
  if (american === null) return null;
  const [, month = '', day = '', year = ''] = american;
  return isoDay(year, month, day);
}
