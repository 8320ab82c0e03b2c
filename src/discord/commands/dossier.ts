import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import { z } from 'zod';
import { entriesOf } from '../../dossier/entries.js';
import { DOSSIER_FORMS, exportDossier } from '../../dossier/export.js';
import { InputError } from '../../errors.js';
import { ACTIONS, PARAGRAPHS, type Whose } from '../actions.js';
import { idOf } from '../custom-id.js';
import { LONGEST_NOTE, type DossierOwner } from '../dossiers.js';
import { sentence, type Rendered } from '../render/components.js';
import { renderDossier, renderKept } from '../render/dossier.js';
import type { Turn } from '../turn.js';
import { chosenIn, EVERYWHERE, opens, replies, type SlashCommand } from './command.js';
import { completeId, idOption } from './options.js';

/** Whose dossier is meant. */
const WHOSE = {
  type: ApplicationCommandOptionType.String as const,
  name: 'whose',
  description: 'Your own, that nobody else sees, or this channel’s',
  choices: [
    { name: 'mine', value: 'mine' },
    { name: 'this channel’s', value: 'channel' },
  ],
};
const NOTE_INPUT = 'note';

export const dossier: SlashCommand = {
  kind: 'slash',
  visibility: 'private',
  data: {
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    name: 'dossier',
    description: 'Collect quotes with notes, and hand them out with a bibliography',
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'show',
        description: 'Its quotes: note, order, remove',
        options: [WHOSE],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'add',
        description: 'Add paragraphs of a cable',
        options: [
          idOption('id', 'As in 07BEIJING1689'),
          {
            type: ApplicationCommandOptionType.String,
            name: 'paragraphs',
            description: '4, 4-6 or summary',
            required: true,
            max_length: PARAGRAPHS,
          },
          {
            type: ApplicationCommandOptionType.String,
            name: 'note',
            description: 'What they are for',
            max_length: LONGEST_NOTE,
          },
          WHOSE,
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'export',
        description: 'As a file, with a bibliography and receipts',
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'form',
            description: 'Markdown, Word, plain text or CSL-JSON',
            required: true,
            choices: DOSSIER_FORMS.map((form) => ({ name: form, value: form })),
          },
          WHOSE,
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'delete',
        description: 'Delete all of your own, or what you have put into this channel’s',
        options: [WHOSE],
      },
    ],
  },
  async run(turn, { options, channelId }) {
    const whose = whoseSchema.parse(options.getString('whose') ?? 'mine');
    const { bot, user } = turn;
    const owner = ownerOf(turn, whose, channelId);
    switch (options.getSubcommand()) {
      case 'add': {
        const id = options.getString('id', true);
        const paragraphs = options.getString('paragraphs', true);
        const quotes = await turn.library((shown) => shown.quotes(id, paragraphs));
        const note = options.getString('note') ?? '';
        const server = whose === 'channel' ? turn.place.server : null;
        for (const { receipt } of quotes) {
          bot.data.addToDossier(owner, { receipt, note, addedBy: user, at: today(turn), server });
        }
        return shownPage(turn, whose, channelId, Number.POSITIVE_INFINITY);
      }
      case 'export': {
        const form = z.enum(DOSSIER_FORMS).parse(options.getString('form', true));
        const kept = bot.data.dossier(owner);
        if (kept.length === 0) return sentence('The dossier is empty.');
        const entries = await turn.library((shown) => entriesOf(shown, kept));
        return { ...sentence('The dossier:'), files: [await exportDossier(entries, form)] };
      }
      case 'delete': {
        const count =
          whose === 'mine'
            ? bot.data.deleteDossier(owner)
            : bot.data
                .dossier(owner)
                .filter(
                  ({ addedBy, key }) => addedBy === user && bot.data.removeFromDossier(owner, key),
                ).length;
        return sentence(count === 0 ? 'Nothing was in it.' : `Deleted: ${count} of its quotes.`);
      }
      default:
        return shownPage(turn, whose, channelId, 0);
    }
  },
  complete: completeId,
  actions: [
    replies(ACTIONS.keep, async (turn, [receipt], pressed) => {
      const owner = ownerOf(turn, 'mine', pressed.channelId);
      const [entry] = await turn.library((shown) => entriesOf(shown, [{ receipt, note: '' }]));
      if (entry === undefined || entry.quote === null)
        return sentence('That paragraph is no longer held, or may not be shown here.');
      const { bot, user } = turn;
      const kept = bot.data.addToDossier(owner, {
        receipt,
        note: '',
        addedBy: user,
        at: today(turn),
      });
      return renderKept(kept, bot.data.dossier(owner).length);
    }),
    replies(ACTIONS.dossier, (turn, [whose, page], pressed) =>
      shownPage(turn, whose, pressed.channelId, page),
    ),
    replies(ACTIONS.arrange, async (turn, [whose, step, key, page], pressed) => {
      const { bot } = turn;
      const owner = ownerOf(turn, whose, pressed.channelId);
      const chosen = Number(chosenIn(pressed)[0] ?? key);
      if (step === 'choose') return shownPage(turn, whose, pressed.channelId, page, chosen);
      mayChange(turn, owner, chosen);
      if (step === 'remove') bot.data.removeFromDossier(owner, chosen);
      else bot.data.moveInDossier(owner, chosen, step === 'up' ? -1 : 1);
      return shownPage(turn, whose, pressed.channelId, page, step === 'remove' ? null : chosen);
    }),
    opens(ACTIONS.noting, ([whose, key, page]) => ({
      title: 'A note to the quote',
      custom_id: idOf(ACTIONS.noted, [whose, key, page]),
      components: [
        {
          type: ComponentType.Label,
          label: 'Note',
          component: {
            type: ComponentType.TextInput,
            custom_id: NOTE_INPUT,
            style: TextInputStyle.Paragraph,
            required: false,
            max_length: LONGEST_NOTE,
          },
        },
      ],
    })),
    replies(ACTIONS.noted, (turn, [whose, key, page], pressed) => {
      const owner = ownerOf(turn, whose, pressed.channelId);
      mayChange(turn, owner, key);
      const note = 'fields' in pressed ? pressed.fields.getTextInputValue(NOTE_INPUT) : '';
      turn.bot.data.noteInDossier(owner, key, note.trim());
      return shownPage(turn, whose, pressed.channelId, page, key);
    }),
  ],
};

