import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
} from 'discord.js';
import { unescapeMarkdown } from '../../src/discord/markdown.js';
import type { LocalDiscord, Modal, Outcome } from './local-discord.js';
import type { LocalMessage, LocalPlace } from './payloads.js';
import { allComponents, type SentComponent } from './validation.js';

type Values = Readonly<Record<string, string | number | boolean>>;

/** A message as a person sees it. */
export class Seen {
  constructor(readonly message: LocalMessage) {}

  get components(): SentComponent[] {
    return [...allComponents(this.message.sent.components ?? [])];
  }

  /** All text, one after the other, as markdown. */
  get markdown(): string {
    return this.components.flatMap(({ content }) => content ?? []).join('\n');
  }

  /** All text as it is read: the signs of markdown taken away. */
  get text(): string {
    return plain(this.markdown);
  }

  get labels(): string[] {
    return this.components.flatMap(({ label, disabled }) =>
      label !== undefined && disabled !== true ? [label] : [],
    );
  }

  /** What can be chosen in its menus. */
  get entries(): string[] {
    return this.components.flatMap(({ options = [] }) => options.map(({ label }) => label));
  }

  get isPrivate(): boolean {
    return this.message.ephemeral;
  }

  /** The button with a label; the first where several have it. */
  button(label: string): SentComponent & { custom_id: string } {
    const found = this.components.find((each) => each.label === label);
    if (found?.custom_id === undefined) {
      throw new Error(`no button ${label} among ${this.labels.join(', ')}`);
    }
    return { ...found, custom_id: found.custom_id };
  }
}

