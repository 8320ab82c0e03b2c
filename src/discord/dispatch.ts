import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
} from 'discord.js';
import { MessageFlags } from 'discord.js';
import { ACTIONS } from './actions.js';
import type { Bot } from './bot.js';
import type { BotCommand, Pressed, Visibility } from './commands/command.js';
import { idOf, readCustomId } from './custom-id.js';
import { placeOf } from './place.js';
import { holdsCustomId } from './read-message.js';
import { wholeRegistry, type Registry } from './registry.js';
import { notice, type Rendered } from './render/components.js';
import { answerWith, logTrouble, OLDER } from './reply.js';
import { deferReply, deferUpdate, payloadOf, showReply } from './respond.js';
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
        interaction.isChannelSelectMenu() ||
        interaction.isRoleSelectMenu() ||
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
  const wanted = isPrivate(bot, interaction, command.visibility, asked);
  const turn = turnOf(bot, interaction, await deferReply(interaction, wanted));
  await answerWith(turn, interaction, wanted, () => runOf(command, turn, interaction));
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
  const { settings } = placeOf(bot, interaction);
  return asked ?? (settings.private || bot.data.preferencesOf(interaction.user.id).private);
}

function turnOf(bot: Bot, interaction: Interaction, isPrivateTurn: boolean): Turn {
  return createTurn(bot, placeOf(bot, interaction), interaction.user.id, isPrivateTurn);
}

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
    const turn = turnOf(bot, pressed, underPrivate);
    await answerWith(turn, pressed, underPrivate, () => handled.handle(turn, fields, pressed));
    return;
  }
  const wanted = handled.does === 'same' ? underPrivate : handled.does !== 'public';
  const turn = turnOf(bot, pressed, await deferReply(pressed, wanted));
  await answerWith(turn, pressed, wanted, () => handled.handle(turn, fields, pressed));
}

/** Whether the message under a button was made for whoever pressed: it has a button that lets them dismiss it. */
function isOwn({ message, user }: Pressed): boolean {
  return message !== null && holdsCustomId(message, idOf(ACTIONS.dismiss, [user.id]));
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
