import { z } from 'zod';
import { InputError } from '../errors.js';
import { readJsonLines } from './json-lines.js';
import { rankOf } from './evaluate.js';
import type { Graded } from './questions.js';

/** An answer of an earlier run, as `ask --batch` and `eval --save` write it. */
const earlierAnswer = z.object({
  id: z.union([z.string(), z.number()]),
  abstained: z.boolean(),
  results: z.array(z.object({ cable: z.string(), paragraph: z.number().nullable() })),
});
export type EarlierAnswer = z.infer<typeof earlierAnswer>;

/** A question that two runs answered otherwise. Ranks from 1; null: not among the first ten. */
export interface Change {
  readonly id: string | number;
  readonly q: string;
  readonly before: number | null;
  readonly after: number | null;
  /** Withheld before and after. */
  readonly withheld: readonly [before: boolean, after: boolean];
  readonly better: boolean;
}

export interface Comparison {
  /** Questions that both runs have. */
  readonly questions: number;
  readonly same: number;
  readonly better: readonly Change[];
  readonly worse: readonly Change[];
}

/** Reads a run's answers. Throws an {@link InputError} that names the wrong line. */
export function readRun(file: string): Promise<EarlierAnswer[]> {
  return readJsonLines(file, earlierAnswer, 'an answer {"id","abstained","results"}');
}

/**
 * Compares a run with an earlier one, question by question: the rank of the answering paragraph where
 * there is one, withholding where there is none.
 */
export function compare(graded: readonly Graded[], run: readonly EarlierAnswer[]): Comparison {
  const earlier = new Map(run.map((answer) => [answer.id, answer]));
  const changes: Change[] = [];
  let questions = 0;
  for (const { question, answer } of graded) {
    const old = earlier.get(question.id);
    if (old === undefined) continue;
    questions++;
    const before = rankOf({ question, answer: old });
    const after = rankOf({ question, answer });
    const withheld = [old.abstained, answer.abstained] as const;
    const value = (rank: number | null, isWithheld: boolean): number =>
      question.type === 'none'
        ? Number(isWithheld)
        : (rank === null ? 0 : 1 / rank) - Number(isWithheld);
    const gain = value(after, withheld[1]) - value(before, withheld[0]);
    if (gain === 0) continue;
    changes.push({ id: question.id, q: question.q, before, after, withheld, better: gain > 0 });
  }
  if (questions === 0) {
    throw new InputError('RUN_OF_OTHERS', {
      what: 'the run has no answer to any of these questions',
      todo: 'give one of the same question file',
    });
  }
  return {
    questions,
    same: questions - changes.length,
    better: changes.filter(({ better }) => better),
    worse: changes.filter(({ better }) => !better),
  };
}
