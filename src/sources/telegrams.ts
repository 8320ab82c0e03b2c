import { firstClassificationLine } from '../cable/classification-lines.js';
import { cableNamedByBody, identityOf } from '../cable/identity.js';
import type { RawCable } from '../cable/types.js';
import { cutsIn } from './cuts.js';
import { readTabbedRow } from './dump-rows.js';
import { startOf, type RawReading, type SourceItem } from './source.js';
import { SQL_IS_NOT_READ } from './sql.js';
import { readText } from './text.js';

/*
 * One cable, one id: where another telegram stands in a body, the body ends. This is done here, once, for every
 * form that cables come in.
 */

/**
 * The cables of one: itself, its body cut where another's row, head, header or classification line stands in it,
 * and what stands behind, each a cable of its own where its id can be known, else set aside with the reason.
 */
export function* telegramsOf(item: CableItem): Generator<SourceItem> {
  const { cable, line: firstLine = 1, file } = item;
  const cuts = cutsIn(cable);
  if (cuts.length === 0) {
    yield item;
    return;
  }
  const { id, header, body } = cable;
  const pieces = cuts.map(({ start }, index) => body.slice(start, cuts[index + 1]?.start));
  const own = cuts.findIndex(({ isOwn }) => isOwn);
  const before = `${header}${body.slice(0, cuts[0]?.start)}`;
  let line = firstLine;
  if (own < 0) yield { ...item, line, cable: { ...cable, body: body.slice(0, cuts[0]?.start) } };
  else yield* readBehind(before, { file, line }, null, id);
  line += lineFeeds(before);
  for (const [index, piece] of pieces.entries()) {
    const place = { file, line };
    const { isOwn, named } = cuts[index] ?? { isOwn: false, named: null };
    if (isOwn) yield { kind: 'cable', ...place, cable: { ...cable, ...headerAndBody(piece) } };
    else yield* readBehind(piece, place, named, id ?? cableNamedByBody(body));
    line += lineFeeds(piece);
  }
}

/** What stands in another cable's text: a cable where its id can be known, else why not. */
function* readBehind(
  text: string,
  place: { readonly file: string; readonly line: number },
  named: string | null,
  host: string | null,
): Generator<SourceItem> {
  const reading = readPiece(text);
  if (reading.ok && identityOf(reading.cable, null) !== null) {
    yield* telegramsOf({ kind: 'cable', ...place, cable: reading.cable });
    return;
  }
  const stated = named ?? ID_IN_SQL.exec(text.slice(0, LONGEST_ROW_START))?.[1] ?? null;
  const other = stated === null ? '' : ` (${stated})`;
  const why = reading.ok ? 'its year is not known' : reading.reason;
  const reason = `another cable${other} stands in the text of ${host ?? 'a cable'}: ${why}`;
  yield { kind: 'setAside', ...place, reason, start: startOf(text) };
}

/** The id among a row's first values. */
const ID_IN_SQL = /'(\d{2}[A-Z]{3,40}\d{1,7})'/;
const LONGEST_ROW_START = 400;

function headerAndBody(text: string): Pick<RawCable, 'header' | 'body'> {
  const start = firstClassificationLine(text)?.start ?? 0;
  return { header: text.slice(0, start), body: text.slice(start) };
}

type CableItem = Extract<SourceItem, { kind: 'cable' }>;

function lineFeeds(text: string): number {
  return text.split('\n').length - 1;
}

function readPiece(text: string): RawReading {
  if (/^INSERT\s/.test(text)) return { ok: false, reason: SQL_IS_NOT_READ };
  const row = readTabbedRow(text);
  return row === null ? readText(text) : { ok: true, cable: row };
}
