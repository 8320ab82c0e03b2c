import path from 'node:path';
import { writeFile } from 'node:fs/promises';
import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { entriesOf, type DossierEntry } from '../dossier/entries.js';
import { DOSSIER_FORMS, exportDossier, type DossierForm } from '../dossier/export.js';
import { openBotData, type BotData } from '../discord/bot-data.js';
import type { DossierOwner, KeptQuote } from '../discord/dossiers.js';
import { InputError, NotFoundError, messageOf } from '../errors.js';
import { openLibraryThread } from '../library-thread.js';
import type { LibraryView } from '../library/library.js';
import { displayText } from '../quotes/display.js';
import { readReceipt } from '../quotes/receipt.js';
import {
  configOf,
  indexCommand,
  json,
  type CliCommand,
  type Context,
  type IndexOptions,
  type Output,
} from './command.js';
import { visible } from './visible.js';

interface DossierOptions extends IndexOptions {
  readonly name: string;
  readonly json?: true;
}

type Work = (parts: {
  readonly data: BotData;
  readonly owner: DossierOwner;
  readonly library: LibraryView;
}) => Promise<void>;

/** The dossier of a terminal that is meant where no other is named. */
const DEFAULT_NAME = 'dossier';
export const TERMINAL_DOSSIER: DossierOwner = `terminal:${DEFAULT_NAME}`;

export const dossierCommand: CliCommand = {
  add(program, context) {
    const dossier = program
      .command('dossier')
      .description('collect quotes with notes, and hand them out with a bibliography');
    show(dossier, context);
    add(dossier, context);
    arrange(dossier, context);
    exportAs(dossier, context);
    remove(dossier, context);
  },
};

function named(program: Command, name: string, description: string): Command {
  return indexCommand(program, name, description)
    .option('--name <name>', 'which dossier, where there are several', DEFAULT_NAME)
    .option('--json', 'print it as JSON');
}

function show(program: Command, { output }: Context): void {
  named(program, 'show', 'its quotes in their order').action((options: DossierOptions) =>
    within(options, async ({ data, owner, library }) => {
      await printed(output, options, library, data.dossier(owner));
    }),
  );
}

function add(program: Command, { output }: Context): void {
  named(program, 'add', 'add paragraphs of a cable, or the quote of a receipt')
    .argument('<id>', 'the cable’s id, or a receipt')
    .argument('[paragraphs]', '4, 4-6 or summary')
    .option('--note <text>', 'what they are for', '')
    .action(
      (id: string, paragraphs: string | undefined, options: DossierOptions & { note: string }) =>
        within(options, async ({ data, owner, library }) => {
          const at = new Date().toISOString().slice(0, 10);
          const held = new Set(data.dossier(owner).map(({ receipt }) => receipt));
          for (const receipt of await receiptsOf(library, id, paragraphs)) {
            if (held.has(receipt)) output.err(`${receipt} is in it already\n`);
            data.addToDossier(owner, { receipt, note: options.note, addedBy: '', at });
          }
          await printed(output, options, library, data.dossier(owner));
        }),
    );
}

async function receiptsOf(
  library: LibraryView,
  id: string,
  paragraphs: string | undefined,
): Promise<string[]> {
  if (paragraphs !== undefined) {
    return (await library.quotes(id, paragraphs)).map(({ receipt }) => receipt);
  }
  const receipt = readReceipt(id);
  const verified = receipt === null ? null : await library.verify(receipt);
  if (verified?.state === 'holds') return [verified.quote.receipt];
  if (verified?.state === 'replaced') return [verified.before.receipt];
  throw receipt === null
    ? new InputError('DOSSIER_ADD', {
        what: `“${id}” is no receipt, and no paragraphs are named`,
        todo: 'write an id and paragraphs, as in 07BEIJING1689 4',
      })
    : new NotFoundError('RECEIPT_NOT_HELD', {
        what: 'the index does not hold what the receipt is of',
      });
}

function arrange(program: Command, { output }: Context): void {
  const change = (
    name: string,
    description: string,
    work: (data: BotData, owner: DossierOwner, quote: KeptQuote, text: string) => void,
    argument?: Argument,
  ): void => {
    const command = named(program, name, description).argument(
      '<number>',
      'of the quote, as show prints it',
      parseNumber,
    );
    if (argument !== undefined) command.addArgument(argument);
    command.action((number: number, ...rest: readonly unknown[]) => {
      const text = argument === undefined ? '' : String(rest[0]);
      const options = rest[argument === undefined ? 0 : 1] as DossierOptions;
      return within(options, async ({ data, owner, library }) => {
        const quote = data.dossier(owner)[number - 1];
        if (quote === undefined) {
          throw new NotFoundError('DOSSIER_NUMBER', { what: `the dossier has no quote ${number}` });
        }
        work(data, owner, quote, text);
        await printed(output, options, library, data.dossier(owner));
      });
    });
  };
  change(
    'note',
    'write a note to a quote',
    (data, owner, { key }, text) => data.noteInDossier(owner, key, text),
    new Argument('<text>', 'the note'),
  );
  change(
    'move',
    'move a quote to another place',
    (data, owner, quote, to) => {
      moveTo(data, owner, quote, Number(to));
    },
    new Argument('<to>', 'the number that it should have').argParser(parseNumber),
  );
  change('remove', 'take a quote out', (data, owner, { key }) =>
    data.removeFromDossier(owner, key),
  );
}

