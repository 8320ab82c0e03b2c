import {
  ChannelType,
  GatewayDispatchEvents,
  GatewayIntentBits,
  InteractionResponseType,
  MessageFlags,
  InteractionType,
} from 'discord.js';
import { z } from 'zod';
import { Gateway } from './gateway.js';
import {
  APPLICATION,
  DIRECT,
  NO_FILES,
  guildOf,
  interactionOf,
  memberOf,
  messageOf,
  readyOf,
  userOf,
  type LocalMessage,
  type LocalPlace,
} from './payloads.js';
import { refuse, Rest, type Request, type Response } from './rest.js';
import {
  checkMessage,
  checkSchema,
  sentMessage,
  Violations,
  type SentComponent,
  type SentMessage,
} from './validation.js';

interface OpenInteraction {
  readonly id: string;
  readonly token: string;
  readonly created: number;
  readonly place: LocalPlace;
  readonly user: string;
  /** The message that was pressed. */
  readonly pressed: LocalMessage | null;
  acknowledged: number | null;
  acknowledgedAfter: number | null;
  original: LocalMessage | null;
  /** What it was answered with: a message, choices, a modal, a removal. */
  settle: (outcome: Outcome) => void;
}

/** What somebody sees of what they did. */
export type Outcome =
  | { readonly kind: 'message'; readonly message: LocalMessage }
  | { readonly kind: 'choices'; readonly choices: readonly { name: string; value: string }[] }
  | { readonly kind: 'modal'; readonly modal: Modal }
  | { readonly kind: 'removed' };

const callbackSchema = z.object({
  type: z.enum(InteractionResponseType),
  data: z.unknown().optional(),
});

const modalSchema = z.looseObject({
  custom_id: z.string(),
  title: z.string(),
  components: z.array(
    z.looseObject({
      component: z.looseObject({ custom_id: z.string(), value: z.string().optional() }),
    }),
  ),
});
export type Modal = z.infer<typeof modalSchema>;

const nonceSchema = z
  .looseObject({ nonce: z.string().optional(), enforce_nonce: z.boolean().optional() })
  .transform(({ nonce, enforce_nonce: enforced }) => ({ nonce: enforced ? nonce : undefined }));

/** Discord's description of its API has another form for `description` than its documentation: a text. */
const applicationSchema = z.looseObject({
  description: z.string().max(400).optional(),
  tags: z.array(z.string()).optional(),
});

const TOKEN = 'MTAwMDAwMDAwMDAwMDAwMDAw.GAbcde.local-discord-test-token-0123456789abcd';
const CHANNEL_PATH = /^\/channels\/(\d+)\/messages$/;

/** Discord on loopback: what a bot needs of its REST API and gateway, with Discord's limits. */
export class LocalDiscord {
  readonly violations = new Violations();
  readonly rest: Rest;
  readonly gateway: Gateway;
  readonly token = TOKEN;
  readonly messages = new Map<string, LocalMessage>();
  /** Commands by where they are registered: an application, or a server of it. */
  readonly commands = new Map<string, unknown[]>();
  /** How long an interaction may wait for its acknowledgement, and its token holds (milliseconds). */
  acknowledgeWithin = 3000;
  tokenHolds = 15 * 60 * 1000;
  /** Messages that AutoMod refuses. */
  autoMod: (message: SentMessage) => boolean = () => false;
  /** Messages in whose form Discord finds fault. */
  refusesForm: (message: SentMessage) => boolean = () => false;
  /** What the application says of itself. */
  application: object = {};
  /** The bot may attach files. */
  mayAttach = true;
  /** Channels that the bot may not write to. */
  readonly closed = new Set<string>();
  readonly acknowledgements: number[] = [];
  /** Privileged intents that are allowed. */
  allowedIntents = 0;
  #interactions = new Map<string, OpenInteraction>();
  #waiting: ((message: LocalMessage) => boolean)[] = [];
  /** Messages by the nonce that they were posted with, where it is enforced. */
  readonly #posted = new Map<string, LocalMessage>();
  #ids = 0n;
  #port = 0;

