import { ComponentType, type APISelectMenuOption } from 'discord.js';
import { showsCable, showsSpan, type Ceiling } from '../../cable/ceiling.js';
import type { Cable, Span } from '../../cable/types.js';
import type { CableLookup } from '../../lookup/lookup.js';
import { displayText } from '../../quotes/display.js';
import { shortCustomId } from '../custom-id.js';
import type { Dates } from '../settings.js';
import { dayIn } from './dates.js';
import { LIMITS } from '../limits.js';
import { bold, escapeMarkdown } from '../markdown.js';
import {
  button,
  buttons,
  container,
  cut,
  small,
  text,
  type Attached,
  type Rendered,
} from './message.js';

/** How a card is shown. */
export interface CardFrame {
  readonly ceiling: Ceiling;
  readonly dates: Dates;
  /** Which page of the contents, from 0, or the span that it shows. */
  readonly page: number | { readonly of: number };
}

/** Entries of the contents on a page: as many as a menu holds. */
const ENTRIES = LIMITS.selectOptions;
/** Characters of a mark and of a paragraph's beginning in the contents. */
const MARK = 24;
const BEGINNING = 60;

/** A cable's card: what it is, its contents by paragraph, and a menu that opens one. */
export function renderCard(
  { cable, captions, declassifyOn }: CableLookup,
  frame: CardFrame,
): Rendered {
  const shown = showsCable(frame.ceiling, cable);
  const entries = entriesOf(cable);
  const pages = Math.max(Math.ceil(entries.length / ENTRIES), 1);
  const { page: asked } = frame;
  const wanted =
    typeof asked === 'number'
      ? asked
      : Math.floor(entries.findIndex(({ ordinal }) => ordinal === asked.of) / ENTRIES);
  const page = Math.max(Math.min(wanted, pages - 1), 0);
  const here = entries.slice(page * ENTRIES, (page + 1) * ENTRIES);
  const fields = [
    ['From', cable.origin],
    ['Sent', cable.date === null ? null : dayIn(cable.date, frame.dates)],
    ['Classification', cable.classification],
    ['TAGS', shown ? cable.tags.join(', ') : null],
    ['References', shown ? listed(cable.references) : null],
    ['Captions', shown ? captions.join(', ') : null],
    ['Declassify on', shown ? declassifyOn : null],
    ['Marks', marksTold(cable, frame.ceiling)],
  ] as const;
  const head = [
    bold(escapeMarkdown(cable.id)),
    shown
      ? bold(escapeMarkdown(cut((cable.subject ?? 'no subject').replace(/\s+/g, ' '), SUBJECT)))
      : small('its subject, TAGS and references are above what this channel shows'),
    ...fields.flatMap(([name, value]) =>
      value === null || value === '' ? [] : [fieldLine(name, value)],
    ),
  ].join('\n');
  return {
    components: [
      container(cable.level, [
        text(head),
        text(
          here.map((entry) => contentsLine(entry, cable, frame.ceiling)).join('\n') ||
            'no paragraphs',
        ),
        ...menu(cable, here, frame.ceiling),
        ...buttons(
          page > 0 ? button('◀', shortCustomId('turn', cable.id, String(page - 1))) : null,
          pages > 1
            ? {
                ...button(
                  `${page + 1} / ${pages}`,
                  shortCustomId('turn', cable.id, String(page), '='),
                ),
                disabled: true,
              }
            : null,
          page < pages - 1 ? button('▶', shortCustomId('turn', cable.id, String(page + 1))) : null,
          button('Whole cable as .txt', shortCustomId('file', cable.id)),
          button('References', shortCustomId('refs', cable.id)),
        ),
      ]),
    ],
  };
}

/** Characters of a subject and of a field of the card: its contents take the rest of the message. */
const SUBJECT = 200;
const FIELD = 120;

