import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { InputError, messageOf, problemsOf } from '../errors.js';

/** Reads a JSONL file's lines by a schema. Throws {@link InputError} that names the wrong line. */
export async function readJsonLines<T>(
  file: string,
  schema: z.ZodType<T>,
  what: string,
): Promise<T[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new InputError('NO_SUCH_FILE', {
      what: `cannot read ${file}: ${messageOf(cause)}`,
      cause,
    });
  }
  const values: T[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      values.push(schema.parse(JSON.parse(line)));
    } catch (cause) {
      const wrong = cause instanceof z.ZodError ? problemsOf(cause, 'the line') : messageOf(cause);
      throw new InputError('BAD_LINE', {
        what: `${file}:${index + 1} is not ${what}: ${wrong}`,
        cause,
      });
    }
  }
  return values;
}
