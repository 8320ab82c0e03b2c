import type { Bot } from './bot.js';
import type { UseLibrary } from './library.js';
import type { Place } from './place.js';

/** Somebody does something somewhere. */
export interface Turn {
  readonly bot: Bot;
  readonly place: Place;
  readonly user: string;
  /** What is replied is seen by that person alone. */
  readonly isPrivate: boolean;
  /** The library as the place shows it. */
  readonly library: UseLibrary;
}

export function createTurn(bot: Bot, place: Place, user: string, isPrivate: boolean): Turn {
  return { bot, place, user, isPrivate, library: bot.library.under(place.ceiling) };
}
