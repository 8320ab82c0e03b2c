import {
  ApplicationCommandOptionType,
  type APIApplicationCommandBasicOption,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { FILTER_OPTIONS, type Filters } from '../../search/filters.js';
import { LIMITS } from '../limits.js';
import type { Turn } from '../turn.js';
import type { Choice } from './command.js';
import { cut } from '../markdown.js';

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
