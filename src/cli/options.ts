import { InvalidArgumentError, type Command } from 'commander';
import { readParagraphs } from '../quotes/paragraphs.js';
import type { Filters } from '../search/filters.js';

const MOST_RESULTS = 100;

/** `--limit N`: a whole number from 1 to 100. */
export function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_RESULTS) {
    throw new InvalidArgumentError(`It should be a whole number from 1 to ${MOST_RESULTS}.`);
  }
  return limit;
}

/** `4`, `4-6` or `summary`, as {@link readParagraphs} reads it. */
export function parseParagraphs(text: string): string {
  if (readParagraphs(text) === null) {
    throw new InvalidArgumentError('It should be a paragraph number, a range or summary: 4, 4-6.');
  }
  return text;
}

/** Adds the filters of questions (contract) to a command; its options then hold {@link Filters}. */
export function addFilters(command: Command): Command {
  return command
    .option('--origin <post>', 'only cables from a post, a city or a country (commas: any of them)')
    .option(
      '--from <date>',
      'only cables since a day, a month or a year: 2007, 2007-03, 2007-03-14',
    )
    .option('--to <date>', 'only cables until a day, a month or a year')
    .option('--tag <tag>', 'only cables with a TAGS entry: PREL (commas: any of them)')
    .option('--classification <level>', 'only cables classified so: secret, C, S//NF')
    .option('--mark <mark>', 'only paragraphs marked so: S, C/NF, "S without NF"')
    .option('--id <id>', 'only this cable (commas: any of them)');
}

/** The filters among a command's options. */
export function filtersOf(options: Filters): Filters {
  const { origin, from, to, tag, classification, mark, id } = options;
  const stated = Object.entries({ origin, from, to, tag, classification, mark, id });
  return Object.fromEntries(stated.filter(([, value]) => value !== undefined));
}
