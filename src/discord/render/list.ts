import { cablesTold, type CableList } from '../../library/cable-list.js';
import { ComponentType } from 'discord.js';
import { displayText } from '../../quotes/display.js';
import type { QuotedSpan } from '../../quotes/quote.js';
import { ACTIONS, spanText } from '../actions.js';
import { idOf } from '../custom-id.js';
import { LIMITS, OURS } from '../limits.js';
import { bold, cut, escapeMarkdown, small } from '../markdown.js';
import {
  answerHead,
  dismissButton,
  followUpButton,
  noAnswer,
  readingLines,
  type AnswerFrame,
} from './answer.js';
import { buttons, container, pageButtons, text, textLength, type Rendered } from './components.js';

export interface ListFrame extends Omit<AnswerFrame, 'isPrivate'> {
  /** From 0. */
  readonly page: number;
}

/** Characters of a subject, and of the beginning of a paragraph: fewer where signs must be escaped. */
const SUBJECT = 110;
const BEGINNINGS = [120, 60];

/** Cables one below the other, with a menu that opens their paragraphs, and buttons that turn the page. */
export function renderList(
  list: CableList,
  { page, asker, filters, history }: ListFrame,
): Rendered {
  const { count, listed, cables } = list;
  const pages = Math.max(Math.ceil(listed / OURS.cablesAList), 1);
  const head = answerHead(list.q, history, [
    ...readingLines(list.reading),
    count === 0 ? noAnswer(list.reason, 'cables') : small(cablesTold(list)),
  ]);
  return {
    components: [
      ...head.components,
      ...lines(cables, LIMITS.messageText - textLength(head)),
      ...menu(cables),
      ...buttons(
        ...pageButtons(page, pages, (to) => idOf(ACTIONS.cables, { page: to, filters })),
        followUpButton(filters),
        dismissButton(asker),
      ),
    ],
  };
}

function lines(cables: readonly QuotedSpan[], room: number): Rendered['components'] {
  if (cables.length === 0) return [];
  for (const beginning of BEGINNINGS) {
    const whole = cables.map((each) => line(each, beginning)).join('\n');
    if (whole.length <= room) return [container(null, [text(whole)])];
  }
  return [container(null, [text(cables.map(({ cable }) => escapeMarkdown(cable)).join('\n'))])];
}

/** Id, date, origin, subject; below them the beginning of the paragraph, with its mark. */
function line(
  { cable, date, origin, subject, mark, text: exact }: QuotedSpan,
  most: number,
): string {
  const plain = (words: string, length: number): string =>
    escapeMarkdown(cut(words.replace(/\s+/g, ' ').trim(), length));
  const where = plain([date ?? 'no date', origin ?? 'no origin'].join(', '), SUBJECT);
  const about = subject === null ? '' : ` – ${plain(subject, SUBJECT)}`;
  const shown = displayText(exact).replace(/\s+/g, ' ');
  const marked = mark === null || shown.slice(0, most).includes(mark) ? shown : `${mark} ${shown}`;
  return `${bold(escapeMarkdown(cable))} ${where}${about}\n${small(plain(marked, most))}`;
}

/** A menu that opens the paragraphs. */
function menu(cables: readonly QuotedSpan[]): Rendered['components'] {
  if (cables.length === 0) return [];
  const options = cables.map(({ cable, ordinal, paragraph, subject }) => ({
    label: cut(
      `${cable}${paragraph === null ? '' : ` ¶${paragraph}`} ${subject ?? ''}`
        .replace(/\s+/g, ' ')
        .trim(),
      LIMITS.selectText,
    ),
    value: spanText({ cable, ordinal }),
  }));
  const opened = {
    type: ComponentType.StringSelect as const,
    custom_id: idOf(ACTIONS.choose, []),
    placeholder: 'Open a paragraph',
    options,
  };
  return [{ type: ComponentType.ActionRow as const, components: [opened] }];
}
