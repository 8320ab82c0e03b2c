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
    : `¶${paragraph}`;
}

function markOf({ mark }: QuotedSpan): string {
  return mark ?? '(no mark)';
}

function originOf({ origin }: QuotedSpan): string {
  return origin ?? 'origin unknown';
}

function dateOf({ date }: QuotedSpan): string {
  return date ?? 'date unknown';
}

function classificationOf({ classification }: QuotedSpan): string {
  return classification ?? 'classification unknown';
}

function titleOf({ subject, cable }: QuotedSpan): string {
  return (subject ?? cable).replace(/\s+/g, ' ');
}

/** A note after the Chicago Manual of Style, 17th edition, 14.249: author, title, number, date, place. */
function chicago(quote: QuotedSpan): string {
  const date =
    quote.date === null
      ? 'n.d.'
      : new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(
          new Date(`${quote.date}T12:00:00Z`),
        );
  return `${originOf(quote)}, “${titleOf(quote)},” cable ${quote.cable}, ${date}, ${classificationOf(quote)}, ${paragraphOf(quote)} ${markOf(quote)}.`;
}

/** Signs that TeX reads as its own. */
const TEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

function tex(text: string): string {
  return text.replace(/[\\~^{}#$%&_]/g, (sign) => TEX[sign] ?? `\\${sign}`);
}

function bibtex(quote: QuotedSpan): string {
  const fields = [
    ['author', `{${tex(originOf(quote))}}`],
    ['title', `{${tex(titleOf(quote))}}`],
    ['howpublished', `Diplomatic cable, ${tex(classificationOf(quote))}`],
    ['number', tex(quote.cable)],
    ...(quote.date === null
      ? []
      : [
          ['year', quote.date.slice(0, 4)],
          ['date', quote.date],
        ]),
    ['note', tex(`${paragraphOf(quote)} ${markOf(quote)}`)],
  ];
  const key = `${quote.cable}${quote.paragraph === null ? '' : `-${quote.paragraph}`}`;
  return `@misc{${key},\n${fields.map(([name = '', value = '']) => `  ${name} = {${value}}`).join(',\n')}\n}`;
}

/** An item of CSL-JSON (citation-style-language schema 1.0), of type `report`. */
function cslItem(quote: QuotedSpan): object {
  const date = quote.date?.split('-').map(Number);
  return {
    id: `${quote.cable}${quote.paragraph === null ? '' : `-${quote.paragraph}`}`,
    type: 'report',
    genre: 'Diplomatic cable',
    number: quote.cable,
    title: titleOf(quote),
    author: [{ literal: originOf(quote) }],
    ...(date && { issued: { 'date-parts': [date] } }),
    note: `${classificationOf(quote)}; ${paragraphOf(quote)} ${markOf(quote)}`,
  };
}

const lines = (texts: readonly string[]): string => `${texts.join('\n')}\n`;

/** Every style; the first is the one that is used where none is named. */
export const CITATION_STYLES = [
  { name: 'plain', text: ({ citation }) => citation, isProse: true, file: null },
  {
    name: 'markdown',
    text: (quote) =>
      `**${quote.cable}** ${paragraphOf(quote)} ${markOf(quote)}, *${originOf(quote)}*, ${dateOf(quote)}, ${classificationOf(quote)}`,
    isProse: true,
    file: { ending: 'md', join: lines },
  },
  { name: 'chicago', text: chicago, isProse: true, file: null },
  { name: 'bibtex', text: bibtex, isProse: false, file: { ending: 'bib', join: lines } },
  {
    name: 'csl-json',
    text: (quote) => JSON.stringify(cslItem(quote), null, 2),
    isProse: false,
    file: { ending: 'json', join: (texts) => `[${texts.join(',\n')}]\n` },
    value: cslItem,
  },
] as const satisfies readonly CitationStyle[];
