import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  type APIApplicationCommandBasicOption,
  type APIModalInteractionResponseCallbackData,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { z } from 'zod';
import { FILTER_OPTIONS, type Filters } from '../../search/filters.js';
import { LIMITS } from '../limits.js';
import { cut, type Rendered } from '../render/message.js';
import type { Turn } from '../turn.js';

/** A press, a choice of a menu, or a modal that was sent off. */
export type Pressed = ButtonInteraction | StringSelectMenuInteraction | ModalSubmitInteraction;

/**
 * What a button, menu or modal does, by the name in its `custom_id`:
 * - `private`: a reply that is seen by whoever pressed alone; `same`: one as private as the message
 *   pressed; `public`: one for all;
 * - `in place`: the message pressed is changed, if it is the presser's; otherwise they get a copy;
 * - `modal`: a form is opened;
 * - `remove`: the message pressed is removed, if `run` gives nothing; otherwise that is replied.
 *
 * What a `bound` one carries holds for the message that it stands in and for no other: who may remove it,
 * which answer is judged.
 */
export type Action = { readonly bound?: true } & (
  | {
      readonly does: 'private' | 'same' | 'public' | 'in place';
      run(turn: Turn, fields: readonly string[], pressed: Pressed): Promise<Rendered>;
    }
  | {
      readonly does: 'modal';
      open(fields: readonly string[], pressed: Pressed): APIModalInteractionResponseCallbackData;
    }
  | {
      readonly does: 'remove';
      run(turn: Turn, fields: readonly string[], pressed: Pressed): Rendered | null;
    }
);

/** An action whose fields a schema reads; a `custom_id` that it refuses is another version's. */
export function action<T>(
  does: 'private' | 'same' | 'public' | 'in place',
  fields: z.ZodType<T>,
  run: (turn: Turn, fields: T, pressed: Pressed) => Promise<Rendered>,
): Action {
  return { does, run: (turn, given, pressed) => run(turn, fields.parse(given), pressed) };
}

export type Actions = Readonly<Record<string, Action>>;

/** Who sees the reply: as the question or the server says, always one alone, or always all. */
export type Visibility = 'asked' | 'private' | 'public';

export interface SlashCommand {
  readonly kind: 'slash';
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  readonly visibility: Visibility;
  run(turn: Turn, interaction: ChatInputCommandInteraction): Promise<Rendered>;
  complete?(turn: Turn, interaction: AutocompleteInteraction): Promise<Choice[]>;
  readonly actions?: Actions;
}

export interface MessageCommand {
  readonly kind: 'message';
  readonly data: RESTPostAPIContextMenuApplicationCommandsJSONBody;
  readonly visibility: Visibility;
  run(turn: Turn, interaction: MessageContextMenuCommandInteraction): Promise<Rendered>;
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

/** The option that takes a cable's id. */
export function idOption(name: string, description: string): APIApplicationCommandBasicOption {
  return {
    type: ApplicationCommandOptionType.String,
    name,
    description,
    required: true,
    autocomplete: true,
    max_length: LIMITS.choiceText,
  };
}

export const PRIVATE_OPTION: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.Boolean,
  name: 'private',
  description: 'Only you see the reply',
};

export const filterOptions = FILTER_OPTIONS.flatMap(
  ({ name, inDiscord }): APIApplicationCommandBasicOption[] =>
    inDiscord === null
      ? []
      : [
          {
            type: ApplicationCommandOptionType.String,
            name,
            description: inDiscord.description,
            max_length: inDiscord.longest,
          },
        ],
);

/** The filters among a command's options. */
export function filtersIn(interaction: ChatInputCommandInteraction): Filters {
  const stated = filterOptions.map(
    ({ name }) => [name, interaction.options.getString(name)] as const,
  );
  return Object.fromEntries(stated.filter(([, value]) => value !== null && value.trim() !== ''));
}

/** Cables whose id or subject somebody is typing. */
export async function completeId(
  { library }: Turn,
  interaction: AutocompleteInteraction,
): Promise<Choice[]> {
  const typed = interaction.options.getFocused();
  const found = await library(({ complete }) => complete(typed, LIMITS.choices));
  return found.map(({ id, subject }) => ({
    name: cut(subject === null ? id : `${id} – ${subject.replace(/\s+/g, ' ')}`, LIMITS.choiceText),
    value: id,
  }));
}
