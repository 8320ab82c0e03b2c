import { z } from 'zod';
import { ceilingSchema, lowerOf, NO_CEILING, type Ceiling } from '../cable/ceiling.js';

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

/** What those who manage a server have settled. */
export const serverSettings = z.object({
  ceiling: ceilingSchema.default(NO_CEILING),
  /** Ceilings of single channels, by their ids. */
  channels: z.record(z.string(), ceilingSchema).default({}),
  /** Answers are private unless the question says otherwise. */
  private: z.boolean().default(false),
  /** Cable ids in messages are linked; needs the message-content intent. */
  links: z.boolean().default(false),
  /** Seconds. */
  cooldown: z.number().int().min(0).max(LONGEST_COOLDOWN).default(2),
  dates: z.enum(DATES).default('iso'),
});
export type ServerSettings = z.infer<typeof serverSettings>;

export const DEFAULT_SETTINGS: ServerSettings = serverSettings.parse({});

/**
 * The ceiling of a channel: its own or its parent's, else the server's. Where the channel is not known
 * (an archived thread), the lowest of all that are set.
 */
export function ceilingIn(settings: ServerSettings, channels: readonly string[] | null): Ceiling {
  const own = channels?.map((id) => settings.channels[id]).find((each) => each !== undefined);
  if (channels !== null) return own ?? settings.ceiling;
  return Object.values(settings.channels).reduce(lowerOf, settings.ceiling);
}

/** `paragraphs up to S, cables up to S, without NOFORN`. */
export function ceilingTold(ceiling: Ceiling): string {
  const { classification, mark, noforn } = ceiling;
  const all = classification === 'TS' && mark === 'TS';
  const told = all
    ? 'everything'
    : `paragraphs up to ${mark}, subjects of cables up to ${classification}`;
  return noforn ? told : `${told}, without NOFORN`;
}