function fieldLine(name: string, value: string): string {
  // A Discord timestamp is ours: the reader's own program shows it.
  const shown = /^<t:\d+:D>$/.test(value) ? value : escapeMarkdown(cut(value, FIELD));
  return `${name}: ${shown}`;
}

interface Entry {
  readonly span: Span;
  readonly ordinal: number;
}

/** What the contents list: paragraphs and headings. */
function entriesOf(cable: Cable): Entry[] {
  return cable.spans
    .map((span, ordinal) => ({ span, ordinal }))
    .filter(({ span }) => span.kind === 'paragraph' || span.kind === 'heading');
}

function contentsLine({ span }: Entry, cable: Cable, ceiling: Ceiling): string {
  const line = escapeMarkdown(entryLabel(span, cable, ceiling));
  return span.kind === 'heading' ? bold(line) : line;
}

function entryLabel(span: Span, cable: Cable, ceiling: Ceiling): string {
  const isShown = showsSpan(ceiling, cable, span);
  const mark = isShown ? (span.mark ?? '(no mark)') : hiddenMark(span);
  const name =
    span.kind === 'heading'
      ? ''
      : `${span.number === null ? '¶' : `¶${span.number}`} ${cut(mark, MARK)} `;
  if (!isShown) return `${name || 'a heading '}– above what this channel shows`;
  const beginning = displayText(cable.body.slice(span.start, span.end))
    .replace(/\s+/g, ' ')
    .replace(/^¶?\s*\d+\.?\s*/, '')
    .replace(span.mark ?? '', '')
    .trim();
  return `${name}${cut(beginning, BEGINNING)}`;
}

function menu(cable: Cable, entries: readonly Entry[], ceiling: Ceiling) {
  const options = entries
    .filter(({ span }) => span.kind === 'paragraph' && showsSpan(ceiling, cable, span))
    .map(({ span, ordinal }): APISelectMenuOption => ({
      label: cut(entryLabel(span, cable, ceiling), LIMITS.selectText),
      value: String(ordinal),
    }));
  return options.length === 0
    ? []
    : [
        {
          type: ComponentType.ActionRow as const,
          components: [
            {
              type: ComponentType.StringSelect as const,
              custom_id: shortCustomId('pick', cable.id),
              placeholder: 'Open a paragraph',
              options,
            },
          ],
        },
      ];
}

/** Of a paragraph above the ceiling its level is told: its mark may name what nobody may know of. */
function hiddenMark({ level }: Span): string {
  return `(${level ?? 'level unknown'})`;
}

/** `5 (SBU), 2 (C), 1 without a mark`. */
function marksTold(cable: Cable, ceiling: Ceiling): string {
  const counts = new Map<string, number>();
  for (const span of cable.spans) {
    if (span.kind !== 'paragraph') continue;
    const isShown = showsSpan(ceiling, cable, span);
    const name = isShown ? (span.mark ?? 'without a mark') : hiddenMark(span);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
}

/** References that a card names; the others are behind its button. */
const NAMED = 8;

function listed(ids: readonly string[]): string {
  const more = ids.length - NAMED;
  return `${ids.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The whole cable as a file: its body character for character, what is above the ceiling left out and told. */
export function cableFile(cable: Cable, ceiling: Ceiling): Attached {
  const shown = showsCable(ceiling, cable);
  const parts = cable.spans.map((span) => {
    return showsSpan(ceiling, cable, span)
      ? cable.body.slice(span.start, span.end)
      : `[${span.number === null ? span.kind : `¶${span.number}`} ${hiddenMark(span)} is above what may be shown here]\n`;
  });
  const head = [
    cable.id,
    ...(shown && cable.subject !== null ? [cable.subject] : []),
    cable.date ?? 'date unknown',
    cable.classification ?? 'classification unknown',
    cable.origin ?? 'origin unknown',
    '',
    ...(shown && cable.header !== '' ? [cable.header] : []),
  ];
  return { name: `${cable.id}.txt`, content: `${head.join('\n')}\n${parts.join('')}` };
}
