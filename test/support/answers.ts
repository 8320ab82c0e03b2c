import type { AnswerResult } from '../../src/search/answer.js';

/** A result of which only the place counts. */
export function resultAt(cable: string, paragraph: number | null): AnswerResult {
  return {
    cable,
    ordinal: 0,
    caveats: [],
    paragraph,
    mark: null,
    level: null,
    inherited: true,
    classification: null,
    origin: null,
    date: null,
    subject: null,
    receipt: '',
    text: '',
    highlights: [],
    citation: '',
    score: 0,
  };
}
