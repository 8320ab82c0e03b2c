import { Parser } from 'htmlparser2';
import { statedHead, type RawReading } from './source.js';

/** What one pass over a page collects. */
interface Page {
  headings: string[];
  columns: string[];
  values: string[];
  pres: { text: string; closed: boolean }[];
  hasTable: boolean;
}

/** Elements in each other: a page has a dozen. The parser's time grows with the square of it. */
const DEEPEST = 500;

/**
 * Reads one of the public cable pages: the table of class `cable` states id, created, released,
 * classification and origin; the first `<pre>` holds the header, the second the body.
 */
export function readHtml(text: string): RawReading {
  const page = collect(text);
  if (page === null) {
    return {
      ok: false,
      reason: `an HTML page whose elements stand more than ${DEEPEST} deep in each other, which no cable’s do`,
    };
  }
  if (!page.hasTable) {
    return {
      ok: false,
      reason: 'an HTML page without the table that states a cable’s id and date',
    };
  }
  const names = page.columns.map((name) => name.trim().toLowerCase());
  const column = (name: string): string | undefined =>
    page.values[names.indexOf(name)]?.trim() || undefined;
  const day = (name: string): string | undefined =>
    /^\d{4}-\d{2}-\d{2}/.exec(column(name) ?? '')?.[0];
  const id = column('reference id');
  if (id === undefined) return { ok: false, reason: 'an HTML page whose table states no id' };
  const [header, body] = page.pres;
  if (header === undefined || body === undefined) {
    return { ok: false, reason: `the page of ${id} is cut short: it has no body` };
  }
  if (!body.closed) {
    return { ok: false, reason: `the page of ${id} is cut short in the body: </pre> is missing` };
  }
  return {
    ok: true,
    cable: {
      id,
      header: header.text,
      body: body.text,
      head: statedHead({
        date: day('created'),
        released: day('released'),
        classification: column('classification'),
        origin: column('origin'),
        subject: pageSubject(page.headings, id),
      }),
    },
  };
}

/** `Viewing cable 07MADRID545, SPAIN/CUBA: …`: the subject's first line only, so a last resort. */
function pageSubject(headings: readonly string[], id: string): string | undefined {
  const prefix = `Viewing cable ${id}, `;
  const heading = headings.map((each) => each.trim()).find((each) => each.startsWith(prefix));
  return heading?.slice(prefix.length).trim() || undefined;
}

class TooDeep extends Error {}

function collect(text: string): Page | null {
  const page: Page = { headings: [], columns: [], values: [], pres: [], hasTable: false };
  let inTable = false;
  /** Where text goes at the moment. */
  let add: ((piece: string) => void) | null = null;
  const intoLast = (list: string[]): ((piece: string) => void) => {
    const index = list.push('') - 1;
    return (piece) => {
      list[index] = (list[index] ?? '') + piece;
    };
  };
  let depth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (++depth > DEEPEST) throw new TooDeep();
      if (name === 'table' && (attributes['class'] ?? '').split(/\s+/).includes('cable')) {
        inTable = true;
        page.hasTable = true;
      } else if (name === 'h3') add = intoLast(page.headings);
      else if (inTable && name === 'th') add = intoLast(page.columns);
      else if (inTable && name === 'td') add = intoLast(page.values);
      else if (name === 'pre') {
        const pre = { text: '', closed: false };
        page.pres.push(pre);
        add = (piece) => {
          pre.text += piece;
        };
      }
    },
    ontext(piece) {
      add?.(piece);
    },
    onclosetag(name, isImplied) {
      depth--;
      if (name === 'table') inTable = false;
      const pre = page.pres.at(-1);
      if (name === 'pre' && pre !== undefined) pre.closed = !isImplied;
      if (['h3', 'th', 'td', 'pre'].includes(name)) add = null;
    },
  });
  try {
    parser.end(text);
  } catch (error) {
    if (error instanceof TooDeep) return null;
    throw error;
  }
  return page;
}
