import { z } from 'zod';
import { detailsOf } from '../cable/details.js';
import { canonicalId } from '../cable/id.js';
import { readCable, readFields } from '../cable/read.js';
import type { Cable } from '../cable/types.js';
import { InputError } from '../errors.js';
import { readCableFile } from '../sources/files.js';
import { readLines, sentenceOf } from './batch.js';
import { json, type CliCommand } from './command.js';

/** A line of `parse --jsonl` (contract). */
const parseLine = z.object({
  id: z.string(),
  header: z.string().nullish(),
  body: z.string().nullish(),
});

export const parseCommand: CliCommand = {
  add(program, { output, input }) {
    program
      .command('parse')
      .description('read cables without an index and print their fields and spans as JSON')
      .argument('[file]', 'a cable file of any format; with --jsonl, lines {"id","header"?,"body"}')
      .option('--jsonl', 'read JSON lines, print one line for each')
      .action(async (given: string | undefined, options: { jsonl?: true }) => {
        const file = given ?? '-';
        if (!options.jsonl) {
          output.out(json(await parseFile(file)));
          return;
        }
        let line = 0;
        for await (const text of readLines(file, input)) {
          line++;
          output.out(json(parseText(text, line)));
        }
      });
  },
};

async function parseFile(file: string): Promise<unknown> {
  if (file === '-')
    throw new InputError(
      'USAGE',
      'give a cable file, or --jsonl to read lines from standard input',
    );
  const item = await readCableFile(file);
  const reading =
    item.kind === 'cable' ? readCable(item.cable) : { ok: false as const, reason: item.reason };
  if (!reading.ok) throw new InputError('NO_CABLE', `${file}: ${reading.reason}`);
  const { id, date, classification, origin, header, body } = reading.cable;
  return { ...fieldsOf(id, reading.cable), date, classification, origin, header, body };
}

function parseText(text: string, line: number): unknown {
  try {
    const { id, header, body } = parseLine.parse(JSON.parse(text));
    const raw = { header: header ?? '', body: body ?? '', head: {} };
    return fieldsOf(id, readFields(canonicalId(id) ?? id, raw));
  } catch (error) {
    if (!(error instanceof z.ZodError) && !(error instanceof SyntaxError)) throw error;
    return { error: sentenceOf(error), line };
  }
}

/** The contract's fields of a cable. */
function fieldsOf(id: string, cable: Cable) {
  const { subject, tags, references, spans } = cable;
  const details = detailsOf(cable);
  const { summary, classifiedBy, signedBy, recipients, infoRecipients, declassifyOn } = details;
  return {
    id,
    canonicalId: canonicalId(id),
    subject,
    tags,
    references,
    referencesDetailed: details.references,
    summary,
    classifiedBy,
    signedBy,
    recipients,
    infoRecipients,
    declassifyOn,
    paragraphs: spans,
  };
}
