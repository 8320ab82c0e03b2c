import { z } from 'zod';
import { detailsOf } from '../cable/details.js';
import { canonicalId } from '../cable/id.js';
import { readFields } from '../cable/read.js';
import type { RawCable } from '../cable/types.js';
import { InputError } from '../errors.js';
import type { FieldMap } from '../sources/field-map.js';
import { readItems } from '../sources/read.js';
import { placeTold } from '../sources/source.js';
import { auditFiles } from './audit.js';
import { readLines, sentenceOf } from './batch.js';
import { workAhead, type Work } from '../work-ahead.js';
import { json, type CliCommand, type Context } from './command.js';
import { mapOption } from './options.js';
import { parsedCables, parsedJson, type ParsedCable } from './parsed.js';

/** A line of `parse --jsonl` (contract). */
const parseLine = z.object({
  id: z.string(),
  header: z.string().nullish(),
  body: z.string().nullish(),
});

interface ParseOptions {
  readonly jsonl?: true;
  readonly audit?: true;
  readonly map?: FieldMap;
}

export const parseCommand: CliCommand = {
  add(program, context) {
    const { output, input } = context;
    program
      .command('parse')
      .description('read cables without an index and print their fields and spans as JSON')
      .argument(
        '[files...]',
        'cable files of any format; with --jsonl, lines {"id","header"?,"body"}',
      )
      .option('--jsonl', 'read JSON lines, print one line for each')
      .option('--audit', 'print what no field took of the cables’ heads, a line of JSON each')
      .addOption(mapOption())
      .action(async (files: string[], options: ParseOptions) => {
        const [given] = files;
        if (options.jsonl && files.length > 1) {
          throw new InputError('USAGE', { what: 'with --jsonl give one file, or none' });
        }
        if (!options.jsonl) {
          if (given === undefined || given === '-') {
            throw new InputError('USAGE', {
              what: 'give a cable file, or --jsonl to read lines from standard input',
            });
          }
          const map = options.map ?? null;
          if (options.audit) await auditFiles(files, map, context);
          else for (const file of files) await parseFile(file, map, context);
          return;
        }
        let line = 0;
        for await (const text of readLines(given ?? '-', input)) {
          line++;
          output.out(json(parseText(text, line)));
        }
      });
  },
};

const PARSING: Work<readonly RawCable[], ParsedCable> = {
  worker: 'cli/parse-worker',
  taskOf: (cables) => cables,
  work: parsedCables,
};

/** Prints every cable of a file on a line of its own; what is set aside goes to standard error. */
async function parseFile(
  file: string,
  map: FieldMap | null,
  { output, someSetAside }: Context,
): Promise<void> {
  let cables = 0;
  const problems: string[] = [];
  for await (const item of workAhead(readItems(file, { map }), PARSING)) {
    const parsed = item.kind === 'setAside' ? { ...item, ok: false as const } : item.made;
    if (parsed.ok) {
      cables++;
      output.out(parsed.json);
    } else problems.push(`${placeTold(item)}: ${parsed.reason}`);
  }
  const [first, ...rest] = problems;
  if (first === undefined) return;
  if (cables === 0 && rest.length === 0) throw new InputError('NO_CABLE', { what: first });
  for (const problem of problems) output.err(`set aside: ${problem}\n`);
  if (cables === 0) throw new InputError('NO_CABLE', { what: `no cable in ${file}` });
  someSetAside();
}

function parseText(text: string, line: number): unknown {
  try {
    const { id, header, body } = parseLine.parse(JSON.parse(text.replace(/^\ufeff/, '')));
    const raw = { header: header ?? '', body: body ?? '', head: {} };
    const read = readFields(canonicalId(id) ?? id, raw);
    // Who gives the texts has them: only what was read of them is printed (contract).
    const all = parsedJson(id, read.cable, detailsOf(read.cable, read));
    return { ...all, header: undefined, body: undefined };
  } catch (error) {
    if (!(error instanceof z.ZodError) && !(error instanceof SyntaxError)) throw error;
    return { error: sentenceOf(error), line };
  }
}
