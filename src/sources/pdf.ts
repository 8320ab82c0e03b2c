import { extractTextItems, getDocumentProxy, type StructuredTextItem } from 'unpdf';
import { messageOf } from '../errors.js';
import { collect, type Content } from './content.js';
import type { SourceLimits } from './limits.js';
import type { SourceItem } from './source.js';
import { readTelegrams } from './text.js';
import { itemsOf } from './whole.js';

const NO_TEXT =
  'a PDF without text: its pages are pictures. Recognise their text first (OCR), and give the text or the new PDF';

/** Reads the text of a PDF, as the National Archives hand out a telegram; its lines are put together again. */
export async function* readPdf(
  { name: file, bytes }: Content,
  limits: SourceLimits,
): AsyncGenerator<SourceItem> {
  const data = await collect(bytes, limits.wholeFile);
  let text: string;
  try {
    text = await textOfPdf(new Uint8Array(data));
  } catch (error) {
    yield { kind: 'setAside', file, reason: `a PDF that cannot be read: ${messageOf(error)}` };
    return;
  }
  if (!/\p{L}{3}/u.test(text)) {
    yield { kind: 'setAside', file, reason: NO_TEXT };
    return;
  }
  yield* itemsOf(file, text, readTelegrams(text));
}

/** The text of a PDF, a line each. Throws where it is none. */
export async function textOfPdf(data: Uint8Array): Promise<string> {
  const document = await getDocumentProxy(data, { verbosity: 0 });
  try {
    const { items } = await extractTextItems(document);
    return `${items.map(textOfPage).join('\n')}\n`;
  } finally {
    await document.destroy();
  }
}

type Piece = Pick<StructuredTextItem, 'str' | 'x' | 'y' | 'width' | 'height'>;

/** A page's lines from above to below; pieces stand in their columns, as in a telegram's fixed pitch. */
function textOfPage(pieces: readonly Piece[]): string {
  const shown = pieces.filter(({ str }) => str.trim() !== '');
  const pitch = median(shown.map(({ width, str }) => width / str.length)) || 1;
  const height = median(shown.map((each) => each.height)) || 1;
  const left = shown.reduce((least, { x }) => Math.min(least, x), Number.POSITIVE_INFINITY);
  const rows: Piece[][] = [];
  for (const piece of [...shown].sort((a, b) => b.y - a.y)) {
    const row = rows.at(-1);
    if (row?.[0] !== undefined && Math.abs(row[0].y - piece.y) < height / 2) row.push(piece);
    else rows.push([piece]);
  }
  const gaps = rows.map((row, index) => (rows[index - 1]?.[0]?.y ?? 0) - (row[0]?.y ?? 0));
  const leading = median(gaps.slice(1)) || 1;
  const lines: string[] = [];
  for (const [index, row] of rows.entries()) {
    const blank = index === 0 ? 0 : Math.round((gaps[index] ?? 0) / leading) - 1;
    for (let count = 0; count < Math.min(blank, MOST_BLANK_LINES); count++) lines.push('');
    let line = '';
    for (const { str, x } of row.sort((a, b) => a.x - b.x)) {
      const column = Math.round((x - left) / pitch);
      line += `${' '.repeat(Math.max(0, column - line.length))}${str}`;
    }
    lines.push(line.trimEnd());
  }
  return lines.join('\n');
}

const MOST_BLANK_LINES = 3;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
