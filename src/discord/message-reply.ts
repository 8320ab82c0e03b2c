import { MessageFlags, PermissionFlagsBits, type Message } from 'discord.js';
import { dismissButton } from './commands/dismiss.js';
import { LIMITS } from './limits.js';
import { withButton, type Rendered } from './render/components.js';
import { asFile, isRefusedForm, payloadOf, persistently, withoutFiles } from './respond.js';

/** Replies to a message, once: whoever wrote it can dismiss what comes. */
export async function reply(
  message: Message,
  rendered: Rendered,
  ...flags: MessageFlags.SuppressNotifications[]
): Promise<void> {
  const shown = withButton(
    mayAttach(message) ? rendered : withoutFiles(rendered),
    dismissButton(message.author.id),
  );
  try {
    await post(message, shown, flags);
  } catch (error) {
    if (!isRefusedForm(error) || !mayAttach(message)) throw error;
    await post(message, asFile(shown), flags);
  }
}

function mayAttach({ channel, client }: Message): boolean {
  if (channel.isDMBased()) return true;
  return channel.permissionsFor(client.user)?.has(PermissionFlagsBits.AttachFiles) ?? true;
}

async function post(
  message: Message,
  rendered: Rendered,
  flags: readonly MessageFlags.SuppressNotifications[],
): Promise<void> {
  await persistently(message.createdTimestamp + LIMITS.token, () =>
    message.reply({
      ...payloadOf(rendered),
      flags: [MessageFlags.IsComponentsV2, ...flags],
      failIfNotExists: false,
      // What Discord took, and whose receipt was lost, is not posted again when it is sent again.
      ...{ nonce: message.id, enforceNonce: true },
    }),
  );
}
