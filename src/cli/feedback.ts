import { InvalidArgumentError, type Command } from 'commander';
import { withCorpus } from '../app.js';
import type { Config } from '../config.js';
import { openBotData, type BotData } from '../discord/bot-data.js';
import type { Feedback } from '../discord/feedback.js';
import { feedbackQuestions, type JudgedParagraph } from '../evaluation/feedback-questions.js';
import {
  configOf,
  indexCommand,
  json,
  type CliCommand,
  type Context,
  type IndexOptions,
} from './command.js';
import { visible } from './visible.js';

type JudgedFeedback = Feedback & JudgedParagraph;

export const feedbackCommand: CliCommand = {
  add(program, context) {
    const feedback = program
      .command('feedback')
      .description('what people say of the bot’s answers: list, export or delete it');
    list(feedback, context);
    exportQuestions(feedback, context);
    remove(feedback, context);
  },
};

function list(program: Command, { output }: Context): void {
  indexCommand(program, 'list', 'every verdict, oldest first')
    .option('--json', 'print them as JSON')
    .action(async (options: IndexOptions & { json?: true }) => {
      const verdicts = await judged(configOf(options));
      if (options.json) {
        const rows = verdicts.map(({ at, verdict, cable, paragraph, question }) => ({
          ...{ at, question, cable, paragraph },
          answers: verdict === 'good',
        }));
        output.out(json(rows));
        return;
      }
      for (const { at, verdict, cable, paragraph, question } of verdicts) {
        const place = `${cable}${paragraph === null ? '' : ` ¶${paragraph}`}`;
        const told = verdict === 'good' ? 'answers     ' : 'does not    ';
        output.out(`${at}  ${told}${visible(place)}  ${visible(question)}\n`);
      }
      if (verdicts.length === 0) output.err('nobody has judged an answer yet\n');
    });
}

function exportQuestions(program: Command, { output }: Context): void {
  indexCommand(
    program,
    'export',
    'graded questions for pilcrow eval, as JSONL: those that a paragraph is said to answer',
  )
    .option('--json', 'print one JSON array')
    .action(async (options: IndexOptions & { json?: true }) => {
      const { questions, left } = feedbackQuestions(await judged(configOf(options)));
      output.out(options.json ? json(questions) : questions.map(json).join(''));
      if (left > 0) {
        output.err(
          `left out: ${left} question${left === 1 ? '' : 's'} of which nobody says what answers\n`,
        );
      }
    });
}

function remove(program: Command, { output }: Context): void {
  indexCommand(program, 'delete', 'delete verdicts: all, or those of before a day')
    .option('--before <day>', 'only those of before this day, as in 2026-11-01', parseDay)
    .option('--json', 'print how many as JSON')
    .action((options: IndexOptions & { before?: string; json?: true }) => {
      const deleted = withBotData(configOf(options), (data) =>
        data.deleteFeedback(options.before ?? null),
      );
      output.out(
        options.json
          ? json({ deleted })
          : `deleted ${deleted} verdict${deleted === 1 ? '' : 's'}\n`,
      );
    });
}

function parseDay(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('It should be a day, as in 2026-11-01.');
}

function withBotData<T>({ discord }: Config, work: (data: BotData) => T): T {
  const data = openBotData(discord.data);
  try {
    return work(data);
  } finally {
    data.close();
  }
}

/** Every verdict with the number of its paragraph, as the index has it. */
async function judged(config: Config): Promise<JudgedFeedback[]> {
  const verdicts = withBotData(config, (data) => data.feedback());
  if (verdicts.length === 0) return [];
  return withCorpus(config, async (corpus) => {
    const cables = await corpus.cables([...new Set(verdicts.map(({ cable }) => cable))]);
    const byId = new Map(cables.map((cable) => [cable.id, cable]));
    return verdicts.map((verdict) => ({
      ...verdict,
      paragraph: byId.get(verdict.cable)?.spans[verdict.ordinal]?.number ?? null,
    }));
  });
}
