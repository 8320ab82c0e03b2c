import {
  AttachmentBuilder,
  ComponentType,
  MessageFlags,
  RESTJSONErrorCodes,
  DiscordAPIError,
  type AutocompleteInteraction,
  type BaseInteraction,
  type Interaction,
} from 'discord.js';
import pRetry from 'p-retry';
import type { Pressed } from './commands/command.js';
import { LIMITS } from './limits.js';
import { textLength, type Rendered } from './render/components.js';
import { isPassing } from './trouble.js';

/** An interaction that is replied to. */
export type Repliable = Exclude<Interaction, AutocompleteInteraction>;

/** What discord.js sends: nobody is ever mentioned. */
export function payloadOf(rendered: Rendered) {
  const { components, files = [] } = rendered;
  const length = textLength(rendered);
  if (length > LIMITS.messageText) throw new RangeError(`a message of ${length} characters`);
  return {
    components: [
      ...components,
      ...files.map(({ name }) => ({
        type: ComponentType.File as const,
        file: { url: `attachment://${name}` },
      })),
    ],
    files: files.map(
      ({ name, content }) => new AttachmentBuilder(Buffer.from(content, 'utf8'), { name }),
    ),
    allowedMentions: { parse: [] },
  };
}

/** Acknowledges an interaction at once; what is shown later is private or for all. */
export async function deferReply(interaction: Repliable, isPrivate: boolean): Promise<void> {
  try {
    await interaction.deferReply(isPrivate ? { flags: MessageFlags.Ephemeral } : {});
  } catch (error) {
    // Discord took the first try, and its reply to that was lost: there is nothing more to do.
    if (codeOf(error) !== RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) throw error;
    interaction.deferred = true;
    interaction.ephemeral = isPrivate;
  }
}

/** The same for a press that changes the message it is under. */
export async function deferUpdate(interaction: Pressed): Promise<void> {
  if (interaction.isModalSubmit() && !interaction.isFromMessage()) return;
  try {
    await interaction.deferUpdate();
  } catch (error) {
    if (codeOf(error) !== RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) throw error;
    interaction.deferred = true;
  }
}

function codeOf(error: unknown): number | string | null {
  return error instanceof DiscordAPIError ? error.code : null;
}

/** Shows a message in place of the acknowledgement, however long Discord is down meanwhile. */
export async function showReply(interaction: Repliable, message: Rendered): Promise<void> {
  await persistently(interaction.createdTimestamp + LIMITS.token, () =>
    interaction.editReply({ ...payloadOf(message), flags: MessageFlags.IsComponentsV2 }),
  );
}

/** Tells whoever pressed something, beside the message that was pressed. */
export async function tellBeside(interaction: Repliable, message: Rendered): Promise<void> {
  await persistently(interaction.createdTimestamp + LIMITS.token, () =>
    interaction.followUp({
      ...payloadOf(message),
      flags: [MessageFlags.IsComponentsV2, MessageFlags.Ephemeral],
    }),
  );
}

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15_000;

/** Tries again while Discord is down, until a deadline (milliseconds since 1970). */
export function persistently<T>(deadline: number, send: () => Promise<T>): Promise<T> {
  return pRetry(send, {
    retries: Number.POSITIVE_INFINITY,
    unref: true, // a bot that leaves does not wait
    minTimeout: FIRST_WAIT,
    maxTimeout: LONGEST_WAIT,
    maxRetryTime: Math.max(deadline - Date.now(), 0),
    shouldRetry: ({ error }) => isPassing(error),
  });
}

/** Where an interaction stands, for the log: never what was said. */
export function whereabouts(interaction: BaseInteraction): object {
  const { guildId, channelId, type } = interaction;
  return { server: guildId, channel: channelId, type };
}
