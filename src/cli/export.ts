import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { withCorpus } from '../app.js';
import { cableJson } from '../cable/details.js';
import { InputError, messageOf, PilcrowError } from '../errors.js';
import type { Corpus } from '../corpus/corpus.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';

export const exportCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(program, 'export', 'write every cable of the index as a line of JSON')
      .argument('[file]', 'where to write; standard output without it')
      .action(async (file: string | undefined, options: IndexOptions) => {
        await withCorpus(configOf(options), async (corpus) => {
          if (file !== undefined) await writeFile(file, linesOf(corpus));
          else for await (const line of linesOf(corpus)) output.out(line);
        });
      });
  },
};

/** Cables read at once. */
const A_PAGE = 20;

async function* linesOf(corpus: Corpus): AsyncGenerator<string> {
  const ids = await corpus.ids();
  for (let at = 0; at < ids.length; at += A_PAGE) {
    for (const cable of await corpus.cables(ids.slice(at, at + A_PAGE))) {
      yield json(cableJson(cable));
    }
  }
}

async function writeFile(file: string, lines: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(lines, createWriteStream(file));
  } catch (cause) {
    if (cause instanceof PilcrowError) throw cause; // the index's, not the file's
    throw new InputError('CANNOT_WRITE', {
      what: `cannot write ${file}: ${messageOf(cause)}`,
      cause,
    });
  }
}
