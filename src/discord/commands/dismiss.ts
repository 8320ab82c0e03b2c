import { PermissionFlagsBits } from 'discord.js';
import { ACTIONS } from '../actions.js';
import { idOf } from '../custom-id.js';
import { button, sentence } from '../render/components.js';
import { removes } from './command.js';

/** Under everything that a command or a press has posted for all. */
export function dismissButton(asker: string) {
  return button('Dismiss', idOf(ACTIONS.dismiss, [asker]));
}

/** Removes what was posted for whoever asked: theirs to do, and of who may manage messages. */
export const dismissing = removes(ACTIONS.dismiss, ({ user }, [asker], pressed) =>
  user === asker || pressed.memberPermissions?.has(PermissionFlagsBits.ManageMessages) === true
    ? null
    : sentence('Only who asked, or who may manage messages here, can dismiss it.'),
);
