import { DiscordAPIError } from 'discord.js';
import type { DiscordConfig } from '../config.js';
import { InputError, messageOf, RefusedError, type PilcrowError, type Trouble } from '../errors.js';
import { redacted } from './log.js';

/** The token, or what says where it comes from. */
export function requireToken({ token }: DiscordConfig): string {
  if (token !== null) return token;
  throw new InputError('TOKEN_MISSING', {
    what: 'DISCORD_TOKEN is not set',
    todo: 'create an application in Discord’s developer portal and put its bot token into .env (docs/discord.md)',
  });
}

/** Why Discord lets nobody in, by close codes of its gateway and errors of its REST API. */
export function refusedLogin(
  error: unknown,
  { apiUrl }: Pick<DiscordConfig, 'apiUrl'>,
): PilcrowError {
  const told = redacted(messageOf(error));
  const { code, ...trouble } = loginTrouble(error, told, apiUrl);
  const Kind = code === UNREACHABLE ? InputError : RefusedError;
  return new Kind(code, { ...trouble, cause: error });
}

/** Whether it may help to try again: Discord, or the network before it, is down. */
export function isUnreachable({ code }: PilcrowError): boolean {
  return code === UNREACHABLE;
}

const UNREACHABLE = 'DISCORD_UNREACHABLE';

function loginTrouble(
  error: unknown,
  told: string,
  apiUrl: string,
): Trouble & { readonly code: string } {
  const status = error instanceof DiscordAPIError ? error.status : null;
  if (/disallowed intents|\b4014\b/i.test(told)) {
    return {
      code: 'INTENTS',
      what: 'Discord does not allow the Message Content intent',
      todo: 'turn it on in the developer portal (Bot, Privileged Gateway Intents), or unset DISCORD_MESSAGE_CONTENT',
    };
  }
  if (status === 401 || /invalid token|\b4004\b|authentication failed/i.test(told)) {
    return {
      code: 'TOKEN_WRONG',
      what: 'Discord does not know the token in DISCORD_TOKEN',
      todo: 'copy it again from the developer portal (Bot, Reset Token)',
    };
  }
  if (status === 403 || status === 404) {
    return {
      code: 'DISCORD_REFUSED',
      what: `Discord refuses it (${told})`,
      todo: 'invite the bot to that server first, and see that DISCORD_APPLICATION_ID is the token’s',
    };
  }
  if (
    /\b40(?:10|11|12|13)\b|invalid (?:shard|intents?|api version)|sharding is? required/i.test(told)
  ) {
    return { code: 'DISCORD_REFUSED', what: `Discord’s gateway refuses it: ${told}` };
  }
  if (status !== null && status < 500) {
    return { code: 'DISCORD_REFUSED', what: `Discord refuses it: ${told}` };
  }
  return {
    code: UNREACHABLE,
    what: `Discord cannot be reached at ${apiUrl} (${told})`,
    todo: 'check the network and DISCORD_API_URL',
  };
}
