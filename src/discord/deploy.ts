import {
  ApplicationIntegrationType,
  OAuth2Scopes,
  PermissionFlagsBits,
  REST,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import type { DiscordConfig } from '../config.js';
import { PilcrowError } from '../errors.js';
import { isUnreachable, refusedLogin, requireToken } from './login.js';
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
  /** What the application says of itself (description, tags, where it can be installed) is brought up to date. */
  readonly profile: 'changed' | 'unchanged';
  /** Discord was asked what it holds; false where a dry run could not reach it. */
  readonly compared: boolean;
  /** Invites the bot to a server with the least permissions; null where the application is not known. */
  readonly invitation: string | null;
  /** Installs it for a person, wherever they write. */
  readonly personal: string | null;
}

/** Without it Discord leaves out what commands are called in other languages. */
const WITH_LANGUAGES = new URLSearchParams({ with_localizations: 'true' });

const registered = z.array(z.looseObject({ name: z.string(), type: z.number().default(1) }));

/** Registers the commands with Discord; `show` is told the difference first. Throws {@link InputError}. */
export async function deploy(
  config: DiscordConfig,
  { commands, guild, dryRun }: Deployment,
  show: (deployed: Deployed) => void,
): Promise<void> {
  const wanted = commands.map(({ data }) => bodyOf(data, guild !== null));
  const token = dryRun ? config.token : requireToken(config);
  const known = config.applicationId ?? idInToken(token);
  const uncompared = (): void => {
    show({
      ...{ ...differenceOf([], wanted), profile: 'changed', compared: false },
      ...invitationsOf(known),
    });
  };
  if (token === null) {
    uncompared();
    return;
  }
  const rest = new REST({ api: config.apiUrl, retries: dryRun ? 0 : 3 }).setToken(token);
  try {
    const about = aboutUs.parse(await rest.get(Routes.currentApplication()));
    const application = config.applicationId ?? about.id;
    const route =
      guild === null
        ? Routes.applicationCommands(application)
        : Routes.applicationGuildCommands(application, guild);
    const before = registered.parse(await rest.get(route, { query: WITH_LANGUAGES }));
    const isChanged = guild === null && !agrees(about, PROFILE);
    show({
      ...differenceOf(before, wanted),
      ...{ profile: isChanged ? 'changed' : 'unchanged', compared: true },
      ...invitationsOf(application),
    });
    if (dryRun) return;
    await rest.put(route, { body: wanted });
    if (isChanged) await rest.patch(Routes.currentApplication(), { body: PROFILE });
  } catch (error) {
    if (error instanceof PilcrowError) throw error;
    const refused = refusedLogin(error, config);
    if (!dryRun || !isUnreachable(refused)) throw refused;
    uncompared();
  }
}

/** What Discord tells of the application. */
const aboutUs = z.looseObject({ id: z.string() });

/** The application's id, which a bot's token begins with; null where it holds none. */
function idInToken(token: string | null): string | null {
  const id = Buffer.from(token?.split('.')[0] ?? '', 'base64url').toString('latin1');
  return /^\d{17,20}$/.test(id) ? id : null;
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
): Pick<Deployed, 'added' | 'changed' | 'removed' | 'unchanged'> {
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
      (wanted.every((each, i) => agrees(known[i], each)) || sameSet(known, wanted))
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

/** Channel types, contexts, tags: Discord gives them back in an order of its own. */
function sameSet(known: readonly unknown[], wanted: readonly unknown[]): boolean {
  const held = new Set(known);
  return wanted.every((each) => typeof each !== 'object' && held.has(each));
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

const SERVER_SCOPES = [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands];
const PERSONAL_SCOPES = [OAuth2Scopes.ApplicationsCommands];

/**
 * What people read in Discord of the application, and what its button there installs. Permissions are numbers, as in
 * Discord's description of its API; `description` is a text, as its documentation has it.
 */
const PROFILE = {
  description:
    'Answers questions over diplomatic cables by quoting: the very paragraphs, with their classification marks and citations. It never writes an answer of its own.',
  tags: ['cables', 'archives', 'quotes', 'history', 'research'],
  integration_types_config: {
    [ApplicationIntegrationType.GuildInstall]: {
      oauth2_install_params: { scopes: SERVER_SCOPES, permissions: Number(PERMISSIONS) },
    },
    [ApplicationIntegrationType.UserInstall]: {
      oauth2_install_params: { scopes: PERSONAL_SCOPES, permissions: 0 },
    },
  },
};

function invitationsOf(application: string | null): Pick<Deployed, 'invitation' | 'personal'> {
  if (application === null) return { invitation: null, personal: null };
  const link = (fields: Readonly<Record<string, string>>): string =>
    `https://discord.com/oauth2/authorize?${new URLSearchParams({ client_id: application, ...fields }).toString()}`;
  return {
    invitation: link({ scope: SERVER_SCOPES.join(' '), permissions: PERMISSIONS.toString() }),
    personal: link({
      scope: PERSONAL_SCOPES.join(' '),
      integration_type: String(ApplicationIntegrationType.UserInstall),
    }),
  };
}
