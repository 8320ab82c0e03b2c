import type { Answer } from '../search/answer.js';
import { z } from 'zod';
import { InputError } from '../errors.js';
import { ASKED_FIELDS } from '../search/asked-field.js';
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
  /** Paragraphs of other cables that answer as well. */
  also: z.array(z.tuple([z.string(), z.number().int()])).optional(),
  history: z.array(z.string()).optional(),
  /** The field of the cable that answers, by a line that prints it; and some of that line. */
  field: z.enum(ASKED_FIELDS).optional(),
  span: z.string().nullish(),
  /** The paragraph that a near miss nearly stands in, and a question that it does answer. */
  nearest: z.tuple([z.string(), z.number().int()]).optional(),
  twin: z.string().optional(),
  /** The sort of an unanswerable question: `far`, or a near miss. */
  near: z.string().optional(),
});
export type GradedQuestion = Omit<z.infer<typeof gradedQuestion>, 'nearest' | 'twin'>;

export function sortOf({ near }: GradedQuestion): string {
  return near ?? 'unsorted';
}

/** Reads graded questions from JSONL. Throws {@link InputError} that names the wrong line. */
export async function readQuestions(file: string): Promise<GradedQuestion[]> {
  const what = 'a graded question {"id","q","type","cable","paras"}';
  const rows = await readJsonLines(file, gradedQuestion, what);
  const questions = rows.flatMap(({ nearest, twin, ...question }) => {
    if (nearest === undefined || twin === undefined) return [question];
    const [cable, number] = nearest;
    return [
      { ...question, cable },
      { id: `${String(question.id)}-twin`, q: twin, type: 'twin', cable, paras: [number] },
    ];
  });
  if (questions.length === 0)
    throw new InputError('NO_QUESTIONS', { what: `${file} holds no question` });
  return questions;
}

/** A question with what it was answered. */
export interface Graded {
  readonly question: GradedQuestion;
  readonly answer: Answer;
}
