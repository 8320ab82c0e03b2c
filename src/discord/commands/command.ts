import {
  ApplicationIntegrationType,
  InteractionContextType,
  type APIModalInteractionResponseCallbackData,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChannelSelectMenuInteraction,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  type RoleSelectMenuInteraction,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Action, Does } from '../actions.js';
import type { Rendered } from '../render/components.js';
import type { Turn } from '../turn.js';

/** A press, a choice of a menu, or a modal that was sent off. */
export type Pressed =
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ChannelSelectMenuInteraction
  | RoleSelectMenuInteraction
  | ModalSubmitInteraction;

/** What was chosen in a menu; nothing where no menu was used. */
export function chosenIn(pressed: Pressed): readonly string[] {
  return 'values' in pressed ? pressed.values : [];
}

type Reply<Fields> = (turn: Turn, fields: Fields, pressed: Pressed) => Promise<Rendered>;
type Open<Fields> = (fields: Fields, pressed: Pressed) => APIModalInteractionResponseCallbackData;
type Remove<Fields> = (turn: Turn, fields: Fields, pressed: Pressed) => Rendered | null;

type Replying = Exclude<Does, 'modal' | 'remove'>;
type Named = Pick<Action<never>, 'name' | 'bound'>;
type Written = readonly string[];

/** An action and what is done: what a `custom_id` carries is read by the action's codec. */
export type Handled =
  | { readonly does: Replying; readonly action: Named; readonly handle: Reply<Written> }
  | { readonly does: 'modal'; readonly action: Named; readonly handle: Open<Written> }
  | { readonly does: 'remove'; readonly action: Named; readonly handle: Remove<Written> };

/** Binds an action that replies, or changes a message. What its codec refuses is another version's. */
export function replies<F>(action: Action<F, Replying>, run: Reply<F>): Handled {
  const handle: Reply<Written> = (turn, given, pressed) =>
    run(turn, action.fields.decode([...given]), pressed);
  return { does: action.does, action, handle };
}

/** Binds an action that opens a form. */
export function opens<F>(action: Action<F, 'modal'>, open: Open<F>): Handled {
  const handle: Open<Written> = (given, pressed) => open(action.fields.decode([...given]), pressed);
  return { does: 'modal', action, handle };
}

/** Binds an action that removes the message under it. */
export function removes<F>(action: Action<F, 'remove'>, run: Remove<F>): Handled {
  const handle: Remove<Written> = (turn, given, pressed) =>
    run(turn, action.fields.decode([...given]), pressed);
  return { does: 'remove', action, handle };
}

/** Who sees the reply: as the question or the server says, always one alone, or always all. */
export type Visibility = 'asked' | 'private' | 'public';

export interface SlashCommand {
  readonly kind: 'slash';
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  readonly visibility: Visibility;
  run(turn: Turn, interaction: ChatInputCommandInteraction): Promise<Rendered>;
  complete?(turn: Turn, interaction: AutocompleteInteraction): Promise<Choice[]>;
  readonly actions?: readonly Handled[];
}

export interface MessageCommand {
  readonly kind: 'message';
  readonly data: RESTPostAPIContextMenuApplicationCommandsJSONBody;
  readonly visibility: Visibility;
  run(turn: Turn, interaction: MessageContextMenuCommandInteraction): Promise<Rendered>;
  readonly actions?: readonly Handled[];
}

export type BotCommand = SlashCommand | MessageCommand;

export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** In servers, direct messages and wherever somebody has installed it for themselves. */
export const EVERYWHERE = {
  integration_types: [
    ApplicationIntegrationType.GuildInstall,
    ApplicationIntegrationType.UserInstall,
  ],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};
