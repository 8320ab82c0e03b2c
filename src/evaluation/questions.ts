import type { Answer } from '../search/answer.js';
import { z } from 'zod';
import { InputError } from '../errors.js';
import { readJsonLines } from './json-lines.js';

/** A graded question: the paragraphs that answer it, or none where its type is `none`. */
const gradedQuestion = z.object({
  id: z.union([z.string(), z.number()]),
  q: z.string(),
  type: z.string(),
  cable: z
    .string()
    .nullish()
    .transform((cable) => cable ?? null),
  paras: z.array(z.number().int()).default([]),
  history: z.array(z.string()).optional(),
  /** The sort of an unanswerable question: `far`, or a near miss. */
  near: z.string().optional(),
});
export type GradedQuestion = z.infer<typeof gradedQuestion>;

export function sortOf({ near }: GradedQuestion): string {
  return near ?? 'unsorted';
}

/** Reads graded questions from JSONL. Throws {@link InputError} that names the wrong line. */
export async function readQuestions(file: string): Promise<GradedQuestion[]> {
  const what = 'a graded question {"id","q","type","cable","paras"}';
  const questions = await readJsonLines(file, gradedQuestion, what);
  if (questions.length === 0)
    throw new InputError('NO_QUESTIONS', { what: `${file} holds no question` });
  return questions;
}

/** A question with what it was answered. */
export interface Graded {
  readonly question: GradedQuestion;
  readonly answer: Answer;
}
