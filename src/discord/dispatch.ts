import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
} from 'discord.js';
import { MessageFlags, PermissionFlagsBits } from 'discord.js';
import { ZodError } from 'zod';
import type { Bot } from './bot.js';
import type { BotCommand, Pressed, Visibility } from './commands/command.js';
import { readCustomId } from './custom-id.js';
import { tellable } from './error-words.js';
import { holdsCustomId } from './read-message.js';
import { placeOf } from './place.js';
import { wholeRegistry, type Registry } from './registry.js';
import { FAILED, notice, sentence, type Rendered } from './render/components.js';
import {
  deferReply,
  deferUpdate,
  tellBeside,
  payloadOf,
  whereabouts,
  showReply,
  type Repliable,
} from './respond.js';
import { isPassing, refusalOf } from './trouble.js';
import { createTurn, type Turn } from './turn.js';

/** Gives every interaction to what handles it. It never throws. */
export type Dispatch = (interaction: Interaction) => Promise<void>;

export function createDispatch(bot: Bot, registry: Registry = wholeRegistry()): Dispatch {
  return async (interaction) => {
    try {
      if (interaction.isAutocomplete()) await complete(bot, registry, interaction);
      else if (interaction.isChatInputCommand() || interaction.isMessageContextMenuCommand()) {
        await runCommand(bot, registry, interaction);
      } else if (
        interaction.isButton() ||
        interaction.isStringSelectMenu() ||
        interaction.isModalSubmit()
      ) {
        await press(bot, registry, interaction);
      }
    } catch (error) {
      logTrouble(bot, interaction, error);
    }
  };
}

/** What is typed is completed at once or not at all. */
async function complete(
  bot: Bot,
  registry: Registry,
  interaction: AutocompleteInteraction,
): Promise<void> {
  const command = registry.commands.get(interaction.commandName);
  const turn = turnOf(bot, interaction, true);
  const choices =
    command?.kind === 'slash' && command.complete !== undefined
      ? await command.complete(turn, interaction)
      : [];
  await interaction.respond(choices);
}

async function runCommand(
  bot: Bot,
  registry: Registry,
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
): Promise<void> {
  const command = registry.commands.get(interaction.commandName);
  if (command === undefined) {
    bot.log.once(
      `command ${interaction.commandName}`,
      { command: interaction.commandName },
      'Discord offers a command that this version does not have; run pilcrow deploy',
    );
    await interaction.reply({
      ...payloadOf(notice('Pilcrow no longer has this command.')),
      flags: [MessageFlags.IsComponentsV2, MessageFlags.Ephemeral],
    });
    return;
  }
  const asked = interaction.isChatInputCommand() ? interaction.options.getBoolean('private') : null;
  const turn = turnOf(bot, interaction, isPrivate(bot, interaction, command.visibility, asked));
  await deferReply(interaction, turn.isPrivate);
  await answer(turn, interaction, () => runOf(command, turn, interaction));
}

function runOf(
  command: BotCommand,
  turn: Turn,
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
): Promise<Rendered> {
  if (command.kind === 'slash' && interaction.isChatInputCommand()) {
    return command.run(turn, interaction);
  }
  if (command.kind === 'message' && interaction.isMessageContextMenuCommand()) {
    return command.run(turn, interaction);
  }
  throw new Error(`${command.data.name} is no command of this kind`);
}

function isPrivate(
  bot: Bot,
  interaction: Interaction,
  visibility: Visibility,
  asked: boolean | null,
): boolean {
  if (visibility !== 'asked') return visibility === 'private';
  return asked ?? placeOf(bot, interaction).settings.private;
}

function turnOf(bot: Bot, interaction: Interaction, isPrivateTurn: boolean): Turn {
  return createTurn(bot, placeOf(bot, interaction), interaction.user.id, isPrivateTurn);
}

const OLDER = notice(
  'This was made by another version of Pilcrow and does nothing any more. Please ask again.',
);

const FOREIGN = notice('That button does not belong to this message, and does nothing.');

/**
 * Whether what is pressed stands in the message under it, which is ours: whoever sends a press by a program
 * can write another `custom_id` into it than the button's.
 */
function isBound(pressed: Pressed): boolean {
  if (pressed.isModalSubmit()) return true; // it carries nothing but what whoever sends it has written
  const { message, client, customId } = pressed;
  return message.author.id === client.user.id && holdsCustomId(message, customId);
}