  constructor() {
    this.rest = new Rest(TOKEN, (request) => this.#route(request));
    const welcome = {
      token: TOKEN,
      ready: (session: string) => readyOf(session, this.#port),
      guilds: () => [guildOf()],
    };
    const allowed = () => this.allowedIntents;
    this.gateway = new Gateway(this.rest.server, {
      ...welcome,
      get allowed() {
        return allowed();
      },
    });
  }

  static async start(): Promise<LocalDiscord> {
    const discord = new LocalDiscord();
    discord.#port = await discord.rest.listen();
    return discord;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${String(this.#port)}/api`;
  }

  async close(): Promise<void> {
    await this.gateway.close().catch(() => undefined);
    await this.rest.close().catch(() => undefined);
  }

  /** A snowflake: it tells when it was made, which discord.js reads from it. */
  id(): string {
    return String((BigInt(Date.now() - DISCORD_EPOCH) << 22n) | (++this.#ids & 0x3fffffn));
  }

  /** Sends an interaction and waits for what comes of it. */
  interact(
    user: string,
    place: LocalPlace,
    type: InteractionType,
    data: unknown,
    pressed: LocalMessage | null = null,
  ): Promise<Outcome> {
    const id = this.id();
    const token = `token-${id}`;
    return new Promise((settle) => {
      this.#interactions.set(token, {
        id,
        token,
        created: Date.now(),
        place,
        user,
        pressed,
        acknowledged: null,
        acknowledgedAfter: null,
        original: null,
        settle,
      });
      this.gateway.send(GatewayDispatchEvents.InteractionCreate, {
        ...interactionOf(id, token, user, place, type, data, pressed),
        ...(!this.mayAttach && { app_permissions: NO_FILES }),
      });
    });
  }

  /** Somebody writes a message. */
  say(user: string, place: LocalPlace, content: string, replyTo?: LocalMessage): LocalMessage {
    const message: LocalMessage = {
      id: this.id(),
      channel: place.channel,
      sent: { content },
      files: [],
      author: user,
      ephemeral: false,
      deleted: false,
      invoker: null,
    };
    this.messages.set(message.id, message);
    const typed = content.includes(`<@${APPLICATION}>`);
    // A reply to what answers an interaction mentions nobody; one to a message of the bot's own does.
    const pinged = replyTo?.author === APPLICATION && replyTo.invoker === null;
    const isReadable =
      typed ||
      pinged ||
      place.server === null ||
      this.gateway.has(GatewayIntentBits.MessageContent);
    this.gateway.send(GatewayDispatchEvents.MessageCreate, {
      ...messageOf(message),
      channel_type: place.server === null ? ChannelType.DM : ChannelType.GuildText,
      // Without the intent the text of other messages is left out.
      content: isReadable ? content : '',
      mentions: typed || pinged ? [userOf(APPLICATION)] : [],
      mention_roles: [...content.matchAll(/<@&(\d+)>/g)].map(([, role]) => role),
      ...(place.server !== null && { guild_id: place.server, member: memberOf(user, place) }),
      ...(replyTo && {
        type: 19,
        message_reference: { message_id: replyTo.id, channel_id: replyTo.channel },
        referenced_message: messageOf(replyTo),
      }),
    });
    return message;
  }

  /** The next message of the bot for which a condition holds. */
  next(condition: (message: LocalMessage) => boolean = () => true): Promise<LocalMessage> {
    return new Promise((resolve) => {
      this.#waiting.push((message) => {
        if (!condition(message)) return false;
        resolve(message);
        return true;
      });
    });
  }

  #route(request: Request): Response {
    const { method, path } = request;
    if (
      !path.startsWith('/interactions/') &&
      !path.startsWith('/webhooks/') &&
      !request.authorized
    ) {
      return refuse(401, 0, '401: Unauthorized');
    }
    if (path === '/gateway/bot') {
      return ok({
        url: `ws://127.0.0.1:${String(this.#port)}`,
        shards: 1,
        session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 },
      });
    }
    if (path === '/users/@me/channels') {
      return ok({ id: DIRECT, type: ChannelType.DM, recipients: [] });
    }
    if (path === '/applications/@me') {
      if (method === 'PATCH') {
        const { description, ...form } = applicationSchema.parse(request.body);
        checkSchema(this.violations, 'PATCH application', 'ApplicationFormPartial', form);
        // In an order of its own.
        const { tags = [], ...rest } = form;
        this.application = { ...rest, description, tags: tags.toReversed() };
      }
      return ok({ id: APPLICATION, flags: 0, ...this.application });
    }
    const commands = /^\/applications\/(\d+)(?:\/guilds\/(\d+))?\/commands$/.exec(path);
    if (commands) return this.#registering(request, commands[2] ?? commands[1] ?? '');
    const callback = /^\/interactions\/\d+\/([^/]+)\/callback$/.exec(path);
    if (callback) return this.#callback(request, callback[1] ?? '');
    const webhook = /^\/webhooks\/\d+\/([^/]+)(?:\/messages\/([@\w]+))?$/.exec(path);
    if (webhook) return this.#webhook(request, webhook[1] ?? '', webhook[2]);
    const channel = CHANNEL_PATH.exec(path);
    if (channel && method === 'POST') return this.#post(request, channel[1] ?? '');
    const message = /^\/channels\/\d+\/messages\/(\d+)$/.exec(path);
    if (message) {
      const found = this.messages.get(message[1] ?? '');
      return found === undefined || found.deleted ? UNKNOWN_MESSAGE : ok(messageOf(found));
    }
    if (path.endsWith('/typing')) return { status: 204 };
    return refuse(404, 0, `404: Not Found ${method} ${path}`);
  }