function moveTo(data: BotData, owner: DossierOwner, { key }: KeptQuote, to: number): void {
  const last = data.dossier(owner).length;
  for (;;) {
    const at = data.dossier(owner).findIndex((each) => each.key === key) + 1;
    const by = Math.sign(Math.min(to, last) - at);
    if (by === 0 || !data.moveInDossier(owner, key, by < 0 ? -1 : 1)) return;
  }
}

/** The form that a file's ending says; Markdown where it has none. Throws {@link InputError} where it is another's. */
function formOf(file = ''): DossierForm {
  const ending = path.extname(file).toLowerCase();
  if (ending === '') return 'markdown';
  const form = FORM_OF_ENDING[ending];
  if (form !== undefined) return form;
  throw new InputError('DOSSIER_FORM', {
    what: `${file}: no dossier is written as ${ending}`,
    todo: `name it ${Object.keys(FORM_OF_ENDING).join(', ')}, or say --form`,
  });
}

const FORM_OF_ENDING: Readonly<Record<string, DossierForm>> = {
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.docx': 'docx',
  '.txt': 'text',
  '.json': 'csl-json',
};

function exportAs(program: Command, { output }: Context): void {
  indexCommand(program, 'export', 'as a file, with a bibliography and receipts')
    .argument('[file]', 'where to write; standard output without it')
    .option('--name <name>', 'which dossier, where there are several', DEFAULT_NAME)
    .addOption(
      new Option('--form <form>', 'how it is written; by itself as the file’s ending says').choices(
        DOSSIER_FORMS,
      ),
    )
    .action((file: string | undefined, options: DossierOptions & { form?: DossierForm }) =>
      within(options, async ({ data, owner, library }) => {
        const form = options.form ?? formOf(file);
        const entries = await entriesOf(library, data.dossier(owner));
        const { content } = await exportDossier(entries, form);
        if (file !== undefined) {
          await writeFile(file, content).catch((cause: unknown) => {
            throw new InputError('DOSSIER_FILE', {
              what: `${file} cannot be written (${messageOf(cause)})`,
              cause,
            });
          });
          output.err(`${entries.length} quotes written to ${visible(file)}\n`);
        } else if (typeof content === 'string') output.out(visible(content));
        else {
          throw new InputError('DOSSIER_FILE', {
            what: `${form} is no text`,
            todo: 'name a file to write',
          });
        }
      }),
    );
}

function remove(program: Command, { output }: Context): void {
  named(program, 'delete', 'delete all of it').action((options: DossierOptions) =>
    within(options, ({ data, owner }) => {
      const deleted = data.deleteDossier(owner);
      if (options.json) output.out(json({ deleted }));
      else output.err(`${deleted} quote${deleted === 1 ? '' : 's'} deleted\n`);
      return Promise.resolve();
    }),
  );
}

async function within({ name, ...options }: DossierOptions, work: Work): Promise<void> {
  const config = configOf(options);
  const thread = await openLibraryThread({ ...config, whenNeeded: true });
  try {
    const data = openBotData(config.discord.data);
    try {
      await work({ data, owner: `terminal:${name}`, library: thread.libraryFor() });
    } finally {
      data.close();
    }
  } finally {
    await thread.close();
  }
}

async function printed(
  output: Output,
  options: DossierOptions,
  library: LibraryView,
  kept: readonly KeptQuote[],
): Promise<void> {
  const entries = await entriesOf(library, kept);
  if (options.json) {
    output.out(json(entries));
    return;
  }
  output.out(entries.map((entry, i) => `${i + 1}. ${entryTold(entry)}`).join('\n'));
  if (entries.length === 0) output.err('the dossier is empty\n');
}

function entryTold({ quote, note, replaced, receipt }: DossierEntry): string {
  const noted = note === '' ? '' : `Note: ${visible(note)}\n`;
  if (quote === null) return `no longer held: ${receipt}\n${noted}`;
  const remark = replaced ? 'the cable has another text since: this is what it said\n' : '';
  return `${visible(displayText(quote.text))}\n— ${visible(quote.citation)}\n${remark}${noted}receipt ${receipt}\n`;
}

function parseNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('it should be a number from 1');
}