async function press(bot: Bot, registry: Registry, pressed: Pressed): Promise<void> {
  const carried = readCustomId(pressed.customId);
  const handled = carried === null ? undefined : registry.actions.get(carried.action);
  if (carried === null || handled === undefined) {
    await deferReply(pressed, true);
    await showReply(pressed, OLDER);
    return;
  }
  if (handled.action.bound && !isBound(pressed)) {
    await deferReply(pressed, true);
    await showReply(pressed, FOREIGN);
    return;
  }
  const { fields } = carried;
  if (handled.does === 'modal') {
    if (!pressed.isModalSubmit()) await pressed.showModal(handled.handle(fields, pressed));
    return;
  }
  if (handled.does === 'remove') {
    await remove(turnOf(bot, pressed, true), pressed, (turn) =>
      handled.handle(turn, fields, pressed),
    );
    return;
  }
  const underPrivate = pressed.message?.flags.has(MessageFlags.Ephemeral) === true;
  if (handled.does === 'in place' && (underPrivate || isOwn(pressed))) {
    await deferUpdate(pressed);
    await answer(turnOf(bot, pressed, underPrivate), pressed, () =>
      handled.handle(turnOf(bot, pressed, underPrivate), fields, pressed),
    );
    return;
  }
  const seen = handled.does === 'same' ? underPrivate : handled.does !== 'public';
  const turn = turnOf(bot, pressed, seen);
  await deferReply(pressed, seen);
  await answer(turn, pressed, () => handled.handle(turn, fields, pressed));
}

/** Whether the message under a button was made for whoever pressed. */
function isOwn({ message, user }: Pressed): boolean {
  return message?.interactionMetadata?.user.id === user.id;
}

async function remove(
  turn: Turn,
  pressed: Pressed,
  run: (turn: Turn) => Rendered | null,
): Promise<void> {
  const refused = run(turn);
  if (refused !== null) {
    await deferReply(pressed, true);
    await showReply(pressed, refused);
    return;
  }
  await deferUpdate(pressed);
  await pressed.deleteReply();
}

/** Shows what is made, or tells why it was not: an acknowledged interaction always gets one of them. */
async function answer(
  turn: Turn,
  interaction: Repliable,
  make: () => Promise<Rendered>,
): Promise<void> {
  let shown: Rendered;
  try {
    shown = await make();
  } catch (error) {
    await tell(turn, interaction, error);
    return;
  }
  try {
    await showReply(interaction, mayAttach(interaction) ? shown : withoutFiles(shown));
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.instead) await showTold(interaction, notice(refusal.instead));
    if (refusal !== null || isPassing(error)) throw error;
    await tell(turn, interaction, error);
  }
}

function mayAttach({ appPermissions }: Repliable): boolean {
  return appPermissions.has(PermissionFlagsBits.AttachFiles);
}

/** A message for a channel in which the bot may not attach files: it would be refused whole. */
function withoutFiles({ components, files = [] }: Rendered): Rendered {
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

async function tell({ bot }: Turn, interaction: Repliable, error: unknown): Promise<void> {
  const told = tellable(error);
  if (told !== null) {
    await showTold(interaction, sentence(told));
    return;
  }
  const older = error instanceof ZodError; // the fields of a custom_id
  if (!older) bot.log.error({ error, ...whereabouts(interaction) }, 'an interaction failed');
  await showTold(interaction, older ? OLDER : FAILED);
}

/** A press changes no message to say why it failed: that is told beside it. */
async function showTold(interaction: Repliable, message: Rendered): Promise<void> {
  const inPlace = interaction.isMessageComponent() && interaction.ephemeral === null;
  await (inPlace ? tellBeside(interaction, message) : showReply(interaction, message));
}

function logTrouble(bot: Bot, interaction: Interaction, error: unknown): void {
  const where = whereabouts(interaction);
  const refusal = refusalOf(error);
  if (refusal !== null) {
    const key = `${refusal.code} ${interaction.channelId ?? ''}`;
    bot.log.once(key, { ...where, code: refusal.code }, refusal.todo);
    return;
  }
  const message = isPassing(error)
    ? 'Discord could not be reached in time; the reply is lost'
    : 'an interaction failed';
  bot.log.error({ error, ...where }, message);
}
