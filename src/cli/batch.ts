import { contracted } from './contract.js';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Config } from '../config.js';
import { InputError, isBadInput, messageOf, problemsOf } from '../errors.js';
import { filtersSchema, type Filters } from '../search/filters.js';
import { openLibraryThread } from '../library-thread.js';

/** A line of a batch (contract). */
const batchLine = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  q: z.string(),
  history: z.array(z.string()).optional(),
  filters: filtersSchema.optional(),
});

const named = batchLine.pick({ id: true });

/** The lines of a file, or of standard input where it is `-`. Throws {@link InputError}. */
export async function* readLines(file: string, input: Readable): AsyncGenerator<string> {
  const stream = file === '-' ? input : createReadStream(file);
  try {
    yield* createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (cause) {
    throw new InputError('NO_SUCH_FILE', {
      what: `cannot read ${file}: ${messageOf(cause)}`,
      cause,
    });
  }
}

/** The lines of a batch; blank ones are passed over, each keeps its number. */
export async function* readBatchLines(
  file: string,
  input: Readable,
): AsyncGenerator<readonly [line: number, text: string]> {
  let number = 0;
  for await (const line of readLines(file, input)) {
    number++;
    const text = number === 1 ? line.replace(/^\ufeff/, '') : line;
    if (text.trim() !== '') yield [number, text];
  }
}

/** Answers a batch in its order, a line's own filters over those of the command line; returns how many lines could not be answered. */
export async function answerBatch(
  config: Config,
  lines: AsyncIterable<readonly [number, string]>,
  { limit, filters }: { readonly limit: number; readonly filters: Filters },
  write: (value: object) => void,
): Promise<number> {
  const thread = await openLibraryThread(config);
  const library = thread.libraryFor();
  let wrong = 0;
  try {
    for await (const [line, text] of lines) {
      let id: string | number | undefined;
      try {
        const given: unknown = JSON.parse(text);
        id = named.safeParse(given).data?.id; // also where the rest of the line is wrong
        const asked = batchLine.parse(given);
        const answer = await library.ask(asked.q, {
          limit,
          history: asked.history ?? [],
          filters: { ...filters, ...asked.filters },
        });
        write({ ...(id !== undefined && { id }), ...contracted(answer, limit) });
      } catch (error) {
        if (!isBadLine(error)) throw error;
        wrong++;
        write({ error: sentenceOf(error), line, ...(id !== undefined && { id }) });
      }
    }
  } finally {
    await thread.close();
  }
  return wrong;
}

function isBadLine(error: unknown): boolean {
  return error instanceof z.ZodError || error instanceof SyntaxError || isBadInput(error);
}

/** What is wrong with a line, in a sentence. */
export function sentenceOf(error: unknown): string {
  if (error instanceof z.ZodError) return problemsOf(error, 'the line');
  return error instanceof SyntaxError ? `not JSON: ${messageOf(error)}` : messageOf(error);
}
