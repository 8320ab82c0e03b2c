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
import { notice, type Rendered } from './render/components.js';
import { plainText, textLength } from './render/message-text.js';
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
    files: files.map(({ name, content }) => new AttachmentBuilder(Buffer.from(content), { name })),
    allowedMentions: { parse: [] },
  };
}

/**
 * Acknowledges an interaction at once; what is shown later is private or for all. Returns which: where people's own
 * apps may not write for all, Discord shows everything to whoever asked alone.
 */
export async function deferReply(interaction: Repliable, isPrivate: boolean): Promise<boolean> {
  try {
    if (isPrivate) await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    else {
      const { interaction: made } = await interaction.deferReply({ withResponse: true });
      return made.responseMessageEphemeral === true;
    }
  } catch (error) {
    // Discord took the first try, and its reply to that was lost: there is nothing more to do.
    if (codeOf(error) !== RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) throw error;
    interaction.deferred = true;
    interaction.ephemeral = isPrivate;
  }
  return isPrivate;
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

/** Whether Discord found fault with a message's form: it may take a smaller one. */
export function isRefusedForm(error: unknown): boolean {
  return (
    error instanceof RangeError || codeOf(error) === RESTJSONErrorCodes.InvalidFormBodyOrContentType
  );
}

/** A message whose text is in a file, with its buttons: whatever its length, Discord takes it. */
export function asFile(rendered: Rendered): Rendered {
  const { components, files = [] } = rendered;
  const about = notice(
    'This is too long, or of another form than Discord takes: here it is as a file.',
  );
  return {
    components: [
      ...about.components,
      ...components.filter(
        (row) =>
          row.type === ComponentType.ActionRow &&
          row.components.every(({ type }) => type === ComponentType.Button),
      ),
    ],
    files: [{ name: 'pilcrow.txt', content: plainText(rendered) }, ...files],
  };
}

/** A message for a channel in which the bot may not attach files: it would be refused whole. */
export function withoutFiles({ components, files = [] }: Rendered): Rendered {
  if (files.length === 0) return { components };
  return {
    components: [
      ...components,
      ...notice(
        'I may not attach files here: give me Attach Files in this channel, or ask me in a direct message.',
      ).components,
    ],
  };
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
