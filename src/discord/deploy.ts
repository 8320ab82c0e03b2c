import { OAuth2Scopes, PermissionFlagsBits, REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { DiscordConfig } from '../config.js';
import { InputError } from '../errors.js';
import { refusedLogin, requireToken } from './login.js';
import type { BotCommand } from './commands/command.js';

/** Where commands are registered: everywhere, or on one server (at once, for trying them out). */
export interface Deployment {
  readonly commands: readonly BotCommand[];
  readonly guild: string | null;
  /** Only show what would change. */
  readonly dryRun: boolean;
}

/** What registering changes, by the names of commands. */
export interface Deployed {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
  /** Invites the bot with the least permissions. */
  readonly invitation: string;
}

const registered = z.array(z.looseObject({ name: z.string(), type: z.number().default(1) }));

/** Registers the commands with Discord; `show` is told the difference first. Throws {@link InputError}. */
export async function deploy(
  config: DiscordConfig,
  { commands, guild, dryRun }: Deployment,
  show: (deployed: Deployed) => void,
): Promise<void> {
  const rest = new REST({ api: config.apiUrl }).setToken(requireToken(config));
  try {
    const application = config.applicationId ?? (await applicationIdOf(rest));
    const route =
      guild === null
        ? Routes.applicationCommands(application)
        : Routes.applicationGuildCommands(application, guild);
    const before = registered.parse(await rest.get(route));
    const wanted = commands.map(({ data }) => bodyOf(data, guild !== null));
    show({ ...differenceOf(before, wanted), invitation: invitationOf(application) });
    if (!dryRun) await rest.put(route, { body: wanted });
  } catch (error) {
    throw error instanceof InputError ? error : refusedLogin(error, config);
  }
}

async function applicationIdOf(rest: REST): Promise<string> {
  const answered = z
    .object({ id: z.string() })
    .safeParse(await rest.get(Routes.currentApplication()));
  if (answered.success) return answered.data.id;
  throw new InputError('APPLICATION_ID', {
    what: 'Discord does not tell the application’s id',
    todo: 'set DISCORD_APPLICATION_ID to the one in the developer portal',
  });
}

/**
 * A command as it is sent. Permissions are a number in Discord's description of its API and a text in
 * discord.js; a server's own commands are the server's alone, without contexts.
 */
function bodyOf(data: BotCommand['data'], isServers: boolean): Body {
  const { default_member_permissions: permissions, contexts, integration_types, ...rest } = data;
  return {
    ...rest,
    ...(permissions && { default_member_permissions: Number(permissions) }),
    ...(!isServers && { contexts, integration_types }),
  };
}

interface Body {
  readonly name: string;
  readonly type?: number | undefined;
}

type Named = z.infer<typeof registered>[number];

function differenceOf(
  before: readonly Named[],
  wanted: readonly Body[],
): Omit<Deployed, 'invitation'> {
  const key = ({ name, type = 1 }: { name: string; type?: number | undefined }): string =>
    `${type} ${name}`;
  const held = new Map(before.map((each) => [key(each), each]));
  const added: string[] = [];
  const changed: string[] = [];
  const unchanged: string[] = [];
  for (const data of wanted) {
    const known = held.get(key(data));
    held.delete(key(data));
    (known === undefined ? added : agrees(known, data) ? unchanged : changed).push(data.name);
  }
  return { added, changed, unchanged, removed: [...held.values()].map(({ name }) => name) };
}

/** Whether Discord holds what is wanted; what it adds of its own (ids, defaults) does not count. */
function agrees(known: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(known) &&
      known.length === wanted.length &&
      wanted.every((each, i) => agrees(known[i], each))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    const fields = new Map(Object.entries(known ?? {}));
    return Object.entries(wanted).every(
      ([name, value]) => agrees(fields.get(name), value) || isDefault(fields.get(name), value),
    );
  }
  return String(known) === String(wanted); // permissions come back as a text
}

/** What Discord leaves out of what it holds: `required: false` and the like. */
function isDefault(known: unknown, wanted: unknown): boolean {
  return (known === undefined || known === null) && (wanted === false || wanted === undefined);
}

/** Reading, writing, files, and reading again what is replied to; nothing else. */
const PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory;

function invitationOf(application: string): string {
  const query = new URLSearchParams({
    client_id: application,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: PERMISSIONS.toString(),
  });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}
