import type { Bot } from './bot.js';
import type { UseLibrary } from './library.js';
import { linkedIds, type Look } from './look.js';
import type { Place } from './place.js';
import type { Preferences } from './settings.js';

/** Somebody does something somewhere. */
export interface Turn {
  readonly bot: Bot;
  readonly place: Place;
  readonly user: string;
  /** What they have chosen for themselves. */
  readonly preferences: Preferences;
  /** What is replied is seen by that person alone. */
  readonly isPrivate: boolean;
  /** The library as the place shows it. */
  readonly library: UseLibrary;
  readonly look: Look;
}

export function createTurn(bot: Bot, place: Place, user: string, isPrivate: boolean): Turn {
  const preferences = bot.data.preferencesOf(user);
  return {
    ...{ bot, place, user, preferences, isPrivate },
    library: bot.library.under(place.ceiling),
    look: {
      whole: preferences.whole ?? place.settings.whole,
      id: linkedIds(bot.options.cableUrl),
    },
  };
}
