import { createInterface } from 'node:readline';
import { isBadInput, isNotFound, messageOf } from '../errors.js';
import type { Filters } from '../search/filters.js';
import { REMEMBERED } from '../search/follow-up.js';
import { openLibraryThread } from '../library-thread.js';
import {
  asCommand,
  CHAT_HELP,
  runChatCommand,
  stateAfter,
  type ChatParts,
  type ChatState,
} from './chat-commands.js';
import { openBotData, type BotData } from '../discord/bot-data.js';
import type { Published } from '../corpus/engine.js';
import {
  configOf,
  indexCommand,
  type CliCommand,
  type Context,
  type IndexOptions,
} from './command.js';
import { addFilters, filtersOf } from './options.js';
import { createRenderer } from './render.js';
import type { Config } from '../config.js';

/** Paragraphs found, among which those that are quoted are chosen. */
const LISTED = 10;

const HELP = `Ask a question in plain English. It is read with those before it, unless it is answered better
without them. Commands:
${CHAT_HELP}  /new: forgets the conversation
  /quit: leaves
`;

export const chatCommand: CliCommand = {
  add(program, context) {
    const command = indexCommand(
      program,
      'chat',
      'ask questions in a conversation; a question a line where there is no terminal',
    );
    addFilters(command).action(async (options: IndexOptions & Filters) => {
      await chat(configOf(options), context, filtersOf(options));
    });
  },
};

/** Answers questions until the input ends or /quit. */
export async function chat(config: Config, context: Context, filters: Filters = {}): Promise<void> {
  const thread = await openLibraryThread(config);
  let opened: BotData | null = null;
  const data = (): BotData => (opened ??= openBotData(config.discord.data));
  const parts = { library: thread.libraryFor(), data, output: context.output };
  try {
    await parts.library.filters(filters); // what is none is told at once
    await converse(parts, { published: thread.published, filters }, context);
  } finally {
    (opened as BotData | null)?.close();
    await thread.close();
  }
}

async function converse(
  parts: ChatParts,
  { published, filters }: { readonly published: Published; readonly filters: Filters },
  { input, output }: Context,
): Promise<void> {
  const renderer = createRenderer(output);
  const interactive = input.isTTY && output.terminal;
  const lines = createInterface({
    input,
    ...(interactive && { output: process.stdout, prompt: '¶ ' }),
  });
  if (interactive) {
    const { cables, paragraphs } = published.counts;
    output.out(`${cables} cables, ${paragraphs} paragraphs. /help for help, /quit to leave.\n`);
    lines.prompt();
    lines.on('SIGINT', () => {
      // A line that is half typed is given up; with none, the conversation.
      if (lines.line === '') lines.close();
      else {
        lines.write(null, { ctrl: true, name: 'e' });
        lines.write(null, { ctrl: true, name: 'u' });
        output.out('^C\n');
        lines.prompt();
      }
    });
  }
  const { library } = parts;
  let state: ChatState = { quotes: [], page: { from: 0, to: 0 }, open: null, filters };
  let history: string[] = [];
  for await (const line of lines) {
    const question = asCommand(line.trim());
    if (question === '/quit' || question === '/exit') break;
    if (question === '/help') output.out(HELP);
    else if (question === '/new') history = [];
    else if (question.startsWith('/')) {
      try {
        if (!(await runChatCommand(question, parts, state)))
          output.err(`unknown command ${question}; /help lists them\n`);
      } catch (error) {
        if (!isBadInput(error) && !isNotFound(error)) throw error;
        output.err(`${messageOf(error)}\n`);
      }
    } else if (question !== '') {
      // From a pipe the questions are not on the screen: each stands over its answer.
      if (!interactive) output.out(`${renderer.bold(`¶ ${question}`)}\n\n`);
      const before = history.slice(-REMEMBERED);
      try {
        const context = { history: before, filters: state.filters };
        const answer = await library.ask(question, { limit: LISTED, ...context });
        output.out(`${renderer.answer(answer)}\n`);
        state = stateAfter(answer, state);
        if (answer.said === undefined) {
          history = answer.isNewSubject ? [question] : [...before, question];
        }
      } catch (error) {
        if (!isBadInput(error)) throw error;
        output.err(`${messageOf(error)}\n`);
      }
    }
    if (interactive) lines.prompt();
  }
  lines.close(); // or a terminal would keep the process alive
}
