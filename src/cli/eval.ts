import { openIndex } from '../app.js';
import {
  DEPTH,
  evaluate,
  type Evaluation,
  type Graded,
  type Ranking,
  type Withholding,
} from '../evaluation/evaluate.js';
import { readQuestions } from '../evaluation/questions.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';
import { createProgress } from './progress.js';

export const evalCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(program, 'eval', 'score the answers to graded questions')
      .argument('<questions>', 'JSONL lines {"id","q","type","cable","paras","history"?}')
      .option('--json', 'print the scores as JSON')
      .action(async (file: string, options: IndexOptions & { json?: true }) => {
        const questions = await readQuestions(file);
        const index = await openIndex(configOf(options));
        const progress = createProgress(output, Date.now);
        const graded: Graded[] = [];
        try {
          for (const [done, question] of questions.entries()) {
            progress.update('asking', done, questions.length, 'questions, ');
            const history = question.history ?? [];
            const answer = await index.search.ask(question.q, { limit: DEPTH, history });
            graded.push({ question, answer });
          }
        } finally {
          progress.stop();
          await index.close();
        }
        const evaluation = evaluate(graded);
        output.out(options.json ? json(evaluation) : readable(evaluation));
      });
  },
};

function readable({ overall, byType, abstention, medianMs }: Evaluation): string {
  const rankings: [string, Ranking][] = [['all', overall], ...Object.entries(byType)];
  const withheld: [string, Withholding][] = [
    ['answerable (wrongly withheld)', abstention.answerable],
    ['unanswerable (rightly withheld)', abstention.unanswerable],
    ...Object.entries(abstention.bySort).map(([sort, each]): [string, Withholding] => [
      `  ${sort}`,
      each,
    ]),
  ];
  return [
    'type        questions    r@1    r@5   r@10    MRR',
    ...rankings.map(([name, each]) =>
      [
        name.padEnd(12),
        String(each.questions).padStart(8),
        ...[each.recallAt1, each.recallAt5, each.recallAt10, each.mrrAt10].map((value) =>
          value.toFixed(3).padStart(7),
        ),
      ].join(''),
    ),
    '',
    'withheld                         of   share',
    ...withheld.map(
      ([name, each]) =>
        `${name.padEnd(32)}${String(each.withheld).padStart(3)}/${String(each.questions).padEnd(4)}${each.share.toFixed(3).padStart(6)}`,
    ),
    '',
    `median answer: ${medianMs.toFixed(1)} ms`,
    '',
  ].join('\n');
}
