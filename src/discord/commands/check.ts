import { ApplicationCommandOptionType, ApplicationCommandType, type Attachment } from 'discord.js';
import { LARGEST_DOCUMENT, isDocument, type Document } from '../../checking/read-document.js';
import { InputError } from '../../errors.js';
import type { CheckedText } from '../../library/library.js';
import { readableText } from '../read-message.js';
import type { Rendered } from '../render/components.js';
import { renderChecked } from '../render/checked.js';
import type { Turn } from '../turn.js';
import { EVERYWHERE, type MessageCommand, type SlashCommand } from './command.js';

/** Characters of a text that is given with the command: as many as Discord takes. */
const LONGEST = 6000;
/** Milliseconds until Discord must have handed over a document. */
const PATIENCE = 60_000;

export const check: SlashCommand = {
  kind: 'slash',
  visibility: 'private',
  data: {
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    name: 'check',
    description: 'Grade the quotations in a text against the cables',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'text',
        description: 'With its quotation marks, and the ids that it names',
        max_length: LONGEST,
      },
      {
        type: ApplicationCommandOptionType.Attachment,
        name: 'document',
        description: 'Text, Markdown, HTML, .docx or PDF',
      },
    ],
  },
  async run(turn, { options }) {
    const document = options.getAttachment('document');
    const text = options.getString('text');
    if (document !== null) return checked(turn, { document: await fetched(document) });
    if (text !== null) return checked(turn, { text });
    throw new InputError('CHECK_EMPTY', { what: 'give a text or a document to check' });
  },
};

export const checkQuotes: MessageCommand = {
  kind: 'message',
  visibility: 'private',
  data: { ...EVERYWHERE, type: ApplicationCommandType.Message, name: 'Check quotes' },
  async run(turn, { targetMessage }) {
    const text = readableText(targetMessage);
    const document = targetMessage.attachments.find(({ name }) => isDocument(name));
    if (/\p{L}/u.test(text) || document === undefined) {
      if (/\p{L}/u.test(text)) return checked(turn, { text });
      throw new InputError('MESSAGE_EMPTY', {
        what: 'that message has neither words nor a document to check',
      });
    }
    return checked(turn, { document: await fetched(document) });
  },
};

async function checked(
  { bot, place, user, library, look }: Turn,
  given: CheckedText,
): Promise<Rendered> {
  bot.cooldowns.take(user, place.settings.cooldown);
  return renderChecked(await library((shown) => shown.check(given)), look);
}

/** An attachment's content, from Discord. Throws {@link InputError} where it is too large or cannot be had. */
async function fetched({ name, size, url }: Attachment): Promise<Document> {
  if (size > LARGEST_DOCUMENT) {
    throw new InputError('DOCUMENT', {
      what: `${name} is larger than ${LARGEST_DOCUMENT / 1024 ** 2} MB`,
      todo: 'give the part of it that quotes',
    });
  }
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return { name, bytes: new Uint8Array(await answer.arrayBuffer()) };
  } catch (error) {
    throw new InputError('DOCUMENT', {
      what: `${name} could not be had from Discord`,
      todo: 'try again, or paste the text',
      cause: error,
    });
  }
}
