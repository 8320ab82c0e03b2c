import { folded } from './citation.js';
import type { QuotedSpan } from './quote.js';

/** A style in which citations are written; the mark and the cable's classification stand in every one. */
export interface CitationStyle {
  readonly name: string;
  readonly text: (quote: QuotedSpan) => string;
  /** It is read by people: a dash stands before it. */
  readonly isProse: boolean;
  /** Where it is for programs: the ending of a file of such citations, and how they are joined in one. */
  readonly file: {
    readonly ending: string;
    readonly join: (texts: readonly string[]) => string;
  } | null;
  /** Where it is JSON: the citation as a value. */
  readonly value?: (quote: QuotedSpan) => object;
}

function paragraphOf({ paragraph, citation, cable }: QuotedSpan): string {
  // What has no number is named by what it is: `(preamble without a number)`.
  return paragraph === null
    ? (/\([a-z]+ without a number\)/.exec(citation.slice(cable.length))?.[0] ?? '')
    : (/^ (¶\d+(?: \((?:[a-z]+|no\. \d+)\))?)/.exec(citation.slice(cable.length))?.[1] ??
        `¶${paragraph}`);
}

function markOf({ mark }: QuotedSpan): string {
  return folded(mark ?? '(no mark)'); // a long one is broken over lines
}

function originOf({ origin }: QuotedSpan): string {
  return folded(origin ?? 'origin unknown');
}

function dateOf({ date }: QuotedSpan): string {
  return date ?? 'date unknown';
}

function classificationOf({ classification }: QuotedSpan): string {
  return folded(classification ?? 'classification unknown');
}

/**
 * Where the text came from: `released 2010-11-28`, `source cables.csv`. Of an archive its own name; a file that is
 * called as the cable is says nothing more.
 */
function provenanceOf(
  { cable, released, source }: QuotedSpan,
  day: (date: string) => string = (date) => date,
): string[] {
  const file = folded(source?.split('!')[0] ?? '');
  return [
    ...(released === undefined ? [] : [`released ${day(released)}`]),
    ...(file === '' || file.includes(cable) ? [] : [`source ${file}`]),
  ];
}

/** The cable's subject; null where it has none, or none that may be shown. */
function titleOf({ subject, title: written }: QuotedSpan): string | null {
  const title = folded(written ?? subject ?? '');
  return title === '' ? null : title;
}

/** A name of a quote for programs: the cable and its span (`s9`, no paragraph's number), so that no two quotes of a file have one. */
function keyOf({ receipt }: QuotedSpan): string {
  const [cable = '', place = ''] = receipt.split('/');
  return `${cable}-s${place}`.replace(/[^\dA-Z-]/gi, '');
}

/** A title between quotation marks, those in it single, and the sign within all of them: `“Rumors of ‘talks,’”`. */
function quotedTitle(title: string, sign: ',' | '.'): string {
  const inner = title.replace(/[“”„"]([^“”„"]*)[“”"]/g, '‘$1’');
  const close = /‘[^‘’]*’$/.test(inner) ? '’' : '';
  const words = close === '' ? inner : inner.slice(0, -1);
  // A comma takes the place of a full stop, but for an abbreviation's.
  const bare = sign === ',' ? words.replace(/(?<!\b\p{Lu})\.$/u, '') : words;
  return `“${bare}${sign === '.' && /[.?!]$/.test(bare) ? '' : sign}${close}”`;
}

function longDate(date: string | null): string {
  return date === null
    ? 'n.d.'
    : new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(
        new Date(`${date}T12:00:00Z`),
      );
}

/** A note after the Chicago Manual of Style, 17th edition, 14.249: author, title, number, date, place. */
function chicagoNote(quote: QuotedSpan): string {
  const title = titleOf(quote);
  const parts = [
    originOf(quote),
    `${title === null ? '' : `${quotedTitle(title, ',')} `}cable ${quote.cable}`,
    longDate(quote.date),
    classificationOf(quote),
    `${paragraphOf(quote)} ${markOf(quote)}`,
    ...provenanceOf(quote, longDate),
  ];
  return `${parts.join(', ')}.`;
}

/** A cable in a bibliography: parts that end with full stops. */
export function chicagoCable(quote: QuotedSpan): string {
  const title = titleOf(quote);
  const parts = [
    `${originOf(quote)}.`,
    ...(title === null ? [] : [quotedTitle(title, '.')]),
    `Cable ${quote.cable}, ${longDate(quote.date).replace(/\.$/, '')}.`,
    `${classificationOf(quote)}.`,
    ...provenanceOf(quote, longDate).map((part) => `${part[0]?.toUpperCase()}${part.slice(1)}.`),
  ];
  return parts.join(' ');
}

/** The same of a paragraph. */
function chicagoEntry(quote: QuotedSpan): string {
  return `${chicagoCable(quote)} ${paragraphOf(quote)} ${markOf(quote)}.`;
}

/** Signs that TeX or BibTeX reads as its own: braces are counted even behind a backslash. */
const TEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '@': '{@}',
};

