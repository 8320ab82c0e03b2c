import { Parser } from 'htmlparser2';
import { InputError, messageOf } from '../errors.js';
import { decode } from '../sources/decode.js';
import { textOfPdf } from '../sources/pdf.js';
import { blocksOf, withoutUnseen, type Block } from './document.js';

/** A document as somebody hands it in. */
export interface Document {
  /** With its ending, which tells the form where the content does not. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Bytes of a document, at most: a thesis with pictures. */
export const LARGEST_DOCUMENT = 20 * 1024 * 1024;
/** Words of it, at most: eight times what is promised to be checked in seconds. */
const MOST_CHARACTERS = 4_000_000;

/** Whether a file is one of them by its ending. */
export function isDocument(name: string): boolean {
  return /\.(?:txt|md|markdown|x?html?|docx|pdf)$/i.test(name);
}

/** Reads text, Markdown, HTML, .docx or PDF as blocks. Throws {@link InputError} where it is none of them. */
export async function readDocument({ name, bytes }: Document): Promise<Block[]> {
  if (bytes.length > LARGEST_DOCUMENT) {
    throw unreadable(name, `is larger than ${LARGEST_DOCUMENT / 1024 ** 2} MB`);
  }
  const blocks = await blocksIn(name, bytes);
  const length = blocks.reduce((sum, { text }) => sum + text.length, 0);
  if (length > MOST_CHARACTERS) throw unreadable(name, 'has more text than can be checked at once');
  if (length === 0)
    throw unreadable(name, 'holds no text: of pictures recognise the text first (OCR)');
  return blocks;
}

async function blocksIn(name: string, bytes: Uint8Array): Promise<Block[]> {
  const begins = (signs: string): boolean =>
    Buffer.from(bytes.subarray(0, signs.length)).toString('latin1') === signs;
  try {
    if (begins('%PDF')) return blocksOf(await textOfPdf(new Uint8Array(bytes)));
    if (begins('PK')) return blocksOfHtml(await htmlOfDocx(bytes));
  } catch (error) {
    throw unreadable(name, `cannot be read (${messageOf(error)})`);
  }
  const ending = /\.(?:pdf|docx)$/i.exec(name)?.[0];
  if (ending !== undefined) throw unreadable(name, `does not begin as a ${ending} does`);
  const decoded = decode(bytes);
  if (!decoded.ok) throw unreadable(name, 'is no text (it holds NUL bytes)');
  const { text } = decoded;
  if (/\.(?:md|markdown)$/i.test(name)) return blocksOfMarkdown(text);
  if (/\.x?html?$/i.test(name) || /^\s*<(?:!doctype html|html)\b/i.test(text)) {
    return blocksOfHtml(text);
  }
  return blocksOf(text);
}

/** What stands in too many lists and quotes for its reader is read as text. */
async function blocksOfMarkdown(text: string): Promise<Block[]> {
  const { marked } = await import('marked');
  try {
    // Notes one under the other are a paragraph each.
    return blocksOfHtml(await marked.parse(text.replace(/\n(?=\[\^\w{1,20}\]:)/g, '\n\n')));
  } catch (error) {
    if (error instanceof RangeError) return blocksOf(text);
    throw error;
  }
}

function unreadable(name: string, what: string): InputError {
  return new InputError('DOCUMENT', {
    what: `${name} ${what}`,
    todo: 'give text, Markdown, HTML, .docx or a PDF with text',
  });
}

/** Word's own styles for what is quoted. */
const QUOTED_STYLES = ['Quote', 'Intense Quote', 'Block Text', 'Quotations'].map(
  (style) => `p[style-name='${style}'] => blockquote > p:fresh`,
);

async function htmlOfDocx(bytes: Uint8Array): Promise<string> {
  const { convertToHtml } = await import('mammoth');
  const { value } = await convertToHtml(
    { buffer: Buffer.from(bytes) },
    { styleMap: QUOTED_STYLES },
  );
  return value;
}

const INLINE = new Set(
  'a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strong strike sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'caption', 'summary']);
/** Where what is set off is from. */
const SOURCES = new Set(['footer', 'figcaption']);
/** Cells of a row stand in one line. */
const CELLS = new Set(['td', 'th']);
/** What holds a page's notes, by its class, id or role: `<section class="footnotes">`, `<ol role="doc-endnotes">`. */
const NOTES = /(?:^|[\s_-])(?:foot|end)?notes?(?:$|[\s_-])|footnotes|endnotes/i;
/** A heading under which a list is of notes. */
const NOTES_HEADING = /^\W*(?:(?:foot|end)?notes|references|sources)\W*$/i;
/** What a reader does not see, or sees struck out. */
const UNSEEN = new Set('script style head template noscript svg del s strike'.split(' '));
const HIDDEN_STYLE =
  /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|text-decoration(?:-line)?\s*:[^;]{0,40}line-through|(?:opacity|font-size)\s*:\s*0(?!\.?\d*[1-9])|(?:left|right|top|text-indent|margin-left)\s*:\s*-\d{3}|clip(?:-path)?\s*:\s*(?:rect|inset)|color\s*:\s*transparent)/i;
/** What pages give to voices alone. */
const UNSEEN_CLASS = /(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text|-only)?)(?:\s|$)/i;
/** A note's number that its paragraph follows: `<li id="fn1"><p>`. */
const NOTE_NUMBER = /^\s*\[\d{1,3}\] $/;

