import { InvalidArgumentError, Option, type Command } from 'commander';
import { readFieldMap } from '../sources/field-map.js';
import { readParagraphs } from '../quotes/paragraphs.js';
import { FILTER_OPTIONS, type Filters } from '../search/filters.js';

const MOST_RESULTS = 100;

/** `--limit N`: a whole number from 1 to 100. */
export function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_RESULTS) {
    throw new InvalidArgumentError(`It should be a whole number from 1 to ${MOST_RESULTS}.`);
  }
  return limit;
}

/** `--page N`: a whole number from 1. */
export function parsePage(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) {
    throw new InvalidArgumentError('It should be a page’s number, from 1.');
  }
  return Number(text);
}

/** One paragraph: `4` or `summary`. */
export function parseParagraph(text: string): string {
  const read = readParagraphs(text);
  if (read !== null && (read === 'summary' || read.from === read.to)) return text;
  throw new InvalidArgumentError('It should be a paragraph’s number, or summary.');
}

/** `4`, `4-6` or `summary`, as {@link readParagraphs} reads it. */
export function parseParagraphs(text: string): string {
  if (readParagraphs(text) === null) {
    throw new InvalidArgumentError('It should be a paragraph number, a range or summary: 4, 4-6.');
  }
  return text;
}

/** `--map id=identifier,body=text`: the names that fields have in JSON, CSV and front matter. */
export function mapOption(): Option {
  return new Option(
    '--map <pairs>',
    'the names of a cable’s fields in JSON, CSV and front matter: id=identifier,body=text',
  ).argParser(readFieldMap);
}

/** `--embed-first newest`: which cables have their vectors first. */
export function embedFirstOption(): Option {
  return new Option(
    '--embed-first <which>',
    'whose vectors are made first: those of the newest or of the oldest cables',
  ).choices(['newest', 'oldest']);
}

/** Adds the filters of questions (contract) to a command; its options then hold {@link Filters}. */
export function addFilters(command: Command): Command {
  for (const { name, value, help } of FILTER_OPTIONS) command.option(`--${name} <${value}>`, help);
  return command;
}

/** The filters among a command's options. */
export function filtersOf(options: Filters): Filters {
  const stated = FILTER_OPTIONS.map(({ name }) => [name, options[name]] as const);
  return Object.fromEntries(stated.filter(([, value]) => value !== undefined));
}
