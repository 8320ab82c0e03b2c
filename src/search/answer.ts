import type { QuotedSpan } from '../quotes/quote.js';
import type { AskedFieldName } from './asked-field.js';
import type { Voice } from './voice.js';

/** A quoted paragraph among the results (contract). */
export interface AnswerResult extends QuotedSpan {
  /** Half-open ranges of `text` that answer. */
  readonly highlights: readonly (readonly [start: number, end: number])[];
  readonly score: number;
  /** Whose words what answers gives, where the cable says it plainly. */
  readonly voice?: Voice;
  /** Of a line that answers by a field: what it is of its cable, and which field it prints. */
  readonly kind?: 'preamble' | 'signature';
  readonly field?: AskedFieldName;
  /** Citations of the same text in other cables, where it was sent again. */
  readonly again?: readonly string[];
}

/** What a question is answered with: quotes, or why none is given (contract). */
export interface Answer {
  readonly id?: string | number;
  readonly q: string;
  readonly abstained: boolean;
  readonly reason: string | null;
  /** What is said in place of a quote to who asked nothing of the cables, or in another language. */
  readonly said?: string;
  /** It was asked in a conversation, and read without it: a conversation begins with it. */
  readonly isNewSubject?: true;
  /** 0 to 1: how sure it is that the corpus answers; 0 where a rule says that it does not. */
  readonly confidence: number;
  /** How the question was read beyond its words: filters, corrections, what a follow-up leans on. */
  readonly reading: readonly string[];
  /** The quotes, best first; where it abstained, the nearest paragraphs. */
  readonly results: readonly AnswerResult[];
  /** Which of them to show where there is room for a few, by their places among them. */
  readonly shown: readonly number[];
  /** Milliseconds that the answer took. */
  readonly ms: number;
}
