import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { openStoreOf } from '../app.js';
import type { Cable } from '../cable/types.js';
import { InputError, messageOf, PilcrowError } from '../errors.js';
import type { Store } from '../store/store.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';

export const exportCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(program, 'export', 'write every cable of the index as a line of JSON')
      .argument('[file]', 'where to write; standard output without it')
      .action(async (file: string | undefined, options: IndexOptions) => {
        const store = await openStoreOf(configOf(options));
        try {
          if (file !== undefined) await writeFile(file, linesOf(store));
          else for (const line of linesOf(store)) output.out(line);
        } finally {
          store.close();
        }
      });
  },
};

function* linesOf(store: Store): Generator<string> {
  for (const id of store.ids()) {
    const cable = store.cable(id);
    if (cable !== null) yield json(namesOf(cable));
  }
}

/** The contract's names; what `ingest` reads back to the same cable. */
function namesOf(cable: Cable) {
  const { id, date, classification, origin, subject, tags, references, header, body } = cable;
  return { id, date, classification, origin, subject, tags, references, header, body };
}

async function writeFile(file: string, lines: Iterable<string>): Promise<void> {
  try {
    await pipeline(lines, createWriteStream(file));
  } catch (cause) {
    if (cause instanceof PilcrowError) throw cause; // the store's, not the file's
    throw new InputError('CANNOT_WRITE', `cannot write ${file}: ${messageOf(cause)}`, { cause });
  }
}
