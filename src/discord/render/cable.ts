import type { APISelectMenuOption } from 'discord.js';
import type { ShownField } from '../../cable/details.js';
import type { ShownCable, ShownSpan } from '../../library/shown-cable.js';
import { displayText } from '../../quotes/display.js';
import { ACTIONS } from '../actions.js';
import { idOf } from '../custom-id.js';
import type { Dates } from '../settings.js';
import { dayIn } from './dates.js';
import { LIMITS } from '../limits.js';
import type { Look } from '../look.js';
import { bold, cut, escapeMarkdown, small } from '../markdown.js';
import {
  button,
  buttons,
  container,
  menu,
  pageButtons,
  pageTold,
  text,
  type Attached,
  type Rendered,
} from './components.js';
import { textLength } from './message-text.js';
import { withoutNumber } from './quotes.js';

/** How a card is shown. */
export interface CardFrame {
  readonly dates: Dates;
  readonly look: Look;
  /** Which page of the contents, from 0, or the span that it shows. */
  readonly page: number | { readonly of: number };
}

/** Entries of the contents on a page: as many as a menu holds. */
const ENTRIES = LIMITS.selectOptions;
/** Characters of a mark and of a paragraph's beginning in the contents: fewer where a message has no room. */
const MARK = 24;
const BEGINNINGS = [60, 30];
/** Characters of a subject and of a field of the card: its contents take the rest of the message. */
const SUBJECT = 200;
const FIELD = 120;

/** A cable's card: what it is, its contents by paragraph, and a menu that opens one. */
export function renderCard(cable: ShownCable, frame: CardFrame): Rendered {
  const entries = entriesOf(cable);
  const pages = Math.max(Math.ceil(entries.length / ENTRIES), 1);
  const { page: asked } = frame;
  const wanted =
    typeof asked === 'number'
      ? asked
      : Math.floor(entries.findIndex(({ ordinal }) => ordinal === asked.of) / ENTRIES);
  const page = Math.max(Math.min(wanted, pages - 1), 0);
  const here = entries.slice(page * ENTRIES, (page + 1) * ENTRIES);
  const cardWith = (beginning: number): Rendered =>
    cardOf(cable, here, { page, pages, beginning }, frame);
  for (const beginning of BEGINNINGS) {
    const card = cardWith(beginning);
    if (textLength(card) <= LIMITS.messageText - BUTTON) return card;
  }
  return cardWith(0);
}

/** Characters of a button that may come below. */
const BUTTON = 20;

function cardOf(
  cable: ShownCable,
  here: readonly ShownSpan[],
  { page, pages, beginning }: Readonly<Record<'page' | 'pages' | 'beginning', number>>,
  frame: CardFrame,
): Rendered {
  const contents = here.map((span) => contentsLine(span, beginning)).join('\n') || 'no paragraphs';
  return {
    components: [
      container(cable.level, [
        text(headOf(cable, frame)),
        text(contents),
        ...pageTold(page, pages).map((each) => text(each)),
        ...paragraphMenu(cable, here, beginning),
        ...buttons(
          ...pageButtons(page, pages, (to) => idOf(ACTIONS.turn, [cable.id, to])),
          button('Whole cable as .txt', idOf(ACTIONS.file, [cable.id])),
          button('References', idOf(ACTIONS.refs, [cable.id])),
        ),
      ]),
    ],
  };
}

function headOf(cable: ShownCable, { dates, look }: CardFrame): string {
  const { whole } = cable;
  const fields = [
    ['From', cable.origin],
    ['Sent', cable.date === null ? null : dayIn(cable.date, dates)],
    ['Classification', cable.classification],
    ...(whole?.fields ?? []).map((field) => [field.label, listed(field)] as const),
    ['Marks', marksTold(cable)],
  ] as const;
  const subject =
    whole === null
      ? small('its subject, TAGS and references are above what this channel shows')
      : bold(escapeMarkdown(cut((whole.subject ?? 'no subject').replace(/\s+/g, ' '), SUBJECT)));
  return [
    bold(look.id(cable.id)),
    subject,
    ...fields.flatMap(([name, value]) =>
      value === null || value === '' ? [] : [fieldLine(name, value)],
    ),
  ].join('\n');
}

function fieldLine(name: string, value: string): string {
  // A Discord timestamp is ours: the reader's own program shows it.
  const shown = /^<t:\d+:D>$/.test(value) ? value : escapeMarkdown(cut(value, FIELD));
  return `${name}: ${shown}`;
}

/** What the contents list: paragraphs and headings. */
function entriesOf({ spans }: ShownCable): ShownSpan[] {
  return spans.filter(({ kind }) => kind === 'paragraph' || kind === 'heading');
}

function contentsLine(span: ShownSpan, beginning: number): string {
  const line = escapeMarkdown(entryLabel(span, beginning));
  return span.kind === 'heading' ? bold(line) : line;
}

function entryLabel(span: ShownSpan, beginning: number): string {
  const { kind, number, quote } = span;
  const mark = quote === null ? hiddenMark(span) : (quote.mark ?? '(no mark)');
  const name =
    kind === 'heading' ? '' : `${number === null ? '¶' : `¶${number}`} ${cut(mark, MARK)} `;
  if (quote === null) return `${name || 'a heading '}– above what this channel shows`;
  const words = displayText(quote.text).replace(/\s+/g, ' ').trim();
  return `${name}${cut(withoutNumber(words, quote), beginning)}`.trim();
}

function paragraphMenu({ id }: ShownCable, entries: readonly ShownSpan[], beginning: number) {
  const options = entries
    .filter(({ kind, quote }) => kind === 'paragraph' && quote !== null)
    .map((span): APISelectMenuOption => ({
      label: entryLabel(span, beginning),
      value: String(span.ordinal),
    }));
  return menu(idOf(ACTIONS.pick, [id]), 'Open a paragraph', options);
}

/** Of a paragraph that is not shown its level is told: its mark may name what nobody may know of. */
function hiddenMark({ level }: ShownSpan): string {
  return `(${level ?? 'level unknown'})`;
}

/** `5 (SBU), 2 (C), 1 without a mark`. */
function marksTold({ spans }: ShownCable): string {
  const counts = new Map<string, number>();
  for (const span of spans) {
    if (span.kind !== 'paragraph') continue;
    const name = span.quote === null ? hiddenMark(span) : (span.quote.mark ?? 'without a mark');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
}

/** The entries of a field, as many as a card names; the others are behind its buttons. */
function listed({ entries, most }: ShownField): string {
  const more = entries.length - most;
  return `${entries.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The whole cable as a file: its body character for character, what is not shown left out and told. */
export function cableFile(cable: ShownCable): Attached {
  const { id, date, classification, origin, whole } = cable;
  const parts = cable.spans.map((span) => {
    const { quote, number, kind } = span;
    const name = number === null ? kind : `¶${number}`;
    return quote?.text ?? `[${name} ${hiddenMark(span)} is above what may be shown here]\n`;
  });
  const head = [
    id,
    ...(whole === null || whole.subject === null ? [] : [whole.subject]),
    date ?? 'date unknown',
    classification ?? 'classification unknown',
    origin ?? 'origin unknown',
    '',
    ...(whole === null || whole.header === '' ? [] : [whole.header]),
  ];
  return { name: `${id}.txt`, content: `${head.join('\n')}\n${parts.join('')}` };
}
