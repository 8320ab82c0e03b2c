import { ButtonStyle } from 'discord.js';
import type { Answer } from '../../search/answer.js';
import type { Filters } from '../../search/filters.js';
import { THRESHOLD } from '../../search/threshold.js';
import { READ_WITH } from '../../search/follow-up.js';
import { ACTIONS, fittingSpans } from '../actions.js';
import { fittingId, idOf } from '../custom-id.js';
import type { Look } from '../look.js';
import { bold, cut, escapeMarkdown, small } from '../markdown.js';
import {
  button,
  buttons,
  notice,
  text,
  HISTORY_ID,
  QUESTION_ID,
  type Rendered,
} from './components.js';
import { textLength } from './message-text.js';
import { answering, quoteButtons } from './answering.js';
import { quoteContainers, type ShownQuote } from './quotes.js';

/** Whom an answer is for, and how. */
export interface AnswerFrame {
  /** Seen by the asker alone: it can be shared. */
  readonly isPrivate: boolean;
  readonly filters: Filters;
  /** The questions before it in the conversation, oldest first. */
  readonly history: readonly string[];
  readonly look: Look;
}

/** Characters of a line that says how a question was read. */
const READING = 250;

/** An answer with its quotes, or why there is none. */
export function renderAnswer(answer: Answer, frame: AnswerFrame): Rendered {
  const shown = answer.abstained ? [] : answer.shown.flatMap((i) => answer.results[i] ?? []);
  const rest = answer.results.filter((each) => !shown.includes(each));
  const head = answerHead(answer.q, frame.history, [
    ...readingLines(answer.reading),
    ...(answer.abstained
      ? [answer.said === undefined ? noAnswer(answer.reason) : bold(escapeMarkdown(answer.said))]
      : [small(confidenceTold(answer.confidence))]),
  ]);
  if (answer.abstained) {
    return {
      components: [
        ...head.components,
        ...buttons(
          carrying('Nearest paragraphs', ACTIONS.more, rest),
          followUpButton(frame.filters),
        ),
      ],
    };
  }
  return {
    components: [
      ...head.components,
      ...answering(shown, rest, { taken: textLength(head), look: frame.look }),
      ...buttons(
        followUpButton(frame.filters),
        ...quoteButtons(shown[0]),
        frame.isPrivate
          ? carrying(
              'Share',
              ACTIONS.share,
              shown.filter(({ field }) => field === undefined),
            )
          : null,
      ),
    ],
  };
}

/** An answer as one shares it: the same quotes, those that may be shown where it goes. */
export function renderShared(
  question: string,
  quotes: readonly ShownQuote[],
  frame: Pick<AnswerFrame, 'filters' | 'history' | 'look'> & {
    /** Who shares it. */
    readonly asker: string;
  },
): Rendered {
  const head = answerHead(question, frame.history, [small(`shared by <@${frame.asker}>`)]);
  return {
    components: [
      ...head.components,
      ...answering(quotes, [], { taken: textLength(head), look: frame.look }),
      ...buttons(followUpButton(frame.filters), ...quoteButtons(quotes[0])),
    ],
  };
}

/** A paragraph that was found as well, as if it were the answer: whoever opens it judges. */
export function renderResult(
  question: string,
  quote: ShownQuote,
  { filters, look }: Pick<AnswerFrame, 'filters' | 'look'>,
): Rendered {
  const head = answerHead(question, [], [small(FOUND_TOLD)]);
  return {
    components: [
      ...head.components,
      ...answering([quote], [], { taken: textLength(head), look }),
      ...buttons(followUpButton(filters), ...quoteButtons(quote)),
    ],
  };
}

const FOUND_TOLD = 'found as well; whether it answers is for you to judge';

/** Paragraphs that were found and not shown. */
export function renderMore(quotes: readonly ShownQuote[], look: Look): Rendered {
  if (quotes.length === 0)
    return notice('These paragraphs are no longer held, or may not be shown here.');
  const head = notice(small('found as well; whether they answer is for you to judge'));
  return {
    components: [...head.components, ...quoteContainers(quotes, { taken: textLength(head), look })],
  };
}

/** How a question was read, line by line; those that it was read with stand above. */
export function readingLines(reading: readonly string[]): string[] {
  return reading
    .filter((each) => !each.startsWith(READ_WITH))
    .map((each) => small(escapeMarkdown(cut(`(${each})`, READING))));
}

/** The question and those before it, from which a follow-up and a share read them again, and lines below. */
export function answerHead(
  question: string,
  history: readonly string[],
  lines: readonly string[],
): Rendered {
  const plain = (asked: string): string => escapeMarkdown(asked.replace(/\s+/g, ' ').trim());
  return {
    components: [
      ...(history.length === 0
        ? []
        : [text(history.map((each) => small(plain(each))).join('\n'), HISTORY_ID)]),
      text(bold(plain(question)), QUESTION_ID),
      ...(lines.length > 0 ? [text(lines.join('\n'))] : []),
    ],
  };
}

export function noAnswer(reason: string | null, what = 'answer'): string {
  return `**No ${what}:** ${escapeMarkdown(cut(reason ?? 'nothing was found', READING))}.`;
}

const HIGH = 0.85;
const FAIR = (1 + THRESHOLD) / 2;

/** How sure it is that the first paragraph answers, as one would say it. */
function confidenceTold(confidence: number): string {
  const word = confidence >= HIGH ? 'very likely' : confidence >= FAIR ? 'probably' : null;
  return word === null ? 'This may answer it.' : `This ${word} answers it.`;
}

/** A button that carries as many quotes as fit; none where there are none. */
function carrying(
  label: string,
  action: typeof ACTIONS.more | typeof ACTIONS.share,
  quotes: readonly ShownQuote[],
) {
  const fitting = fittingSpans(action, quotes);
  return fitting.length === 0 ? null : button(label, idOf(action, [fitting]));
}

export function followUpButton(filters: Filters) {
  // What the form behind it carries must fit as well.
  const fits = fittingId(ACTIONS.followed, filters) !== null;
  return button('Follow-up', idOf(ACTIONS.follow, fits ? filters : {}), ButtonStyle.Primary);
}
