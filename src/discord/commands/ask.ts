import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  PermissionFlagsBits,
  TextInputStyle,
} from 'discord.js';
import { z } from 'zod';
import { answerQuestion } from '../asking.js';
import { shortCustomId, spanField, spansField } from '../custom-id.js';
import { LIMITS, OURS } from '../limits.js';
import { askedIn, carriedFilters } from '../message-text.js';
import { renderMore, renderShared } from '../render/answer.js';
import { cut, sentence } from '../render/message.js';
import {
  action,
  EVERYWHERE,
  filterOptions,
  filtersIn,
  PRIVATE_OPTION,
  type Action,
  type Pressed,
  type SlashCommand,
} from './command.js';

/** What the message under a button asked; a message that has lost it has none. */
function questionUnder(pressed: Pressed): string {
  return (pressed.message === null ? null : askedIn(pressed.message)?.question) ?? '';
}

/** Good or wrong paragraph: kept with the question, and with nothing of who says so. */
function judging(verdict: 'good' | 'wrong'): Action {
  return action('private', z.tuple([spanField]), (turn, [place], pressed) => {
    const { bot } = turn;
    const at = bot.clock().toISOString().slice(0, 10);
    bot.data.addFeedback({ at, question: questionUnder(pressed), ...place, verdict });
    return Promise.resolve(
      sentence(
        'Thank you. Your verdict is kept with the question and the paragraph, without your name.',
      ),
    );
  });
}

export const ask: SlashCommand = {
  kind: 'slash',
  visibility: 'asked',
  data: {
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    name: 'ask',
    description: 'Ask the cables: the paragraphs that answer are quoted',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'question',
        description: 'In plain English',
        required: true,
        max_length: OURS.question,
      },
      ...filterOptions,
      PRIVATE_OPTION,
    ],
  },
  run: (turn, interaction) =>
    answerQuestion(turn, {
      question: interaction.options.getString('question', true),
      filters: filtersIn(interaction),
    }),
  actions: {
    more: action('private', z.tuple([spansField]), async ({ bot, place }, [places]) => {
      const quotes = await bot.library.use(({ lookup }) =>
        lookup.call('spans', places, place.ceiling),
      );
      return renderMore(quotes, place.ceiling);
    }),
    share: action(
      'public',
      z.tuple([spansField]),
      async ({ bot, place, user }, [places], pressed) => {
        const { ceiling } = place;
        const quotes = await bot.library.use(({ lookup }) => lookup.call('spans', places, ceiling));
        if (quotes.length === 0) return sentence('These paragraphs may not be shown here.');
        return renderShared(questionUnder(pressed), quotes, { ceiling, asker: user });
      },
    ),
    good: judging('good'),
    wrong: judging('wrong'),
    follow: {
      does: 'modal',
      open: (fields, pressed) => ({
        custom_id: shortCustomId('followed', ...fields),
        title: 'Follow-up',
        components: [
          input('question', 'Your question', 'and in 2008? what about Spain?', '', true),
          input('before', 'Read with this question', undefined, questionUnder(pressed), false),
        ],
      }),
    },
    followed: action('same', z.array(z.string()), (turn, fields, pressed) => {
      const value = (name: string): string =>
        pressed.isModalSubmit() ? pressed.fields.getTextInputValue(name).trim() : '';
      return answerQuestion(turn, {
        question: value('question'),
        history: [value('before')].filter(Boolean),
        filters: carriedFilters(fields),
      });
    }),
    dismiss: {
      does: 'remove',
      run: ({ user }, [asker], pressed) =>
        user === asker ||
        pressed.memberPermissions?.has(PermissionFlagsBits.ManageMessages) === true
          ? null
          : sentence('Only who asked, or who may manage messages here, can dismiss it.'),
    },
  },
};

function input(
  id: string,
  label: string,
  placeholder: string | undefined,
  value: string,
  required: boolean,
) {
  return {
    type: ComponentType.Label as const,
    label: cut(label, LIMITS.modalTitle),
    component: {
      type: ComponentType.TextInput as const,
      custom_id: id,
      style: TextInputStyle.Paragraph,
      required,
      max_length: OURS.question,
      ...(placeholder !== undefined && { placeholder }),
      ...(value !== '' && { value: value.slice(0, OURS.question) }),
    },
  };
}
