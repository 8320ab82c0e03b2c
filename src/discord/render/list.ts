import { cablesTold, type CableList } from '../../library/cable-list.js';
import type { APISelectMenuOption } from 'discord.js';
import { displayText } from '../../quotes/display.js';
import type { QuotedSpan } from '../../quotes/quote.js';
import { ACTIONS } from '../actions.js';
import { idOf } from '../custom-id.js';
import { LIMITS, OURS } from '../limits.js';
import type { Look } from '../look.js';
import { bold, cut, escapeMarkdown, small } from '../markdown.js';
import { answerHead, followUpButton, noAnswer, readingLines, type AnswerFrame } from './answer.js';
import { buttons, container, pageButtons, pageTold, text, type Rendered } from './components.js';
import { textLength } from './message-text.js';
import { entryOf, openMenu, shortNameOf } from './quotes.js';

export interface ListFrame extends Omit<AnswerFrame, 'isPrivate'> {
  /** From 0. */
  readonly page: number;
}

/** Characters of a menu and of buttons below. */
const MENU = 1600;
/** Characters of a subject, and of the beginning of a paragraph: fewer where signs must be escaped. */
const SUBJECT = 110;
const BEGINNINGS = [90, 40];

/** Cables one below the other, with a menu that opens their paragraphs, and buttons that turn the page. */
export function renderList(list: CableList, { page, filters, history, look }: ListFrame): Rendered {
  const { count, listed, cables } = list;
  const pages = Math.max(Math.ceil(listed / OURS.cablesAList), 1);
  const head = answerHead(list.q, history, [
    ...readingLines(list.reading),
    count === 0 ? noAnswer(list.reason, 'cables') : small(cablesTold(list)),
  ]);
  return {
    components: [
      ...head.components,
      ...lines(cables, LIMITS.messageText - textLength(head) - MENU, look),
      ...openMenu(entries(cables)),
      ...pageTold(page, pages).map((each) => text(each)),
      ...buttons(
        ...pageButtons(page, pages, (to) => idOf(ACTIONS.cables, { page: to, filters })),
        followUpButton(filters),
      ),
    ],
  };
}

function lines(cables: readonly QuotedSpan[], room: number, look: Look): Rendered['components'] {
  if (cables.length === 0) return [];
  for (const beginning of BEGINNINGS) {
    const whole = cables.map((each) => line(each, beginning, look)).join('\n');
    if (whole.length <= room) return [container(null, [text(whole)])];
  }
  return [container(null, [text(cables.map(({ cable }) => escapeMarkdown(cable)).join('\n'))])];
}

/** Id, date, origin, subject; below them the beginning of the paragraph, with its mark. */
function line(
  { cable, date, origin, subject, mark, text: exact }: QuotedSpan,
  most: number,
  { id }: Look,
): string {
  const plain = (words: string, length: number): string =>
    escapeMarkdown(cut(words.replace(/\s+/g, ' ').trim(), length));
  const where = plain([date ?? 'no date', origin ?? 'no origin'].join(', '), SUBJECT);
  const about = subject === null ? '' : ` – ${plain(subject, SUBJECT)}`;
  const shown = displayText(exact).replace(/\s+/g, ' ');
  const marked = mark === null || shown.slice(0, most).includes(mark) ? shown : `${mark} ${shown}`;
  return `${bold(id(cable))} ${where}${about}\n${small(plain(marked, most))}`;
}

/** Entries of a menu that opens the paragraphs. */
function entries(cables: readonly QuotedSpan[]): APISelectMenuOption[] {
  return cables.map((each) =>
    entryOf('whole', each, shortNameOf(each), each.subject?.replace(/\s+/g, ' ') ?? undefined),
  );
}