/** Markdown without its signs: bold, small print, escapes. */
export function plain(markdown: string): string {
  return unescapeMarkdown(markdown.replace(/^-# /gm, '').replace(/(?<!\\)\*\*/g, ''));
}

/** Somebody on Discord, who does what people do there. */
export class Person {
  constructor(
    private readonly discord: LocalDiscord,
    private readonly place: LocalPlace,
    readonly id: string = discord.id(),
  ) {}

  /** The same person somewhere else. */
  at(place: LocalPlace): Person {
    return new Person(this.discord, place, this.id);
  }

  /** `/name option: value`; a subcommand stands behind a blank in the name. */
  async slash(name: string, values: Values = {}): Promise<Seen> {
    return seen(await this.command(name, values));
  }

  command(name: string, values: Values = {}): Promise<Outcome> {
    const [command = '', sub] = name.split(' ');
    const options = optionsOf(values);
    return this.discord.interact(this.id, this.place, InteractionType.ApplicationCommand, {
      id: '900000000000000000',
      name: command,
      type: ApplicationCommandType.ChatInput,
      options:
        sub === undefined
          ? options
          : [{ type: ApplicationCommandOptionType.Subcommand, name: sub, options }],
      resolved: {
        channels: Object.fromEntries(
          [values['channel'] ?? []]
            .flat()
            .map((id) => [String(id), { id, type: 0, name: 'a-channel', permissions: '0' }]),
        ) as object,
      },
    });
  }

  /** What is offered while an option is typed. */
  async type(
    name: string,
    option: string,
    typed: string,
    others: Values = {},
  ): Promise<{ name: string; value: string }[]> {
    const outcome = await this.discord.interact(
      this.id,
      this.place,
      InteractionType.ApplicationCommandAutocomplete,
      {
        id: '900000000000000000',
        name,
        type: ApplicationCommandType.ChatInput,
        options: [
          ...optionsOf(others),
          { type: ApplicationCommandOptionType.String, name: option, value: typed, focused: true },
        ],
      },
    );
    if (outcome.kind !== 'choices') throw new Error(`offered ${outcome.kind}`);
    return [...outcome.choices];
  }

  /** A command of the menu of a message. */
  async onMessage(
    name: string,
    message: LocalMessage,
    embeds: readonly object[] = [],
  ): Promise<Seen> {
    return seen(
      await this.discord.interact(this.id, this.place, InteractionType.ApplicationCommand, {
        id: '900000000000000000',
        name,
        type: ApplicationCommandType.Message,
        target_id: message.id,
        resolved: {
          messages: {
            [message.id]: {
              id: message.id,
              channel_id: message.channel,
              author: { id: message.author, username: 'x', discriminator: '0', avatar: null },
              content: message.sent.content ?? '',
              components: message.sent.components ?? [],
              embeds,
              attachments: [],
              mentions: [],
              mention_roles: [],
              timestamp: new Date().toISOString(),
              edited_timestamp: null,
              type: 0,
              flags: 0,
              pinned: false,
              tts: false,
              mention_everyone: false,
            },
          },
        },
      }),
    );
  }

  press(on: Seen, label: string): Promise<Outcome> {
    return this.pressId(on, on.button(label).custom_id);
  }

  pressId(on: Seen, customId: string): Promise<Outcome> {
    return this.discord.interact(
      this.id,
      this.place,
      InteractionType.MessageComponent,
      { custom_id: customId, component_type: ComponentType.Button },
      on.message,
    );
  }

  /** Presses a button that shows a message. */
  async pressed(on: Seen, label: string): Promise<Seen> {
    return seen(await this.press(on, label));
  }

  /** Chooses the entry of a menu whose label begins so. */
  async choose(on: Seen, label: string): Promise<Seen> {
    for (const { custom_id: id, options = [] } of on.components) {
      const option = options.find((each) => each.label.startsWith(label));
      if (id !== undefined && option !== undefined) {
        return seen(await this.#chosen(on, id, ComponentType.StringSelect, [option.value]));
      }
    }
    throw new Error(`no entry ${label} among ${on.entries.join(', ')}`);
  }

  /** Chooses values in the menu of a sort whose own words begin so. */
  async select(
    on: Seen,
    type: ComponentType,
    placeholder: string,
    values: readonly string[],
  ): Promise<Seen> {
    const menu = on.components.find(
      (each) => each.type === type && each.placeholder?.startsWith(placeholder) === true,
    );
    if (menu?.custom_id === undefined) throw new Error(`no menu ${placeholder} in ${on.text}`);
    return seen(await this.#chosen(on, menu.custom_id, type, values));
  }

  #chosen(
    on: Seen,
    customId: string,
    type: ComponentType,
    values: readonly string[],
  ): Promise<Outcome> {
    const resolved = Object.fromEntries(
      values.map((id) => [id, { id, type: 0, name: 'chosen', permissions: '0', color: 0 }]),
    );
    return this.discord.interact(
      this.id,
      this.place,
      InteractionType.MessageComponent,
      {
        custom_id: customId,
        component_type: type,
        values,
        resolved: {
          ...(type === ComponentType.ChannelSelect && { channels: resolved }),
          ...(type === ComponentType.RoleSelect && { roles: resolved }),
        },
      },
      on.message,
    );
  }

  /** Fills a modal in and sends it off. */
  async submit(on: Seen, modal: Modal, values: Readonly<Record<string, string>>): Promise<Seen> {
    const components = modal.components.map(({ component }, i) => ({
      type: ComponentType.Label,
      id: i * 2 + 1,
      component: {
        type: ComponentType.TextInput,
        id: i * 2 + 2,
        custom_id: component.custom_id,
        value: values[component.custom_id] ?? component.value ?? '',
      },
    }));
    return seen(
      await this.discord.interact(
        this.id,
        this.place,
        InteractionType.ModalSubmit,
        { custom_id: modal.custom_id, components },
        on.message,
      ),
    );
  }

  /** Writes a message and waits for the bot's. */
  async says(content: string, replyTo?: Seen): Promise<Seen> {
    const next = this.discord.next(
      ({ channel, invoker }) => channel === this.place.channel && invoker === null,
    );
    this.discord.say(this.id, this.place, content, replyTo?.message);
    return new Seen(await next);
  }

  writes(content: string, replyTo?: Seen): LocalMessage {
    return this.discord.say(this.id, this.place, content, replyTo?.message);
  }
}

export function seen(outcome: Outcome): Seen {
  if (outcome.kind !== 'message') throw new Error(`a message was expected, not ${outcome.kind}`);
  return new Seen(outcome.message);
}

const TYPES = {
  string: ApplicationCommandOptionType.String,
  number: ApplicationCommandOptionType.Integer,
  boolean: ApplicationCommandOptionType.Boolean,
};

function optionsOf(values: Values): object[] {
  return Object.entries(values).map(([name, value]) => ({
    name,
    value,
    type:
      name === 'channel'
        ? ApplicationCommandOptionType.Channel
        : TYPES[typeof value as keyof typeof TYPES],
  }));
}
