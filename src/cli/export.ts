import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { openStoreOf } from '../app.js';
import type { Cable } from '../cable/types.js';
import { InputError, messageOf } from '../errors.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';

export const exportCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(program, 'export', 'write every cable of the index as a line of JSON')
      .argument('[file]', 'where to write; standard output without it')
      .action(async (file: string | undefined, options: IndexOptions) => {
        const store = await openStoreOf(configOf(options));
        const target = file === undefined ? standardOutput(output.out) : fileTarget(file);
        try {
          for (const id of store.ids()) {
            const cable = store.cable(id);
            if (cable !== null) await target.write(json(lineOf(cable)));
          }
          await target.end();
        } finally {
          store.close();
        }
      });
  },
};

/** The contract's names; what `ingest` reads back to the same cable. */
function lineOf(cable: Cable) {
  const { id, date, classification, origin, subject, tags, references, header, body } = cable;
  return { id, date, classification, origin, subject, tags, references, header, body };
}

interface Target {
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

function standardOutput(out: (text: string) => void): Target {
  return {
    write: (text) => {
      out(text);
      return Promise.resolve();
    },
    end: () => Promise.resolve(),
  };
}

/** Waits for a full disk buffer, so that memory stays bounded. */
function fileTarget(file: string): Target {
  const stream = createWriteStream(file);
  const failed = finished(stream).catch((cause: unknown) => {
    throw new InputError('CANNOT_WRITE', `cannot write ${file}: ${messageOf(cause)}`, { cause });
  });
  failed.catch(() => undefined); // thrown by whoever waits for it
  return {
    async write(text) {
      if (stream.errored !== null) await failed;
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), failed]);
    },
    async end() {
      stream.end();
      await failed;
    },
  };
}
