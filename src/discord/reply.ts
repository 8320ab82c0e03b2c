import type { Interaction } from 'discord.js';
import { PermissionFlagsBits } from 'discord.js';
import { ZodError } from 'zod';
import type { Bot } from './bot.js';
import { dismissButton } from './commands/dismiss.js';
import { tellable } from './error-words.js';
import { small } from './markdown.js';
import { FAILED, notice, sentence, text, withButton, type Rendered } from './render/components.js';
import {
  asFile,
  withoutFiles,
  isRefusedForm,
  showReply,
  tellBeside,
  whereabouts,
  type Repliable,
} from './respond.js';
import { isPassing, passingTold, refusalOf } from './trouble.js';
import type { Turn } from './turn.js';

/** Under what another version has made. */
export const OLDER = notice(
  'This was made by another version of Pilcrow and does nothing any more. Please ask again.',
);

const FORCED = small(
  'Discord shows this to you alone: on this server, apps that people have installed for themselves may not write for all.',
);

/** Shows what is made, or tells why it was not: an acknowledged interaction always gets one of them. */
export async function answerWith(
  turn: Turn,
  interaction: Repliable,
  wantedPrivate: boolean,
  make: () => Promise<Rendered>,
): Promise<void> {
  let shown: Rendered;
  try {
    shown = await make();
  } catch (error) {
    await tell(turn, interaction, error);
    return;
  }
  if (turn.isPrivate && !wantedPrivate) {
    shown = { ...shown, components: [text(FORCED), ...shown.components] };
  }
  shown = dismissible(turn, shown);
  try {
    await show(turn, interaction, mayAttach(interaction) ? shown : withoutFiles(shown));
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.instead) await showTold(turn, interaction, notice(refusal.instead));
    if (refusal !== null || isPassing(error)) throw error;
    await tell(turn, interaction, error);
  }
}

/** Shows a message; where Discord finds fault with its form, its text as a file. */
async function show({ bot }: Turn, interaction: Repliable, message: Rendered): Promise<void> {
  try {
    await showReply(interaction, message);
  } catch (error) {
    if (!isRefusedForm(error) || !mayAttach(interaction)) throw error;
    const where = whereabouts(interaction);
    bot.log.error({ error, ...where }, 'Discord did not take a message’s form; it goes as a file');
    await showReply(interaction, asFile(message));
  }
}

/** What all see can be dismissed by whoever asked for it. */
function dismissible({ isPrivate: isSeenAlone, user }: Turn, message: Rendered): Rendered {
  return isSeenAlone ? message : withButton(message, dismissButton(user));
}

function mayAttach({ appPermissions }: Repliable): boolean {
  return appPermissions.has(PermissionFlagsBits.AttachFiles);
}

async function tell(turn: Turn, interaction: Repliable, error: unknown): Promise<void> {
  const told = tellable(error);
  if (told !== null) {
    await showTold(turn, interaction, sentence(told));
    return;
  }
  const older = error instanceof ZodError; // the fields of a custom_id
  if (!older) turn.bot.log.error({ error, ...whereabouts(interaction) }, 'an interaction failed');
  await showTold(turn, interaction, older ? OLDER : FAILED);
}

/** A press changes no message to say why it failed: that is told beside it. */
async function showTold(turn: Turn, interaction: Repliable, message: Rendered): Promise<void> {
  const inPlace = interaction.isMessageComponent() && interaction.ephemeral === null;
  await (inPlace
    ? tellBeside(interaction, message)
    : showReply(interaction, dismissible(turn, message)));
}

export function logTrouble(bot: Bot, interaction: Interaction, error: unknown): void {
  const where = whereabouts(interaction);
  const refusal = refusalOf(error, Date.now() - interaction.createdTimestamp);
  if (refusal !== null) {
    const key = `${refusal.code} ${interaction.channelId ?? ''}`;
    bot.log.once(key, { ...where, code: refusal.code }, refusal.todo);
    return;
  }
  const message = isPassing(error) ? passingTold(error) : 'an interaction failed';
  bot.log.error({ error, ...where }, message);
}
