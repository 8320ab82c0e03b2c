import {
  ButtonStyle,
  ComponentType,
  SeparatorSpacingSize,
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
} from 'discord.js';
import type { Level } from '../../cable/types.js';
import { LIMITS } from '../limits.js';
import { cut, escapeMarkdown } from '../markdown.js';

/** A file that goes with a message. */
export interface Attached {
  readonly name: string;
  readonly content: string;
}

/** What is sent: components, and files that they show. */
export interface Rendered {
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly files?: readonly Attached[];
}

/** A message's colour at its edge tells the level of what it quotes. */
const COLOURS: Readonly<Record<Level, number>> = {
  U: 0x2e_8b_57,
  SBU: 0x3a_8f_b7,
  C: 0x4b_5f_c4,
  S: 0xc0_39_2b,
  TS: 0xe0_8a_1e,
};

/**
 * The number by which the question is found again in a message that comes back with a button: far
 * from those that Discord gives components by itself, from 1 on.
 */
export const QUESTION_ID = 1_650_615;
/** The same of the questions before it. */
export const HISTORY_ID = 1_650_616;

export function text(content: string, id?: number): APIComponentInContainer & { content: string } {
  return { type: ComponentType.TextDisplay, content, ...(id !== undefined && { id }) };
}

export function separator(): APIComponentInContainer {
  return { type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small };
}

export function container(
  level: Level | null,
  components: readonly APIComponentInContainer[],
): APIMessageTopLevelComponent {
  return {
    type: ComponentType.Container,
    ...(level !== null && { accent_color: COLOURS[level] }),
    components: [...components],
  };
}

export function button(
  label: string,
  id: string,
  style: APIButtonComponentWithCustomId['style'] = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style,
    label: cut(label, LIMITS.buttonLabel),
    custom_id: id,
  };
}

/**
 * Buttons that turn to the page before and behind, from 0, with the page between them: none where all is on
 * one. Each button of a message needs another id: the one between carries a page that there is not.
 */
export function pageButtons(
  page: number,
  pages: number,
  turnTo: (page: number) => string,
): readonly (APIButtonComponentWithCustomId | null)[] {
  return [
    page > 0 ? button('◀', turnTo(page - 1)) : null,
    pages > 1
      ? { ...button(`${page + 1} / ${pages}`, turnTo(pages + page)), disabled: true }
      : null,
    page < pages - 1 ? button('▶', turnTo(page + 1)) : null,
  ];
}

/** Rows of buttons, those that could not be made left out; nothing where none is left. */
export function buttons(
  ...of: readonly (APIButtonComponentWithCustomId | null)[]
): (APIComponentInContainer & APIMessageTopLevelComponent)[] {
  const made = of.filter((each) => each !== null);
  const rows = Array.from({ length: Math.ceil(made.length / LIMITS.rowButtons) }, (_, row) =>
    made.slice(row * LIMITS.rowButtons, (row + 1) * LIMITS.rowButtons),
  );
  return rows.map((components) => ({ type: ComponentType.ActionRow, components }));
}

/** A message of one text. */
export function notice(content: string, ...rows: APIMessageTopLevelComponent[]): Rendered {
  return { components: [text(content), ...rows] };
}

/** What is told where only the log knows more. */
export const FAILED = notice(
  'That did not work, through no fault of yours: something went wrong inside Pilcrow. Whoever runs it finds the reason in its log.',
);

/** A sentence of ours that may hold words of others. */
export function sentence(words: string): Rendered {
  return notice(escapeMarkdown(words));
}

/** All text of a message's components, as it is counted against its limit. */
export function textLength({ components }: Rendered): number {
  let sum = 0;
  const walk = (each: unknown): void => {
    if (typeof each !== 'object' || each === null) return;
    if ('content' in each && typeof each.content === 'string') sum += each.content.length;
    if ('components' in each && Array.isArray(each.components)) each.components.forEach(walk);
  };
  components.forEach(walk);
  return sum;
}
