import type { Command } from 'commander';
import type { CorpusStats } from '../corpus/corpus.js';
import type { CitedCable, LibraryView } from '../library/library.js';
import { openLibraryThread } from '../library-thread.js';
import type { QuotedSpan } from '../quotes/quote.js';
import type { Filters } from '../search/filters.js';
import {
  configOf,
  indexCommand,
  json,
  type CliCommand,
  type IndexOptions,
  type Output,
} from './command.js';
import { addFilters, filtersOf, parseLimit, parsePage, parseParagraph } from './options.js';
import { createRenderer } from './render.js';
import { visible } from './visible.js';

/** Paragraphs of a page, or near to a cable, where no limit is given. */
const SHOWN = 10;

interface LookUpOptions extends IndexOptions {
  readonly json?: true;
}

interface PageOptions extends LookUpOptions {
  readonly limit?: number;
}

type SearchOptions = PageOptions & Filters & { readonly page?: number };

/** What Discord's `/search`, `/refs`, `/related` and the context of a paragraph give, in a terminal. */
export const lookUpCommands: readonly CliCommand[] = [
  {
    add(program, { output, fellShort }) {
      addFilters(
        lookUp(
          program,
          'search',
          'paragraphs that hold words, or "a phrase", exactly; without -words',
        ),
      )
        .argument('<words...>', 'as in: Stratford "labor dialogue" -energy')
        .allowUnknownOption() // `-energy` is a word to leave out
        .option('--limit <n>', `paragraphs of a page (${SHOWN})`, parseLimit)
        .option('--page <n>', 'which page (1)', parsePage)
        .action(async (words: string[], options: SearchOptions, command: Command) => {
          const unknown = words.find((word) => /^--?$|^--\S+$/.test(word));
          if (unknown !== undefined) command.error(`error: unknown option '${unknown}'`);
          const { limit = SHOWN, page = 1 } = options;
          const filters = filtersOf(options);
          const found = await withLibrary(options, (library) =>
            library.words(wordsAsTyped(words), { filters, from: (page - 1) * limit, limit }),
          );
          if (found.page.length === 0) fellShort();
          if (options.json) {
            output.out(json(found));
            return;
          }
          const count = `${found.more ? 'more than ' : ''}${found.found}`;
          const told = found.told.map((each) => `; only ${each}`).join('');
          output.out(`${count} paragraph${found.found === 1 ? '' : 's'}${visible(told)}\n\n`);
          output.out(quotesTold(output, found.page));
        });
    },
  },
  {
    add(program, { output }) {
      lookUp(program, 'refs', 'what a cable cites, and what cites it')
        .argument('<id...>', 'its id')
        .action(async (id: string[], options: LookUpOptions) => {
          const found = await withLibrary(options, (library) => library.citations(id.join(' ')));
          if (options.json) {
            output.out(json(found));
            return;
          }
          output.out(
            `${found.id}\n\nIt cites\n${cablesTold(found.cites ?? [], 'nothing that it names by id')}`,
          );
          output.out(`\nIt is cited by\n${cablesTold(found.citedBy, 'no cable that is held')}`);
        });
    },
  },
  {
    add(program, { output, fellShort }) {
      lookUp(program, 'related', 'paragraphs of other cables that are near to a cable')
        .argument('<id>', 'its id')
        .argument('[paragraph]', 'one of its paragraphs: 4, or summary')
        .option('--limit <n>', `how many at most (${SHOWN})`, parseLimit)
        .action(async (id: string, paragraph: string | undefined, options: PageOptions) => {
          const results = await withLibrary(options, async (library) => {
            const limit = options.limit ?? SHOWN;
            const found = await library.related(id, paragraph ?? null, limit);
            if (found.results.length === 0) output.err(noneNear(await library.stats()));
            return found.results;
          });
          if (results.length === 0) fellShort();
          output.out(options.json ? json(results) : quotesTold(output, results));
        });
    },
  },
  {
    add(program, { output }) {
      lookUp(program, 'context', 'a paragraph with what stands before and behind it')
        .argument('<id>', 'the cable’s id')
        .argument('<paragraph>', 'its number, or summary', parseParagraph)
        .action(async (id: string, paragraph: string, options: LookUpOptions) => {
          const quotes = await withLibrary(options, async (library) => {
            const [quote] = await library.quotes(id, paragraph);
            if (quote === undefined) return [];
            const { cable, ordinal } = quote;
            const around = [ordinal - 1, ordinal, ordinal + 1].filter((each) => each >= 0);
            return library.spans(around.map((each) => ({ cable, ordinal: each })));
          });
          output.out(options.json ? json(quotes) : quotesTold(output, quotes));
        });
    },
  },
];

/** Why nothing is near. */
function noneNear({ vectors: { embedded, passages } }: CorpusStats): string {
  return embedded < passages
    ? `nothing near it is found: ${embedded} of ${passages} paragraphs have their vectors (pilcrow embed)\n`
    : 'no other cable has a paragraph near it\n';
}

/** A shell takes the quotation marks away: what has blanks in it is a phrase. */
function wordsAsTyped(words: readonly string[]): string {
  const isPhrase = (word: string): boolean => /\s/.test(word) && !/["“”]|\s(?:-|NOT\s)/.test(word);
  return words.map((word) => (isPhrase(word) ? word.replace(/^-?/, '$&"') + '"' : word)).join(' ');
}

function lookUp(program: Command, name: string, description: string): Command {
  return indexCommand(program, name, description).option('--json', 'print it as JSON');
}

async function withLibrary<T>(
  options: IndexOptions,
  work: (library: LibraryView) => Promise<T>,
): Promise<T> {
  const thread = await openLibraryThread({ ...configOf(options), whenNeeded: true });
  try {
    return await work(thread.libraryFor());
  } finally {
    await thread.close();
  }
}

function quotesTold(output: Output, quotes: readonly QuotedSpan[]): string {
  const renderer = createRenderer(output);
  return quotes.map((quote) => renderer.quote(quote)).join('\n');
}

function cablesTold(cables: readonly CitedCable[], none: string): string {
  if (cables.length === 0) return `  ${none}\n`;
  return cables
    .map(({ id, held, subject }) => {
      const told = held ? (subject?.replace(/\s+/g, ' ') ?? '') : '(not held)';
      return `  ${id}  ${visible(told)}`.trimEnd() + '\n';
    })
    .join('');
}
