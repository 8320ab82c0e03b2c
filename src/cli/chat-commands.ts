import type { BotData } from '../discord/bot-data.js';
import { parseCableId } from '../cable/id.js';
import { InputError } from '../errors.js';
import type { LibraryView } from '../library/library.js';
import { readParagraphs } from '../quotes/paragraphs.js';
import type { QuotedSpan } from '../quotes/quote.js';
import { STYLE_NAMES, styleOf } from '../quotes/styles.js';
import type { Answer } from '../search/answer.js';
import { FILTER_OPTIONS, type Filters } from '../search/filters.js';
import { TERMINAL_DOSSIER } from './dossier.js';
import type { Output } from './command.js';
import { createRenderer } from './render.js';
import { visible } from './visible.js';

/** What a conversation goes on from. */
export interface ChatState {
  /** The quotes of the last answer: those shown first. */
  quotes: readonly QuotedSpan[];
  /** Those that were shown last. */
  page: { readonly from: number; readonly to: number };
  /** The paragraph that is open. */
  open: QuotedSpan | null;
  filters: Filters;
}

export interface ChatParts {
  readonly library: LibraryView;
  /** Opened when something is first kept. */
  readonly data: () => BotData;
  readonly output: Output;
}

interface ChatCommand {
  readonly name: string;
  readonly help: string;
  readonly run: (parts: ChatParts, state: ChatState, words: readonly string[]) => Promise<void>;
}

/** Quotes that `/next` shows at once. */
const A_PAGE = 3;

const COMMANDS: readonly ChatCommand[] = [
  {
    name: 'open',
    help: '/open 2, /open 07BEIJING1689 4-6: that quote of the last answer, or those paragraphs',
    async run({ library, output }, state, words) {
      const [first = '1'] = words;
      const isNumber = words.length < 2 && /^\d{1,2}$/.test(first);
      const { id, paragraphs } = placeIn(words);
      const quotes = isNumber
        ? [quoteAt(state, Number(first))]
        : await library.quotes(id, paragraphs);
      for (const quote of quotes) show(output, state, quote);
    },
  },
  {
    name: 'next',
    help: '/next: the paragraph behind the one that is open, or more quotes of the last answer',
    async run(parts, state) {
      if (state.open !== null) return turn(parts, state, 1);
      const { to } = state.page;
      more(parts.output, state, to, to + A_PAGE);
    },
  },
  {
    name: 'previous',
    help: '/previous: the paragraph before it, or the quotes before',
    async run(parts, state) {
      if (state.open !== null) return turn(parts, state, -1);
      const { from } = state.page;
      if (from === 0) parts.output.err('these are the first quotes\n');
      else more(parts.output, state, Math.max(0, from - A_PAGE), from);
    },
  },
  {
    name: 'cite',
    help: `/cite 2 chicago: how a quote is cited (${STYLE_NAMES.join(', ')})`,
    run({ output }, state, words) {
      const named = words.filter((word) => !/^\d{1,2}$/.test(word));
      const [name = 'plain'] = named;
      const style = STYLE_NAMES.find((each) => each === name);
      if (style === undefined || named.length > 1) {
        throw new InputError('CHAT_STYLE', {
          what: `“${named.join(' ')}” is no style`,
          todo: `write one of ${STYLE_NAMES.join(', ')}`,
        });
      }
      output.out(`${visible(styleOf(style).text(chosen(state, words)))}\n`);
      return Promise.resolve();
    },
  },
  {
    name: 'save',
    help: '/save 2 what it is for: keeps a quote in your dossier (pilcrow dossier show)',
    run({ data, output }, state, words) {
      const { receipt, citation } = chosen(state, words);
      const note = words.filter((word, i) => i > 0 || !/^\d{1,2}$/.test(word)).join(' ');
      const at = new Date().toISOString().slice(0, 10);
      data().addToDossier(TERMINAL_DOSSIER, { receipt, note, addedBy: '', at });
      output.out(`kept: ${visible(citation)}\n`);
      return Promise.resolve();
    },
  },
  {
    name: 'filter',
    help: `/filter origin Madrid, /filter off: only such cables from now on (${FILTER_OPTIONS.map(({ name }) => name).join(', ')})`,
    async run({ library, output }, state, [name, ...value]) {
      if (name !== undefined && NO_FILTER.test(name) && value.length === 0) state.filters = {};
      else if (name !== undefined) {
        const option = FILTER_OPTIONS.find((each) => each.name === name);
        if (option === undefined || value.length === 0) {
          throw new InputError('CHAT_FILTER', {
            what: `“${[name, ...value].join(' ')}” is no filter`,
            todo: 'write as in: /filter origin Madrid, or /filter off',
          });
        }
        const filters = { ...state.filters, [option.name]: value.join(' ') };
        await library.filters(filters);
        state.filters = filters;
      }
      const told = await library.filters(state.filters);
      output.out(`${visible(told.length === 0 ? 'no filter' : told.join('; '))}\n`);
    },
  },
];

