import type { Logger } from 'pino';
import type { Ceiling } from '../cable/ceiling.js';
import type { BotData } from './bot-data.js';
import type { Cooldowns } from './cooldowns.js';
import type { CurrentLibrary } from './library.js';
import type { SearchQueue } from './search-queue.js';
import type { Verdicts } from './verdicts.js';

/** What every command works with. */
export interface Bot {
  readonly library: CurrentLibrary;
  readonly data: BotData;
  readonly searches: SearchQueue;
  readonly cooldowns: Cooldowns;
  readonly verdicts: Verdicts;
  readonly log: BotLog;
  readonly clock: () => Date;
  readonly options: BotOptions;
  /** Tells again how much it holds: what may be told of that has changed. */
  readonly presenceChanged: () => void;
}

export interface BotOptions {
  /** What may be shown in direct messages; null where nobody has said so. */
  readonly directCeiling: Ceiling | null;
  /** The message-content intent is asked for: ids in messages can be linked. */
  readonly messageContent: boolean;
  /** Questions stand in the log. */
  readonly logQuestions: boolean;
}

/** A log that says the same trouble once an hour. */
export interface BotLog extends Pick<Logger, 'info' | 'warn' | 'error' | 'debug'> {
  /** Warns, unless the same key was warned of within the hour. */
  once(key: string, details: object, message: string): void;
}
