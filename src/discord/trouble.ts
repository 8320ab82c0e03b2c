import { DiscordAPIError, HTTPError, RESTJSONErrorCodes } from 'discord.js';

/** What Discord refuses. */
export interface Refusal {
  readonly code: number | string;
  /** What the operator can do about it. */
  readonly todo: string;
  /** What is shown in place of what was refused, where something can be shown. */
  readonly instead: string | null;
}

const BLOCKED =
  'This server’s AutoMod does not let me post this answer here. Ask in another channel, or with `private`.';
/** What is shown where a refused message was to stand. */
const INSTEAD: ReadonlyMap<number | string, string> = new Map<number | string, string>([
  [
    RESTJSONErrorCodes.MissingPermissions,
    'I may not post this here. Whoever runs this server can let me.',
  ],
  [200_000, BLOCKED],
  [200_001, BLOCKED],
]);

/** What the operator can do about what Discord refuses. */
const REFUSALS: ReadonlyMap<number | string, string> = new Map<number | string, string>([
  [
    RESTJSONErrorCodes.UnknownInteraction,
    'Discord no longer takes a reply: it was acknowledged later than 3 seconds; see whether the machine is overloaded',
  ],
  [
    RESTJSONErrorCodes.InvalidWebhookToken,
    'the answer came after the 15 minutes for which Discord takes one',
  ],
  [
    RESTJSONErrorCodes.UnknownWebhook,
    'the answer came after the 15 minutes for which Discord takes one',
  ],
  [RESTJSONErrorCodes.UnknownMessage, 'the message was deleted before its answer came'],
  [RESTJSONErrorCodes.UnknownChannel, 'the channel was deleted before the answer came'],
  [
    RESTJSONErrorCodes.MissingAccess,
    'Pilcrow may not see this channel; give it View Channel there, or leave it out',
  ],
  [
    RESTJSONErrorCodes.MissingPermissions,
    'Pilcrow may not write here; give it Send Messages, Send Messages in Threads and Attach Files',
  ],
  [200_000, 'AutoMod refused the message; let the rule exempt Pilcrow’s role, or change the rule'],
  [200_001, 'AutoMod refused the title; let the rule exempt Pilcrow’s role, or change the rule'],
]);

/** Names and codes of Node's and undici's network errors, and of a request that took too long. */
const NETWORK =
  /AbortError|TimeoutError|\b(?:UND_ERR_\w+|E(?:CONN\w+|TIMEDOUT|PIPE|AI_AGAIN|NOTFOUND|HOSTUNREACH|NETUNREACH))\b/;

/** Why Discord did not take what was sent, where that is no fault of ours; null for anything else. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof DiscordAPIError)) return null;
  const todo = REFUSALS.get(error.code);
  if (todo === undefined) return null;
  return { code: error.code, todo, instead: INSTEAD.get(error.code) ?? null };
}

/** Whether the same request may do later what it did not do now: Discord is down, or cannot be reached. */
export function isPassing(error: unknown): boolean {
  if (error instanceof HTTPError) return error.status >= 500;
  if (error instanceof DiscordAPIError) return error.status >= 500;
  return (
    error instanceof Error &&
    NETWORK.test(`${error.name} ${'code' in error ? String(error.code) : ''}`)
  );
}
