import { displayText } from '../quotes/display.js';
import type { QuotedSpan } from '../quotes/quote.js';
import { chicagoCable, cslItem } from '../quotes/style-table.js';
import type { DossierEntry } from './entries.js';
import { leftTold, type DossierText } from './text.js';

/** The forms in which a dossier is handed out. */
export const DOSSIER_FORMS = ['markdown', 'docx', 'text', 'csl-json'] as const;
export type DossierForm = (typeof DOSSIER_FORMS)[number];

/** A dossier as a file. */
export interface DossierFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

const TITLE = 'Quotes from diplomatic cables';
const ENDINGS: Readonly<Record<DossierForm, string>> = {
  ...{ markdown: 'md', docx: 'docx', text: 'txt', 'csl-json': 'json' },
};
const MASKED = 'names that the cable asks to protect are masked (█████)';
const REPLACED = 'the cable has another text since: this is what it said';

/** Writes a dossier in a form; what may not be shown is counted, and not named. */
export async function exportDossier(
  entries: readonly DossierEntry[],
  form: DossierForm,
): Promise<DossierFile> {
  const name = `dossier.${ENDINGS[form]}`;
  if (form === 'csl-json') {
    return { name, content: `${JSON.stringify(cslItemsOf(entries), null, 2)}\n` };
  }
  const dossier = textOf(entries);
  switch (form) {
    case 'docx': {
      // The writers and readers of documents are loaded by those few who need them.
      const { docxOf } = await import('./docx.js');
      return { name, content: await docxOf(dossier) };
    }
    case 'markdown':
      return { name, content: markdownOf(dossier) };
    case 'text':
      return { name, content: plainOf(dossier) };
  }
}

/** Items with note and receipt; of a cable's former text and its present one the ids differ. */
function cslItemsOf(entries: readonly DossierEntry[]): object[] {
  const ids = new Map<string, number>();
  return entries.flatMap(({ quote, note, receipt, replaced }) => {
    if (quote === null) return [];
    const item = cslItem(quote);
    const nth = (ids.get(item.id) ?? 0) + 1;
    ids.set(item.id, nth);
    const notes = [item.note, ...remarksOf(quote, replaced), `receipt ${receipt}`];
    return [
      {
        ...item,
        id: nth === 1 ? item.id : `${item.id}-${String(nth)}`,
        note: notes.join('; '),
        ...(note !== '' && { annote: note }),
      },
    ];
  });
}

function remarksOf(quote: QuotedSpan, replaced: boolean): string[] {
  return [...(replaced ? [REPLACED] : []), ...(quote.masks === undefined ? [] : [MASKED])];
}

function quotesOf(entries: readonly DossierEntry[]): QuotedSpan[] {
  return entries.flatMap(({ quote }) => quote ?? []);
}

function textOf(entries: readonly DossierEntry[]): DossierText {
  const cables = new Set(quotesOf(entries).map(chicagoCable));
  return {
    title: TITLE,
    quotes: entries.flatMap(({ quote, note, receipt, replaced }) => {
      if (quote === null) return [];
      const remarks = remarksOf(quote, replaced);
      const { citation } = quote;
      const text = displayText(quote.text);
      return [{ text, note, citation, receipt, remark: remarks.join('; ') || null }];
    }),
    left: entries.length - quotesOf(entries).length,
    bibliography: [...cables].sort((a, b) => a.localeCompare(b, 'en')),
  };
}

function plainOf({ title, quotes, left, bibliography }: DossierText): string {
  const parts = quotes.map(({ text, note, citation, receipt, remark }, i) =>
    [
      `${i + 1}.`,
      ...(note === '' ? [] : [`Note: ${note}`]),
      text,
      `— ${citation}`,
      ...(remark === null ? [] : [`(${remark})`]),
      `Receipt: ${receipt}`,
    ].join('\n'),
  );
  return joined([
    title,
    ...parts,
    leftTold(left),
    bibliography.length === 0 ? null : `Bibliography\n${bibliography.join('\n')}`,
  ]);
}

function markdownOf({ title, quotes, left, bibliography }: DossierText): string {
  const parts = quotes.map(({ text, note, citation, receipt, remark }, i) =>
    joined([
      `## ${i + 1}`,
      note === '' ? null : escaped(note),
      text
        .split('\n')
        .map((line) => `> ${escaped(line)}`.trimEnd())
        .join('\n'),
      `— ${escaped(citation)}${remark === null ? '' : `  \n*${escaped(remark)}*`}  \nReceipt: \`${receipt}\``,
    ]).trimEnd(),
  );
  return joined([
    `# ${title}`,
    ...parts,
    leftTold(left),
    bibliography.length === 0
      ? null
      : `## Bibliography\n\n${bibliography.map((each) => `- ${escaped(each)}`).join('\n')}`,
  ]);
}

/** Signs that Markdown reads as its own are a cable's own here. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]<>#|~]/g, String.raw`\$&`)
    .replace(/^(\s*)([-+])/gm, String.raw`$1\$2`)
    .replace(/^(\s*\d+)([.)])/gm, String.raw`$1\$2`);
}

function joined(parts: readonly (string | null)[]): string {
  return `${parts.filter((part) => part !== null).join('\n\n')}\n`;
}
