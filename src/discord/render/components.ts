import {
  ButtonStyle,
  ComponentType,
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type APISelectMenuOption,
} from 'discord.js';
import type { Level } from '../../cable/types.js';
import { LIMITS } from '../limits.js';
import { cut, escapeMarkdown, small } from '../markdown.js';

/** A file that goes with a message. */
export interface Attached {
  readonly name: string;
  readonly content: string | Uint8Array;
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

/** A button of which it is known whether what it carries fits: none where it does not. */
export function fittingButton(
  label: string,
  id: string | null,
): APIButtonComponentWithCustomId | null {
  return id === null ? null : button(label, id);
}

/** Buttons that turn to the page before and behind, from 0: none where all is on one. */
export function pageButtons(
  page: number,
  pages: number,
  turnTo: (page: number) => string | null,
): readonly (APIButtonComponentWithCustomId | null)[] {
  return [
    page > 0 ? fittingButton('Previous', turnTo(page - 1)) : null,
    page < pages - 1 ? fittingButton('Next', turnTo(page + 1)) : null,
  ];
}

/** `page 2 of 5`, page from 0; nothing where all is on one. */
export function pageTold(page: number, pages: number): string[] {
  return pages > 1 ? [small(`page ${page + 1} of ${pages}`)] : [];
}

/** A menu of at most as many entries as Discord takes; nothing where there are none. */
export function menu(
  id: string,
  placeholder: string,
  options: readonly APISelectMenuOption[],
): (APIComponentInContainer & APIMessageTopLevelComponent)[] {
  if (options.length === 0) return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: id,
          placeholder: cut(placeholder, LIMITS.placeholder),
          options: options.slice(0, LIMITS.selectOptions).map((option) => ({
            ...{ value: option.value, label: cut(option.label, LIMITS.selectText) },
            ...(option.default !== undefined && { default: option.default }),
            ...(option.description && { description: cut(option.description, LIMITS.selectText) }),
          })),
        },
      ],
    },
  ];
}

/** A message with one more button: in its last row where that has room. */
export function withButton(
  { components, files }: Rendered,
  added: APIButtonComponentWithCustomId,
): Rendered {
  const last = components.at(-1);
  const isOpen =
    last?.type === ComponentType.ActionRow &&
    last.components.length < LIMITS.rowButtons &&
    last.components.every(({ type }) => type === ComponentType.Button);
  return {
    components: isOpen
      ? [...components.slice(0, -1), { ...last, components: [...last.components, added] }]
      : [...components, ...buttons(added)],
    ...(files && { files }),
  };
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

/** Of a paragraph that somebody asks for by a button. */
export const NOT_SHOWN = notice('This paragraph is no longer held, or may not be shown here.');

/** A sentence of ours that may hold words of others. */
export function sentence(words: string): Rendered {
  return notice(escapeMarkdown(words));
}
