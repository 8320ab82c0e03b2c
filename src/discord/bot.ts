import type { Logger } from 'pino';
import type { Ceiling } from '../cable/ceiling.js';
import type { SpanPlace } from '../corpus/corpus.js';
import type { Metrics } from '../operation/metrics.js';
import type { BotData } from './bot-data.js';
import type { CommandMentions } from './command-mentions.js';
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
  readonly metrics: Metrics;
  readonly clock: () => Date;
  /** A name for whoever judges a paragraph that does not tell who it is. */
  readonly voterOf: (user: string, question: string, place: SpanPlace) => string;
  readonly options: BotOptions;
  readonly mentions: CommandMentions;
  /** Tells again how much it holds: what may be told of that has changed. */
  readonly presenceChanged: () => void;
}

export interface BotOptions {
  /** What may be shown in direct messages; null where nobody has said so. */
  readonly directCeiling: Ceiling | null;
  /** The message-content intent is asked for: ids in messages can be linked. */
  readonly messageContent: boolean;
  /** Where a cable's source is to be read, `{id}` for its id; null: nowhere. */
  readonly cableUrl: string | null;
  /** Questions stand in the log. */
  readonly logQuestions: boolean;
}

/** A log that says the same trouble once an hour. */
export interface BotLog extends Pick<Logger, 'info' | 'warn' | 'error' | 'debug'> {
  /** Warns, unless the same key was warned of within the hour. */
  once(key: string, details: object, message: string): void;
}
