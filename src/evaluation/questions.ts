import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { InputError, messageOf } from '../errors.js';

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

/** Reads graded questions from JSONL. Throws {@link InputError} that names the wrong line. */
export async function readQuestions(file: string): Promise<GradedQuestion[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new InputError('NO_SUCH_FILE', `cannot read ${file}: ${messageOf(cause)}`, { cause });
  }
  const questions: GradedQuestion[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      questions.push(gradedQuestion.parse(JSON.parse(line)));
    } catch (cause) {
      throw new InputError(
        'BAD_QUESTION',
        `${file}:${index + 1} is not a graded question {"id","q","type","cable","paras"}: ${whatIsWrong(cause)}`,
        { cause },
      );
    }
  }
  if (questions.length === 0) throw new InputError('NO_QUESTIONS', `${file} holds no question`);
  return questions;
}

function whatIsWrong(error: unknown): string {
  if (!(error instanceof z.ZodError)) return messageOf(error);
  return error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ');
}
