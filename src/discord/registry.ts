import { ask } from './commands/ask.js';
import { askAboutMessage } from './commands/ask-about-message.js';
import { check, checkQuotes } from './commands/check.js';
import { cable } from './commands/cable.js';
import { ACTIONS } from './actions.js';
import { dossier } from './commands/dossier.js';
import type { BotCommand, Handled } from './commands/command.js';
import { dismissing } from './commands/dismiss.js';
import { localised } from './localisations.js';
import { findQuote } from './commands/find-quote.js';
import { help } from './commands/help.js';
import { preferences } from './commands/preferences.js';
import { quoteCited } from './commands/quote-cited.js';
import { quote } from './commands/quote.js';
import { refs } from './commands/refs.js';
import { related } from './commands/related.js';
import { search } from './commands/search.js';
import { verify } from './commands/verify.js';
import { settings } from './commands/settings.js';
import { stats } from './commands/stats.js';

/** Every command: dispatch and `pilcrow deploy` read this list and no other. */
export const COMMANDS: readonly BotCommand[] = withLanguages([
  ask,
  cable,
  quote,
  search,
  related,
  refs,
  help,
  verify,
  check,
  dossier,
  stats,
  preferences,
  settings,
  askAboutMessage,
  findQuote,
  quoteCited,
  checkQuotes,
]);

function withLanguages(commands: readonly BotCommand[]): BotCommand[] {
  return commands.map((command) =>
    command.kind === 'slash'
      ? { ...command, data: localised(command.data) }
      : { ...command, data: localised(command.data) },
  );
}

/** Commands and their actions by name. */
export interface Registry {
  readonly commands: ReadonlyMap<string, BotCommand>;
  readonly actions: ReadonlyMap<string, Handled>;
}

/** Throws where two commands or two actions have one name. */
export function createRegistry(
  list: readonly BotCommand[],
  others: readonly Handled[] = [],
): Registry {
  const commands = new Map<string, BotCommand>();
  const actions = new Map<string, Handled>();
  for (const command of list) setOnce(commands, command.data.name, command);
  for (const handled of [...list.flatMap((command) => command.actions ?? []), ...others]) {
    setOnce(actions, handled.action.name, handled);
  }
  return { commands, actions };
}

/** All that there is. Throws where an action is handled by no command. */
export function wholeRegistry(): Registry {
  const registry = createRegistry(COMMANDS, [dismissing]);
  const missing = Object.values(ACTIONS).find(({ name }) => !registry.actions.has(name));
  if (missing !== undefined) throw new Error(`nothing handles ${missing.name}`);
  return registry;
}

function setOnce<T>(map: Map<string, T>, name: string, value: T): void {
  if (map.has(name)) throw new Error(`two commands or actions are called ${name}`);
  map.set(name, value);
}
