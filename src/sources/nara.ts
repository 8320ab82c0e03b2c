import { isoDay, monthNumber } from '../cable/day.js';
import { firstClassificationLine } from '../cable/classification-lines.js';
import { readOrigin } from '../cable/header.js';
import { linesOf } from '../cable/lines.js';
import { ATTRIBUTES_LINE } from '../cable/patterns.js';
import { statedHead, type PlacedReading, type RawReading } from './source.js';

/*
 * Telegrams as the National Archives hand them out (Access to Archival Databases, and PlusD after them): the text
 * between `Message Text` and `Message Attributes`, then the archive's own attributes, `Document Number:
 * 1974LAPAZ05124` and sixty more, with release stamps between the pages.
 */

const TEXT_LINE = /^[ \t]*Message Text[ \t]*\r?$/gm;
const ATTRIBUTES = new RegExp(ATTRIBUTES_LINE.source, 'm');
/** `Document Number: 1974LAPAZ05124`; what the archive has not is `n/a`. */
const ATTRIBUTE = /^[ \t]*([A-Z][A-Za-z]*(?: [A-Za-z]+){0,5}):(.*)$/;

/** Whether a text is one of the archive's. */
export function isArchived(text: string): boolean {
  return ATTRIBUTES.test(text) && /^[ \t]*Document Number:/m.test(text);
}

/** Reads every telegram of a text in the archive's form. */
export function readArchived(text: string): PlacedReading[] {
  const starts = [...text.matchAll(TEXT_LINE)].map(({ index }) => stampsAbove(text, index));
  const cuts = [0, ...starts.slice(1)];
  let line = 1;
  return cuts.map((start, index) => {
    const document = text.slice(start, cuts[index + 1] ?? text.length);
    const reading = { ...readDocument(document), line };
    line += document.split('\n').length - 1;
    return reading;
  });
}

/** Release stamps above `Message Text` are the next telegram's. */
function stampsAbove(text: string, at: number): number {
  let start = at;
  for (;;) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (start === 0 || !/Declassified\/Released|^\s*$/.test(text.slice(above, start))) return start;
    start = above;
  }
}

function readDocument(text: string): RawReading {
  const end = ATTRIBUTES.exec(text)?.index ?? text.length;
  const attributes = attributesOf(text.slice(end));
  const number = attributes.get('Document Number') ?? null;
  const start = bodyStart(text.slice(0, end));
  if (start === null) {
    return {
      ok: false,
      reason: `${number ?? 'a telegram of the National Archives'} has attributes and no text`,
    };
  }
  return {
    ok: true,
    cable: {
      id: number,
      header: text.slice(0, start),
      body: text.slice(start),
      head: statedHead({
        date: dayOf(attributes.get('Draft Date')),
        classification: attributes.get('Original Classification'),
        origin: readOrigin(text.slice(0, start)) === null ? attributes.get('From') : null,
        subject: attributes.get('Subject')?.replaceAll('\\"', '"').replaceAll("\\'", "'"),
        tagsLine: attributes.get('TAGS'),
        referenceLine: attributes.get('Reference'),
      }),
    },
  };
}

/** The attributes by their names; a value may go on in further lines. */
function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let open: string | null = null;
  for (const { trimmed } of linesOf(text)) {
    const [, name, value = ''] = ATTRIBUTE.exec(trimmed) ?? [];
    if (name !== undefined && !found.has(name)) {
      open = name;
      found.set(name, value.trim());
    } else if (open !== null && trimmed !== '') {
      found.set(open, `${found.get(open) ?? ''} ${trimmed}`.trim());
    }
  }
  for (const [name, value] of found) if (/^(?:n\/a)?$/i.test(value)) found.delete(name);
  return found;
}

/** `12 AUG 1974` → `1974-08-12`. */
function dayOf(text = ''): string | null {
  const [, day = '', month = '', year = ''] = /^(\d{1,2}) ([A-Z]{3}) (\d{4})$/i.exec(text) ?? [];
  const number = monthNumber(month);
  return number === 0 ? null : isoDay(year, number, day);
}

/** The address lines end a header without a classification line under it. */
const ADDRESSES = /^[ \t]*(?:FM|TO|INFO)[ \t].*(?:\n[ \t]*\S.*)*/gm;

/** Where the body begins: at its classification line, or behind the addressees; null where no text stands. */
function bodyStart(text: string): number | null {
  const group = /^.{0,60}\d{6} ?Z [A-Z]{3} \d{2}/m.exec(text)?.index ?? 0;
  const line = firstClassificationLine(text.slice(group));
  if (line !== null) return group + line.start;
  const last = [...text.matchAll(ADDRESSES)].at(-1);
  const start = last === undefined ? (/^[ \t]*Message Text.*\n/m.exec(text) ?? null) : last;
  const behind = start === null ? 0 : start.index + start[0].length;
  return /\p{L}{3}/u.test(withoutStamps(text.slice(behind))) ? behind : null;
}

function withoutStamps(text: string): string {
  return text.replace(
    /^.*(?:Declassified\/Released|UNCLASSIFIED|PAGE \d\d|CONFIDENTIAL|SECRET|LIMITED OFFICIAL USE).*$/gm,
    '',
  );
}