/** Takes filters away. */
const NO_FILTER = /^(?:off|none|clear|reset)$/i;

/** A command of a conversation without its slash: alone, or with a number. */
const BARE = new RegExp(
  String.raw`^(?:help|quit|exit|new|filter|(?:${COMMANDS.map(({ name }) => name).join('|')})(?:\s+\d{1,2}(?:\s.*)?)?)$`,
  'i',
);

/** A line as a command, `/next`, where it is one, with or without its slash; as it is where it is a question. */
export function asCommand(line: string): string {
  return BARE.test(line) ? `/${line.charAt(0).toLowerCase()}${line.slice(1)}` : line;
}

/** Every command in a line each, for `/help`. */
export const CHAT_HELP = COMMANDS.map(({ help }) => `  ${help}\n`).join('');

/** Runs a command of a conversation; false where there is none of that name. Throws {@link InputError}. */
export async function runChatCommand(
  line: string,
  parts: ChatParts,
  state: ChatState,
): Promise<boolean> {
  const [name = '', ...words] = line.slice(1).split(/\s+/).filter(Boolean);
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined) return false;
  await command.run(parts, state, words);
  return true;
}

/** What an answer leaves to go on from. */
export function stateAfter({ results, shown }: Answer, { filters }: ChatState): ChatState {
  const first = shown.flatMap((i) => results[i] ?? []);
  const quotes = [...first, ...results.filter((each) => !first.includes(each))];
  return { quotes, page: { from: 0, to: first.length }, open: null, filters };
}

/** `07 BEIJING 1689 4-6`: the last word names paragraphs where the others are an id. */
function placeIn(words: readonly string[]): { readonly id: string; readonly paragraphs: string } {
  const [id, last = ''] = [words.slice(0, -1).join(' '), words.at(-1)];
  return parseCableId(id) !== null && readParagraphs(last) !== null
    ? { id, paragraphs: last }
    : { id: words.join(' '), paragraphs: '1' };
}

function quoteAt({ quotes }: ChatState, number: number): QuotedSpan {
  const quote = quotes[number - 1];
  if (quote !== undefined) return quote;
  throw new InputError('CHAT_QUOTE', {
    what: quotes.length === 0 ? 'nothing was quoted yet' : `there is no quote ${number}`,
    todo: quotes.length === 0 ? 'ask a question first' : `there are ${quotes.length}`,
  });
}

/** The quote of a number, or the one that is open, or the first. */
function chosen(state: ChatState, [first = '']: readonly string[]): QuotedSpan {
  if (/^\d{1,2}$/.test(first)) return quoteAt(state, Number(first));
  return state.open ?? quoteAt(state, 1);
}

async function turn({ library, output }: ChatParts, state: ChatState, by: 1 | -1): Promise<void> {
  const { open } = state;
  if (open === null) return;
  const { cable, ordinal } = open;
  const [quote] = ordinal + by < 0 ? [] : await library.spans([{ cable, ordinal: ordinal + by }]);
  if (quote === undefined) output.err(`${cable} has nothing ${by > 0 ? 'behind' : 'before'} it\n`);
  else show(output, state, quote);
}

function show(output: Output, state: ChatState, quote: QuotedSpan): void {
  state.open = quote;
  output.out(told(output, quote));
}

function more(output: Output, state: ChatState, from: number, to: number): void {
  const quotes = state.quotes.slice(from, to);
  if (quotes.length === 0) output.err('there are no more quotes\n');
  else {
    state.page = { from, to: from + quotes.length };
    output.out(quotes.map((quote, i) => `${from + i + 1}. ${told(output, quote)}`).join('\n'));
  }
}

function told(output: Output, quote: QuotedSpan): string {
  return createRenderer(output).quote(quote);
}
