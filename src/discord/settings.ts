import { z } from 'zod';
import { ceilingSchema, lowerOf, NO_CEILING, type Ceiling } from '../cable/ceiling.js';
import type { Level } from '../cable/types.js';
import { DEFAULT_STYLE, STYLE_NAMES } from '../quotes/styles.js';

/** How days are written: as cables are cited, in the reader's own language, or in one language. */
export const DATES = [
  'iso',
  'reader',
  'en-GB',
  'en-US',
  'de',
  'es',
  'fr',
  'pt',
  'ru',
  'zh',
] as const;
export type Dates = (typeof DATES)[number];

/** Seconds between two questions of one person, at most. */
export const LONGEST_COOLDOWN = 300;
/** Those that are offered. */
export const COOLDOWNS = [0, 2, 5, 10, 30, 60, LONGEST_COOLDOWN] as const;

/** What those who manage a server have settled. */
export const serverSettings = z.object({
  ceiling: ceilingSchema.default(NO_CEILING),
  /** Ceilings of single channels, by their ids. */
  channels: z.record(z.string(), ceilingSchema).default({}),
  /** Answers are private unless the question says otherwise. */
  private: z.boolean().default(false),
  /** Cable ids in messages are linked; needs the message-content intent. */
  links: z.boolean().default(false),
  /** `[[07BEIJING1689 ¶4]]` in a message is quoted beneath; needs the message-content intent. */
  inline: z.boolean().default(false),
  /** Answers show their paragraphs whole. */
  whole: z.boolean().default(false),
  /** Roles whose members may set all this, beside who may manage the server. */
  setters: z.array(z.string()).default([]),
  /** Seconds. */
  cooldown: z.number().int().min(0).max(LONGEST_COOLDOWN).default(2),
  dates: z.enum(DATES).default('iso'),
});
export type ServerSettings = z.infer<typeof serverSettings>;

export const DEFAULT_SETTINGS: ServerSettings = serverSettings.parse({});

/** What somebody has chosen for themselves. */
export const preferences = z.object({
  /** Replies are private unless a command says otherwise; otherwise as the server has it. */
  private: z.boolean().default(false),
  /** Answers show their paragraphs whole; null: as the server has it. */
  whole: z.boolean().nullable().default(null),
  /** How citations are written where nothing else is said. */
  style: z.enum(STYLE_NAMES).default(DEFAULT_STYLE),
  /** `[[07BEIJING1689 ¶4]]` in their messages is left alone. */
  noInline: z.boolean().default(false),
});
export type Preferences = z.infer<typeof preferences>;

export const NO_PREFERENCES: Preferences = preferences.parse({});

/**
 * The ceiling of a channel, given with what it stands in, from within: its own, else that of the channel that a thread
 * is in, else of their category, else the server's. From where it is not known what it stands in (null: Discord has not
 * told of it), the lowest of all that are set.
 */
export function ceilingIn(
  { ceiling, channels }: ServerSettings,
  from: readonly (string | null)[],
): Ceiling {
  for (const id of from) {
    if (id === null) return Object.values(channels).reduce(lowerOf, ceiling);
    const own = channels[id];
    if (own !== undefined) return own;
  }
  return ceiling;
}

const LEVEL_NAMES: Readonly<Record<Level, string>> = {
  U: 'Unclassified',
  SBU: 'Sensitive but unclassified',
  C: 'Confidential',
  S: 'Secret',
  TS: 'Top secret',
};

/** A level in words: `Confidential (C)`. */
export function levelTold(level: Level): string {
  return `${LEVEL_NAMES[level]} (${level})`;
}

/** `paragraphs up to Secret (S), subjects of cables up to Confidential (C), and nothing marked NOFORN`. */
export function ceilingTold(ceiling: Ceiling): string {
  const { classification, mark, noforn } = ceiling;
  const all = classification === 'TS' && mark === 'TS';
  const told = all
    ? 'everything'
    : `paragraphs up to ${levelTold(mark)}, subjects of cables up to ${levelTold(classification)}`;
  return noforn ? told : `${told}, ${all ? 'but' : 'and'} nothing marked NOFORN`;
}