  #registering({ method, body, query }: Request, where: string): Response {
    if (method === 'PUT') {
      const commands = z.array(z.looseObject({})).parse(body);
      for (const each of commands) {
        checkSchema(this.violations, 'PUT commands', 'ApplicationCommandUpdateRequest', each);
      }
      const kept = commands.map((each) => ({
        ...each,
        id: this.id(),
        version: this.id(),
        nsfw: false,
      }));
      this.commands.set(where, kept);
    }
    const kept = this.commands.get(where) ?? [];
    return ok(query.get('with_localizations') === 'true' ? kept : kept.map(withoutLanguages));
  }

  #callback(request: Request, token: string): Response {
    const interaction = this.#interactions.get(token);
    if (interaction === undefined) return refuse(404, 10062, 'Unknown interaction');
    const after = Date.now() - interaction.created;
    if (interaction.acknowledged !== null) {
      return refuse(400, 40060, 'Interaction has already been acknowledged.');
    }
    if (after > this.acknowledgeWithin) return refuse(404, 10062, 'Unknown interaction');
    const { type, data } = callbackSchema.parse(request.body);
    interaction.acknowledged = type;
    interaction.acknowledgedAfter = after;
    this.acknowledgements.push(after);
    const done = this.#acknowledged(interaction, request, type, data);
    if (request.query.get('with_response') !== 'true') return done;
    const made = interaction.original;
    return ok({
      interaction: {
        id: interaction.id,
        type: InteractionType.ApplicationCommand,
        response_message_id: made?.id,
        response_message_loading: true,
        response_message_ephemeral: made?.ephemeral,
      },
      resource: { type, ...(made && { message: messageOf(made) }) },
    });
  }

  #acknowledged(
    interaction: OpenInteraction,
    request: Request,
    type: InteractionResponseType,
    data: unknown,
  ): Response {
    const check = (schema: string): void => {
      checkSchema(this.violations, 'callback', schema, request.body);
    };
    // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- the others are no replies of ours
    switch (type) {
      case InteractionResponseType.ChannelMessageWithSource:
      case InteractionResponseType.DeferredChannelMessageWithSource: {
        check('CreateMessageInteractionCallbackRequest');
        const flags =
          z.looseObject({ flags: z.number().optional() }).safeParse(data).data?.flags ?? 0;
        const message = this.#made(
          interaction,
          (flags & MessageFlags.Ephemeral) !== 0 || interaction.place.forcedPrivate === true,
        );
        interaction.original = message;
        if (type === InteractionResponseType.ChannelMessageWithSource) {
          this.#fill(message, data, request.files, 'callback');
          interaction.settle({ kind: 'message', message });
        }
        break;
      }
      case InteractionResponseType.DeferredMessageUpdate:
        interaction.original = interaction.pressed;
        break;
      case InteractionResponseType.ApplicationCommandAutocompleteResult: {
        check('ApplicationCommandAutocompleteCallbackRequest');
        const { choices } = z
          .object({ choices: z.array(z.object({ name: z.string(), value: z.string() })) })
          .parse(data);
        for (const { name, value } of choices) {
          if (name.length > 100 || value.length > 100) this.violations.add('choices', name);
        }
        interaction.settle({ kind: 'choices', choices });
        break;
      }
      case InteractionResponseType.Modal:
        check('ModalInteractionCallbackRequest');
        interaction.settle({ kind: 'modal', modal: modalSchema.parse(data) });
        break;
      default:
        this.violations.add('callback', `type ${String(type)}`);
    }
    return { status: 204 };
  }

  #webhook(request: Request, token: string, which: string | undefined): Response {
    const interaction = this.#interactions.get(token);
    if (interaction === undefined) return refuse(404, 10015, 'Unknown Webhook');
    if (Date.now() - interaction.created > this.tokenHolds) {
      return refuse(401, 50027, 'Invalid Webhook Token');
    }
    if (interaction.acknowledged === null) return refuse(404, 10015, 'Unknown Webhook');
    if (which === undefined) {
      checkSchema(this.violations, 'follow-up', 'IncomingWebhookRequestPartial', request.body);
      const flags = sentMessage.parse(request.body).flags ?? 0;
      const message = this.#made(interaction, (flags & MessageFlags.Ephemeral) !== 0);
      this.#fill(message, request.body, request.files, 'follow-up');
      interaction.settle({ kind: 'message', message });
      return ok(messageOf(message));
    }
    const message = interaction.original;
    if (message === null || message.deleted) return UNKNOWN_MESSAGE;
    if (request.method === 'DELETE') {
      message.deleted = true;
      interaction.settle({ kind: 'removed' });
      return { status: 204 };
    }
    if (request.method === 'PATCH') {
      checkSchema(this.violations, 'edit', 'IncomingWebhookUpdateRequestPartial', request.body);
      if (this.autoMod(sentMessage.parse(request.body))) {
        return refuse(400, 200_000, 'Message was blocked by automatic moderation');
      }
      if (!this.mayAttach && request.files.length > 0) {
        return refuse(403, 50013, 'Missing Permissions');
      }
      if (this.refusesForm(sentMessage.parse(request.body))) {
        return refuse(400, 50035, 'Invalid Form Body');
      }
      this.#fill(message, request.body, request.files, 'edit');
      interaction.settle({ kind: 'message', message });
    }
    return ok(messageOf(message));
  }

  #post(request: Request, channel: string): Response {
    checkSchema(this.violations, 'message', 'MessageCreateRequest', request.body);
    if (this.closed.has(channel)) return refuse(403, 50013, 'Missing Permissions');
    if (this.autoMod(sentMessage.parse(request.body))) {
      return refuse(400, 200_000, 'Message was blocked by automatic moderation');
    }
    const { nonce } = nonceSchema.parse(request.body);
    const posted = nonce === undefined ? undefined : this.#posted.get(nonce);
    if (posted !== undefined) return ok(messageOf(posted));
    const message: LocalMessage = {
      id: this.id(),
      channel,
      sent: {},
      files: [],
      author: APPLICATION,
      ephemeral: false,
      deleted: false,
      invoker: null,
    };
    this.messages.set(message.id, message);
    if (nonce !== undefined) this.#posted.set(nonce, message);
    this.#fill(message, request.body, request.files, 'message');
    return ok(messageOf(message));
  }

  #made(interaction: OpenInteraction, ephemeral: boolean): LocalMessage {
    const message: LocalMessage = {
      id: this.id(),
      channel: interaction.place.channel,
      sent: {},
      files: [],
      author: APPLICATION,
      ephemeral,
      deleted: false,
      invoker: interaction.user,
    };
    this.messages.set(message.id, message);
    return message;
  }

  #fill(message: LocalMessage, body: unknown, files: Request['files'], where: string): void {
    const sent = sentMessage.parse(body);
    checkMessage(this.violations, where, sent, files);
    message.sent = { ...sent, components: withIds(sent.components ?? []) };
    message.files = files;
    this.#waiting = this.#waiting.filter((take) => !take(message));
  }
}

/** The first second of 2015, in milliseconds since 1970. */
const DISCORD_EPOCH = 1_420_070_400_000;
const UNKNOWN_MESSAGE = refuse(404, 10008, 'Unknown Message');

function ok(body: unknown): Response {
  return { status: 200, body };
}

/** A command, or an option of one, as Discord gives it back where nobody asks for other languages. */
function withoutLanguages(command: unknown): object {
  const {
    name_localizations: _,
    description_localizations: __,
    options,
    ...rest
  } = named.parse(command);
  return { ...rest, ...(options && { options: options.map(withoutLanguages) }) };
}
const named = z.looseObject({
  name_localizations: z.unknown().optional(),
  description_localizations: z.unknown().optional(),
  options: z.array(z.unknown()).optional(),
});

/** Discord numbers the components that have no number of their own. */
function withIds(components: readonly SentComponent[]): SentComponent[] {
  let next = 1;
  const number = (each: SentComponent): SentComponent => ({
    ...each,
    id: each.id ?? next++,
    ...(each.components && { components: each.components.map(number) }),
  });
  return components.map(number);
}
