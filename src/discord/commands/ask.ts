import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { SpanPlace } from '../../corpus/corpus.js';
import { REMEMBERED } from '../../search/follow-up.js';
import type { HighlightedSpan } from '../../search/quoted-again.js';
import { answerQuestion, listCables } from '../asking.js';
import { ACTIONS, openingIn } from '../actions.js';
import { idOf } from '../custom-id.js';
import { LIMITS, OURS } from '../limits.js';
import { askedIn, conversationOf, type AskedBefore } from '../read-message.js';
import { renderMore, renderResult, renderShared } from '../render/answer.js';
import { NOT_SHOWN, sentence } from '../render/components.js';
import {
  chosenIn,
  EVERYWHERE,
  opens,
  replies,
  type Handled,
  type Pressed,
  type SlashCommand,
} from './command.js';
import { opened } from './opened.js';
import { filterOptions, filtersIn, PRIVATE_OPTION } from './options.js';
import type { Turn } from '../turn.js';
import { cut } from '../markdown.js';

/** What the answer under a button was asked; null where it has lost it. */
function askedUnder(pressed: Pressed): AskedBefore | null {
  return pressed.message === null ? null : askedIn(pressed.message);
}

function conversationUnder(pressed: Pressed): string {
  const asked = askedUnder(pressed);
  return asked === null ? '' : conversationOf(asked).join('\n');
}

function questionUnder(pressed: Pressed): string {
  return askedUnder(pressed)?.question ?? '';
}

/** Paragraphs found for the question under a button, as they may be shown where it is pressed. */
function found(
  { bot, library }: Turn,
  places: readonly SpanPlace[],
  pressed: Pressed,
): Promise<HighlightedSpan[]> {
  const question = questionUnder(pressed);
  return bot.searches.run(() => library(({ quotedAgain }) => quotedAgain(question, places)));
}

const VOTED = {
  new: 'Thank you. Your verdict is kept with the question and the paragraph, without your name.',
  again: 'You have said so already: it counts once.',
  changed: 'Thank you. This verdict takes the place of your first one.',
} as const;

/** Whether a paragraph answers: kept with the question, and with nothing that tells who says so. */
function judging(verdict: 'good' | 'wrong'): Handled {
  return replies(ACTIONS[verdict], async ({ bot, library, user }, [span], pressed) => {
    const held = await library(({ spans }) => spans([span]));
    if (held.length === 0) {
      return NOT_SHOWN;
    }
    const question = questionUnder(pressed);
    if (question === '') return sentence('This answer has lost its question; ask it again.');
    if (!bot.verdicts.take(user)) {
      return sentence('You have judged many paragraphs within the hour; please go on later.');
    }
    const at = bot.clock().toISOString().slice(0, 10);
    const voter = bot.voterOf(user, question, span);
    return sentence(VOTED[bot.data.vote({ at, question, ...span, verdict, voter })]);
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
  actions: [
    replies(ACTIONS.more, async (turn, [places], pressed) =>
      renderMore(await found(turn, places, pressed), turn.look),
    ),
    replies(ACTIONS.share, async (turn, [places], pressed) => {
      const quotes = await found(turn, places, pressed);
      if (quotes.length === 0) return sentence('These paragraphs may not be shown here.');
      const { question = '', filters = {}, history = [] } = askedUnder(pressed) ?? {};
      return renderShared(question, quotes, {
        ...{ asker: turn.user, filters, history },
        look: turn.look,
      });
    }),
    replies(ACTIONS.cables, async (turn, { page, filters }, pressed) => {
      const { question, history = [] } = askedUnder(pressed) ?? {};
      if (question === undefined) return sentence('This list has lost its question; ask it again.');
      return listCables(turn, { question, filters, history }, page);
    }),
    replies(ACTIONS.choose, async (turn, _, pressed) => {
      const { what, place } = openingIn(chosenIn(pressed)[0]);
      if (what !== 'result') return opened(turn, what, place);
      const [quote] = await found(turn, [place], pressed);
      if (quote === undefined) {
        return NOT_SHOWN;
      }
      const { question = '', filters = {} } = askedUnder(pressed) ?? {};
      return renderResult(question, quote, { filters, look: turn.look });
    }),
    judging('good'),
    judging('wrong'),
    opens(ACTIONS.follow, (filters, pressed) => ({
      custom_id: idOf(ACTIONS.followed, filters),
      title: 'Follow-up',
      components: [
        input('question', 'Your question', 'and in 2008? what about Spain?', '', true),
        input(
          'before',
          'Read with these questions, one a line',
          undefined,
          conversationUnder(pressed),
          false,
          REMEMBERED,
        ),
      ],
    })),
    replies(ACTIONS.followed, (turn, filters, pressed) => {
      const value = (name: string): string =>
        pressed.isModalSubmit() ? pressed.fields.getTextInputValue(name).trim() : '';
      return answerQuestion(turn, {
        question: value('question'),
        history: value('before')
          .split('\n')
          .map((each) => each.trim())
          .filter(Boolean),
        filters,
      });
    }),
  ],
};

function input(
  id: string,
  label: string,
  placeholder: string | undefined,
  value: string,
  required: boolean,
  /** Questions that it has room for. */
  lines = 1,
) {
  return {
    type: ComponentType.Label as const,
    label: cut(label, LIMITS.modalTitle),
    component: {
      type: ComponentType.TextInput as const,
      custom_id: id,
      style: TextInputStyle.Paragraph,
      required,
      max_length: lines * (OURS.question + 1),
      ...(placeholder !== undefined && { placeholder }),
      ...(value !== '' && { value: value.slice(0, lines * (OURS.question + 1)) }),
    },
  };
}