/** The id of a cable in an address, or nothing. */
function idIn(address: string): string {
  return /(?<![\dA-Z])\d{2}[A-Z]{3,20}\d{1,6}(?!\d)/.exec(address)?.[0] ?? '';
}

/** The blocks of a page; what stands in `<blockquote>` is set off. */
export function blocksOfHtml(html: string): Block[] {
  const blocks: Block[] = [];
  let open = '';
  const depth = { quoted: 0, pre: 0, cell: 0, heading: 0, source: 0, raised: 0 };
  /** Of each element that is open, whether what stands in it is not seen. */
  const unseen: boolean[] = [];
  let address = '';
  let cited = '';
  /** The number of the last note in a list of notes; null in any other. */
  let note: number | null = null;
  let holdsNotes = false;
  const flush = (): void => {
    const text = withoutUnseen(open)
      .replace(/[ \t\f]+/g, ' ')
      .trim();
    const quoted = depth.quoted > 0 && depth.source === 0;
    if (text !== '') blocks.push({ text, quoted, heading: depth.heading > 0 });
    open = '';
  };
  const enter = (name: string, by: 1 | -1): void => {
    if (name === 'blockquote') depth.quoted += by;
    if (HEADINGS.has(name)) depth.heading += by;
    if (SOURCES.has(name)) depth.source += by;
    if (name === 'sup') depth.raised += by;
    if (name === 'pre') depth.pre += by;
    if (name === 'td' || name === 'th') depth.cell += by;
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      const {
        href = '',
        id = '',
        cite = '',
        class: kind = '',
        role = '',
        start = '1',
      } = attributes;
      const isUnseen =
        UNSEEN.has(name) ||
        'hidden' in attributes ||
        UNSEEN_CLASS.test(kind) ||
        HIDDEN_STYLE.test(attributes['style'] ?? '');
      unseen.push(isUnseen || unseen.at(-1) === true);
      if (name === 'a') address = href;
      if (name === 'q') cited = cite;
      if (name === 'br') open += '\n';
      else if (depth.cell > 0) open += ' ';
      else if (!INLINE.has(name) && !CELLS.has(name) && !NOTE_NUMBER.test(open)) flush();
      const source = name === 'blockquote' ? idIn(cite) : '';
      if (source !== '') blocks.push({ text: `${source}:`, quoted: false, heading: false });
      enter(name, 1);
      if (name === 'q') open += '“';
      holdsNotes ||= NOTES.test(`${kind} ${id} ${role}`);
      if (name === 'ol') {
        const isOfNotes = holdsNotes || NOTES_HEADING.test(blocks.at(-1)?.text ?? '');
        note = isOfNotes ? (Number.parseInt(start, 10) || 1) - 1 : null;
      }
      if (name !== 'li') return;
      // The number of a note is in its id (`<li id="fn1">`), or its place in the list.
      if (note !== null) note++;
      const number = /\d{1,3}$/.exec(id)?.[0] ?? note;
      if (number !== null) open += `[${String(number)}] `;
    },
    ontext(piece) {
      if (unseen.at(-1) === true) return;
      const raised = depth.raised > 0 ? /^\s*\[?(\d{1,3})\]?\s*$/.exec(piece)?.[1] : undefined;
      if (raised !== undefined) open += `[${raised}]`;
      else open += depth.pre > 0 ? piece : piece.replace(/\s+/g, ' ');
    },
    onclosetag(name) {
      unseen.pop();
      if (name === 'q') open += '”';
      // A link to a cable says where something is from.
      const source = name === 'a' ? idIn(address) : name === 'q' ? idIn(cited) : '';
      if (source !== '') open += ` ${source}`;
      if (name === 'ol') [note, holdsNotes] = [null, false];
      if (CELLS.has(name)) open += ' | ';
      else if (depth.cell > 0) open += ' ';
      else if (name !== 'br' && !INLINE.has(name)) flush();
      enter(name, -1);
    },
  });
  parser.end(html);
  flush();
  return blocks;
}
