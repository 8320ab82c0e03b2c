import { InvalidArgumentError } from 'commander';

const MOST_RESULTS = 100;

/** `--limit N`: a whole number from 1 to 100. */
export function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_RESULTS) {
    throw new InvalidArgumentError(`It should be a whole number from 1 to ${MOST_RESULTS}.`);
  }
  return limit;
}

/** A range of paragraph numbers, both included. */
export interface ParagraphRange {
  readonly from: number;
  readonly to: number;
}

/** `--paragraph 4` or `4-6`. */
export function parseParagraphs(text: string): ParagraphRange {
  const match = /^¶?(\d{1,4})(?:\s*[-–]\s*¶?(\d{1,4}))?$/.exec(text.trim());
  const from = Number(match?.[1]);
  const to = Number(match?.[2] ?? match?.[1]);
  if (match === null || to < from) {
    throw new InvalidArgumentError('It should be a paragraph number or a range, as in 4 or 4-6.');
  }
  return { from, to };
}
