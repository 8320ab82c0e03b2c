import { DiscordAPIError, HTTPError, RESTJSONErrorCodes } from 'discord.js';
import { LIMITS } from './limits.js';

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

/** What the operator can do about what Discord refuses, by how old the interaction was (milliseconds). */
const REFUSALS: ReadonlyMap<number | string, string | ((age: number) => string)> = new Map<
  number | string,
  string | ((age: number) => string)
>([
  [
    RESTJSONErrorCodes.UnknownInteraction,
    (age) =>
      age > LIMITS.acknowledge
        ? 'Discord no longer takes a reply: it was acknowledged later than 3 seconds; see whether the machine is overloaded'
        : 'Discord does not know the interaction, though it was answered in time: another process with this token may have answered it',
  ],
  [RESTJSONErrorCodes.InvalidWebhookToken, tooLate],
  [RESTJSONErrorCodes.UnknownWebhook, tooLate],
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

function tooLate(age: number): string {
  return age > LIMITS.token
    ? 'the answer came after the 15 minutes for which Discord takes one'
    : 'Discord no longer takes the answer, though its 15 minutes are not over: the bot was removed from the server, or its token was reset';
}

/** Names and codes of Node's and undici's network errors, and of a request that took too long. */
const NETWORK =
  /AbortError|TimeoutError|\b(?:UND_ERR_\w+|E(?:CONN\w+|TIMEDOUT|PIPE|AI_AGAIN|NOTFOUND|HOSTUNREACH|NETUNREACH))\b/;

/**
 * Why Discord did not take what was sent, where that is no fault of ours; null for anything else. `age` is how old the
 * interaction or message is that it answers, in milliseconds.
 */
export function refusalOf(error: unknown, age = 0): Refusal | null {
  if (!(error instanceof DiscordAPIError)) return null;
  const todo = REFUSALS.get(error.code);
  if (todo === undefined) return null;
  return {
    code: error.code,
    todo: typeof todo === 'string' ? todo : todo(age),
    instead: INSTEAD.get(error.code) ?? null,
  };
}

/** Why something passing lasted too long: the network's fault, or Discord's own. */
export function passingTold(error: unknown): string {
  return error instanceof HTTPError || error instanceof DiscordAPIError
    ? `Discord answered with an error of its own (${error.status}) for as long as it takes a reply; the reply is lost`
    : 'Discord could not be reached for as long as it takes a reply; the reply is lost';
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
