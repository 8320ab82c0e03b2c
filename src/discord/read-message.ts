import type { Embed, Message } from 'discord.js';
import { ACTIONS } from './actions.js';
import { fieldsIn } from './custom-id.js';
import { unescapeMarkdown } from './markdown.js';
import { HISTORY_ID, QUESTION_ID } from './render/components.js';
import { REMEMBERED } from '../search/follow-up.js';
import type { Filters } from '../search/filters.js';

/** A component as it comes back: of the fields that are read here only. */
interface Returned {
  readonly id?: number;
  readonly content?: string;
  readonly customId?: string | null;
  readonly components?: readonly Returned[];
}

function* walk(components: readonly Returned[]): Generator<Returned> {
  for (const each of components) {
    yield each;
    if (each.components) yield* walk(each.components);
  }
}

function componentsOf(message: Pick<Message, 'components'>): Generator<Returned> {
  return walk(message.components as readonly Returned[]);
}

/** Whether a button or menu with a `custom_id` stands in a message. */
export function holdsCustomId(message: Pick<Message, 'components'>, id: string): boolean {
  return [...componentsOf(message)].some(({ customId }) => customId === id);
}

/** A conversation so far, read from one of our answers: its question and the filters it was asked with. */
export interface AskedBefore {
  readonly question: string;
  /** The questions before it, oldest first. */
  readonly history: readonly string[];
  readonly filters: Filters;
}

/** What was asked, from the answer that shows it; null for any other message. */
export function askedIn(message: Pick<Message, 'components'>): AskedBefore | null {
  let question: string | null = null;
  let filters: Filters | null = null;
  let history: readonly string[] = [];
  for (const { id, content, customId } of componentsOf(message)) {
    if (id === QUESTION_ID && content !== undefined) {
      question = unescapeMarkdown(content.replace(/^\*\*|\*\*$/g, ''));
    }
    if (id === HISTORY_ID && content !== undefined) {
      history = content.split('\n').map((line) => unescapeMarkdown(line.replace(/^-# /, '')));
    }
    filters = (customId ? fieldsIn(ACTIONS.follow, customId) : null) ?? filters;
  }
  return question === null || filters === null ? null : { question, history, filters };
}

/** The questions of a conversation that a follow-up is read with: the last ones, oldest first. */
export function conversationOf({ question, history }: AskedBefore): string[] {
  return [...history, question].slice(-REMEMBERED);
}

/** What stands in an embed, from above to below. */
function textOf({ author, title, description, fields, footer }: Embed): string[] {
  return [
    author?.name,
    title,
    description,
    ...fields.flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ].flatMap((each) => each ?? []);
}

/** All that somebody can read in a message: its text, or that of its components and embeds. */
export function readableText(message: Message): string {
  const parts = [
    message.content,
    ...message.embeds.flatMap(textOf),
    ...[...componentsOf(message)].map(({ content }) => content ?? ''),
    ...[...message.messageSnapshots.values()].flatMap(({ content, embeds }) => [
      content,
      ...embeds.flatMap(textOf),
    ]),
  ];
  return parts.filter((part) => part.trim() !== '').join('\n');
}

/** Text as somebody pasted it: marks of quotation and emphasis around it are not part of it. */
export function withoutMarkdown(text: string): string {
  return unescapeMarkdown(
    text
      .replace(/^[^\S\n\r\u2028\u2029]*(?:>>>|>|-#|#{1,3})\s?/gm, '')
      .replace(/\*\*|__|~~|\|\||```/g, '')
      .replace(/(?<!\\)\[([^[\]\n]*)\]\([^)\s]*\)/g, '$1'),
  ).trim();
}
