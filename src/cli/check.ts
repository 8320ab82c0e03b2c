import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { withCorpus } from '../app.js';
import { check } from '../checking/check.js';
import { checkedText } from '../checking/told.js';
import { readDocument } from '../checking/read-document.js';
import { InputError, messageOf } from '../errors.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';
import { createRenderer } from './render.js';
import { visible } from './visible.js';

export const checkCommand: CliCommand = {
  add(program, { input, output, fellShort }) {
    indexCommand(program, 'check', 'grade the quotations in a text against the cables')
      .argument('<file>', 'text, Markdown, HTML, .docx or PDF; - for standard input')
      .option('--json', 'print it as JSON')
      .action(async (file: string, options: IndexOptions & { json?: true }) => {
        const bytes = file === '-' ? await buffer(input) : await bytesOf(file);
        const blocks = await readDocument({ name: path.basename(file), bytes });
        const checked = await withCorpus(configOf(options), (corpus) => check(corpus, blocks));
        if (checked.quotations.some(({ grade }) => grade !== 'exact')) fellShort();
        if (options.json) {
          output.out(json(checked));
          return;
        }
        const renderer = createRenderer(output);
        output.out(visible(checkedText(checked, (text) => renderer.bold(text))));
      });
  },
};

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new InputError('DOCUMENT', { what: `cannot read ${file} (${messageOf(error)})` });
  }
}