function tex(text: string): string {
  return text.replace(/[\\~^{}@#$%&_]/g, (sign) => TEX[sign] ?? `\\${sign}`);
}

/** The id stands in `howpublished`, which every style prints; `number` is left out of `@misc` by most. */
function bibtex(quote: QuotedSpan): string {
  const fields = [
    ['author', `{${tex(originOf(quote))}}`],
    ['title', `{${tex(titleOf(quote) ?? 'Diplomatic cable')}}`],
    ['howpublished', `Diplomatic cable ${tex(quote.cable)}, ${tex(classificationOf(quote))}`],
    ...(quote.date === null
      ? []
      : [
          ['year', quote.date.slice(0, 4)],
          ['date', quote.date],
        ]),
    ['note', tex([`${paragraphOf(quote)} ${markOf(quote)}`, ...provenanceOf(quote)].join(', '))],
  ];
  const entry = fields.map(([name = '', value = '']) => `  ${name} = {${value}}`).join(',\n');
  return `@misc{${keyOf(quote)},\n${entry}\n}`;
}

function cslDate(day: string): object {
  return { 'date-parts': [day.split('-').map(Number)] };
}

interface CslItem {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly note: string;
}

/** An item of CSL-JSON (citation-style-language schema 1.0), of type `report`. */
export function cslItem(quote: QuotedSpan): CslItem {
  const title = titleOf(quote);
  return {
    id: keyOf(quote),
    type: 'report',
    genre: 'Diplomatic cable',
    number: quote.cable,
    ...(title !== null && { title }),
    author: [{ literal: originOf(quote) }],
    ...(quote.date !== null && { issued: cslDate(quote.date) }),
    ...(quote.released !== undefined && { 'available-date': cslDate(quote.released) }),
    ...(quote.source !== undefined && { source: folded(quote.source) }),
    note: `${classificationOf(quote)}; ${paragraphOf(quote)} ${markOf(quote)}`,
  };
}

/** RIS: a tag of two letters, two blanks, a hyphen and a blank; a line each. */
function ris(quote: QuotedSpan): string {
  const title = titleOf(quote);
  const tags = [
    ['TY', 'RPRT'],
    ['ID', keyOf(quote)],
    ['AU', originOf(quote)],
    ...(title === null ? [] : [['TI', title]]),
    ...(quote.date === null
      ? []
      : [
          ['PY', quote.date.slice(0, 4)],
          ['DA', quote.date.replaceAll('-', '/')],
        ]),
    ['M3', 'Diplomatic cable'],
    ['SN', quote.cable],
    ['SP', paragraphOf(quote)],
    [
      'N1',
      [
        classificationOf(quote),
        `${paragraphOf(quote)} ${markOf(quote)}`,
        ...provenanceOf(quote),
      ].join('; '),
    ],
    ['ER', ''],
  ];
  return tags.map(([tag = '', value = '']) => `${tag}  - ${value}`).join('\n');
}

const lines = (texts: readonly string[]): string => `${texts.join('\n')}\n`;

/** Every style; the first is the one that is used where none is named. */
export const CITATION_STYLES = [
  { name: 'plain', text: ({ citation }) => citation, isProse: true, file: null },
  {
    name: 'markdown',
    text: (quote) =>
      [
        `**${quote.cable}** ${paragraphOf(quote)} ${markOf(quote)}`,
        `*${originOf(quote)}*`,
        ...[dateOf(quote), classificationOf(quote), ...provenanceOf(quote)],
      ].join(', '),
    isProse: true,
    file: { ending: 'md', join: lines },
  },
  { name: 'chicago', text: chicagoNote, isProse: true, file: null },
  { name: 'chicago-bibliography', text: chicagoEntry, isProse: true, file: null },
  { name: 'bibtex', text: bibtex, isProse: false, file: { ending: 'bib', join: lines } },
  {
    name: 'csl-json',
    text: (quote) => JSON.stringify(cslItem(quote), null, 2),
    isProse: false,
    file: { ending: 'json', join: (texts) => `[${texts.join(',\n')}]\n` },
    value: cslItem,
  },
  { name: 'ris', text: ris, isProse: false, file: { ending: 'ris', join: lines } },
] as const satisfies readonly CitationStyle[];
