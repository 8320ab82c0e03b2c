import { writeFile } from 'node:fs/promises';
import { InputError, messageOf } from '../errors.js';
import { compare, readRun, type Change, type Comparison } from '../evaluation/compare.js';
import type { CurvePoint } from '../evaluation/curve.js';
import {
  DEPTH,
  evaluate,
  type Evaluation,
  type Ranking,
  type Withholding,
} from '../evaluation/evaluate.js';
import type { Graded } from '../evaluation/questions.js';
import { readQuestions } from '../evaluation/questions.js';
import { openLibraryThread } from '../library-thread.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';
import { createProgress } from './progress.js';

interface EvalOptions extends IndexOptions {
  readonly json?: true;
  readonly save?: string;
  readonly against?: string;
}

export const evalCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(program, 'eval', 'score the answers to graded questions')
      .argument('<questions>', 'JSONL lines {"id","q","type","cable","paras","history"?}')
      .option('--json', 'print the scores as JSON')
      .option('--save <run>', 'write the answers as JSONL, to compare with later')
      .option('--against <run>', 'compare with the answers of an earlier run, question by question')
      .action(async (file: string, options: EvalOptions) => {
        const questions = await readQuestions(file);
        const earlier = options.against === undefined ? null : await readRun(options.against);
        const thread = await openLibraryThread(configOf(options));
        const library = thread.libraryFor();
        const progress = createProgress(output, Date.now);
        const graded: Graded[] = [];
        try {
          for (const [done, question] of questions.entries()) {
            progress.update({ label: 'asking', done, total: questions.length, unit: 'questions' });
            const history = question.history ?? [];
            const answer = await library.ask(question.q, { limit: DEPTH, history });
            graded.push({ question, answer });
          }
        } finally {
          progress.stop();
          await thread.close();
        }
        if (options.save !== undefined) await save(options.save, graded);
        const evaluation = evaluate(graded);
        const comparison = earlier === null ? null : compare(graded, earlier);
        output.out(
          options.json
            ? json({ ...evaluation, ...(comparison && { comparison }) })
            : readable(evaluation) + (comparison === null ? '' : readableComparison(comparison)),
        );
      });
  },
};

async function save(file: string, graded: readonly Graded[]): Promise<void> {
  const lines = graded.map(({ question, answer }) => json({ id: question.id, ...answer }));
  try {
    await writeFile(file, lines.join(''));
  } catch (cause) {
    throw new InputError('CANNOT_SAVE', {
      what: `cannot write ${file}: ${messageOf(cause)}`,
      cause,
    });
  }
}

function readable({ overall, byType, abstention, curve, medianMs }: Evaluation): string {
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
    'type        questions    r@1    r@5   r@10    MRR   95% interval of r@1, of MRR',
    ...rankings.map(([name, each]) =>
      [
        name.padEnd(12),
        String(each.questions).padStart(8),
        ...[each.recallAt1, each.recallAt5, each.recallAt10, each.mrrAt10].map((value) =>
          value.toFixed(3).padStart(7),
        ),
        `   ${intervalTold(each.intervals.recallAt1)}, ${intervalTold(each.intervals.mrrAt10)}`,
      ].join(''),
    ),
    '',
    'withheld                         of   share',
    ...withheld.map(
      ([name, each]) =>
        `${name.padEnd(32)}${String(each.withheld).padStart(3)}/${String(each.questions).padEnd(4)}${each.share.toFixed(3).padStart(6)}`,
    ),
    '',
    ...curveTold(curve),
    '',
    `median answer: ${medianMs.toFixed(1)} ms`,
    '',
  ].join('\n');
}

function intervalTold([low, high]: readonly [number, number]): string {
  return `${low.toFixed(3)}–${high.toFixed(3)}`;
}

function curveTold(curve: readonly CurvePoint[]): string[] {
  const sorts = Object.keys(curve[0]?.bySort ?? {});
  const cell = (value: number): string => value.toFixed(3).padStart(8);
  return [
    `threshold  answerable  unanswerable${sorts.map((sort) => `  ${sort}`).join('')}   (shares withheld)`,
    ...curve.map(
      (point) =>
        `${point.threshold.toFixed(3).padStart(9)}  ${cell(point.answerableWithheld).padStart(10)}  ${cell(point.unanswerableWithheld).padStart(12)}` +
        sorts.map((sort) => `  ${cell(point.bySort[sort] ?? 0).padStart(sort.length)}`).join('') +
        (point.chosen ? '  ← chosen' : ''),
    ),
  ];
}

function readableComparison({ questions, same, better, worse }: Comparison): string {
  const told = (changes: readonly Change[]): string[] =>
    changes.map(
      ({ id, q, before, after, withheld }) =>
        `  ${String(id).padEnd(10)} ${place(before, withheld[0])} → ${place(after, withheld[1])}  ${q}`,
    );
  return [
    '',
    `against the earlier run: ${questions} questions, ${same} alike, ${better.length} better, ${worse.length} worse`,
    'better',
    ...told(better),
    'worse',
    ...told(worse),
    '',
  ].join('\n');
}

function place(rank: number | null, withheld: boolean): string {
  return `${rank === null ? '–' : String(rank)}${withheld ? ' withheld' : ''}`;
}