const whoseSchema = z.enum(['mine', 'channel']);

/** Whose dossier it is: never another person's, whatever a button carries. */
function ownerOf({ user }: Turn, whose: Whose, channel: string | null): DossierOwner {
  if (whose === 'mine') return `person:${user}`;
  if (channel !== null) return `channel:${channel}`;
  throw new InputError('NO_CHANNEL', { what: 'there is no channel here' });
}

/** A channel's quotes are changed by who has added them. Throws {@link InputError}. */
function mayChange({ bot, user }: Turn, owner: DossierOwner, key: number): void {
  const quote = bot.data.dossier(owner).find((each) => each.key === key);
  if (quote === undefined || quote.addedBy === user) return;
  throw new InputError('NOT_YOURS', {
    what: 'somebody else has added that quote',
    todo: 'only they can change or remove it',
  });
}

async function shownPage(
  turn: Turn,
  whose: Whose,
  channel: string | null,
  page: number,
  chosen: number | null = null,
): Promise<Rendered> {
  const kept = turn.bot.data.dossier(ownerOf(turn, whose, channel));
  const entries = await turn.library((shown) => entriesOf(shown, kept));
  return renderDossier(
    kept
      .map(({ key }, i) => ({ key, entry: entries[i] }))
      .flatMap(({ key, entry }) => (entry === undefined ? [] : [{ key, entry }])),
    { whose, page, chosen, look: turn.look },
  );
}

function today({ bot }: Turn): string {
  return bot.clock().toISOString().slice(0, 10);
}
